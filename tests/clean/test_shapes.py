"""Lists, captions and quotes as machine-written pages really have them: typed bullets, lines of one paragraph, figures."""

# ruff: noqa: E501 - one shape a line
from __future__ import annotations

import pytest

from pipeline.records import MediaType
from tests.clean.readings import PROSE, assert_ledger, kinds, segmented

LEAD = "The pact covers:"
ITEMS = ["Joint patrols", "A common fund", "A court"]
BODY: dict[str, tuple[MediaType, str]] = {
    "Roman numbers": ("text/plain", f"{LEAD}\nI. Joint patrols\nII. A common fund\nIII. A court"),
    "Roman numbers apart": ("text/plain", f"{LEAD}\n\nI. Joint patrols\n\nII. A common fund\n\nIII. A court"),
    "ticks": ("text/plain", f"{LEAD}\n✅ Joint patrols\n✔️ A common fund\n➤ A court"),
    "ticks in Markdown": ("text/markdown", f"{LEAD}\n\n✅ Joint patrols\n✅ A common fund\n✅ A court"),
    "letters": ("text/plain", f"{LEAD}\nA. Joint patrols\nB. A common fund\nC. A court"),
    "bullets after the lead-in": ("text/plain", f"{LEAD} • Joint patrols • A common fund • A court"),
    "bullets in one line": ("text/plain", f"{LEAD}\n• Joint patrols • A common fund • A court"),
    "broken lines": ("text/html", f"<p>{LEAD}<br>• Joint patrols<br>• A common fund<br />• A court</p>"),
    "broken lines with numbers": ("text/html", f"<p>{LEAD}</p><p>1. Joint patrols<br>2. A common <b>fund</b><br>3. A court</p>"),
    "dashes in broken lines": ("text/html", f"<p>{LEAD}<br>- Joint patrols<br>- A common fund<br>- A court</p>"),
    "bullets in paragraphs": ("text/html", f"<p>{LEAD}</p><p>• Joint patrols</p><p>• A common fund</p><p>• A court</p>"),
    "numbers in paragraphs": ("text/html", f"<p>{LEAD}</p><p>(1) Joint patrols</p><p>(2) A common fund</p><p>(3) A court</p>"),
    "dashes in paragraphs": ("text/html", f"<p>{LEAD}</p><p>– Joint patrols</p><p>– A common fund</p><p>– A court</p>"),
    "lists in lists": ("text/html", f"<p>{LEAD}</p><ul><li>Joint patrols<ul><li>A common fund</li></ul></li><li>A court</li></ul>"),
    "indented lists": ("text/markdown", f"{LEAD}\n\n- Joint patrols\n    - A common fund\n- A court"),
    "second paragraph of an item": ("text/markdown", f"{LEAD}\n\n- Joint patrols\n\n  A common fund\n\n- A court"),
    "two paragraphs in an item": ("text/html", f"<p>{LEAD}</p><ul><li><p>Joint patrols</p><p>A common fund</p></li><li>A court</ul>"),
    "terms": ("text/html", f"<p>{LEAD}</p><dl><dt>Joint patrols</dt><dd>A common fund</dd><dt>A court</dt></dl>"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODY)
def test_lists_are_items_under_their_lead_in(name: str) -> None:
    media_type, body = BODY[name]
    title, prose = ("<h1>The Pact</h1>", f"<p>{PROSE}</p>") if media_type == "text/html" else ("The Pact", PROSE)
    title = f"# {title}" if media_type == "text/markdown" else title
    one = segmented(f"{title}\n\n{prose}\n\n{body}\n\n{prose}\n", media_type)
    assert_ledger(one)
    items = [unit for unit in one.units if unit.kind == "item"]
    assert [unit.text for unit in items] == ITEMS
    assert {one.units[unit.lead_in].text for unit in items if unit.lead_in is not None} == {LEAD}
    assert [unit.text for unit in one.units if unit.kind in ("title", "heading")] == ["The Pact"]


PLAIN = [
    ("The pact rests on the sea (I. Stone) and on trade.", "sentence"),
    ("V. Hill was the first to sign the pact, and he signed it alone.", "sentence"),
    ("By Ada Stone • May 3, 2024 • 5 min read", "byline"),
    ("Facebook • X • WhatsApp", "share"),
    ("Table 1: Members of the pact", "sentence"),
    ("Figure 2. The ports of the region", "sentence"),
]


@pytest.mark.parametrize(("line", "kind"), PLAIN)
def test_lines_that_are_no_list_and_no_heading(line: str, kind: str) -> None:
    assert (kind, line) in kinds(segmented(f"The Pact\n\n{PROSE}\n\n{line}\n\n{PROSE}"))


@pytest.mark.parametrize("numbers", [("I. ", "II. "), ("A. ", "B. "), ("1. ", "2. ")])
def test_numbers_over_prose_are_headings(numbers: tuple[str, str]) -> None:
    text = f"The Pact\n\n{PROSE}\n\n{numbers[0]}Origins\n\n{PROSE}\n\n{numbers[1]}Members\n\n{PROSE}"
    found = [text for kind, text in kinds(segmented(text)) if kind == "heading"]
    assert [text.removeprefix(number) for text, number in zip(found, numbers, strict=True)] == ["Origins", "Members"]


def test_numbered_headings_go_on_over_little_prose() -> None:
    text = f"The Pact\n\n1. Origins\n{PROSE}\n\n2. Members\n{PROSE}\n\n3. Lessons\nSome lessons stand out.\n1. Talk\n2. Sign\n"
    found = kinds(segmented(text))
    assert [text for kind, text in found if kind == "heading"] == ["Origins", "Members", "Lessons"]
    assert [text for kind, text in found if kind == "item"] == ["Talk", "Sign"]


def test_captions_and_quotes_of_a_page() -> None:
    one = segmented(
        f"<article><h1>The Pact</h1><p>{PROSE}</p><figure><img src='a.png' alt='harbour at dawn'><figcaption>Envoys sign the "
        f"pact in <b>Norland</b>, 1904.</figcaption></figure><p>{PROSE}</p><blockquote><p>The pact keeps the peace.</p>"
        f"<cite>Ada Stone, minister</cite></blockquote><p>{PROSE}</p></article>",
        "text/html",
    )
    assert_ledger(one)
    found = kinds(one)
    assert ("sentence", "Envoys sign the pact in Norland, 1904.") in found
    assert ("sentence", "The pact keeps the peace.") in found
    assert [text for kind, text in found if kind == "heading"] == []
    assert "dawn" not in " ".join(text for _, text in found)


def test_quotes_of_markdown_lose_their_signs() -> None:
    one = segmented(
        f"# The Pact\n\n{PROSE}\n\n> The pact keeps\n> the *peace*. It\n> will last.\n\n{PROSE}", "text/markdown"
    )
    assert_ledger(one)
    assert [text for _, text in kinds(one)][3:5] == ["The pact keeps the peace.", "It will last."]


def test_a_caption_stands_over_its_cells_and_not_over_what_follows() -> None:
    one = segmented(
        f"<h1>The Pact</h1><p>{PROSE}</p><h2>Members</h2><table><caption>Members by year</caption><tr><th>State<th>Year</tr>"
        f"<tr><td>Norland<td>1904</table><p>{PROSE}</p>",
        "text/html",
    )
    sections = {unit.text: unit.section[-3:] for unit in one.units}
    assert sections["1904"] == ("Members", "Members by year", "Year")
    assert one.units[-1].section[-1] == "Members"
