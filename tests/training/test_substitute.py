"""Other names in annotated articles: of the same kind, through the whole article, with the article that fits."""

from __future__ import annotations

import random
import re

import pytest

from models.training.corpora import unmark
from models.training.substitute import Names, article, collect, composed, key_of, substituted

TEXT = """title\tnone\tThe [[ORG:Harbour League]] at Forty

sentence\tspecific\tThe [[ORG:Harbour League]] ([[ORG:HLQ]]) met in [[GPE:Norway]] and an [[ORG:HLQ]] office opened.
sentence\tspecific\tA [[AGU:treaty between [[GPE:Norway]] and the [[GPE:Netherlands]]]] of [[DATE=1961:1961]].
"""
OTHERS = [
    "sentence\tspecific\tThe [[ORG:Ferry Union]] ([[ORG:FUX]]) left [[GPE:Peru]] under the [[AGR:Ferry Charter]].\n",
    "sentence\tgeneral\tIn the [[ORG:Tidal Board]], [[GPE:Chad]] speaks for the [[GPE:Seychelles]].\n",
]


def marks(text: str) -> list[tuple[str, str]]:
    return re.findall(r"\[\[(\w+):([^\[\]]+)\]\]", text)


@pytest.mark.parametrize("seed", range(8))
def test_marks_levels_and_plain_words_stay(seed: int) -> None:
    other = substituted(TEXT, collect([TEXT, *OTHERS]), random.Random(seed))
    assert [label for label, _ in marks(other)] == [label for label, _ in marks(TEXT)]
    assert [line.split("\t")[:2] for line in other.splitlines()] == [line.split("\t")[:2] for line in TEXT.splitlines()]
    assert "[[DATE=1961:1961]]" in other
    assert len(unmark(other)[1]) == len(unmark(TEXT)[1])


@pytest.mark.parametrize("seed", range(8))
def test_a_name_becomes_the_same_other_name_throughout(seed: int) -> None:
    other = marks(substituted(TEXT, collect([TEXT, *OTHERS]), random.Random(seed)))
    pairs = dict(zip(marks(TEXT), other, strict=True))
    assert [pairs[one] for one in marks(TEXT)] == other


def test_a_body_and_its_acronym_are_exchanged_together() -> None:
    names = collect(OTHERS)
    found = {tuple(marks(substituted(TEXT, names, random.Random(seed)))[1:3]) for seed in range(40)}
    for (_, whole), (_, acronym) in found:
        assert (whole, acronym) in {("Harbour League", "HLQ"), ("Ferry Union", "FUX")} or acronym == "".join(
            word[0] for word in re.split(r"[ -]", whole) if word[0].isupper()
        )
    assert len(found) > 3


def test_the_same_seed_gives_the_same_article() -> None:
    names = collect([TEXT, *OTHERS])
    one, same, other = (substituted(TEXT, names, random.Random(seed)) for seed in (3, 3, 4))
    assert one == same != other


def test_without_names_to_choose_from_an_article_stays() -> None:
    text = "sentence\tnone\tMrs [[PERSON:Ada Quill]] spoke.\n"
    assert substituted(text, Names(), random.Random(0)) == text


@pytest.mark.parametrize(
    ("label", "name", "key"),
    [
        ("ORG", "HLQ", ("ORG", "acronym", False)),
        ("ORG", "Harbour League", ("ORG", "title", True)),
        ("GPE", "Norway", ("GPE", "country", False)),
        ("GPE", "Netherlands", ("GPE", "country", True)),
    ],
)
def test_what_a_name_has_in_common_with_its_substitutes(label: str, name: str, key: tuple[str, str, bool]) -> None:
    assert key_of(TEXT, label, name) == key


@pytest.mark.parametrize(
    ("name", "word"),
    [("EU", "an"), ("UN", "a"), ("IMF", "an"), ("NATO", "a"), ("African Union", "an"), ("Union", "a"), ("FATF", "a")],
)
def test_the_article_follows_the_sound(name: str, word: str) -> None:
    assert article(name) == word


@pytest.mark.parametrize("label", ["ORG", "AGR"])
def test_composed_titles_have_an_acronym_of_their_capitals(label: str) -> None:
    for seed in range(30):
        title, acronym = composed(label, random.Random(seed))
        assert acronym.isupper()
        assert acronym[0] == title[0]
