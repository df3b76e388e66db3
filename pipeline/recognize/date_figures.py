"""Whether a bare figure is a year, or counts or numbers something."""

from __future__ import annotations

import re

from pipeline.recognize.date_context import Context

_LISTED = re.compile(r"(?:\d{1,4}(?: ?[-–/] ?| to |,? and |,? or |, ))+$")  # "pages 1990–1995"
_TELEPHONE = re.compile(r"(?:\d\d |(?<!\d)\d{3}[-–])$")
_BEFORE = 40  # characters before a figure that say what it is


def is_number(c: Context) -> bool:
    """Whether what stands before or after a figure says that it counts or numbers something."""
    before, around = c.text[max(0, c.start - _BEFORE) : c.start], c.grammar.around
    return bool(
        _TELEPHONE.search(before)
        or around["numbered"].search(_LISTED.sub("", before))
        or around["titled"].search(before)
        or around["counted"].match(c.text, c.end)
        or around["addressed"].match(c.text, c.end)
    )


_PIVOT = 50  # two figures from here on are of the twentieth century


def full_year(short: int) -> int:
    """The year that two figures stand for."""
    return (2000 if short < _PIVOT else 1900) + short
