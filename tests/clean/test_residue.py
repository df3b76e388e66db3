"""Residue: each rule by its own examples, disclosures of many shapes, and body text that must stay."""

from __future__ import annotations

import pytest

from pipeline.clean.residue import Rule, load_rules
from tests.clean.disclosures import NO_NOTICES, NOTICES
from tests.clean.junk import BODY_LINES, JUNK
from tests.clean.readings import PROSE, assert_ledger, kinds, segmented

RULES = load_rules()
TAKEN = [(rule, text) for rule in RULES.rules for text in rule.examples]
LEFT = [(rule, text) for rule in RULES.rules for text in rule.counter_examples]


@pytest.mark.parametrize(("rule", "text"), TAKEN, ids=lambda value: value.id if isinstance(value, Rule) else value)
def test_rules_take_their_examples(rule: Rule, text: str) -> None:
    assert rule.takes(text)
    found = RULES.rule_for(text, top=True)
    assert found is not None
    assert found.kind == rule.kind


@pytest.mark.parametrize(("rule", "text"), LEFT, ids=lambda value: value.id if isinstance(value, Rule) else value)
def test_rules_leave_their_counter_examples(rule: Rule, text: str) -> None:
    assert not rule.takes(text)


def test_every_rule_has_both_and_ids_are_unique() -> None:
    assert all(rule.examples and rule.counter_examples for rule in RULES.rules)
    assert len({rule.id for rule in RULES.rules}) == len(RULES.rules)


DISCLOSURES = [
    *RULES.disclosure.examples,
    "⚠️ AI-generated content. Check names and dates before you quote them.",
    "Please note: this post was written by artificial intelligence.",
    "Disclaimer: parts of this article were produced by a large language model. Errors are possible.",
    "AI notice: the text above was composed with the help of a chatbot; consult primary sources.",
    "📝 The content of this guide was assembled by automated tools. Treat figures with care.",
    "This explainer was put together by ChatGPT. It may contain mistakes.",
    "📢 Generated text ahead! This page comes from an AI writer. Check with official sources.",
    "🤖 Heads up! This piece was written with AI support. We recommend consulting official publications.",
    "Editor’s label: AI-generated content. A person has skimmed it, but mistakes may remain.",
    "Machine-written text. Verify with official sources.",
    "Heads-up – a language model drafted this piece, so cross-check anything that matters.",
    *NOTICES,
]
BODY = [
    "This section examines how artificial intelligence helps agencies produce reports.",
    "See also the Treaty of the Strait, which was signed in 1990.",
    "By the end of the war, trade had stopped.",
    "Last updated in 2004, the list names twelve groups.",
    *RULES.disclosure.counter_examples,
    "Artificial intelligence is changing how armies plan.",
    "The treaty on artificial intelligence was drafted in 2024 by the council.",
    "Inspectors verify the reports of the member states.",
    "The agency uses algorithms to screen cargo.",
    "AI tools helped the customs office find forged papers.",
    *NO_NOTICES,
]


@pytest.mark.parametrize("text", DISCLOSURES)
@pytest.mark.parametrize("place", ["top", "under the title", "middle", "end"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_disclosures_go_and_are_kept_as_metadata(text: str, place: str, media_type: str) -> None:
    parts = ["The Harbour Pact", PROSE, PROSE]
    parts.insert({"top": 0, "under the title": 1, "middle": 2, "end": 3}[place], text)
    if media_type == "text/html":
        tags = ["h1" if part.startswith("The H") else "p" for part in parts]
        source = "".join(f"<{tag}>{part}</{tag}>" for tag, part in zip(tags, parts, strict=True))
        source = f"<html><body>{source}</body></html>"
    else:
        hashes = "# " if media_type == "text/markdown" else ""
        source = "\n\n".join(hashes + part if part.startswith("The H") else part for part in parts)
    one = segmented(source, media_type)  # type: ignore[arg-type]
    assert one.article.ai_disclosure == text
    assert one.article.text == "\n".join(["The Harbour Pact", PROSE, PROSE])
    assert_ledger(one)


@pytest.mark.parametrize("text", BODY)
def test_sentences_about_machines_stay(text: str) -> None:
    one = segmented(f"{PROSE}\n\n{text} {PROSE}\n\n{text}\n")
    assert one.article.ai_disclosure is None
    assert text in one.article.text


def test_a_disclosure_inside_a_paragraph_is_cut_out() -> None:
    one = segmented(f"{PROSE} This article was written by AI. Please verify the facts.")
    assert one.article.ai_disclosure == "This article was written by AI. Please verify the facts."
    assert one.article.text == PROSE
    assert_ledger(one)


def test_lists_under_contents_and_related_links_go_with_them() -> None:
    one = segmented(
        f"The Harbour Pact\n\nTable of Contents\n- Origins\n- Members\n\nOrigins\n\n{PROSE}\n\nRelated posts\n- Ports\n"
    )
    assert [kind for kind, _ in kinds(one)] == [
        "title", "navigation", "navigation", "navigation", "heading", "sentence", "sentence", "see_also", "see_also",
    ]  # fmt: skip


def test_a_repeated_title_is_furniture_and_at_the_end_a_title() -> None:
    one = segmented(f"The Harbour Pact\n\n{PROSE}\n\nTHE HARBOUR PACT\n\n{PROSE}\n\nThe Harbour Pact\n")
    assert [kind for kind, text in kinds(one) if text.casefold() == "the harbour pact"] == [
        "title",
        "repeated_title",
        "title",
    ]


@pytest.mark.parametrize(("kind", "line"), [(kind, line) for kind, lines in JUNK.items() for line in lines])
@pytest.mark.parametrize("place", [1, 7])
def test_junk_of_web_pages_goes(kind: str, line: str, place: int) -> None:
    parts = ["The Harbour Pact", *[PROSE] * 6]
    parts.insert(place, line)
    one = segmented("\n\n".join(parts))
    assert [found for found, text in kinds(one) if text == line] == [kind]
    assert one.article.text == "\n".join(part for part in parts if part != line)


@pytest.mark.parametrize("line", BODY_LINES)
@pytest.mark.parametrize("place", [1, 5])
def test_lines_of_articles_that_look_like_junk_stay(line: str, place: int) -> None:
    parts = ["The Harbour Pact", *[PROSE] * 7]
    parts.insert(place, line)
    assert segmented("\n\n".join(parts)).article.text == "\n".join(parts)


def test_a_life_of_the_author_at_the_top_takes_no_article_with_it() -> None:
    assert PROSE in segmented(f"The Harbour Pact\n\nAbout the author\n\n{PROSE}\n\n{PROSE}").article.text
