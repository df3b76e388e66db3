"""Score bodies on re3d, documents of defence and security.

    python -m tests.quality.re3d_organizations FOLDER [--errors] [--no-lexicon]

FOLDER holds one folder for each source with `documents.json` and `entities.json`, one object a line. The key marks
every noun phrase of an organization ("the Iraqi population", "U.S. forces", "We") and names inside names. Only proper
names are kept, after a leading article and a possessive ending are cut off: every word of the phrase begins with a
capital or a digit, or is a small word between such ("of", "the", "and"), it is no pronoun, and it does not only say the
people or state ("Iraqi", "Syria"). Of names inside each other the longest counts. A found body that the key has as part
of a longer common phrase or as a place counts neither way. Relaxed: they overlap, one to one.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Settings
from pipeline.names import SMALL_WORDS
from pipeline.recognize.places import load_gazetteer
from tests.quality.genre_articles import Span, pairs
from tests.quality.reading import Read, figures, overlaps, plain, reader, stretches

_PRONOUNS = frozenset(
    {"we", "they", "it", "us", "them", "our", "their", "its", "who", "you", "i", "he", "she", "these"}
)
_LEAD = re.compile(r"(?:the|a|an|its|their|this|these)\s+", re.IGNORECASE)
_END = re.compile(r"(?:['’]s?|[\s.,;:])+$")


@dataclass(frozen=True, slots=True)
class Document:
    """A text, the proper names of bodies in it, and all else that the key marks as a body or place."""

    name: str
    text: str
    names: frozenset[Span]
    others: frozenset[Span]


def proper_name(text: str, start: int, end: int) -> Span | None:
    """Return the stretch of the proper name that a marked phrase is, None where it is no proper name."""
    if lead := _LEAD.match(text, start, end):
        start = lead.end()
    if tail := _END.search(text, start, end):
        end = tail.start()
    words = re.findall(r"[^\s]+", text[start:end])
    if not words or not words[0][:1].isupper() or words[-1].lower() in SMALL_WORDS:
        return None
    if not all(word[0].isupper() or word[0].isdigit() or word.lower() in SMALL_WORDS for word in words):
        return None
    places = load_gazetteer()
    name = text[start:end]
    if name.lower() in _PRONOUNS:
        return None
    return None if places.party_code(name) or places.is_people(name) else (start, end)


def documents(folder: Path) -> Iterator[Document]:
    """Yield every document."""
    for source in sorted(path for path in folder.iterdir() if path.is_dir()):
        marks: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for line in (source / "entities.json").read_text("utf-8-sig").splitlines():
            one = json.loads(line)
            marks[one["documentId"]].append((one["type"], one["begin"], one["end"]))
        for line in (source / "documents.json").read_text("utf-8-sig").splitlines():
            one = json.loads(line)
            text = one["text"]
            bodies = [(start, end) for kind, start, end in marks[one["_id"]] if kind == "Organisation"]
            names = {name for span in bodies if (name := proper_name(text, *span)) is not None}
            names = {one for one in names if not any(one != other and _within(one, other) for other in names)}
            others = {(start, end) for kind, start, end in marks[one["_id"]] if kind in {"Organisation", "Location"}}
            yield Document(f"{source.name}/{one['_id']}", text, frozenset(names), frozenset(others))


def _within(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def score(corpus: Sequence[Document], read: Read, *, errors: bool = False) -> dict[str, dict[str, float]]:
    """Return the figures, strict and relaxed."""
    counts = {"strict": Counter[str](), "relaxed": Counter[str]()}
    articles = (plain(one.text, f"{at}.txt") for at, one in enumerate(corpus))
    for one, related in zip(corpus, read(articles), strict=True):
        found = {(each.start, each.end) for each in stretches(related, related.organizations)}
        matched = pairs(one.names, found)
        taken = {other for _, other in matched}
        spare = {span for span in found - taken if not any(overlaps(span, other) for other in one.others)}
        for name, hits in (("strict", sum(a == b for a, b in matched)), ("relaxed", len(matched))):
            counts[name].update(hits=hits, found=len(taken) + len(spare), wanted=len(one.names))
        if errors:
            for kind, spans in (("missed", one.names - {a for a, _ in matched}), ("wrong", spare)):
                for start, end in sorted(spans):
                    print(f"{kind:7} {_around(one.text, start, end)}")
            for a, b in matched:
                if a != b:
                    print(f"bounds  {one.text[slice(*b)]!r} in {_around(one.text, *a)}")
    return {name: figures(count) for name, count in counts.items()}


def _around(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 40) : start]}<{text[start:end]}>{text[end : end + 40]}".replace("\n", " ")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--no-lexicon", action="store_true")
    arguments = parser.parse_args()
    corpus = list(documents(arguments.folder))
    scores = score(corpus, reader(Settings(use_lexicon=not arguments.no_lexicon)), errors=arguments.errors)
    print(f"{len(corpus)} documents, {sum(len(one.names) for one in corpus)} names")
    for name, values in scores.items():
        print(f"{name:8} " + "  ".join(f"{key} {value:.3f}" for key, value in values.items()))


if __name__ == "__main__":
    main()
