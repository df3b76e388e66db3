"""Propositions from the dependency parse of one unit: who, does what, to whom, when, where, in the words of the text.

Every clause becomes one proposition, after the clause types of ClausIE (Del Corro and Gemulla 2013), with the roles
that the genre needs: appositions, examples ("such as"), participles and relative clauses are propositions of their own
and leave the phrase they modify. Input is a spaCy Doc with Universal Dependencies labels.

A clause rule names the relation of the clause to its governor and where its subject comes from. Each rule id stands in
the evidence of what it made. `READINGS` holds the ways to read a token, each behind named conditions, so that what was
not read can be explained as well (`find_attempts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.relate import noun_clauses
from pipeline.relate.assertion import AssertionRules
from pipeline.relate.parse import SUBJECTS
from pipeline.relate.reader import Clause, Reader
from pipeline.relate.tree import Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Attempt:
    """A way to read a token that some of its conditions, not all, allowed."""

    token: int
    reading: str
    passed: tuple[str, ...]
    failed: str


def find_clauses(doc: Doc, rules: AssertionRules) -> list[Clause]:
    """Return the propositions of one unit in the order of their heads; none for a Doc without a parse."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    reader = Reader(Tree(doc), rules)
    return [
        clause
        for token in range(len(doc))
        for reading in READINGS
        if reading.held(reader, token) == len(reading.conditions)
        for clause in reading.read(reader, token)
    ]


def find_attempts(doc: Doc, rules: AssertionRules) -> list[Attempt]:
    """Return what came near to a proposition and was not read, nearest first: by share of conditions that held."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    reader = Reader(Tree(doc), rules)
    attempts = []
    for token in range(len(doc)):
        for reading in READINGS:
            said = [says for says, _ in reading.conditions]
            held = reading.held(reader, token)
            if 0 < held < len(said):
                attempts.append((held / len(said), Attempt(token, reading.name, tuple(said[:held]), said[held])))
    return [attempt for _, attempt in sorted(attempts, key=lambda pair: (-pair[0], pair[1].token))]


Condition = tuple[str, Callable[[Reader, int], bool]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a token as the head of a proposition: conditions in the order they are tested, and the reader."""

    name: str
    conditions: tuple[Condition, ...]
    read: Callable[[Reader, int], Iterator[Clause]]

    def held(self, reader: Reader, token: int) -> int:
        """Return how many conditions hold before the first that does not."""
        for number, (_, holds) in enumerate(self.conditions):
            if not holds(reader, token):
                return number
        return len(self.conditions)


READINGS = (
    Reading(
        "clause",
        (
            ("is a verb, or has a copula", Reader.is_predicate),
            ("heads a clause of its own, not one inside another's complement", Reader.heads_clause),
            ("asserts more than that somebody says something", Reader.asserts),
            ("has a subject", Reader.has_subject),
        ),
        Reader.clause,
    ),
    Reading(
        "apposition",
        (
            ("stands in apposition", noun_clauses.is_apposition),
            ("is more than an acronym", lambda reader, token: not reader.is_acronym(token)),
            ("is a name beside a description", Reader.is_name_beside_description),
        ),
        noun_clauses.apposition,
    ),
    Reading(
        "examples",
        (
            (
                'follows "such as", "including" or "like"',
                lambda reader, token: noun_clauses.example_word(reader, token) is not None,
            ),
            ("depends on a noun", noun_clauses.depends_on_noun),
        ),
        noun_clauses.examples,
    ),
    Reading(
        "nominalization",
        (
            ("names an action", noun_clauses.names_action),
            ("has a name as its possessor", noun_clauses.has_named_possessor),
            ("has a complement", lambda reader, token: bool(noun_clauses.action_complements(reader, token))),
        ),
        noun_clauses.nominalization,
    ),
    Reading(
        "dated deed",
        (
            ("names an action", noun_clauses.names_action),
            ("is a subject", lambda reader, token: reader.tree.dep[token] in SUBJECTS),
            ('has a name behind "of"', lambda reader, token: noun_clauses.undergoer(reader, token) is not None),
            ("has a date right behind the name", lambda reader, token: bool(noun_clauses.when_done(reader, token))),
        ),
        noun_clauses.dated_deed,
    ),
    Reading(
        "possession",
        (
            ('follows "with its" or "from its"', noun_clauses.is_owned),
            ("stands in front of the subject", noun_clauses.stands_in_front),
            ("is counted, or has a name as its place", noun_clauses.is_counted_or_placed),
        ),
        noun_clauses.possession,
    ),
)
