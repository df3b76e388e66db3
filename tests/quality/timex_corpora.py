"""Read TIMEX2 and TIMEX3 corpora and score the date grammar on them, span and value, lenient as in TempEval.

    python -m tests.quality.timex_corpora FOLDER [--errors] [NAME …]

Reads `*.xml`/`*.sgm` with inline TIMEX2 (`val`) and `*.tml` with inline TIMEX3 (`value`). A found span is right when it
overlaps a span of the key; its value is right when both normalize to the same string.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.recognize.dates import find_dates, load_grammar

_TAG = re.compile(r"<(/?)(TIMEX[23])([^>]*)>|<[^>]+>")
_CREATED = re.compile(r"<(?:DATETIME|DCT|DATE_TIME)>\s*(.*?)</(?:DATETIME|DCT|DATE_TIME)>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[a-z\d)\]\"'])[.!?]['\")\]]*\s+(?=[A-Z\"'(\[])|\n+")


@dataclass(frozen=True, slots=True)
class Key:
    """One annotated expression: characters of the plain text and its value (empty when the key gives none)."""

    start: int
    end: int
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class TimexDocument:
    name: str
    created: date | None
    text: str
    keys: tuple[Key, ...]


def read_timex(path: Path) -> TimexDocument:
    """A document of either format. Nested expressions are left to the outermost."""
    source = path.read_text(encoding="utf-8", errors="replace")
    created = _CREATED.search(source)
    day = re.search(r"(\d{4})-?(\d\d)-?(\d\d)", created[0]) if created else None
    body = re.search(r"<TEXT>(.*)</TEXT>", source, re.DOTALL)
    if body is None:
        raise ValueError(f"{path}: no <TEXT>")
    text, keys = _inline(body[1])
    return TimexDocument(path.name, date(*map(int, day.groups())) if day else None, text, keys)


def _inline(body: str) -> tuple[str, tuple[Key, ...]]:
    pieces: list[str] = []
    length = last = 0
    open_: list[tuple[int, str]] = []
    keys: list[Key] = []
    for tag in _TAG.finditer(body):
        piece = html.unescape(body[last : tag.start()])
        pieces.append(piece)
        length += len(piece)
        last = tag.end()
        if tag[2] and not tag[1]:
            value = re.search(r"\bval(?:ue)?=\"([^\"]*)\"", tag[3])
            open_.append((length, value[1] if value else ""))
        elif tag[2]:
            start, given = open_.pop()
            keys = [key for key in keys if key.start < start] if not open_ else keys
            keys.append(Key(start, length, "".join(pieces)[start:length], given))
    pieces.append(html.unescape(body[last:]))
    return "".join(pieces), tuple(sorted((key for key in keys), key=lambda key: key.start))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of each sentence, split crudely: the grammar needs only nearness."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        yield start, text[start : gap.end()].replace("\n", " ")
        start = gap.end()
    if start < len(text):
        yield start, text[start:].replace("\n", " ")


def comparable(value: str) -> str:
    """TIMEX2 and TIMEX3 spell some values differently."""
    value = re.sub(r"T24:00$", "T00:00", value.upper()).removesuffix(":00Z")
    value = re.sub(r"^P(\d+)DE$", lambda m: f"P{int(m[1]) * 10}Y", value)
    return re.sub(r"^P(\d+)CE$", lambda m: f"P{int(m[1]) * 100}Y", value)


def score(documents: Sequence[TimexDocument], *, show_errors: bool = False) -> dict[str, float]:
    """Lenient precision, recall and F1 of spans, and F1 of spans with values."""
    count: Counter[str] = Counter()
    for document in documents:
        _score_one(document, count, show_errors)
    precision, recall = count["span"] / max(count["found"], 1), count["span"] / max(count["keys"], 1)
    both = count["found"] + count["keys"]
    return {
        "precision": precision,
        "recall": recall,
        "span_f1": 2 * count["span"] / max(both, 1),
        "value_f1": 2 * count["value"] / max(both, 1),
    }


def _score_one(document: TimexDocument, count: Counter[str], show_errors: bool) -> None:
    parts = list(sentences(document.text))
    mentions = find_dates(
        [text for _, text in parts], published=document.created, grammar=load_grammar(), keep_unresolved=True
    )
    used: set[int] = set()
    count["keys"] += len(document.keys)
    for mention in mentions:
        for timex in mention.value.timex.split("/"):
            start, end = parts[mention.unit][0] + mention.start, parts[mention.unit][0] + mention.end
            count["found"] += 1
            hits = [k for k, key in enumerate(document.keys) if k not in used and key.start < end and start < key.end]
            context = document.text[max(0, start - 40) : end + 20].replace("\n", " ")
            if not hits:
                if show_errors:
                    print(f"EXTRA  {mention.text!r} {timex} {mention.rule_id}: {context}")
                continue
            key = document.keys[hits[0]]
            used.add(hits[0])
            count["span"] += 1
            right = comparable(key.value) == comparable(timex)
            count["value"] += right
            if show_errors and not right:
                print(f"VALUE  {mention.text!r} {timex} want {key.value} ({key.text!r}) {mention.rule_id}: {context}")
    if show_errors:
        for k, key in enumerate(document.keys):
            if k not in used:
                context = document.text[max(0, key.start - 40) : key.end + 20].replace("\n", " ")
                print(f"MISSED {key.text!r} {key.value}: {context}")


def main(arguments: Sequence[str]) -> None:
    names = [argument for argument in arguments[1:] if not argument.startswith("--")]
    paths = sorted(path for path in Path(arguments[0]).iterdir() if path.suffix in (".xml", ".sgm", ".tml"))
    chosen = [path for path in paths if not names or any(name in path.name for name in names)]
    for name, figure in score([read_timex(path) for path in chosen], show_errors="--errors" in arguments).items():
        print(f"{name:10} {figure:.4f}")


if __name__ == "__main__":
    main(sys.argv[1:])
