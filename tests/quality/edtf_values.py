"""Check every value that the date grammar makes of a text with the `edtf` library: valid, and the same bounds.

    python -m tests.quality.edtf_values PATH …

Reads texts (`*.txt`, `*.md`, `*.html`), annotated articles (`*.ann`), TIMEX corpora (`*.xml`, `*.sgm`, `*.tml`) and
treebanks (`*.conllu`), files or folders of them. Prints the values that differ and how many were checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from pipeline.recognize.date_values import DateValue
from pipeline.recognize.dates import find_dates, load_grammar
from tests.quality.date_genre import read_unit
from tests.quality.date_tei import read_conllu
from tests.quality.timex_corpora import read_timex, sentences

PUBLISHED = date(2024, 6, 14)  # given to texts that name no day of their own, so that relative expressions are placed
_WINTER = "-24"

Units = tuple[Sequence[str], date | None]


def read_units(path: Path) -> Iterator[Units]:
    """The units of a file's documents, with the day of publication where the file gives one."""
    if path.suffix == ".ann":
        lines = path.read_text("utf-8").splitlines()
        yield [read_unit(line).text for line in lines if line.strip()], None
    elif path.suffix in (".xml", ".sgm", ".tml"):
        document = read_timex(path)
        yield [text for _, text in sentences(document.text)], document.created
    elif path.suffix == ".conllu":
        for one in read_conllu(path.read_text("utf-8").splitlines()):
            yield one.sentences, one.created
    else:
        yield [text for _, text in sentences(path.read_text("utf-8", errors="replace"))], None


def values(units: Units) -> Iterator[tuple[str, DateValue]]:
    """Every placed expression of a document with its value: with and without publication date, as records and apart."""
    texts, created = units
    for published in (None, created or PUBLISHED):
        for apart in (False, True):
            for one in find_dates(texts, published=published, grammar=load_grammar(), keep_unresolved=apart):
                if one.value.edtf is not None:
                    yield one.text, one.value


def difference(value: DateValue) -> str | None:
    """What the library holds against a value; None when it agrees.

    It has no opinion where its own reading is not of a whole period: it ends a winter with the year. The bounds of a
    modified date, and of a range whose ends are modified, only have to lie inside.
    """
    assert value.edtf is not None
    try:
        parsed = parse_edtf(value.edtf)
    except EDTFParseException:
        return "not valid"
    if value.earliest is None or value.latest is None:
        return None
    lower, upper = (tuple(bound[:3]) for bound in (parsed.lower_strict(), parsed.upper_strict()))
    if value.modifier in ("early", "mid", "late") or value.precision == "range":
        lower = max(lower, min(value.earliest.timetuple()[:3], upper))  # a part of it, or from one part to another
        upper = min(upper, max(value.latest.timetuple()[:3], lower)) if not value.edtf.endswith(_WINTER) else upper
    if lower != value.earliest.timetuple()[:3]:
        return f"begins {lower}, not {value.earliest}"
    if upper != value.latest.timetuple()[:3] and not value.edtf.endswith(_WINTER):
        return f"ends {upper}, not {value.latest}"
    return None


def paths_of(arguments: Iterable[str]) -> Iterator[Path]:
    known = {".ann", ".xml", ".sgm", ".tml", ".conllu", ".txt", ".md", ".html"}
    for argument in arguments:
        path = Path(argument)
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (one for one in inside if one.suffix in known)


def main(arguments: Sequence[str]) -> int:
    checked, wrong = set(), 0
    for path in paths_of(arguments):
        for units in read_units(path):
            for text, value in values(units):
                key = (value.timex, value.edtf, value.earliest, value.latest)
                if key in checked:
                    continue
                checked.add(key)
                said = difference(value)
                wrong += said is not None
                if said is not None:
                    print(f"{path.name}: {text!r}: {value.timex} {value.edtf}: {said}")
    print(f"{len(checked)} values, {wrong} not as the library has them")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
