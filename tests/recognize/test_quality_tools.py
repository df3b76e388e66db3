"""The scorers of names read their corpora and count as their heads say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.records import Agreement, AgreementKind
from tests.quality.agreement_titles import case_of, cause, head_of, titles
from tests.quality.genre_articles import pairs, read_article
from tests.quality.re3d_organizations import proper_name
from tests.quality.reading import Stretch

FRAME = "They signed the {} early."
TITLE = "Treaty of Lima concerning salt, signed at Lima on 3 May 1899"


def stretch(start: int, end: int, kind: AgreementKind = "treaty") -> Stretch:
    agreement = Agreement("x", "x", None, (), True, kind, (), None, None, None, None, None, ())
    return Stretch(start, end, "", agreement)


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("Treaty of Lima", "treaty"),
        ("Exchange of Notes", "exchange"),
        ("Denunciation of Treaty", None),
        ("Claims", None),
    ],
)
def test_head_of_title(title: str, head: str | None) -> None:
    assert head_of(title) == head


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ([], "missed"),
        ([stretch(16, 46)], "right"),
        ([stretch(16, 76)], "right"),
        ([stretch(16, 30)], "ends early"),
        ([stretch(22, 46)], "begins late"),
        ([stretch(16, 82)], "too long"),
        ([stretch(16, 30), stretch(42, 46)], "split"),
        ([stretch(16, 46, "protocol")], "kind"),
    ],
)
def test_cause(found: list[Stretch], why: str) -> None:
    case = case_of(TITLE, FRAME)
    assert case.text[case.start : case.core] == "Treaty of Lima concerning salt"
    assert cause(case, found) == why


def test_titles_are_cleaned(tmp_path: Path) -> None:
    (tmp_path / "uk_treaties.csv").write_text('title\n"Treaty of Lima [with Map]"\nClaims\n', "utf-8")
    (tmp_path / "un_treaties.csv").write_text('treaty_name\n"1999 Pact on Salt*. Lima, 3 May 1999"\n', "utf-8")
    assert titles(tmp_path) == ["Treaty of Lima", "Pact on Salt"]


def test_annotated_article_keeps_its_stretches(tmp_path: Path) -> None:
    path = tmp_path / "a.ann"
    path.write_text("title\tnone\tOn [[GPE:Peru]]\n\nsentence\tnone\tA [[AGU:pact with [[GPE:Chile]]]].\n", "utf-8")
    article = read_article(path)
    found = {label: {article.text[start:end] for start, end in some} for label, some in article.spans.items()}
    assert found == {"ORG": set(), "PLACE": {"Peru", "Chile"}, "AGR": set(), "AGU": {"pact with Chile"}}


def test_stretches_match_one_to_one() -> None:
    assert pairs([(0, 5), (6, 9)], [(0, 5), (1, 8), (20, 30)]) == [((0, 5), (0, 5)), ((6, 9), (1, 8))]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Ministry of Defence", "Ministry of Defence"),
        ("the Iraqi population", None),
        ("Syria", None),
        ("We", None),
        ("The Iraqis", None),
        ("Daesh's", "Daesh"),
        ("U.S. forces", None),
    ],
)
def test_proper_names_of_bodies(phrase: str, name: str | None) -> None:
    span = proper_name(phrase, 0, len(phrase))
    assert (None if span is None else phrase[slice(*span)]) == name
