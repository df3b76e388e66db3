"""Whether the verb that governs an expression tells what was, is or will be; and what is so every year."""

from __future__ import annotations

import re
from typing import Literal

from pipeline.recognize.date_grammar import Grammar

Tense = Literal["past", "present", "future"]
_TENSES: tuple[Tense, ...] = ("past", "present", "future")
_CLAUSE = re.compile(r"[.;:!?]\s|[—–]\s")
_PASSING = re.compile(r", (?:(?:which|who|whose|where|when) |[a-z]+ed |set |built |made |held |born )[^,]{0,70},")
_BACK, _ON = 110, 70  # characters around an expression in which its verb is looked for


def tense_at(
    grammar: Grammar, text: str, start: int, end: int, *, verbs: Literal["tense", "verb"] = "verb"
) -> Tense | None:
    """The tense of the nearest verb before the expression in its clause, else of the first one after it.

    `verbs` names the guard that knows them: "tense" has no present, because reports speak in it of what lies ahead.
    """
    verb = grammar.around[verbs].regex
    before = _PASSING.sub(" ", _CLAUSE.split(text[max(0, start - _BACK) : start])[-1])
    told = list(verb.finditer(before))
    found = told[-1] if told else verb.search(_CLAUSE.split(text[end : end + _ON])[0])
    return None if found is None else next((name for name in _TENSES if found.groupdict().get(name)), "past")


def in_aside(text: str, position: int) -> bool:
    """Whether what stands there is said in passing: "the fleet, founded in 1748, patrols the strait"."""
    return any(aside.start() < position < aside.end() for aside in _PASSING.finditer(text))
