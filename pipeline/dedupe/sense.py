"""What a clause asserts whatever its words: the sense of its predicate, the record it is said of, and who does it.

A clause is first read as an event, whatever the order of its words, then as a noun that names a deed ("the signing of
the accord took place"), and else by its verb, passive or active.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.dedupe.events import read_event
from pipeline.dedupe.reading import Reading
from pipeline.dedupe.synonyms import Synonyms
from pipeline.dedupe.words import first_words, stem
from pipeline.ids import PREFIXES

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b.*\b\w+(?:ed|en|[^aeiou]t|ne|wn|ng|un|ld|de)$", re.I)
_PARTICLES = frozenset({"up", "out", "off", "down", "place"})
_BARE_PARTICIPLES = frozenset(
    {"founded", "established", "created", "formed", "signed", "adopted", "launched", "set up", "ratified", "concluded"}
)
_BY = re.compile(r"\bby\b", re.I)
_TOGETHER = re.compile(r"\b(?:(?:together|jointly|along) with|alongside)\b", re.I)
_BOUND_PREPOSITIONS = "(?:from|to|into|in|on|of|with|for|by|up|out|off|down)"  # "withdraw from", "set up"
_NOT_UNTIL = re.compile(r"\b(?:it (?:is|was) )?not until(?: in)?\b")  # "not until 1957": then it happened
_ARTICLES = re.compile(r"\b(?:the|a|an)\s+", re.I)


def read_sense(subject: str, predicate: str, object_: str, lemma: str | None, synonyms: Synonyms) -> Reading:
    """Read a clause whose names are replaced by ids; where something sat is another sense than where it sits."""
    said = _read_sense(subject, predicate, object_, lemma, synonyms)
    if said.group is not None and said.group.one_place and synonyms.once_there.search(f"{predicate} {object_}"):
        return replace(said, sense=f"former {said.sense}", group=None, patient=None)
    return said


def _read_sense(subject: str, predicate: str, object_: str, lemma: str | None, synonyms: Synonyms) -> Reading:
    text = plain(f"{subject} {predicate} {object_}", synonyms)
    event = read_event(text, synonyms)
    if event is not None:
        return event
    if _remarks(predicate, lemma, synonyms):
        fact = read_event(plain(subject, synonyms), synonyms)
        if fact is not None:
            return fact
    governor = _governor(predicate, synonyms)
    if governor in synonyms.denying:
        own = re.sub(r"^.*\bto\s+", "", predicate)
        return replace(_read_sense(subject, own, object_, lemma, synonyms), denies=True)
    sense, taken, turned = _of_verb(lemma or predicate, predicate, object_, synonyms)
    if governor is not None:  # "agreed to sign" is not "signed"
        return Reading(f"{governor} to {sense}", None, subject, object_)
    deed = _deed(subject, sense, object_, synonyms)
    if deed is not None:
        return deed
    group = synonyms.by_sense.get(sense)
    patient = _leading_id(object_)
    if (done := synonyms.of_noun.get(predicate.lower())) is not None and object_.lstrip().startswith(("in ", "on ")):
        to = _leading_id(
            subject
        )  # "the council's creation in 1957", "the accord's adoption"; not "Norland's accession"
        if done.once and to is not None and (not done.by_each or to.startswith(PREFIXES["agreements"])):
            return Reading(done.sense, done, "", f"{subject} {object_}", to)
    if group is not None and group.one_place:
        patient = _leading_id(subject)
    elif _is_passive(predicate, lemma, object_):
        patient = _leading_id(subject)
        parts = _BY.split(object_, maxsplit=1)
        subject, object_ = (parts[1], f"{subject} {parts[0]}") if len(parts) == 2 else ("", f"{subject} {object_}")
    if group is not None and group.by_each and len(joined := _TOGETHER.split(object_, maxsplit=1)) == 2:
        object_, subject = joined[0], f"{subject} and {joined[1]}"
    if turned:
        subject, object_, patient = object_, subject, None
    return Reading(sense, group, subject, object_, patient, taken)


def _remarks(predicate: str, lemma: str | None, synonyms: Synonyms) -> bool:
    """Tell whether a predicate takes what its subject names for done: "drew little notice", "was a surprise"."""
    words = predicate.lower().split()
    if lemma in synonyms.regarding:
        return not {"not", "never", "no", "to"} & set(words)
    return lemma in synonyms.remarking and (_is_simple(predicate) or words in (["is"], ["was"]))


def _is_simple(predicate: str) -> bool:
    """Tell whether a predicate is one verb in the active: "drew", not "would draw" or "was followed"."""
    return re.search(r"\b(?:is|are|was|were|be|been|being|to|not|never|no)\b", predicate.lower()) is None


def _governor(predicate: str, synonyms: Synonyms) -> str | None:
    """Return the verb over an active "to …": "agreed" of "agreed to sign"; not what only colours it: "is set to"."""
    match = re.match(rf"(?:.*\s)?(\w+) to (?:\w+ly )?\w+(?: {_BOUND_PREPOSITIONS})?$", predicate.lower())
    if match is None or re.search(r"\b(?:is|are|was|were|be|been|being)\b", predicate.lower()):
        return None
    verb = synonyms.lemma_of.get(match[1], match[1])
    return None if verb in synonyms.colouring else verb


def plain(text: str, synonyms: Synonyms) -> str:
    """Return a clause as the wordings are written: lower case, without articles and words that change nothing."""
    text = _NOT_UNTIL.sub("in", _ARTICLES.sub("", text.lower()))
    kept = (word for word in text.split() if word.strip(",") not in synonyms.light_words)
    return " ".join(kept)


def _deed(subject: str, sense: str, object_: str, synonyms: Synonyms) -> Reading | None:
    """Read "the signing of the @record" where a verb says that it occurred.

    Nothing where the record is a part of a longer name ("of the @record office"), or somebody is named as the doer in
    another place than right behind the record.
    """
    occurs = synonyms.by_sense.get(sense) or synonyms.of_verb.get(" ".join([sense, *object_.split()[:1]]))
    match = re.fullmatch(
        r"\s*(?:the\s+)?(\w[\w ]*?) of\s+(?:the\s+)?@(\w+)\s*(?:by\s+(.+?))?\s*((?:in|on|at)\b.*)?", subject, re.I
    )
    group = None if match is None else synonyms.of_noun.get(match[1].lower())
    if occurs is None or not occurs.of_deeds or match is None or group is None or not group.once:
        return None
    rest = f"{match[4] or ''} {object_}"
    return None if _BY.search(rest) else Reading(group.sense, group, match[3] or "", f"@{match[2]} {rest}", match[2])


def _is_passive(predicate: str, lemma: str | None, object_: str) -> bool:
    """Tell whether the subject suffers; a lone participle ("founded in 1957") is passive before a preposition."""
    if lemma == "be":
        return False
    return _PASSIVE.search(predicate) is not None or (
        predicate.lower() in _BARE_PARTICIPLES
        and re.match(r"\s*(?:in|on|by|at|under|with|during|$)\b|\s*$", object_) is not None
    )


def _leading_id(text: str) -> str | None:
    match = re.match(r"\s*(?:the\s+)?@(\w+)(?!\s*['’])", text, re.I)
    return None if match is None else match[1]


def _of_verb(lemma: str, predicate: str, object_: str, synonyms: Synonyms) -> tuple[str, frozenset[str], bool]:
    """Return the sense of a verb, the stems it stands for, and whether subject and object change places."""
    words = predicate.lower().split()
    verb = words[-2] if len(words) > 1 and words[-1] in _PARTICLES else words[-1] if words else ""
    lemma = synonyms.lemma_of.get(verb, lemma.lower())
    if len(words) > 1 and words[-1] in _PARTICLES:
        lemma = lemma if lemma.endswith(words[-1]) else f"{lemma} {words[-1]}"
    if lemma in synonyms.light_verbs:
        for token in first_words(object_, 4):
            if (group := synonyms.of_noun.get(token)) is not None:
                return group.sense, frozenset([stem(token, synonyms)]), False
    group = synonyms.of_verb.get(lemma)
    if group is None:
        return lemma, frozenset(), False
    return group.sense, frozenset(), lemma in group.converse


def is_place(record: str) -> bool:
    """Tell whether an id, with its @, is that of a place."""
    return record.startswith(f"@{PREFIXES['places']}_")
