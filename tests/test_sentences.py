"""Where sentences end: `|` marks each end inside the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sentences import abbreviations, split

CASES = [
    "The port closed.|It opened again in May.",
    "The U.S. Navy sent two ships.|Norland sent none.",
    "They moved to the U.S.|The others stayed.",
    "A Norland-U.S. Partnership was signed.|It lapsed.",
    "Gen. Ruth Adler met Dr. A. B. Smith.|They spoke.",
    "Under Art. 5 and No. 29 of the list, help is due.|See p. 12 as well.",
    "Some tools, e.g. Radar, are shared, i.e. lent.|Others are not.",
    "George W. Hill wrote it.|He left.",
    "It rests on Article X.|The rest is custom.",
    "“We agree.”|The minister left.",
    "(The pact was brief.)|It ended in 1907.",
    "The talks went on … and on.|They failed…|Nobody spoke.",
    "Trade grew by 3.5 percent.|Fees fell by 0.2 points.",
    "See https://example.org/a.b.html for more.|It is short.",
    "The clause was cut.[3]|A new one came.[4, 5]",
    "The clause was cut.²|A new one came.",
    "Did it hold?|It did!|Why?",
    "It began at 9 a.m. on Monday.|It ended at 5 p.m.|Then all left.",
    "Acme Inc. built it.|Acme Ltd. sold it.",
    "The text runs over\nthe line end.|Then it\nstops.",
    "He said: “Stop!” and left.|She stayed.",
    "The rule applies to items 1. to 9. of the list.",
    "The land fell into areas A, B and C.|Norland kept them all.",
    "It stands in Annex B.|Norland signed it.",
    "The pact (a) ends war; (b) opens ports.|It fell by 3.5 per cent.",
    "One sentence without an end",
]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_marked(marked: str) -> None:
    parts = marked.split("|")
    text = " ".join(parts)
    assert [text[start:end] for start, end in split(text)] == parts


@given(st.text(alphabet="aB. !?…\"”)(['\n1", max_size=60))
@settings(deadline=None, max_examples=200)
def test_sentences_tile_the_text(text: str) -> None:
    spans = split(text)
    covered = [at for start, end in spans for at in range(start, end)]
    assert covered == sorted(set(covered))
    assert [text[at] for at in covered if not text[at].isspace()] == [char for char in text if not char.isspace()]
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert split(text) == []


def test_abbreviations_are_written_without_their_last_stop() -> None:
    known = abbreviations()
    assert not [word for word in known.never | known.before_digit | known.maybe if word.endswith(".")]
