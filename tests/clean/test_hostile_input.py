"""Hostile input: it ends soon, and what comes out keeps the laws of the ledger. Limits are generous, not timings."""

# ruff: noqa: E501 - one case a line
from __future__ import annotations

import importlib
import random
import re
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pkgutil import iter_modules

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import clean as clean_package
from pipeline import encoding, sentences
from pipeline.clean import clean_article, load_rules
from pipeline.clean.residue import _beginning, _compiled
from pipeline.errors import InputError
from pipeline.read import read_bytes
from pipeline.records import MediaType
from pipeline.segment import segment_article
from tests.clean.readings import PROSE, assert_ledger, segmented

HOSTILE: list[tuple[str, str, MediaType]] = [
    ("nested divs", "<div>" * 100_000 + PROSE, "text/html"),
    ("nested inline", "<b>" * 100_000 + PROSE, "text/html"),
    ("nested lists", "<ul><li>" * 50_000 + PROSE, "text/html"),
    ("nested and closed", "<div>" * 100_000 + PROSE + "</div>" * 100_000, "text/html"),
    ("open quotes", PROSE + '<a ">" ' * 20_000, "text/html"),
    ("less-than signs", PROSE + "<" * 100_000, "text/html"),
    ("open comments", PROSE + "<!--" * 50_000, "text/html"),
    ("open scripts", PROSE + "<script>" * 20_000, "text/html"),
    ("ampersands", PROSE + "&" * 100_000, "text/html"),
    ("long attribute", f'<p class="{"a " * 100_000}">{PROSE}</p>', "text/html"),
    ("brackets", PROSE + "[" * 50_000, "text/markdown"),
    ("stars", PROSE + "*" * 100_000, "text/markdown"),
    ("underscores", PROSE + "_a " * 30_000, "text/markdown"),
    ("columns", PROSE + "\n\n" + "|a" * 3000 + "\n|--|\n" + "|b" * 3000, "text/markdown"),
    ("quotes in quotes", PROSE + "\n\n" + "> " * 50_000, "text/markdown"),
    ("dots", PROSE + "." * 100_000, "text/plain"),
    ("initials", PROSE + "A." * 50_000, "text/plain"),
    ("blanks", PROSE + " " * 100_000 + "x", "text/plain"),
    ("empty lines", PROSE + "\n" * 100_000 + "x", "text/plain"),
    ("one line", PROSE * 10_000, "text/plain"),
    ("claims of machines", PROSE + "\n\n" + "AI generated this article " * 10_000, "text/plain"),
    ("nulls", (PROSE + "\x00") * 5, "text/plain"),
    ("controls", PROSE + "\x1b[31m\u202e\ufeff\u200b", "text/plain"),
]


@pytest.mark.parametrize(("text", "media_type"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_text_is_read(text: str, media_type: MediaType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean_package, "require_english", lambda text: "en")  # so that junk goes all the way
    one = segmented(text, media_type)
    assert_ledger(one)
    assert "signed the pact" in one.article.text


MIXTURES = [
    (
        "Windows-1252 in UTF-8",
        ("“Pact” – café. " * 9).encode() + PROSE.encode() + b" caf\xe9 \x93x\x94",
        "utf-8+windows-1252",
    ),
    ("UTF-16 with a mark", f"{PROSE} “Café”".encode("utf-16"), "utf-16-le"),
    ("UTF-16 the other way", b"\xfe\xff" + f"{PROSE} “Café”".encode("utf-16-be"), "utf-16-be"),
    ("UTF-32", f"{PROSE} “Café”".encode("utf-32"), "utf-32-le"),
    ("UTF-8 with a mark", f"{PROSE} “Café”".encode("utf-8-sig"), "utf-8"),
    ("Windows-1252", f"{PROSE} Café São Tomé, naïve".encode("cp1252"), "cp1252"),
    ("nulls between", b"\x00 ".join(PROSE.encode().split(b". ")), "utf-8"),
]


@pytest.mark.parametrize(("raw", "encoding"), [case[1:] for case in MIXTURES], ids=[case[0] for case in MIXTURES])
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
def test_mixed_and_rare_encodings_keep_the_ledger(raw: bytes, encoding: str, media_type: MediaType) -> None:
    one = segmented(raw, media_type)
    assert_ledger(one)
    assert one.article.encoding == encoding
    assert "\ufffd" not in one.article.text


def test_latin_1_declared_as_utf_8_is_read_as_what_it_is() -> None:
    raw = f'<meta charset="utf-8"><h1>Le Café</h1><p>{PROSE} São Tomé signed too, naïve or not.</p>'.encode("latin-1")
    one = segmented(raw, "text/html")
    assert_ledger(one)
    assert "São Tomé signed too, naïve or not." in one.article.text


@pytest.mark.parametrize("raw", [PROSE.encode() + b"\xed\xa0\x80 \xff\xfe", b"\xed\xa0\x80" + PROSE.encode() * 3])
def test_lone_surrogates_are_read_as_stray_bytes(raw: bytes) -> None:
    one = segmented(raw)
    one.article.text.encode()  # what comes out can be written
    assert_ledger(one)


PARTS = [
    *"aA1 \t\n.:-|#*_<>&[]()!`\\🤖",
    *("a ", "Aa ", "By ", "A. ", "1. ", "1.", "AI ", "this ", "article ", "see also", "we ", "cookies ", "#a "),
    *("4 May 2021", "[a", "](", "[a](", "![", "<a", '="', "<!--", "&#", "**a", "</", "| ", "--", "/ ", "a\n", "- a\n"),
]
RULES = load_rules()
PARTS_OF_DISCLOSURE = ("agent", "made", "self", "opening", "alone", "about", "follow")
PATTERNS = {
    **{rule.id: _beginning(rule.beginnings) for rule in RULES.rules if rule.beginnings},
    **{f"{rule.id} anywhere": _compiled(rule.holds) for rule in RULES.rules if rule.holds},
    "all": _beginning(RULES.patterns[0]),
    "all anywhere": _compiled(RULES.patterns[1]),
    **{f"disclosure.{name}": re.compile(getattr(RULES.disclosure, name)) for name in PARTS_OF_DISCLOSURE},
}
STEMS = {rule.id: list(rule.examples) for rule in RULES.rules}


def is_wink(act: Callable[[], object], seconds: float) -> bool:
    """Tell whether an act takes less than so many seconds of a core, once in five tries on a busy machine."""
    for _ in range(5):
        began = time.process_time()
        act()
        if time.process_time() - began < seconds:
            return True
    return False


@pytest.mark.parametrize("name", PATTERNS)
def test_no_rule_backtracks_without_end(name: str) -> None:
    """A block that a rule sees has 600 characters at most: each search over any tail ends in a wink."""
    pattern = PATTERNS[name]
    for stem in ["", "By ", "Written by ", "this article ", "Note: ", *STEMS.get(name, ())]:
        for cut in {0, len(stem) // 2, len(stem)}:
            for part in PARTS:
                text = (stem[:cut] + part * 600)[:599] + "\x01"
                # as the rules use it
                act = pattern.match if pattern.pattern.startswith(r"\W*") else pattern.search
                assert is_wink(partial(act, text), 0.1), (name, text[:60])


MODULES = [
    sentences,
    encoding,
    *(importlib.import_module(f"pipeline.clean.{one.name}") for one in iter_modules(clean_package.__path__)),
]
COMPILED = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
AT_ONE_PLACE = ("_UNDERLINE", "_RULE", "_ALIGN", "_QUOTED")  # tried where a line or a tag begins, never searched for


@pytest.mark.parametrize("name", COMPILED)
def test_no_expression_of_the_code_backtracks_without_end(name: str) -> None:
    """Ten thousand characters take a wink; with time that grows as their square, they would take several."""
    pattern = COMPILED[name]
    for part in PARTS:
        text = part * (10_000 // len(part)) + "\x01"
        text = text if isinstance(pattern.pattern, str) else text.encode()
        search = pattern.match if name.endswith(AT_ONE_PLACE) else pattern.findall
        assert is_wink(partial(search, text), 0.2), (name, part)


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
@pytest.mark.parametrize("part", PARTS)
def test_nothing_repeated_takes_more_than_linear_time(
    part: str, media_type: MediaType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the text may take twelve times the time; the bound leaves room for a busy machine."""
    monkeypatch.setattr(clean_package, "require_english", lambda text: "en")  # so that junk goes all the way

    def seconds_for(size: int) -> float:
        raw = read_bytes(f"{PROSE}\n\n{part * (size // len(part))}\x01".encode(), source="a", media_type=media_type)
        began = time.process_time()
        segment_article(clean_article(raw, rules=RULES))
        return time.process_time() - began

    limit = max(25 * seconds_for(4000), 0.4)
    assert min(seconds_for(40_000) for _ in range(2)) < limit


TAGS = [
    "<p>",
    "</p>",
    "<div class='nav'>",
    "</div>",
    "<li>",
    "<td>",
    "<!--",
    "-->",
    "<b",
    ">",
    "</",
    '"',
    "&amp;",
    "&#x41",
    "&lt",
    "<br><br>",
]


@pytest.mark.slow
@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", "text/html"])
@pytest.mark.parametrize(
    "line", [PROSE + " ", "word ", "A. ", "x", "a,"], ids=["prose", "words", "initials", "x", "commas"]
)
def test_one_long_line_takes_linear_time_and_memory(
    line: str, media_type: MediaType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the line may take twelve times the time, and 400 bytes a byte; the bound leaves room for a busy machine."""
    monkeypatch.setattr(clean_package, "require_english", lambda text: "en")

    def seconds_for(size: int) -> float:
        body = (line * (size // len(line) + 1))[:size]
        raw = read_bytes(f"<p>{body}</p>".encode(), source="a", media_type=media_type)
        began = time.process_time()
        segment_article(clean_article(raw, rules=RULES))
        return time.process_time() - began

    seconds_for(10_000)
    tracemalloc.start()
    try:
        seconds_for(100_000)
        assert tracemalloc.get_traced_memory()[1] < 400 * 100_000 + 10_000_000
    finally:
        tracemalloc.stop()
    small = min(seconds_for(100_000) for _ in range(3))
    assert min(seconds_for(1_000_000) for _ in range(2)) < 25 * max(small, 0.02)  # quadratic would be a hundred


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=8) | st.just(PROSE[:60]), max_size=25))
@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
def test_random_html_keeps_the_ledger(parts: list[str]) -> None:
    source = f"<p>{PROSE}</p>" + "".join(parts)
    try:
        one = segmented(source.encode("utf-8", "replace"), "text/html")
    except InputError:
        return
    assert_ledger(one)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("media_type", ["text/html", "text/markdown", "text/plain"])
def test_mutated_articles_keep_the_ledger(seed: int, media_type: MediaType) -> None:
    sources = {
        "text/html": f"<h1>Pact</h1><p>{PROSE}</p><ul><li>One<li>Two</ul><table><tr><th>A<td>b</table><p>x &amp; y</p>",
        "text/markdown": f"# Pact\n\n{PROSE}\n\n- One **two**\n- [three](u)\n\n| a | b |\n|---|---|\n| c | d |\n\n> x",
        "text/plain": f"The Pact\n\n{PROSE}\n\n• One\n• Two\n\nThis text was written by AI.\n\n{PROSE}",
    }
    raw, dice = bytearray(sources[media_type].encode()), random.Random(seed)
    for _ in range(12):
        at = dice.randrange(len(raw))
        end = at + dice.randrange(6)
        raw[at:end] = dice.choice([b"", b"<", b">", b"\n\n", b"|", b"\xff", bytes(raw[at : at + 9]), b"\xe2\x80\xa2 "])
    try:
        one = segmented(bytes(raw), media_type)
    except InputError:
        return
    assert_ledger(one)
