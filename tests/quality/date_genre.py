"""Score the date records on articles annotated inline with `[[DATE=EDTF:text]]`, as those the model is trained on.

    python -m tests.quality.date_genre [FOLDER]

A record is right when it overlaps a marked span, its value when the EDTF is the same. Names of instruments and bodies
are masked, as in a run. Relative expressions are not marked in these articles, so each one found counts as wrong.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.recognize.dates import find_dates, load_grammar

FOLDER = Path(__file__).parents[2] / "models" / "training" / "genre"
_TAG = re.compile(r"\[\[([A-Z]+)(?:=([^:\]]+))?:|\]\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """One unit: its text, the dates in it with their values, and the names in which no date may start."""

    text: str
    dates: tuple[tuple[int, int, str], ...]
    names: tuple[tuple[int, int], ...]


def read_unit(line: str) -> Marked:
    """Read a line `KIND<TAB>LEVEL<TAB>text with marks`."""
    marked = line.split("\t", 2)[2]
    text, last = "", 0
    open_: list[tuple[str, str, int]] = []
    dates: list[tuple[int, int, str]] = []
    names: list[tuple[int, int]] = []
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if tag[1]:
            open_.append((tag[1], tag[2] or "", len(text)))
            continue
        label, value, start = open_.pop()
        if label == "DATE":
            dates.append((start, len(text), value))
        elif label in ("AGR", "ORG"):
            names.append((start, len(text)))
    return Marked(text + marked[last:], tuple(dates), tuple(names))


def score(articles: Sequence[Sequence[Marked]]) -> dict[str, float]:
    """F1 of spans and of values over all articles."""
    count: Counter[str] = Counter()
    for units in articles:
        masked = [(number, *span) for number, unit in enumerate(units) for span in unit.names]
        found = find_dates([unit.text for unit in units], grammar=load_grammar(), masked=masked)
        placed = [one for one in found if one.value.placed]
        count["found"] += len(placed)
        for number, unit in enumerate(units):
            here = [one for one in placed if one.unit == number]
            for start, end, value in unit.dates:
                hit = next((one for one in here if one.start < end and start < one.end), None)
                count["keys"] += 1
                if hit is not None:
                    here.remove(hit)
                    count["span"] += 1
                    count["value"] += hit.value.edtf == value
    both = max(count["found"] + count["keys"], 1)
    return {"span_f1": 2 * count["span"] / both, "value_f1": 2 * count["value"] / both}


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0]) if arguments else FOLDER
    paths = sorted(folder.glob("*.ann"))
    articles = [[read_unit(line) for line in path.read_text("utf-8").splitlines() if line.strip()] for path in paths]
    for name, figure in score(articles).items():
        print(f"{name:10} {figure:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
