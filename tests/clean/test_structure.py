"""Structure of each format: titles, headings, items, tables, quotes."""

from __future__ import annotations

import pytest

from pipeline.records import MediaType
from tests.clean.readings import PROSE, assert_ledger, kinds, segmented

FIRST, SECOND = PROSE.split(". ", 1)[0] + ".", PROSE.split(". ", 1)[1]


def body(text: str, media_type: MediaType = "text/plain") -> list[tuple[str, str]]:
    """Return kinds and texts, two sentences of prose read as one "prose"."""
    one = segmented(text, media_type)
    assert_ledger(one)
    return [("prose", "") if text == FIRST else (kind, text) for kind, text in kinds(one) if text != SECOND]


@pytest.mark.parametrize(
    "heading",
    [
        "Origins of the Pact",
        "How the pact came about",
        "What does the pact require?",
        "1. Origins",
        "The Pact (1904–1911)",
        "I",
    ],
)
def test_headings_without_markup(heading: str) -> None:
    text = f"The Harbour Pact\n\n{PROSE}\n\n{heading}\n\n{PROSE}\n"
    shown = heading.removeprefix("1. ")
    assert body(text) == [("title", "The Harbour Pact"), ("prose", ""), ("heading", shown), ("prose", "")]


@pytest.mark.parametrize("line", ["It ended there.", "and so it went", "The parties agreed on this:"])
def test_lines_that_are_no_headings(line: str) -> None:
    assert ("heading", line) not in body(f"{PROSE}\n\n{line}\n\n{PROSE}")


def test_two_headings_in_a_row() -> None:
    text = f"The Harbour Pact\n\n{PROSE}\n\nMembers\n\nFounders of the pact\n\n{PROSE}"
    assert [kind for kind, _ in body(text)] == ["title", "prose", "heading", "heading", "prose"]


@pytest.mark.parametrize("marker", ["•", "-", "*", "–", "1.", "1)", "a)", "(a)", "(i)", "ii."])
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_items_lose_their_markers_but_not_from_the_ledger(marker: str, media_type: MediaType) -> None:
    if media_type == "text/markdown" and marker in ("–", "(a)", "(i)", "ii."):
        pytest.skip("no list in Markdown")
    text = f"{PROSE}\n\nThe pact covers:\n\n{marker} Joint patrols of the strait\n{marker} A common fund\n\n{PROSE}"
    one = segmented(text, media_type)
    items = [unit for unit in one.units if unit.kind == "item"]
    assert [unit.text for unit in items] == ["Joint patrols of the strait", "A common fund"]
    assert one.article.raw[items[0].raw_start :].startswith(marker.encode())
    assert {one.units[unit.lead_in].text for unit in items if unit.lead_in is not None} == {"The pact covers:"}
    assert_ledger(one)


def test_a_numbered_line_after_a_bullet_is_a_heading_over_prose() -> None:
    text = f"The Harbour Pact\n\n{PROSE}\n\n• Joint patrols\n• A fund\n\n3. Members of the pact\n\n{PROSE}"
    assert body(text)[-2:] == [("heading", "Members of the pact"), ("prose", "")]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    words, lines, line = (PROSE + " " + PROSE).split(), [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line.strip())
            line = ""
        line += f" {word}"
    text = "\n".join([*lines, line.strip()])
    assert body(text) == [("prose", ""), ("prose", "")]


def test_markdown() -> None:
    text = (
        f"# The *Harbour* Pact\n\n{PROSE}\n\n## Members\n\n> {FIRST}\n\nNorland & Co. "
        "[joined](https://example.org/a_(b)) the **pact** in `1904`.[^1]\n\n![A map](map.png)\n\n"
        "| State | Year |\n| --- | ---: |\n| Norland | 1904 |\n\n"
        "Sub\n---\n\n* * *\n\n" + PROSE
    )
    assert body(text, "text/markdown") == [
        ("title", "The Harbour Pact"),
        ("prose", ""),
        ("heading", "Members"),
        ("prose", ""),
        ("sentence", "Norland & Co. joined the pact in 1904."),
        ("other", "![A map](map.png)"),
        ("heading", "State"),
        ("heading", "Year"),
        ("other", "| --- | ---: |"),
        ("item", "Norland"),
        ("item", "1904"),
        ("heading", "Sub"),
        ("other", "* * *"),
        ("prose", ""),
    ]


def test_cells_have_their_header_in_the_section() -> None:
    table = "<table><tr><th>State</th><th>Year</th></tr><tr><td>Norland</td><td>1904</td></tr></table>"
    sources: list[tuple[str, MediaType]] = [
        (
            f"# The Pact\n\n{PROSE}\n\n## Members\n\n| State | Year |\n|---|---|\n| Norland | 1904 |\n\n{PROSE}",
            "text/markdown",
        ),
        (f"<h1>The Pact</h1><p>{PROSE}</p><h2>Members</h2>{table}<p>{PROSE}</p>", "text/html"),
    ]
    for text, media_type in sources:
        one = segmented(text, media_type)
        cells = {unit.text: (unit.header, unit.section) for unit in one.units if unit.kind == "item"}
        assert cells == {
            "Norland": ("State", ("The Pact", "Members", "State")),
            "1904": ("Year", ("The Pact", "Members", "Year")),
        } or cells == {"Norland": ("State", ("Members", "State")), "1904": ("Year", ("Members", "Year"))}
        assert_ledger(one)


def test_html_keeps_the_article_only() -> None:
    text = f"""<!DOCTYPE html><html><head><title>The Harbour Pact | Port News</title><style>p {{}}</style></head><body>
    <nav><a href="/">Home</a> <a href="/n">News</a></nav><div class="cookie-bar">We use cookies.</div>
    <article class="post related-topic"><h1>The Harbour&nbsp;Pact</h1><p>{PROSE}</p><!-- no -->
    <script>var a = "<p>x</p>";</script>
    <h2>Members &amp; friends</h2>
    <p>Nor<b>lan</b>d joined in <i>1904</i>, as the first state of the region to do so.</p>
    <ul><li>Joint patrols of the strait<li>A common fund for the ports</ul>
    <div class="share">Share this: Facebook | X</div>
    <p>{PROSE}</p></article><aside><h3>Related</h3><a href="/o">Ports of the south</a></aside>
    <footer>© 2021 Port News</footer></body></html>"""
    one = segmented(text, "text/html")
    assert_ledger(one)
    assert one.article.title == "The Harbour Pact"
    assert one.article.text.splitlines() == [
        "The Harbour Pact",
        PROSE,
        "Members & friends",
        "Norland joined in 1904, as the first state of the region to do so.",
        "Joint patrols of the strait",
        "A common fund for the ports",
        PROSE,
    ]


def test_sections_name_the_headings_above() -> None:
    one = segmented(
        f"# Pact\n\n{PROSE}\n\n## Members\n\n### Founders\n\n{PROSE}\n\n## Organs\n\n{PROSE}", "text/markdown"
    )
    sections = [unit.section for unit in one.units if unit.text == FIRST]
    assert [section[-2:] for section in sections] in (
        [(), ("Members", "Founders"), ("Organs",)],
        [("Pact",), ("Members", "Founders"), ("Pact", "Organs")],
    )
