"""What tests of clean and segment share: read a text and look at its units."""

from __future__ import annotations

import html
import re

from pipeline.clean import clean_article, load_rules, visible
from pipeline.clean.lists import SIGNS
from pipeline.clean.pieces import UNSEEN
from pipeline.encoding import MIXED
from pipeline.read import read_bytes
from pipeline.records import Article, MediaType, Segmented
from pipeline.segment import segment_article

PROSE = (
    "The two states of the region signed the pact in the harbour town after long talks, and it entered into force "
    "a year later. The council of the pact meets in the spring and reports to the governments of its members."
)
UNSEEN_OR_BLANK = re.compile(rf"[\s{UNSEEN}]")
MARKER = re.compile(rf"[{SIGNS}]\ufe0f?|[·–—*+-]|\(?\w{{1,6}}[.)]")


def segmented(text: str | bytes, media_type: MediaType = "text/plain") -> Segmented:
    """Clean and segment one article."""
    raw = text if isinstance(text, bytes) else text.encode()
    return segment_article(clean_article(read_bytes(raw, source="a", media_type=media_type), rules=load_rules()))


def kinds(one: Segmented) -> list[tuple[str, str]]:
    """Return kind (or residue kind) and text of each unit."""
    return [(unit.residue_kind or unit.kind, unit.text) for unit in one.units]


def assert_ledger(one: Segmented) -> None:
    """Hold the laws of the ledger: units in order, apart, over each visible character; spans that lead back."""
    article = one.article
    assert_characters(article)
    covered = [0] * len(article.raw)
    last = last_raw = 0
    for ordinal, unit in enumerate(one.units):
        assert unit.ordinal == ordinal
        assert unit.text.strip() == unit.text != ""
        assert last_raw <= unit.raw_start < unit.raw_end <= len(article.raw)
        last_raw = unit.raw_end
        covered[unit.raw_start : unit.raw_end] = [n + 1 for n in covered[unit.raw_start : unit.raw_end]]
        assert (unit.kind == "residue") == (unit.residue_kind is not None) == (unit.start is None)
        assert (unit.rule_id is not None) == (unit.kind == "residue")
        if unit.start is not None and unit.end is not None:
            assert last <= unit.start < unit.end <= len(article.text)
            assert article.text[unit.start : unit.end] == unit.text
            start, end = article.offsets.span(unit.start, unit.end)
            assert unit.raw_start <= start < end <= unit.raw_end
            last = unit.end
    starts = visible(read_bytes(article.raw, source="a", media_type=article.media_type))
    assert [covered[start] for start in starts] == [1] * len(starts)
    if article.media_type == "text/plain" and article.encoding == "utf-8":
        assert_all_is_there(one)


def assert_all_is_there(one: Segmented) -> None:
    """Hold for plain text, against the raw bytes alone, that no character is lost: what is no text is a list marker."""
    at = 0
    for unit in one.units:
        between, shown = (
            UNSEEN_OR_BLANK.sub("", one.article.raw[start:end].decode())
            for start, end in ((at, unit.raw_start), (unit.raw_start, unit.raw_end))
        )
        text = UNSEEN_OR_BLANK.sub("", unit.text)
        assert between == ""
        assert shown.endswith(text)
        assert shown == text or MARKER.fullmatch(shown.removesuffix(text)), (shown, text)
        at = unit.raw_end
    assert UNSEEN_OR_BLANK.sub("", one.article.raw[at:].decode()) == ""


def assert_characters(article: Article, *, first: int = 5000) -> None:
    """Hold that each of the first characters is what its own bytes show: itself, its entity, or a run of blanks."""
    assert len(article.offsets) == len(article.text)
    last = -1
    for at, char in enumerate(article.text[:first]):
        start, end = int(article.offsets.starts[at]), int(article.offsets.ends[at])
        if not char.isspace():
            shown = _decoded(article.raw[start:end], article.encoding)
            shown = html.unescape(shown) if article.media_type != "text/plain" else shown
            assert char in UNSEEN_OR_BLANK.sub("", shown), (at, char, shown)
            assert len(shown) <= 2
            assert start >= last, (at, char)
            last = start


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode("utf-8" if encoding == MIXED else encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
