"""Title, day of publication and address, wherever a format carries them."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.clean.assemble import find_date
from pipeline.errors import InputError
from pipeline.records import MediaType
from tests.clean.readings import PROSE, segmented

DAY = date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("By Jo Brown | May 3, 2024", DAY),
        ("Posted on 3rd May 2024", DAY),
        ("2024-05-03T10:00:00+02:00", DAY),
        ("Sept. 9, 2021", date(2021, 9, 9)),
        ("31 February 2024, then 1 March 2024", date(2024, 3, 1)),
        ("99 Smarch 2024", None),
        ("0000-05-03", None),
        ("", None),
    ],
)
def test_days_written_out(text: str, found: date | None) -> None:
    assert find_date(text) == found


HTML = "<html><head>{head}</head><body><article><h1>The Pact</h1>{byline}<p>{prose}</p></article></body></html>"


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ('<meta property="article:published_time" content="2024-05-03T08:00:00Z">', ""),
        ("<meta itemprop='datePublished' content='2024-05-03'>", ""),
        ('<script type="application/ld+json">{"@type": "Article", "datePublished" : "2024-05-03"}</script>', ""),
        ("", '<p class="byline">By Jo Brown · May 3, 2024</p>'),
    ],
)
def test_day_of_publication_of_a_page(head: str, byline: str) -> None:
    assert segmented(HTML.format(head=head, byline=byline, prose=PROSE), "text/html").article.published == DAY


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        (f"The Harbour Pact\n\nPublished: May 3, 2024\n\n{PROSE}", "text/plain"),
        (f"The Harbour Pact\nBy Jo Brown · 3 May 2024 · 5 min read\n\n{PROSE}", "text/plain"),
        (f"---\ntitle: The Harbour Pact\ndate: 2024-05-03\n---\n\n{PROSE}", "text/markdown"),
    ],
)
def test_day_of_publication_of_a_text(text: str, media_type: MediaType) -> None:
    one = segmented(text, media_type)
    assert (one.article.published, one.article.title) == (DAY, "The Harbour Pact")
    assert one.article.text.startswith(("The Harbour Pact", PROSE))


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The Harbour Pact | Port News</title>", "The Harbour Pact"),
        ("<title>Ports &amp; pacts – Port News</title>", "Ports & pacts"),
        ('<meta property="og:title" content="The Pact"><title>Other</title>', "The Pact"),
        ('<script type="application/ld+json">{"headline": "The \\"Pact\\""}</script>', 'The "Pact"'),
    ],
)
def test_title_of_a_page_without_heading(head: str, title: str) -> None:
    one = segmented(f"<html><head>{head}</head><body><p>{PROSE}</p></body></html>", "text/html")
    assert one.article.title == title


def test_address_of_a_page() -> None:
    head = '<meta property="og:url" content="https://e.example/x"><link rel="canonical" href="https://e.example/y?a=1&amp;b">'
    assert (
        segmented(HTML.format(head=head, byline="", prose=PROSE), "text/html").article.url
        == "https://e.example/y?a=1&b"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Pakt wurde im Hafen von den beiden Staaten der Region unterzeichnet und trat im Jahr darauf in Kraft.",
            "de",
        ),
        (
            "Le pacte fut signé dans le port par les deux États de la région, et il entra en vigueur un an plus tard.",
            "fr",
        ),
    ],
)
def test_other_languages_are_refused_by_name(text: str, language: str) -> None:
    with pytest.raises(InputError, match=f"reads as {language}") as error:
        segmented(text)
    assert (error.value.code, error.value.stage) == ("language", "clean")


def test_english_with_foreign_names_is_english() -> None:
    text = (
        "The Organisation internationale de la Francophonie and the Bundesamt für Verfassungsschutz met the Guardia "
        "Civil in Málaga. The Österreichische Nationalbank paid for the talks, and the Région Bretagne sent a report."
    )
    assert segmented(text).article.language == "en"
