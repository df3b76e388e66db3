"""The notebook runs from top to bottom over the tables of the sample articles, and pandas and SQL agree."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "explore.ipynb"
# Runs after the last cell: both ways gave the same answers.
AGREES = """
assert len(read) + len(t.rejects) == len(read_sql) > 10
assert to_check.score.tolist() == to_check_sql.score.tolist() != []
assert sorted(india.display_name) == sorted(india_sql.display_name) != []
assert set(nineties.edtf) == set(nineties_sql.edtf) != set()
assert set(repeated.claim_id) == set(repeated_sql.claim_id)
assert where[["raw_start", "quote"]].values.tolist() == where_sql[["raw_start", "quote"]].values.tolist() != []
assert sorted(often.n_mentions) == sorted(often_sql.n_mentions) != []
assert set(t.conflicts.conflict_id) == set(differ_sql.conflict_id)
assert copies.source.tolist() == copies_sql.source.tolist() != []
assert removed.to_dict() == dict(zip(removed_sql.residue_kind, removed_sql.n)) != {}
assert axes.patches
"""


@pytest.mark.slow
@pytest.mark.model
def test_the_notebook_answers_its_questions(sample: Path, tmp_path: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert sum(cell.source.startswith("## ") for cell in notebook.cells) == 10
    assert not any(cell.get("outputs") for cell in notebook.cells), "committed without outputs"
    notebook.cells.append(nbformat.v4.new_code_cell(AGREES))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "processed").symlink_to(sample)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": tmp_path / "notebooks"}}).execute()
