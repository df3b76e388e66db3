"""Pages and texts made at random from parts whose visible words are known: each comes out once, in one unit."""

# ruff: noqa: E501 - one part a line
from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.records import MediaType
from tests.clean.readings import PROSE, assert_ledger, segmented

# A word that is seen is written @ (a number takes its place, so that each is known by itself), one that is not: hidden.
INLINE = st.sampled_from(
    ["@", "<b>@</b>", "@<i>@</i>@", "<a href='hidden'>@</a>", "<!-- hidden -->@", "@&nbsp;@", "<span class='x'>@</span>", "@<br>@",
     "@ &amp; @", "<img alt='hidden' src='hidden'>@", "<code>@</code>", "@&#8212;@", "<script>hidden</script>@", "@\n  @", "<sup>@</sup>"]
)  # fmt: skip
HTML = st.recursive(
    st.lists(INLINE, min_size=1, max_size=4).map(" ".join),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        inner.map(lambda body: f"<p>{body}</p>"),
        inner.map(lambda body: f"<div class='part'>{body}</div>"),
        inner.map(lambda body: f"<ul><li>{body}</li><li>@</ul>"),
        inner.map(lambda body: f"<blockquote>{body}</blockquote>"),
        inner.map(lambda body: f"<h2>@</h2><section>{body}</section>"),
        inner.map(lambda body: f"<table><tr><th>@<td>{body}</table>"),
        inner.map(lambda body: f"<nav>{body}</nav>"),
        inner.map(lambda body: f"<figure>{body}<figcaption>@</figcaption></figure>"),
        inner.map(lambda body: f"<style>hidden</style>{body}"),
    ),
    max_leaves=12,
)
MARKDOWN = st.lists(
    st.sampled_from(
        ["@ @ *@*", "# @", "## @ @", "- @\n- **@**\n  @", "1. @\n2. @", "> @\n> @", "[@](https://e.example/hidden)", "@ `@`, ~~@~~", "@[^1] @",
         "| @ | @ |\n| --- | --- |\n| @ | @ |", "@\n===", "* * *", "@ &amp; @", "@<br>@", "@ <!-- hidden --> @", "- @\n\n  @", "**@**\n@", "\\*@"]
    ),
    max_size=8,
)  # fmt: skip
TEXT = st.lists(
    st.sampled_from(["@ @ @.", "@", "• @\n• @", "1. @\n2. @", "@: • @ • @", "I. @\nII. @", "@ @\n@ @", "a) @"]),
    max_size=8,
)


def hold(source: str, media_type: MediaType) -> None:
    words = source.count("@")
    numbers = count()
    made = "".join(f"w{next(numbers)}w" if char == "@" else char for char in source)
    one = segmented(made, media_type)
    assert_ledger(one)
    at = 0
    units = iter(one.units)
    unit = next(units)
    for number in range(words):
        word = f"w{number}w"
        start = len(made[: made.index(word)].encode())
        while unit.raw_end <= start:
            unit, at = next(units), 0
        assert unit.raw_start <= start
        assert unit.raw_end >= start + len(word)
        at = unit.text.index(word, at) + len(word)
    shown = " ".join(unit.text for unit in one.units)
    assert "hidden" not in shown
    assert all(shown.count(f"w{number}w") == 1 for number in range(words))


@given(HTML)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_each_word_of_a_page_lies_in_one_unit(body: str) -> None:
    hold(f"<html><body><h1>@</h1><p>{PROSE}</p>{body}<p>{PROSE}</p></body></html>", "text/html")


@given(MARKDOWN)
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_each_word_of_markdown_lies_in_one_unit(parts: list[str]) -> None:
    body = "\n\n".join(parts)
    hold(f"# @\n\n{PROSE}\n\n{body}\n\n{PROSE}\n", "text/markdown")


@given(TEXT, st.sampled_from(["\n\n", "\n", "\r\n\r\n"]))
@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
def test_each_word_of_a_text_lies_in_one_unit(parts: list[str], joint: str) -> None:
    hold(joint.join(["@", PROSE, *parts, PROSE]), "text/plain")


def test_a_word_lost_is_seen() -> None:
    with pytest.raises((AssertionError, StopIteration, ValueError)):
        hold(f"<h1>@</h1><p>{PROSE}</p><script>@</script>", "text/html")
