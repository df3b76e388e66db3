"""Structure of each format: titles, headings, items, tables, quotes."""

# ruff: noqa: E501 - one shape a line
from __future__ import annotations

import time

import pytest

from pipeline.clean import clean_article, load_rules
from pipeline.read import read_bytes
from pipeline.records import MediaType, RawArticle
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


NUMBERED = [
    ("1. Origins", "2. Members of the pact"),
    ("I. Origins", "II. The members of the pact"),
    ("Step 1: Talk", "Step 2: Sign the pact"),
    ("1.1 Origins", "1.2 Members"),
    ("A. Origins", "B. Members"),
]


@pytest.mark.parametrize(("first", "second"), NUMBERED)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_numbered_headings_after_numbered_lists(first: str, second: str, gap: str) -> None:
    members = ["The pact covers:", "1. Joint patrols", "2. A fund", "3. A court"]
    parts = [
        "The Harbour Pact",
        PROSE,
        first,
        PROSE,
        *members,
        second,
        PROSE,
        "It closes with:",
        "1. A seal",
        "2. A date",
        PROSE,
    ]
    text = gap.join(parts)
    found = [(kind, text) for kind, text in body(text) if kind in ("heading", "item")]
    plain = [heading.partition(" ")[2] if heading[0] == "1" and "." in heading[1:2] and heading[2] == " " else heading
             for heading in (first, second)]  # fmt: skip
    assert [kind for kind, _ in found] == ["heading", "item", "item", "item", "heading", "item", "item"]
    assert found[0][1] == plain[0]


CONTENTS = "Introduction\nOrigins of the Pact\nConclusion"
SHAPES: list[tuple[str, MediaType, str, list[str]]] = [
    ("bold paragraph", "text/html", f"<h1>Pact</h1><p>{PROSE}</p><p><strong>What Came Before?</strong></p><p>{PROSE}</p>",
     ["title", "heading"]),
    ("bold line", "text/markdown", f"# Pact\n\n{PROSE}\n\n**Founders**\n{PROSE}", ["title", "heading"]),
    ("numbered underline", "text/markdown", f"# Pact\n\n{PROSE}\n\n1. Founders\n-----------\n\n{PROSE}", ["title", "heading"]),
    ("closing hashes", "text/markdown", f"# Pact #\n\n{PROSE}\n\n### Founders ###\n\n{PROSE}", ["title", "heading"]),
    ("table without bars", "text/markdown", f"# Pact\n\n{PROSE}\n\nState | Year\n--- | ---\nNorland | 1904\n\n{PROSE}",
     ["title", "heading", "heading", "other", "item", "item"]),
    ("head of TOML", "text/markdown", f'+++\ntitle = "Pact"\n+++\n\n{PROSE}', ["front_matter"] * 3),
    ("link definition", "text/markdown", f"# Pact\n\n{PROSE}\n\n[a]: https://example.org/x\n\n{PROSE}", ["title", "other"]),
    ("fence around all", "text/markdown", f"```markdown\n# Pact\n\n{PROSE}\n```", ["other", "title", "other"]),
    ("HTML in .txt", "text/plain", f"<h1>Pact</h1>\n<p>{PROSE}</p>\n<h2>Founders</h2>\n<p>{PROSE}</p>", ["title", "heading"]),
    ("Markdown in .txt", "text/plain", f"# Pact\n\n{PROSE}\n\n## Founders\n\n{PROSE}", ["title", "heading"]),
    ("contents as lines", "text/plain", f"Pact\n\nContents\n\n{CONTENTS}\n\nIntroduction\n\n{PROSE}\n\nOrigins of the Pact\n\n"
     f"{PROSE}\n\nConclusion\n\n{PROSE}", ["title", *["navigation"] * 4, *["heading"] * 3]),
    ("sources", "text/plain", f"Pact\n\n{PROSE}\n\nReferences\n\n1. Brown (2020). Ports.\n2. Norland Archive", ["title", *["other"] * 3]),
    ("life of the author", "text/plain", f"Pact\n\n{PROSE}\n\nAbout the Author\n\nJo Brown writes on ports and has three books.",
     ["title", "byline", "byline"]),
    ("invisible characters", "text/plain", f"Pa\xadct\n\n{PROSE}\n\nNor\u200bland\xa0and\u00a0friends\n\n{PROSE}", ["title", "heading"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "media_type", "text", "wanted"), SHAPES, ids=[shape[0] for shape in SHAPES])
def test_shapes_of_articles(name: str, media_type: MediaType, text: str, wanted: list[str]) -> None:
    one = segmented(text, media_type)
    assert_ledger(one)
    assert [kind for kind, text in kinds(one) if text not in (FIRST, SECOND)] == wanted
    assert "\u200b" not in one.article.text


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_ten_times_the_text_takes_no_more_than_ten_times_the_time_and_some(media_type: MediaType) -> None:
    unit = (
        f"<h2>Members</h2><p>{PROSE}</p>" if media_type == "text/html" else f"## Members\n\n{PROSE}\n\n- an *item*\n\n"
    )
    small, large = (
        read_bytes((unit * times).encode(), source="a", media_type=media_type) for times in (150, 1500)
    )  # fmt: skip

    def seconds(raw: RawArticle) -> float:
        began = time.process_time()
        clean_article(raw, rules=load_rules())
        return time.process_time() - began

    assert min(seconds(large) for _ in range(2)) < 20 * min(seconds(small) for _ in range(4))


def test_long_line_of_dashes_under_a_table_is_read_in_linear_time() -> None:
    text = f"# Pact\n\n{PROSE}\n\nState | Year\n{'-' * 50_000}|x\n\n{PROSE}"
    raw = read_bytes(text.encode(), source="a", media_type="text/markdown")
    began = time.process_time()
    clean_article(raw, rules=load_rules())
    assert time.process_time() - began < 5
