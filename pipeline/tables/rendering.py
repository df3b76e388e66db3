"""What a reader sees of raw bytes: the judge of whether a quote stands where its byte span says.

This is written apart from the readers on purpose: it does not share their code, so it can find their mistakes. Two
texts count as the same where they differ only in blanks and invisible characters, after Unicode compatibility folding.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata

_UNSEEN_ELEMENTS = re.compile(
    r"<(script|style|template|noscript|svg|head|iframe|object|math)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?>|<![A-Za-z\[].*?>", re.DOTALL)
_TAGS = re.compile(r"</?[A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_MARKDOWN_TARGETS = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)|\]\[[^\]]*\]")
_MARKDOWN_MARKS = re.compile(
    r"(?m)\[\^[^\]\s]{1,20}\]:?|^\s*(?:[=-]+\s*$|[-+*•]|\d{1,3}[.)]|#{1,6}|>|\|[-:| ]+\|?\s*$)|[\\*_`#\[\]!|~>]"
)
_TRANSLATED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-", "•": None})
_UNSEEN_ASCII = dict.fromkeys((*range(33), 127))


def decoded(raw: bytes, encoding: str) -> str:
    """Decode a stretch of raw bytes; an encoding named `a+b` is a with its invalid bytes read as b."""
    first, _, second = encoding.partition("+")
    if not second:
        return raw.decode(first, "replace")
    text = raw.decode(first, "surrogateescape")
    return re.sub("[\udc80-\udcff]+", lambda m: m[0].encode("ascii", "surrogateescape").decode(second, "replace"), text)


def unescaped_json(text: str) -> str:
    """Undo the escapes of a stretch inside a JSON string; return other stretches as they are."""
    try:
        value = json.loads(f'"{text}"', strict=False)
    except json.JSONDecodeError:
        return text
    return str(value)


def seen(text: str, media_type: str) -> str:
    """Return what of decoded `text` a reader sees: markup dropped, entities decoded."""
    if media_type == "application/json":
        text = unescaped_json(text)
    if media_type != "text/plain" and "<" in text:
        if media_type != "text/markdown":  # there, the text of a script is text
            text = _UNSEEN_ELEMENTS.sub(" ", text)
        text = _TAGS.sub(" ", _COMMENTS.sub(" ", text))
    if media_type != "text/plain" and "&" in text:
        text = html.unescape(text)
    return text


def visible(text: str) -> str:
    """Return the visible characters of `text`: folded, without blanks and invisible characters."""
    if text.isascii():
        return text.translate(_UNSEEN_ASCII)
    folded = unicodedata.normalize("NFKC", text).translate(_TRANSLATED)
    return "".join(char for char in folded if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))


_LIST_MARK = re.compile(r"^\s*(?:[•‣◦▪●○∙·–—*+-]|\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,5})[.)])\s+")


def stands(raw: bytes, quote: str, *, media_type: str, encoding: str) -> bool:
    """Tell whether the stretch `raw` of a raw article reads as `quote`."""
    text = decoded(raw, encoding)
    if text == quote:
        return True
    wanted = visible(quote)
    shown = seen(text, media_type)
    if wanted in (visible(shown), visible(_LIST_MARK.sub("", shown))):
        return True
    return media_type != "text/plain" and _without_marks(shown) == _without_marks(quote)


def _without_marks(text: str) -> str:
    return visible(_MARKDOWN_MARKS.sub("", _MARKDOWN_TARGETS.sub("", text)))


def leftover(raw: bytes, *, media_type: str, encoding: str) -> str:
    """Return the visible text in a stretch that no unit covers; markers of lists, headings and tables do not count."""
    text = decoded(raw, encoding).lstrip("\ufeff")
    if not text.strip():
        return ""
    return re.sub(r"\W+", "", _without_marks(seen(text, media_type)))
