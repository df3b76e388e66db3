"""The tables of a run as pandas DataFrames, for notebooks: columns have Arrow types, nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.manifest import read_manifest
from pipeline.verify import read_tables


@dataclass(frozen=True, slots=True)
class Tables:
    """Every table under its name, and what joins them."""

    articles: pd.DataFrame
    units: pd.DataFrame
    organizations: pd.DataFrame
    places: pd.DataFrame
    dates: pd.DataFrame
    agreements: pd.DataFrame
    claims: pd.DataFrame
    evidence: pd.DataFrame
    conflicts: pd.DataFrame
    rejects: pd.DataFrame
    redirects: pd.DataFrame
    manifest: dict[str, Any]

    def located(self) -> pd.DataFrame:
        """Return the evidence with the sentence each quote stands in, its section, and the source of its article."""
        units = self.units[["unit_id", "text", "section", "kind"]].rename(
            columns={"text": "sentence", "kind": "unit_kind"}
        )
        articles = self.articles[["article_id", "source", "title"]]
        return self.evidence.merge(units, on="unit_id", how="left").merge(articles, on="article_id", how="left")

    def where(self, row_id: str) -> pd.DataFrame:
        """Return the located evidence of one record, in the order of the text; ids of merged forms lead to it too."""
        renamed = self.redirects.loc[self.redirects["old_id"] == row_id, "new_id"]
        wanted = renamed.iloc[0] if len(renamed) else row_id
        located = self.located()
        return located[located["row_id"] == wanted].sort_values(["source", "start", "end"], ignore_index=True)


def load(processed: str | Path = "processed") -> Tables:
    """Return the tables of a finished run.

    Raises:
        ConfigError: no run was finished there.
    """
    folder = Path(processed)
    frames = {name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in read_tables(folder).items()}
    return Tables(**frames, manifest=read_manifest(folder))
