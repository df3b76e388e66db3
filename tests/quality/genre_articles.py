"""Score the mentions of the whole pipeline on annotated articles of the genre: bodies, places, instruments.

    python -m tests.quality.genre_articles FOLDER [--every N] [--odd | --even] [--no-lexicon] [--errors LABEL]

FOLDER holds `*.ann` files: one unit a line, `KIND<TAB>LEVEL<TAB>text with [[LABEL:marks]]`. Each is written out as a
plain text and read like any other article. `--every N` takes each N-th file by name (the model's held-out ones are
each sixth), `--odd` and `--even` the 1st, 3rd, … or the 2nd, 4th, …. Strict: the same characters; relaxed: they
overlap, one to one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.training.corpora import unmark
from pipeline.config import Settings
from pipeline.records import RawArticle, Related
from tests.quality.reading import Read, figures, overlaps, plain, reader, stretches

LABELS = {"ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "AGR": "AGR", "AGU": "AGU"}
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One article as plain text, and label → stretches of it."""

    article: RawArticle
    text: str
    spans: dict[str, set[Span]]


def read_article(path: Path) -> Annotated:
    """Write an annotated article out as plain text: headings alone, sentences of a paragraph in one line."""
    text = ""
    spans: dict[str, set[Span]] = {label: set() for label in LABELS.values()}
    for line in path.read_text("utf-8").splitlines():
        if not line.strip():
            text = text.rstrip() + "\n\n"
            continue
        kind, _, marked = line.split("\t", 2)
        text += "- " if kind == "item" else ""
        words, marks = unmark(marked)
        for label, start, end in marks:
            if label in LABELS:
                spans[LABELS[label]].add((len(text) + start, len(text) + end))
        text += words + (" " if kind == "sentence" else "\n")
    return Annotated(plain(text, path.name), text, spans)


def found_spans(related: Related) -> dict[str, set[Span]]:
    """Return label → stretches that the pipeline found."""
    named = [one for one in related.agreements if one.named]
    unnamed = [one for one in related.agreements if not one.named]
    groups = {"ORG": related.organizations, "PLACE": related.places, "AGR": named, "AGU": unnamed}
    return {label: {(one.start, one.end) for one in stretches(related, records)} for label, records in groups.items()}


def pairs(wanted: Iterable[Span], found: Iterable[Span]) -> list[tuple[Span, Span]]:
    """Match stretches that overlap, one to one: equal ones first, then from left to right."""
    wanted, found = sorted(wanted), sorted(found)
    matched = [(one, one) for one in wanted if one in set(found)]
    free = [one for one in found if one not in {pair[1] for pair in matched}]
    for one in [one for one in wanted if one not in {pair[0] for pair in matched}]:
        other = next((other for other in free if overlaps(one, other)), None)
        if other is not None:
            free.remove(other)
            matched.append((one, other))
    return matched


def score(articles: Sequence[Annotated], read: Read, *, errors: str | None = None) -> dict[str, dict[str, float]]:
    """Return the figures of each label, strict and relaxed."""
    counts: dict[str, Counter[str]] = {}
    for one, related in zip(articles, read(each.article for each in articles), strict=True):
        found = found_spans(related)
        for label, wanted in one.spans.items():
            matched = pairs(wanted, found[label])
            for name, hits in (("strict", sum(a == b for a, b in matched)), ("relaxed", len(matched))):
                counts.setdefault(f"{label} {name}", Counter()).update(
                    hits=hits, found=len(found[label]), wanted=len(wanted)
                )
            if label == errors:
                for line in sorted(_errors(one, wanted, found[label], matched)):
                    print(line)
    return {name: figures(count) for name, count in counts.items()}


def _errors(
    one: Annotated, wanted: Iterable[Span], found: Iterable[Span], matched: Sequence[tuple[Span, Span]]
) -> Iterator[str]:
    def around(start: int, end: int) -> str:
        text = one.text
        return f"{text[max(0, start - 50) : start]}<{text[start:end]}>{text[end : end + 50]}".replace("\n", " ⏎ ")

    name = one.article.source[:20]
    missed = set(wanted) - {a for a, _ in matched}
    yield from (f"missed  {name:20}  {around(*span)}" for span in missed)
    yield from (f"wrong   {name:20}  {around(*span)}" for span in set(found) - {b for _, b in matched})
    yield from (f"bounds  {name:20}  {one.text[slice(*b)]!r} in {around(*a)}" for a, b in matched if a != b)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("--even", action="store_true")
    parser.add_argument("--no-lexicon", action="store_true")
    parser.add_argument("--errors", choices=sorted(set(LABELS.values())))
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.ann"))[:: arguments.every]
    paths = paths[::2] if arguments.odd else paths[1::2] if arguments.even else paths
    articles = [read_article(path) for path in paths]
    scores = score(articles, reader(Settings(use_lexicon=not arguments.no_lexicon)), errors=arguments.errors)
    print(f"{len(articles)} articles")
    for name, values in scores.items():
        print(f"{name:14} " + "  ".join(f"{key} {value:.3f}" for key, value in values.items()))


if __name__ == "__main__":
    main()
