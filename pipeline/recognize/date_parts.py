"""How the groups of a rule for seasons, quarters and halves of a year become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import (
    SEASON_MONTH,
    Context,
    Groups,
    Value,
    day_number,
    day_of,
    in_a_name,
    in_winter,
    near_year,
    shares_year,
    year_in,
)
from pipeline.recognize.date_figures import full_year


def _season(groups: Groups, c: Context) -> str | None:
    season = c.word("season", groups["season"])
    year = year_in(groups)
    if groups.get("over") and season != "WI":
        return None
    if year is None:
        if in_a_name(c):
            return None
        if season == "FA" and groups["season"] == "fall" and re.match(r" of\b", c.after):
            return None
        plain = not c.records and (groups["season"] or "").lower() in ("summer", "winter", "autumn")
        plain = plain or shares_year(c) is not None
        if not plain and not re.search(
            r"\b(?:the|that|this|early|late|mid|in|of|by|last|next|following) $", c.before, re.I
        ):
            return None
        if c.narrative and c.story and c.story.startswith("BC"):
            c.anchor = c.story_anchor
            return f"{c.story[:6]}-{season}"
        year = near_year(c, SEASON_MONTH[season or ""])
        if year is not None and season == "WI" and c.anchor == c.story_anchor and in_winter(c.story):
            year -= 1  # the winter that is not over yet
    return f"{year:04d}-{season}" if year is not None else f"XXXX-{season}"


def _further_season(groups: Groups, c: Context) -> str | None:
    """A later year of a list that named its season at its head: "the summers of 1914 and 1915"."""
    if "s of " not in c.before:
        return None
    listed = c.around("season_of_list")
    season = c.word("season", listed["season"]) if listed else None
    return None if season is None or (groups["over"] and season != "WI") else f"{groups['year']}-{season}"


def _quarter(groups: Groups, c: Context) -> str | None:
    letter = "Q" if (groups["kind"] or "").lower().startswith("quarter") else "H"
    number = (4 if letter == "Q" else 2) if groups.get("last") else day_number(groups, c)
    year = year_in(groups)
    several = (groups["kind"] or "").lower().endswith("s")
    if number is None or number > (4 if letter == "Q" else 2) or (year is None and (groups.get("last") or several)):
        return None
    halved = "-" in c.text[c.start : c.end]  # "first-half profit"
    after = c.after
    if year is None and letter == "H" and not halved and not re.match(r" of (?:the|this|last) (?:year|fiscal)", after):
        return None
    if year is None and re.match(r" of (?!(?:the|this|last|next|fiscal) ?(?:year|fiscal|\d))", after):
        return None
    return _part_of_year(number, letter, year, c)


def _quarter_code(groups: Groups, c: Context) -> str | None:
    letter, number, year = groups["letter"] or "", int(groups["number"] or 0), year_in(groups)
    if groups.get("short"):
        year = full_year(int(groups["short"] or 0))
    if letter == "H" and (number > 2 or year is None):
        return None
    return _part_of_year(number, letter, year, c)


def _part_of_year(number: int, letter: str, year: int | None, c: Context) -> str | None:
    if year is None:
        now = day_of(c.in_text() if c.narrative else c.of_writing())
        if now is None:
            return f"XXXX-{letter}{number}"
        current = (now.month - 1) // (3 if letter == "Q" else 6) + 1
        year = now.year if number <= current or c.future() else now.year - 1
    return f"{year:04d}-{letter}{number}"


VALUES: Mapping[str, Value] = {
    "season": _season,
    "further_season": _further_season,
    "quarter": _quarter,
    "quarter_code": _quarter_code,
}
