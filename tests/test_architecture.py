"""What the layout promises: stages do not know each other, one file loads the model, one prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("read", "clean", "segment", "recognize", "relate", "dedupe", "tables", "write")
SHARED = {"relate/agreements.py": {"recognize"}}  # reads the lexicons of names
JOINED = {
    "explain",
    "judgements",
    "run",
    "tools",
    "extraction",
    "bench",
    "pace",
    "verify",
    "show",
    "dictionary",
    "manifest",
    "config",
    "columns",
    "cli",
    "ingest",
}


def imports(file: Path) -> set[str]:
    """Return the full names that `file` imports, those for type checking left out."""
    tree = ast.parse(file.read_text("utf-8"))
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def named(file: Path) -> str:
    return file.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_stages_do_not_import_each_other(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    stages = {name.split(".")[1] for name in imports(file) if name.startswith("pipeline.") and name.count(".")}
    others = (stages & set(STAGES)) - {own}
    if named(file) in SHARED:
        assert others == SHARED[named(file)]
    elif own in STAGES:
        assert others == set()
    elif others:
        assert own in JOINED


@pytest.mark.parametrize("file", FILES, ids=named)
def test_only_nlp_loads_a_model_and_only_cli_prints(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    if file.name != "nlp.py" and file.parent.name != "model":
        assert not calls & {"spacy.load", "spacy.blank", "onnxruntime.InferenceSession", "ort.InferenceSession"}
    if file.name != "cli.py":
        assert not calls & {"print", "click.echo"}


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_module_says_what_it_is_and_stays_readable(file: Path) -> None:
    source = file.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert len(source.splitlines()) <= 650


def test_the_way_of_the_data_fits_on_a_page() -> None:
    tree = ast.parse((PACKAGE / "run.py").read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    lines = sum(
        (node.end_lineno or 0) - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
        for node in functions
    )
    assert lines <= 80
