"""Propositions as frames: sense, who, whom, names, numbers, dates, with ids of records in the place of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.dedupe.policy import Policy
from pipeline.dedupe.reading import Reading
from pipeline.dedupe.sense import is_place, read_sense
from pipeline.dedupe.synonyms import Sense, Synonyms
from pipeline.dedupe.words import Quantity, Span, names_of, quantities, replaced, stem, words_of
from pipeline.ids import stable_id
from pipeline.names import compare_name

Interval = tuple[date, date]
_PRONOUN = re.compile(
    r"(?:it|they|he|she|we|this|that|these|those|both|such|its|their|his|her|who|whose|which|one|some)\b",
    re.I,
)
_OBJECT_PRONOUNS = frozenset({"it", "them", "him", "her", "those"})
_POINTS_BACK = re.compile(r"\b(?:it|them|this|these)\b(?!\s+\w)", re.I)  # not "this year"
_OWNED = re.compile(r"\b(?:its|their|his|her)\b", re.I)
_TOWARDS = re.compile(r"(?:with|against|to|from|by)\s+(?:the\s+)?[A-Z]")
_PRONOUN_IN_OBJECT = re.compile(r"\bit\b", re.I)
_DEMONSTRATIVES = frozenset({"this", "that", "these", "both"})
_OPEN = frozenset({"where", "when", "why", "how", "what"})
_PREPOSITIONS = frozenset(
    {"in", "on", "at", "by", "with", "since", "after", "before", "during", "from", "as", "without"}
)
_DEFINITE = re.compile(r"(?:the|an?)\s+[a-z]", re.I)
_SOME_WHERE = re.compile(r"(?i:an?)\s+[a-z][a-z\s]*\s(?:in|at|near)\s+[A-Z]\S*$")  # "a regional office in Lima"


@dataclass(frozen=True, slots=True)
class Frame:
    """One form of a proposition, names resolved: ids of records begin with @."""

    form_id: str
    sense: str
    group: Sense | None
    subject: frozenset[str]
    object: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[Quantity]
    dates: frozenset[Interval]
    polarity: str
    modality: str
    attribution: str | None
    loose: bool  # the subject is a pronoun or a definite description that nothing resolves
    tense: str | None
    patient: str | None  # the one record it is done to, where that is clear
    doers: frozenset[str]  # who does it; empty where nobody is named
    places: frozenset[str]  # where
    count: Quantity | None  # of members and the like, where the sense has one
    weak: bool  # said in words that support a date and do not exclude another: "began its work in 1957"


def form_of(row: Mapping[str, Any], sha256: str, synonyms: Synonyms) -> str:
    """Return the form id of a local claim, made from its words; what points back stays within its article."""
    own = [None if row[role] is None else compare_name(row[role]) for role in ("subject", "predicate", "object")]
    words = own if any(own) else [compare_name(row["text"])]
    said = None if row["attribution"] is None else compare_name(row["attribution"])
    resolved = None if row["subject_resolved"] is None else compare_name(row["subject_resolved"])
    where = sha256 if is_loose(row, synonyms) else None
    taken_up = () if row["object_resolved"] is None else (compare_name(row["object_resolved"]),)
    return stable_id("claims", *words, row["polarity"], row["modality"], said, resolved, where, *taken_up)


def is_loose(row: Mapping[str, Any], synonyms: Synonyms) -> bool:
    """Tell whether the subject is a pronoun, or "the …" or "a …" in lower case, that stands for something else, or the
    object points back: "ratified it", "joined the alliance"."""
    subject, object_ = row["subject"], re.sub(r"[^\w\s]", " ", row["object"] or "").split()
    if object_ and object_[0].lower() in _OBJECT_PRONOUNS and row["object_resolved"] is None:
        return True
    if _names_only_its_subject(row):
        return True
    if len(object_) == 1 and object_[0].lower() in _OPEN | _DEMONSTRATIVES:
        return True
    if object_ and object_[0].lower() in {"the", "this", "these", "both"}:
        noun = next((at for at, word in enumerate(object_) if at and word in _PREPOSITIONS), len(object_))
        if noun > 1 and all(word in synonyms.points_back for word in object_[1:noun]):
            return True
    if subject is None or row["subject_resolved"] is not None:
        return False
    if _names_nobody(row, synonyms):
        return True
    if _SOME_WHERE.match(subject) is not None and not (row["organizations"] or row["agreements"]):
        return True
    named = row["organizations"] or row["agreements"] or row["places"] or any(names_of(subject))
    if not named and (_OWNED.search(subject) is not None or subject[0].isdigit()):
        return not any(names_of(f"so {row['object'] or ''}"))  # "officials from its states", "41 members"
    return _PRONOUN.match(subject) is not None or (
        _DEFINITE.match(subject) is not None and not any(char.isupper() or char.isdigit() for char in subject[1:])
    )


def _names_only_its_subject(row: Mapping[str, Any]) -> bool:
    """ "…, paving the way for peace", "has expressed its intention to ratify it": what is done, or to what, was said
    before, and nothing named here tells it again."""
    object_ = row["object"] or ""
    if row["dates"] or row["object_resolved"] is not None or any(names_of(f"so {object_}")):
        return False
    participle = re.fullmatch(r"\w+ing(?: to \w+)?", row["predicate"] or "", re.I) is not None
    return (participle and not any(map(str.isdigit, object_))) or _POINTS_BACK.search(object_) is not None


def _names_nobody(row: Mapping[str, Any], synonyms: Synonyms) -> bool:
    """ "Plans were published in 2004", "Norland gave notice in 1941": what happened once, and nothing says whose or of
    what; it may be another thing in every article."""
    if row["organizations"] or row["agreements"] or row["object_resolved"] is not None:
        return False
    subject, object_ = row["subject"] or "", row["object"] or ""
    if row["places"]:
        own = re.fullmatch(r"(?:its|their) \w+", object_) is not None
        if _TOWARDS.match(object_) is not None:  # "Norland cooperates with Sudmark"
            return False
        return own or len(words_of(f"{subject} {object_}", synonyms)) <= len(row["places"]) + len(row["dates"]) + 1
    return bool(row["dates"]) and not any((*names_of(subject), *names_of(object_)))


def frame_of(
    form_id: str,
    row: Mapping[str, Any],
    spans: Mapping[str, Sequence[Span]],
    *,
    dates: frozenset[Interval],
    resolved: Mapping[str, str],
    policy: Policy,
) -> Frame:
    """Read a local claim as a frame.

    Args:
        spans: role → names and dates in it; what stands there is the id of the record, "" for a date.
        resolved: role → id of the record that it stands for, where it is a pronoun.
    """
    synonyms = policy.synonyms
    predicate = row["predicate"] or ""
    spans = {role: [one for one in some if not _is_part(one, synonyms)] for role, some in spans.items()}
    object_ = replaced(row["object"], spans.get("object", ()))
    if "object" in resolved:
        object_ = _PRONOUN_IN_OBJECT.sub(f"@{resolved['object']}", object_, count=1)
    subject = _subject(row, spans, resolved.get("subject"))
    said = read_sense(subject, predicate, object_, row["predicate_lemma"], synonyms)
    group = said.group
    numbers = frozenset(
        replace(one, unit=stem(one.unit, synonyms))
        for text in (said.who, said.whom)
        for one in quantities(text, policy.conflicts)
    )
    count, numbers = _counted(numbers, group)
    who, whom = words_of(said.who, synonyms), words_of(said.whom, synonyms) - said.taken
    if group is not None and group.either_way:
        who, whom = frozenset(), who | whom
    names = frozenset((*names_of(subject), *names_of(object_)))
    return Frame(
        form_id,
        said.sense,
        group,
        who,
        whom,
        names,
        numbers,
        dates,
        _opposite(row["polarity"]) if said.denies else row["polarity"],
        row["modality"],
        None if row["attribution"] is None else compare_name(row["attribution"]),
        (is_loose(row, synonyms) and not _whoever_does_it(said))
        or (row["object_resolved"] is not None and "object" not in resolved),
        _tense(predicate, synonyms),
        said.patient,
        _doers(said.who, names),
        frozenset(filter(is_place, names)),
        count,
        said.weak,
    )


def _is_part(span: Span, synonyms: Synonyms) -> bool:
    """ "General Secretariat" names a part of somebody, not a record of its own."""
    return all(word in synonyms.parts for word in span[0].lower().split()) and span[1] != ""


def _subject(row: Mapping[str, Any], spans: Mapping[str, Sequence[Span]], resolved: str | None) -> str:
    if resolved:
        owned = re.match(r"(?:its|their|whose)\s+(.+)", row["subject"] or "", re.I)
        return f"@{resolved} {owned[1]}" if owned else f"@{resolved}"
    return row["subject_resolved"] or replaced(row["subject"], spans.get("subject", ()))


def _whoever_does_it(said: Reading) -> bool:
    """ "The conference adopted the accord in 1957": what is said of the accord holds whichever conference it was."""
    return said.patient is not None and not said.who.strip()


def _opposite(polarity: str) -> str:
    return "affirmed" if polarity == "negated" else "negated"


def _doers(who: str, names: frozenset[str]) -> frozenset[str]:
    """Return the names in `who`; a wording is read in lower case, so that capitals say nothing there."""
    found = frozenset(names_of(who))
    return found | frozenset(word for word in who.lower().split() if word in names)


def _counted(numbers: frozenset[Quantity], group: Sense | None) -> tuple[Quantity | None, frozenset[Quantity]]:
    """Return the one number that the sense counts, under the first of its units, and all numbers."""
    if group is None or not group.one_count:
        return None, numbers
    named = {one: replace(one, unit=group.one_count[0]) if one.unit in group.one_count else one for one in numbers}
    counts = [one for one in named.values() if one.unit == group.one_count[0]]
    return counts[0] if len(counts) == 1 else None, frozenset(named.values())


def _tense(predicate: str, synonyms: Synonyms) -> str | None:
    first = predicate.lower().split()[0] if predicate else ""
    if first in {"is", "are", "has", "have", "does", "do"}:
        return "present"
    if first in {"was", "were", "did"} or first in synonyms.irregular or first.endswith("ed"):
        return "past"
    return "present" if first.endswith("s") else None
