"""Title, date and address of an article from the JSON-LD of its page (schema.org Article and its kinds).

https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_SCRIPT = re.compile(r"<script\b[^>]{0,300}\bapplication/ld\+json\b[^>]{0,300}>((?:[^<]|<(?!/script))*+)", re.I)
_ARTICLE = re.compile(r"(?:Article|Posting|Report|WebPage)$")
_LOOSE = re.compile(r'"(datePublished|headline)"\s{0,9}:\s{0,9}("(?:[^"\\\n]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){1,400}")')
_DEPTH = 8  # of objects inside objects that are looked into


def linked_data(source: str) -> dict[str, str]:
    """Return `title`, `published` and `url` of the article that the scripts of a page describe; {} for none.

    The address of a publisher or an author is not taken for the article's. Where a script is not JSON, title and date
    are read from its text.
    """
    found: dict[str, str] = {}
    for match in _SCRIPT.finditer(source):
        try:
            articles = list(_articles(json.loads(match[1], strict=False)))
        except (ValueError, RecursionError):
            pairs = ((key, json.loads(value, strict=False)) for key, value in _LOOSE.findall(match[1]))
            articles = [dict(pairs)]
        for article in articles:
            page = article.get("mainEntityOfPage")
            address = article.get("url") or (page.get("@id") if isinstance(page, dict) else page)
            given = {"title": article.get("headline"), "published": article.get("datePublished"), "url": address}
            for key, value in given.items():
                if isinstance(value, str) and value.strip():
                    found.setdefault(key, html.unescape(value.strip()))
    return found


def _articles(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects that are articles or pages, from the outside in; objects without a type count as articles."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for each in value:
            yield from _articles(each, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type", "Article")
        if any(_ARTICLE.search(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        yield from _articles(value.get("@graph", []), depth + 1)
