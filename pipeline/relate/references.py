"""What a pronoun or "the mission" stands for: a name of the sentence, of the one before, or of the section."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.records import MentionLabel, Unit
from pipeline.relate.reader import Clause
from pipeline.relate.rule import ClaimRules
from pipeline.relate.scoring import is_unnamed
from pipeline.relate.tree import Phrase

_ASIDE = re.compile(r"\b(?:at|in|on|by|under|from|during|of|for)\s+(?:the\s+)?$")  # before a name no pronoun takes up
_OWN = re.compile(r"its?\b", re.IGNORECASE)
_IT = re.compile(r"\bit\b", re.IGNORECASE)
_AMONG = re.compile(r"(?:among|one of)\s+", re.IGNORECASE)
_AS = re.compile(r"(?:^|[,;] )as $", re.IGNORECASE)
_WHOSE = re.compile(r"whose\b", re.IGNORECASE)
_SAYS_WHAT_IT_IS = frozenset({"claims.read_apposition", "claims.read_copula"})
_RECORDS = frozenset({"organization", "agreement"})
_Place = tuple[int, Phrase]


class Referent(NamedTuple):
    """The name that a subject stands for, where that is safe; denied where the subject is said not to be it."""

    name: str | None
    denied: bool = False


class Named(NamedTuple):
    """Something named in a unit; characters of its text."""

    label: MentionLabel
    start: int
    end: int
    text: str


class References:
    """What can be taken up in one article, sentence by sentence."""

    def __init__(
        self,
        units: Sequence[Unit],
        named: Mapping[int, Sequence[Named]],
        clauses_of: Mapping[int, Sequence[Clause]],
        rules: ClaimRules,
    ) -> None:
        self.units = units
        self.named = named
        self.clauses_of = clauses_of
        self.rules = rules
        self.last_subject: str | None = None  # the named subject of the sentence before, in the same section
        self.last_instrument: str | None = None  # the same, where it is an instrument
        self.heads: dict[str, set[str]] = defaultdict(set)  # "mission" → names in the section so far that are one
        self.section: tuple[str, ...] = ()

    def enter(self, unit: Unit) -> None:
        """Forget what was named in another section."""
        section = unit.section[:-1] if unit.header else unit.section
        if section != self.section or unit.kind == "heading":
            self.last_subject, self.last_instrument, self.section = None, None, section
            self.heads.clear()

    def pass_on(self, ordinal: int) -> None:
        """Keep what the sentence is about for the pronoun of the next."""
        self.last_subject = self._named_subject(ordinal, self.clauses_of.get(ordinal, []), self.named.get(ordinal, ()))
        if self.last_subject != self.last_instrument:
            labels = {one.label for one in self.named.get(ordinal, ()) if one.text == self.last_subject}
            self.last_instrument = self.last_subject if labels == {"agreement"} else None

    def take_up(self, name: str, kind: str) -> None:
        """Note under which nouns ("alliance", "treaty") a name can be taken up."""
        words = set(name.lower().replace(",", "").split()) & self.rules.bodies
        for noun in words | ({kind} & self.rules.bodies):
            self.heads[noun].add(name)

    def subject(self, ordinal: int, place: _Place | None) -> Referent:
        """Return what the subject of a clause stands for; what is named before it in its unit comes first."""
        if place is None or place[0] != ordinal:
            return Referent(None if place is None else self._resolve(place[1].text))
        subject = place[1]
        clauses = self.clauses_of.get(ordinal, [])
        mentions = self.named.get(ordinal, ())
        for clause in clauses:  # "the bank, the oldest institution, which opened …"
            name, value = clause.subject, clause.object
            if clause.rule_id not in _SAYS_WHAT_IT_IS or name is None or value is None or _OWN.match(subject.text):
                continue
            if value.end == subject.end and _AMONG.sub("", value.text) == subject.text:
                labels = _RECORDS | {"place"} if _AMONG.match(value.text) else _RECORDS
                names = {m.text for m in mentions if m.label in labels and _inside(m, name)}
                return Referent(names.pop() if len(names) == 1 else None, clause.polarity == "negated")
        if _AS.search(self._text(ordinal)[: subject.start]):
            return Referent(self._main_name(ordinal, subject))
        if _WHOSE.match(subject.text):
            return Referent(self._owner_of(ordinal, subject, mentions))
        if not _OWN.match(subject.text):
            return Referent(self._resolve(subject.text))
        before = [m for m in mentions if m.end <= subject.start]
        if not before:
            return Referent(self._resolve(subject.text))
        main = next((clause for clause in clauses if clause.subject is not None), None)
        named = main is not None and main.subject is not None and main.subject.end <= subject.start
        return Referent(self._named_subject(ordinal, clauses, before) if named else None)

    def _main_name(self, ordinal: int, phrase: Phrase) -> str | None:
        """ "As a state that ratified it, Chile must report": the one name in the subject behind the phrase in front."""
        subjects = (clause.subject for clause in self.clauses_of.get(ordinal, []) if clause.subject is not None)
        main = next((subject for subject in subjects if subject.start > phrase.end), None)
        names = {m.text for m in self.named.get(ordinal, ()) if main is not None and _inside(m, main)}
        return names.pop() if len(names) == 1 else None

    def object(self, ordinal: int, place: _Place | None, clause: Clause) -> str | None:
        """Return what "it" in the object stands for: the one name before it in its sentence that it can be.

        "Jordan debated the pact before Jordan ratified it": not who does it, and with a verb that only instruments
        take, an instrument, also the one that the sentence before was about.
        """
        found = None if place is None else _IT.search(place[1].text)
        if place is None or found is None or place[0] != ordinal or clause.subject is None:
            return None
        taking = {clause.lemma, *place[1].text.lower().split()} & self.rules.instrument_verbs
        if found.start() and not taking:
            return None
        labels = {"agreement"} if taking else _RECORDS | {"place", "event"}
        names = {
            mention.text
            for mention in self.named.get(ordinal, ())
            if mention.label in labels
            and mention.end <= place[1].start + found.start()
            and not _inside(mention, clause.subject)
        } - {clause.subject.text}
        if len(names) == 1:
            return names.pop()
        return self.last_instrument if taking and not names else None

    def _text(self, ordinal: int) -> str:
        return self.units[ordinal].text

    def _owner_of(self, ordinal: int, subject: Phrase, mentions: Sequence[Named]) -> str | None:
        """ "the bank, whose seat …": the body or instrument right in front."""
        text = self._text(ordinal)[: subject.start].rstrip(" ,(")
        named = (m.text for m in mentions if m.label in _RECORDS and text.endswith(m.text))
        return max(named, key=len, default=None)

    def _resolve(self, subject: str) -> str | None:
        """Return the name a subject stands for where that is safe: one candidate in the section, in the singular."""
        words = subject.lower().split()
        if words == ["it"] or (words[:1] == ["its"] and len(words) == 2):  # "its headquarters": the one it belongs to
            return self.last_subject
        if len(words) == 2 and words[0] in {"this", "the"} and words[1] in self.rules.bodies:
            names = self.heads.get(words[1], set())
            if len(names) == 1:
                return next(iter(names))
            return self.last_subject if words[0] == "this" and not names else None
        return None

    def _named_subject(self, ordinal: int, clauses: Sequence[Clause], mentions: Sequence[Named]) -> str | None:
        """The one name that the sentence is about, for the pronoun of the next; None where it is not safe to say."""
        main = next((clause for clause in clauses if clause.subject is not None), None)
        if main is None or main.subject is None:
            return None
        subject = main.subject
        if is_unnamed(subject.text):
            return self._resolve(subject.text)
        names = [m for m in mentions if m.label in _RECORDS and subject.start <= m.start < subject.end]
        if not names or " and " in subject.text:
            return None
        rivals = {"organization"} if names[0].label == "organization" else _RECORDS
        others = (m for m in mentions if m.label in rivals and m.text not in {name.text for name in names})
        return None if any(not _ASIDE.search(self._text(ordinal)[: m.start]) for m in others) else names[0].text


def _inside(mention: Named, phrase: Phrase) -> bool:
    return phrase.start <= mention.start and mention.end <= phrase.end
