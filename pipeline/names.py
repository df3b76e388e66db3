"""Two forms of a name: `display_name` is what a reader sees, `compare_name` decides whether two names are equal.

`compare_name` drops only what never tells two bodies apart: case, accents, punctuation, a leading article, a possessive
ending, the dots of "U.N." and the difference of British and American spelling. Word order and every other word stay.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_LEADING_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_TOWN_WITH_ARTICLE = re.compile(r"^The (?:Hague|Gambia|Bahamas|Dalles)\b")
_POSSESSIVE = re.compile(r"(?:(?<=\w)['’]s|(?<=s)['’])$")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}[A-Za-z]?(?!\w)|\b(?:[A-Za-z]\.){1,}[A-Za-z]\b")
_INNER_POSSESSIVE = re.compile(r"['’](?=s\b)|['’](?=\s|$)")
_NOT_WORD = re.compile(r"[^\w]+")
_SPELLINGS = (
    (re.compile(r"\b(\w{3,}?)isation(s|al|)\b"), r"\1ization\2"),
    (re.compile(r"\bcentre(s?)\b"), r"center\1"),
    (re.compile(r"\bdefence\b"), "defense"),
    (re.compile(r"\bprogramme(s?)\b"), r"program\1"),
    (re.compile(r"\blabour\b"), "labor"),
    (re.compile(r"\bbehaviour\b"), "behavior"),
    (re.compile(r"\bneighbourhood\b"), "neighborhood"),
    (re.compile(r"\bsulphur\b"), "sulfur"),
)


def display_name(text: str) -> str:
    """Return the name as shown: one line, without a leading article, surrounding quotes or a possessive ending."""
    name = _SPACES.sub(" ", text).strip(" ,;:" + '"“”«»')
    if not _TOWN_WITH_ARTICLE.match(name):
        name = _LEADING_ARTICLE.sub("", name)
    return _POSSESSIVE.sub("", name).strip()


def compare_name(text: str) -> str:
    """Return the form under which names are compared: lower-case words of ASCII letters and digits, single-spaced.

    Example: "The Organisation of African Unity's" and "organization of african unity" give the same string.
    """
    name = _DOTTED.sub(lambda match: match.group().replace(".", ""), display_name(text))
    name = _INNER_POSSESSIVE.sub("", name.replace("&", " and "))
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    plain = plain.translate({ord("ø"): "o", ord("đ"): "d", ord("ł"): "l", ord("ı"): "i"})
    plain = _SPACES.sub(" ", _NOT_WORD.sub(" ", plain).replace("_", " ")).strip()
    plain = _LEADING_ARTICLE.sub("", plain)
    return american_spelling(plain)


def american_spelling(text: str) -> str:
    """Return lower-case text with the British spellings found in names of bodies turned into the American ones."""
    for pattern, replacement in _SPELLINGS:
        text = pattern.sub(replacement, text)
    return text


def initials(name: str, *, small_words: bool = False) -> str:
    """Return the upper-case first letters of the words of `name`; small words (of, and, the …) only when asked for."""
    words = re.findall(r"[^\W_]+", name.replace("’", "'").replace("'s", ""))
    kept = [word for word in words if small_words or word.lower() not in SMALL_WORDS]
    return "".join(word[0] for word in kept).upper()


SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "de",
        "des",
        "di",
        "du",
        "et",
        "for",
        "from",
        "in",
        "la",
        "le",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
        "within",
        "y",
    ]
)
