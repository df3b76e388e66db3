"""What the layout promises: stages do not know each other, one file loads the model, one prints."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "pipeline"
FILES = sorted(PACKAGE.rglob("*.py"))
STAGES = ("read", "clean", "segment", "recognize", "relate", "dedupe", "tables", "write")
SHARED = {  # the lexicons of names
    name: {"recognize"} for name in ("relate/agreements.py", "relate/same_instrument.py", "relate/relations.py")
}
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


WHERE = {
    "find",
    "rfind",
    "index",
    "rindex",
    "escape",
}  # what tells where a string stands
# Functions that look for every further mention of a name, each a find of its own, and one that looks in no text.
SEARCHES = {
    "recognize/__init__.py": {"_shortened", "_repeated"},
    "recognize/agreements.py": {"_taken_up"},
    "relate/agreements.py": {"record"},  # the place of an event in the order of events
}
WITH_OFFSETS = [
    file
    for file in FILES
    if file.relative_to(PACKAGE).parts[0] in {"clean", "segment", "recognize", "relate", "tables", "write"}
    or file.name in {"offsets.py", "encoding.py", "sentences.py", "cleaned.py", "extraction.py", "run.py", "records.py"}
]


def searches(tree: ast.AST) -> list[tuple[str, str]]:
    """Return function and call of each search for a string that is not written out there."""
    found: list[tuple[str, str]] = []
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        written = {
            loop.target.id
            for loop in ast.walk(function)
            if isinstance(loop, (ast.comprehension, ast.For)) and isinstance(loop.target, ast.Name)
            if isinstance(loop.iter, ast.Tuple) and all(isinstance(each, ast.Constant) for each in loop.iter.elts)
        }
        for call in ast.walk(function):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
                continue
            needle, inside = call.args[0], call.func.value
            known = isinstance(needle, ast.Constant) or (isinstance(needle, ast.Name) and needle.id in written)
            table = isinstance(inside, ast.Name) and inside.id.isupper()  # a constant tuple, no text
            lexicon = isinstance(inside, ast.Name) and inside.id == "lexicon"  # a dictionary of names, no text
            if call.func.attr in WHERE and not (known or table or lexicon):
                found.append((function.name, ast.unparse(call)))
    return found


@pytest.mark.parametrize("file", WITH_OFFSETS, ids=named)
def test_no_stage_searches_for_a_string_to_find_where_it_was(file: Path) -> None:
    found = searches(ast.parse(file.read_text("utf-8")))
    assert {name for name, _ in found} == SEARCHES.get(named(file), set())


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("def f(text, piece):\n    return text.find(piece)", True),
        ("def f(text, piece):\n    return text.index(piece.strip(), 3)", True),
        ("def f(text, piece):\n    return re.search(re.escape(piece), text)", True),
        ("def f(text):\n    return text.find('-->', 3)", False),
        ("def f(text):\n    return max(text.rfind(mark) for mark in (';', ':'))", False),
        ("def f(name):\n    return _ORDER.index(name)", False),
    ],
)
def test_a_search_for_a_string_would_be_seen(source: str, seen: bool) -> None:
    assert bool(searches(ast.parse(source))) is seen


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
