"""Score dates on a CoNLL-U treebank whose last column marks `<date when="…">` and `<date from="…" to="…">` as TEI does.

    python -m tests.quality.date_tei FILE [--errors]

The document's `dateCreated` is its day of publication. A value is right when its first and last day are those of the
key, or the key is one end of the range found. Only what is marked is asked for: relative expressions are marked rarely,
so precision counts placed dates alone.
"""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.recognize.date_values import from_timex
from pipeline.recognize.dates import find_dates, load_grammar

_TAG = re.compile(r"<(/?)date([^>]*)>")
_POINT = re.compile(r'(when|from|to|notBefore|notAfter):::"([^"]*)"')

Bounds = tuple[date | None, date | None]


@dataclass(slots=True)
class TeiDocument:
    created: date | None = None
    sentences: list[str] = field(default_factory=list)
    keys: list[tuple[int, int, int, Bounds]] = field(default_factory=list)  # sentence, start, end


def bounds(attributes: str) -> Bounds:
    """First and last day of the attributes of one `<date>`; None where no whole year is given."""
    points = dict(_POINT.findall(attributes))
    first = points.get("when") or points.get("from") or points.get("notBefore") or ""
    last = points.get("when") or points.get("to") or points.get("notAfter") or ""
    return _day(first, last=False), _day(last, last=True)


def _day(point: str, *, last: bool) -> date | None:
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])", point)
    if match is None or match[1] == "0000":
        return None
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))


def read_conllu(lines: Sequence[str]) -> Iterator[TeiDocument]:
    """The documents of a treebank: sentences rebuilt from their tokens, with the marked dates."""
    document = TeiDocument()
    text = ""
    open_: list[tuple[int, str]] = []
    for line in lines:
        if line.startswith("# newdoc"):
            if document.sentences:
                yield document
            document, open_ = TeiDocument(), []
        elif line.startswith("# meta::dateCreated = "):
            created = re.fullmatch(r"\d{4}-\d\d-\d\d", line.split(" = ")[1].strip())
            document.created = date.fromisoformat(created[0]) if created else None
        elif not line.strip():
            document.sentences.append(text)
            text, open_ = "", []
        elif re.match(r"\d+(?:-\d+)?\t", line):
            text = _token(line.rstrip("\n").split("\t"), document, text, open_)
    if document.sentences:
        yield document


def _token(columns: Sequence[str], document: TeiDocument, text: str, open_: list[tuple[int, str]]) -> str:
    start = len(text)
    text += columns[1]
    for tag in _TAG.finditer(columns[9]):
        if not tag[1]:
            open_.append((start, tag[2]))
        elif open_:
            begun, attributes = open_.pop()
            document.keys.append((len(document.sentences), begun, len(text), bounds(attributes)))
    return text if "SpaceAfter=No" in columns[9] else text + " "


def _agrees(found: Bounds, key: Bounds, precision: str | None) -> bool:
    """Both days are the same, or the key is one end of a range that is one record."""
    return found == key or (precision == "range" and (found[0] == key[0] or found[1] == key[1]))


def score(documents: Sequence[TeiDocument], *, show_errors: bool = False) -> dict[str, float]:
    """Recall and precision of spans, and the share of found spans whose bounds are right."""
    count: Counter[str] = Counter()
    for document in documents:
        found = find_dates(document.sentences, published=document.created, grammar=load_grammar())
        placed = [one for one in found if one.value.placed]
        count["found"] += len(placed)
        for number, start, end, key in document.keys:
            if None in key:
                continue
            count["keys"] += 1
            hit = next((one for one in placed if one.unit == number and one.start < end and start < one.end), None)
            whole = None if hit is None else from_timex(hit.value.timex)  # the key knows no early, mid and late
            right = whole is not None and _agrees((whole.earliest, whole.latest), key, whole.precision)
            count["span"] += hit is not None
            count["value"] += right
            if show_errors and not right:
                got = f"{hit.text!r} {hit.value.edtf}" if hit else None
                print(f"{document.sentences[number][start:end]!r} {key[0]}..{key[1]} got {got}")
    return {
        "recall": count["span"] / max(count["keys"], 1),
        "value_recall": count["value"] / max(count["keys"], 1),
        "precision": count["span"] / max(count["found"], 1),
    }


def main(arguments: Sequence[str]) -> None:
    documents = list(read_conllu(Path(arguments[0]).read_text("utf-8").splitlines()))
    for name, figure in score(documents, show_errors="--errors" in arguments).items():
        print(f"{name:13} {figure:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
