"""The corpus reader finds the keys of both formats, and the score counts overlaps and equal values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.quality.timex_corpora import comparable, read_timex, score

TML = """<?xml version="1.0"?><TimeML><DOCID>one</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22" functionInDocument="CREATION_TIME">March 22, 2013</TIMEX3></DCT>
<TEXT>The court met <TIMEX3 tid="t1" type="DATE" value="2013-03-21">yesterday</TIMEX3> and will rest for
<TIMEX3 tid="t2" type="DURATION" value="P3D">three days</TIMEX3> &amp; meet
<TIMEX3 tid="t3" type="DATE" value="2013-03-28">within the week</TIMEX3>.</TEXT></TimeML>"""
TIMEX2 = """<DOC><DATETIME><TIMEX2 val="2009-12-19T17:00:00">20091219</TIMEX2></DATETIME><TEXT>
It fell in <TIMEX2 val="1781-10">October <TIMEX2 val="1781">1781</TIMEX2></TIMEX2>.
</TEXT></DOC>"""


def test_timex3_document(tmp_path: Path) -> None:
    (tmp_path / "one.tml").write_text(TML, encoding="utf-8")
    document = read_timex(tmp_path / "one.tml")
    assert document.created == date(2013, 3, 22)
    assert [(key.text, key.value) for key in document.keys] == [
        ("yesterday", "2013-03-21"),
        ("three days", "P3D"),
        ("within the week", "2013-03-28"),
    ]
    assert all(document.text[key.start : key.end] == key.text for key in document.keys)
    figures = score([document])
    assert figures["precision"] == 1
    assert figures["recall"] == pytest.approx(2 / 3)
    assert figures["value_f1"] == pytest.approx(2 * 2 / 5)


def test_nested_timex2_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(TIMEX2, encoding="utf-8")
    document = read_timex(tmp_path / "one.xml")
    assert [(key.text, key.value) for key in document.keys] == [("October 1781", "1781-10")]
    assert score([document])["value_f1"] == 1


def test_a_document_without_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text("<DOC></DOC>", encoding="utf-8")
    with pytest.raises(ValueError, match="no <TEXT>"):
        read_timex(tmp_path / "one.xml")


@pytest.mark.parametrize(
    ("one", "other"), [("P1DE", "P10Y"), ("p2ce", "P200Y"), ("1999-01-01T24:00", "1999-01-01T00:00")]
)
def test_spellings_of_one_value(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)
