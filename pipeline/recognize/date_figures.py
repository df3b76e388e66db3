"""Whether a bare figure is a year, or counts, numbers or names something."""

from __future__ import annotations

import re

from pipeline.recognize.date_context import Context

_LISTED = re.compile(r"(?:\d{1,4}(?: ?[-–/] ?| to |,? and |,? or |, ))+$")  # "pages 1990–1995"
_TELEPHONE = re.compile(r"(?:\d\d |(?<!\d)\d{3}[-–])$")
_BEFORE = 40  # characters before a figure that say what it is
_NUMBERS = ("titled", "counted", "addressed")
_QUOTES = ("quoted_year", "owned")
_NAMES = ("edition", "named_year", "looked_to")  # behind a capital


def is_number(c: Context) -> bool:
    """Whether what stands before or after a figure says that it counts or numbers something."""
    if c.beside("compared"):
        return False
    before = c.text[max(0, c.start - _BEFORE) : c.start]
    return bool(
        _TELEPHONE.search(before)
        or c.grammar.around["numbered"].regex.search(_LISTED.sub("", before))
        or any(c.beside(guard) for guard in _NUMBERS)
    )


def is_in_a_name(c: Context) -> bool:
    """Whether a year is the end of a name and no time at which something was: "Euro 2000", "Orwell's 1984"."""
    if any(c.beside(guard) for guard in _QUOTES):
        return True
    word = c.before[:-1].rpartition(" ")[2].lstrip("(“‘\"'")
    return word[:1].isupper() and any(c.beside(guard) for guard in _NAMES)


_PIVOT = 50  # two figures from here on are of the twentieth century


def full_year(short: int) -> int:
    """The year that two figures stand for."""
    return (2000 if short < _PIVOT else 1900) + short
