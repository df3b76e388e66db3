"""Facts read from the words of a clause, whatever their order: a word of the sense, one record, and the value.

"The 1935 signing of the accord by Norland", "Since its inception in 1957, the council …", "1957 saw the birth of
the council": verb, noun or adjective, as subject, possessor or complement. What makes this safe is the rest of the
clause: a single word that the lexicon does not know beside the sense ("the library of the council", "talks on the
signing") and no fact is read.
"""

from __future__ import annotations

import re

from pipeline.dedupe.reading import Reading
from pipeline.dedupe.synonyms import Event, Synonyms

_TOKEN = re.compile(r"@\w+|~|\d[\d,.]*|[^\W\d_]+")
_ADJUNCT = re.compile(
    r"[ ,]*\b(?:as|when|despite|amid|although|though|while|because|one of|in response to|in order to"
    r"|with (?:aim|goal|view|purpose|intention) of)\b[^~@\d]*?(?= (?:in|on) ~|$)"
)
_NOT_PLANS = "home|host|party|signator|grown|risen|expanded|increased|come|belonged"  # "is home to", "has grown to"
_PLANNED = re.compile(rf"\b(?:is|are|was|were|has|have|had) (?:(?!{_NOT_PLANS})\w+ )?to\b")
_PART = re.compile(r"\b(?:including|includes?(?! \d)|such as|like|except|besides|than)\b")  # what follows is not all
_SETTING = re.compile(r" (?:in|on|since|by|at) ~\s*$")
_NUMBER = re.compile(r"(?<![\w@])\d")
_BESIDE = re.compile(r"\s*,?\s*(?:and|as|under|within|during|following|after|amid|at)\b(?! by)")
_NAMED = re.compile(r"@\w+|~")
_PLACE = "pla"


def read_event(text: str, synonyms: Synonyms) -> Reading | None:
    """Read a plain clause, with ids for names and ~ for dates, as a fact of one record; None if a word is unknown."""
    if _PLANNED.search(text) or _PART.search(text):
        return None
    text = re.sub(r"['’]s?(?=\s)", "", text)
    return next((found for event in synonyms.events if (found := _read(event, text, synonyms)) is not None), None)


def _read(event: Event, text: str, synonyms: Synonyms) -> Reading | None:
    if event.pattern.search(text) is None:
        return None
    count = None
    if event.value == "count":
        counts = list(event.counted.finditer(text))
        if len(counts) != 1:
            return None
        count = counts[0]
    text = _without_tail(event, text, count, synonyms)
    if count is not None:
        text = f"{text[: count.start()]} {text[count.end() :]}"
    rest = _TOKEN.findall(event.pattern.sub(" ", _ADJUNCT.sub(" ", text)))
    words = {word for word in rest if word[0] not in "@~"}
    names = list(dict.fromkeys(word[1:] for word in rest if word[0] == "@"))
    records = [name for name in names if name.partition("_")[0] in event.of]
    others = [name for name in names if name not in records]
    if len(records) != 1 or not words <= event.beside | event.denies | synonyms.harmless:
        return None
    whom = _whom(event, records[0], others, rest.count("~"), None if count is None else count.groupdict())
    if whom is None:
        return None
    group = synonyms.by_sense[event.sense]
    who = " ".join(f"@{name}" for name in others) if event.value == "doers" else ""
    denies = not event.denies.isdisjoint(_TOKEN.findall(text))
    return Reading(event.sense, group, who, whom, records[0], frozenset(), event.weak, denies)


def _without_tail(event: Event, text: str, count: re.Match[str] | None, synonyms: Synonyms) -> str:
    """Leave out what follows the last name, date or count where a word opens an adjunct there: "in ~ | to promote".

    A date in front of the clause comes last: "adopted @it | with the aim of | in ~".
    """
    if (setting := _SETTING.search(text)) is not None and setting.start():
        shorter = _without_tail(event, text[: setting.start()], count, synonyms)
        return f"{shorter}{setting[0]}"
    end = max((match.end() for match in _NAMED.finditer(text)), default=0)
    opens = synonyms.adjunct
    if event.value == "date":  # what is said of others behind both is no part of it: "in ~ and the peace of @it"
        both = (re.search(r"~", text), event.record.search(text))
        core = max((match.end() for match in both if match is not None), default=end)
        if all(both) and _BESIDE.match(text, core) is not None:
            end = core
    if count is not None and count.end() > end:
        unit = event.pattern.match(text, count.end())
        end, opens = count.end() if unit is None else unit.end(), synonyms.aside
    if event.pattern.search(text, 0, end) is None or opens.match(text, end) is None:
        return text
    if count is None and _NUMBER.search(text, end) is not None:  # "with 15 states" may tell another number
        return text
    return text[:end]


def _whom(event: Event, record: str, others: list[str], dates: int, count: dict[str, str | None] | None) -> str | None:
    """Return what is said of the record where the clause has a value of the kind, and of that kind alone."""
    said = f"@{record}{' ~' * dates}"
    if event.value == "date":
        return said if dates == 1 and not others else None
    if event.value == "doers":
        return said if others and dates <= 1 else None
    if event.value == "place":
        place = len(others) == 1 and others[0].startswith(_PLACE) and not dates
        return f"@{record} @{others[0]}" if place else None
    return None if others or dates or count is None else f"{count['bound'] or ''} {count['n']} member @{record}"
