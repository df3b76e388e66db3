"""What whole articles showed: headers without blank lines, contents made of links, footnotes, quotes that name who spoke."""

# ruff: noqa: E501 - one line of an article a line
from __future__ import annotations

from tests.clean.readings import PROSE, assert_ledger, kinds, segmented


def test_a_head_without_blank_lines_is_not_a_wrapped_paragraph() -> None:
    one = segmented(
        "The Harbour Council: Origins, Organs and Influence on Trade\nBy Nadia Harlow | Updated: March 14, 2024 | 7 min read\n"
        f"Share: Facebook | X | LinkedIn\n\n{PROSE}\n\nOrgans\nThe main organs are:\n1. The council\n2. The court\n\n"
        f"What about a single currency?\n{PROSE}\n\nConclusion\n{PROSE}\n"
    )
    assert_ledger(one)
    assert one.article.title == "The Harbour Council: Origins, Organs and Influence on Trade"
    assert [kind for kind, _ in kinds(one)][:3] == ["title", "byline", "share"]
    assert str(one.article.published) == "2024-03-14"


def test_links_within_the_page_are_contents() -> None:
    markdown = segmented(
        f"# Pact\n\n{PROSE}\n\n- [Origins](#origins)\n- [Members](#members)\n\n## Origins\n\n{PROSE}", "text/markdown"
    )
    page = segmented(
        f"<h1>Pact</h1><p>{PROSE}</p><ul><li><a href='#o'>Origins</a><li><a href='#m'>Members</a></ul><h2 id=o>Origins</h2><p>{PROSE}</p>",
        "text/html",
    )
    for one in (markdown, page):
        assert_ledger(one)
        assert [kind for kind, _ in kinds(one)] == [
            "title", "sentence", "sentence", "navigation", "navigation", "heading", "sentence", "sentence",
        ]  # fmt: skip


def test_footnotes_leave_the_text() -> None:
    one = segmented(f"# Pact\n\n{PROSE}[^1]\n\n[^1]: See the archive of the port.\n", "text/markdown")
    assert_ledger(one)
    assert one.article.text == f"Pact\n{PROSE}"


def test_who_is_quoted_stays_with_the_quote() -> None:
    quote = "<blockquote><p>The pact keeps the peace.</p><footer>— Ada Stone, 1904</footer></blockquote>"
    one = segmented(f"<article><h1>Pact</h1><p>{PROSE}</p>{quote}<p>{PROSE}</p></article>", "text/html")
    assert ("sentence", "— Ada Stone, 1904") in kinds(one)


def test_a_quote_of_markdown_is_no_heading() -> None:
    one = segmented(f'# Pact\n\n{PROSE}\n\n> "Peace for all"\n\n{PROSE}', "text/markdown")
    assert ("sentence", '"Peace for all"') in kinds(one)


def test_a_title_with_the_name_of_the_site_is_a_repeated_title() -> None:
    one = segmented(f"THE HARBOUR PACT\n\nThe Harbour Pact | Port News\n\n{PROSE}")
    assert kinds(one)[1] == ("repeated_title", "The Harbour Pact | Port News")
    other = segmented(f"<h1>The Harbour Pact | Port News</h1><p>{PROSE}</p>", "text/html")
    assert other.article.title == "The Harbour Pact"
