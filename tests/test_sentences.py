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
    "It sets claims aside (Art. IV).|It holds.",
    "He said no.|I left.",
    "Figure 2. The ports of the pact.|Others lie south.",
    "It flew to Washington, D.C.|Others left.",
    "The fee was 3 million.1|It rose later.",
    "Trade doubled, he said.[12]|Then it fell.",
    "The ship was built by Acme Inc.|The yard closed.",
    "J. R. R. Tolkien wrote it.|He died.",
    "Stone et al. found a flaw.|It was mended.",
    "Norland vs. Southland was heard.|The court ruled.",
    "It took approx. 5 years.|Then it ended.",
    "Art. 5 binds all.|Art. 6 does not.",
    "See p. 12 and pp. 13 f. of it.|It is short.",
    "Some tools, e.g. the radar, are shared.|Others are not.",
    "St. Petersburg is a port.|So is Riga.",
    "“It is over.”|The envoy left.",
    "“It is over?!”|The envoy left.",
    "Really?!|Yes.",
    "He waited ... and left.|Then ...|Nothing.",
    "It ended in 1990.|3 states left.",
    "It had 12 members in 1990.|In 2004 it had 20.",
    "The U.N. Security Council met.|It voted.",
    "The E.U. Commission agreed.|It paid.",
    "President John F. Kennedy spoke.|He left.",
    "Lt. Col. A. Stone and Maj. Gen. B. Vale met.|They spoke.",
    "It is 5 p.m.|They left.",
    "It starts at 5 p.m. Monday and ends late.|All left.",
    "The firm Acme Corp. sold it.|Acme Co. did not.",
    "Ships, planes, etc. were used.|Others were not.",
    "Ships, planes, etc.|The rest was lost.",
    "Dr. Stone (b. 1950) wrote it.|He left.",
    "The pact (see Art. 5.) holds.|It binds.",
    "(It was brief.)|The end came.",
    "The rule (it was brief.) ended.|All left.",
    "He asked, “Why?”|Nobody knew.",
    "He asked, “Why?” and left.|Nobody knew.",
    "He said, “We agree.”|“We do not,” she said.",
    "Version 2.0 was signed.|It holds.",
    "See www.example.org.|It is short.",
    "See example.org/a.html.|It is short.",
    "The so-called No. 29 Squadron left.|It came back.",
    "Resolution No. 1373 was adopted.|It binds.",
    "In Jan. 1990 it ended.|In Feb. it began.",
    "It ended in Jan.|The rest is known.",
    "The treaty, cf. Art. 3 para. 2 lit. a, binds.|It holds.",
    "It was signed by H.E. Ruth Adler.|She left.",
    "It includes fish, i.e. cod, and salt.|It holds.",
    "The Treaty of St. Germain ended it.|It held.",
    "NATO's Art. 5 was invoked once.|It was in 2001.",
    "Mt. Stone is high.|Ft. Vale is low.",
    "The budget was $3.5 bn.|It rose.",
    "Item a. is void.|Item b. is not.",
    "It fell by 5 per cent.|The rest held.",
    "The pact ended.[1][2]|A new one came.",
    "The pact ended.(1)|A new one came.",
    "The pact ended [1].|A new one came.",
    "The pact ended.”[1]|A new one came.",
    "The pact ended.1,2|A new one came.",
    "It cost 3.5 million.|12 states paid.",
    "The vote was 12-3.|Norland abstained.",
    "Sen. Stone and Rep. Vale met Gov. Hill.|They spoke.",
    "The U.S.-led talks ended.|They failed.",
    "Gen. Stone Jr. led it.|Capt. Vale Sr. did not.",
    "It lies near Ave. Foch.|It is small.",
    "Norland's P.M. Ruth Adler spoke.|She left.",
    "She has a Ph.D. in law.|He has an M.A.|They met.",
    "He was born c. 1900.|He died ca. 1950.",
    "Was it over?|No!|It went on.",
    "It was “over.”|The rest is known.",
    "The law (No. 5) holds.|It binds.",
    "Fig. 2 shows it.|Table 3 does not.",
    "It ended, said Stone, Ltd. and Vale, Inc.|They left.",
    "Mr. and Mrs. Stone met.|They spoke.",
    "The ship H.M.S. Vale sank.|It was old.",
    "The group (est. 1990) met.|It is small.",
    "It ended in the 1990s.|The rest held.",
    '"We agree," he said.|"We do," she said.',
    "'We agree.'|The envoy left.",
    "Under Sec. 5 of the act it ended.|See Sec. 6.|It holds.",
    "Talks began on Jan. 5, 1990.|They ended Feb. 6.|All left.",
    "The iPhone changed it.|eBay did not.",
    "It opened.|iPhone sales grew.",
    "He waited…|The ship came.",
    "“No,” he said.|“We stay.”",
    "The talks ended; no.",
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
