"""What tests of clean and segment share: read a text and look at its units."""

from __future__ import annotations

from pipeline.clean import clean_article, load_rules, visible
from pipeline.read import read_bytes
from pipeline.records import MediaType, Segmented
from pipeline.segment import segment_article

PROSE = (
    "The two states of the region signed the pact in the harbour town after long talks, and it entered into force "
    "a year later. The council of the pact meets in the spring and reports to the governments of its members."
)


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
