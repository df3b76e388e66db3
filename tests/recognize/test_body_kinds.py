"""The kind of a body: what the text calls it, what its name says, whose it is. None of the names is in a lexicon."""

from __future__ import annotations

import pytest

from pipeline.recognize.body_kinds import plural
from pipeline.recognize.organizations import load_bodies

NAMES = [
    ("Ruritanian Fisheries Council", "intergovernmental"),
    ("Norwegian Fisheries Council", "government"),
    ("Franco-German Fisheries Council", "intergovernmental"),
    ("Kenya Food Agency", "government"),
    ("Pacific Islands Food Agency", "intergovernmental"),
    ("NATO Parliamentary Assembly", "intergovernmental"),
    ("Nordic Consumer Office", "intergovernmental"),
    ("Halvorsen Center", "ngo"),
    ("Women's International League for Harbours", "ngo"),
    ("Center for International Harbour Law", "ngo"),
    ("African Centre for Harbour Law", "intergovernmental"),
    ("Northern Coast Liberation Army", "armed_group"),
    ("Northern Coast Army", "military"),
    ("Coalition to End Dredging", "alliance"),
    ("Zorvex", "other"),
]
SENTENCES = [
    ("Brands such as Quorl and <Zorvex> backed the code.", "company"),
    ("The shipbuilder <Zorvex> delivered two hulls.", "company"),
    ("<Zorvex>, a family-owned Danish retailer, left the scheme.", "company"),
    ("<Zorvex> (ZX), which is a charity in Leeds, sent blankets.", "ngo"),
    ("Charities like <Zorvex> sent blankets.", "ngo"),
    ("The rebel group <Zorvex> left the talks.", "armed_group"),
    ("The daily newspaper <Zorvex> printed the text.", "media"),
    ("Companies such as Quorl were fined, and later the court asked <Zorvex>.", "other"),
    ("<Zorvex> asked the company to leave.", "other"),
    ("<Zorvex>, the largest customer of the company, left.", "other"),
]


@pytest.mark.parametrize(("name", "kind"), NAMES)
def test_a_name_tells_its_kind(name: str, kind: str) -> None:
    assert load_bodies().kind_of([name]) == kind


@pytest.mark.parametrize(("marked", "kind"), SENTENCES)
def test_a_text_tells_the_kind(marked: str, kind: str) -> None:
    start = marked.index("<")
    text = marked.replace("<", "").replace(">", "")
    assert load_bodies().kind_of(["Zorvex"], [(text, start, start + len("Zorvex"))]) == kind


def test_the_lexicon_comes_first() -> None:
    assert load_bodies().kind_of(["NATO"], [("The company NATO", 12, 16)]) == "alliance"


@pytest.mark.parametrize(("noun", "nouns"), [("agency", "agencies"), ("day", "days"), ("church", "churches")])
def test_plurals_of_what_a_text_calls_a_body(noun: str, nouns: str) -> None:
    assert plural(noun) == nouns
