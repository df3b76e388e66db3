"""Mends of a dependency parse that a grammar of English cannot mean, before anything is read from it.

A preposition, article or auxiliary belongs to a word behind it, a verb without a subject has no object in front of it,
a relative pronoun or passive participle right behind a noun and a comma takes that noun up, and what "It was … that"
sets in front belongs to the clause behind "that".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pipeline.relate import mend_clauses
from pipeline.relate.parse import NOUNS, SUBJECTS, Parse, is_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_ARTICLES = frozenset({"the", "a", "an"})
_REPORTED = frozenset([
    "reported", "estimated", "said", "believed", "thought", "known", "alleged", "claimed", "expected", "understood",
])  # fmt: skip
_DAYS = frozenset({"today", "tomorrow", "yesterday"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})


def mend_doc(doc: Doc) -> Doc:
    """Mend the parse of a Doc in place, so that every later reading sees the same tree; return the Doc."""
    if not doc.has_annotation("DEP"):
        return doc
    lower, tags = [token.text.lower() for token in doc], [token.tag_ for token in doc]
    dep, head = [token.dep_ for token in doc], [token.head.i for token in doc]
    parse = Parse(lower, [token.pos_ for token in doc], [one.lower() for one in dep], head[:], tags)
    mend(parse)
    if parse.head != head or parse.dep != [one.lower() for one in dep]:
        labels = [new if new != old.lower() else old for new, old in zip(parse.dep, dep, strict=True)]
        steps = (np.array(parse.head, dtype=np.int64) - np.arange(len(parse.head))).astype(np.uint64)
        names = np.array([doc.vocab.strings.add(label) for label in labels], dtype=np.uint64)
        doc.from_array(["HEAD", "DEP"], np.stack([steps, names], axis=1))  # type: ignore[arg-type] # an array will do
    return doc


def mend(parse: Parse) -> None:
    """Mend what stands on the wrong side of its head; a second time, as one mend may open the way for another."""
    mend_clauses.join_cleft(parse)
    mend_clauses.fill_front(parse)
    for token in range(len(parse.head)):
        _join_prefix(parse, token)
    for token in range(2, len(parse.head)):
        mend_clauses.give_back(parse, token)
    for token in range(len(parse.head)):
        mend_clauses.reach_over(parse, token)
    for _ in range(2):
        _mend_once(parse)


def _mend_once(parse: Parse) -> None:
    for token, head in enumerate(list(parse.head)):
        if parse.dep[token] in {"case", "det"} and head < token:
            _hang_forward(parse, token)
        elif parse.lower[token : token + 2] == ["yet", "to"] and parse.lower[token - 1] in {"has", "have", "had"}:
            parse.hang(token, token - 1, "advmod")
        elif parse.dep[token] == "compound" and head < token:
            _hang_back(parse, token)
        elif parse.dep[token] in {"aux", "aux:pass"} and head < token:
            _help_forward(parse, token)
    for token in range(len(parse.head)):
        mend_clauses.set_in_front(parse, token)
        mend_clauses.raise_clause(parse, token)
        mend_clauses.set_beside(parse, token)
        _come_into_being(parse, token)
        mend_clauses.relate_owner(parse, token)
        _raise(parse, token)
        _take_subject(parse, token)
        mend_clauses.take_antecedent(parse, token)
        mend_clauses.describe(parse, token)
        mend_clauses.join_inside(parse, token)


def _join_prefix(parse: Parse, token: int) -> None:
    """ "a fund co-led by banks" with "co" for the verb: the verb behind the hyphen is, and takes all that "co" had."""
    verb = token + 2
    if parse.lower[token] != "co" or verb >= len(parse.head) or parse.lower[token + 1] not in {"-", "–"}:
        return
    if parse.head[verb] == token or parse.pos[token] == "VERB":
        if parse.head[verb] == token or not parse.dep[verb].startswith("acl"):
            parse.dep[verb] = parse.dep[token]
            parse.head[verb] = verb if parse.head[token] == token else parse.head[token]
        for at, head in enumerate(parse.head):
            if head == token and at != verb:
                parse.head[at] = verb
    parse.head[token], parse.dep[token] = verb, "compound"
    parse.head[token + 1], parse.dep[token + 1] = verb, "punct"


def _hang_back(parse: Parse, token: int) -> None:
    """ "Committee was created after the failure of Herstatt" with "Herstatt" under "Committee", over a verb."""
    head = parse.head[token]
    if "VERB" in parse.pos[head:token]:
        noun = next((at for at in range(token - 1, head, -1) if is_noun(parse, at)), None)
        if noun is not None:
            parse.hang(token, noun, "nmod")


def _help_forward(parse: Parse, token: int) -> None:
    """ "It signed but has not ratified" with "has" and "not" under "signed": they help the verb behind them."""
    at = token + 1
    while at < len(parse.pos) and (parse.pos[at] in {"AUX", "ADV"} or parse.lower[at] in _NEGATIONS):
        at += 1
    if at < len(parse.pos) and parse.pos[at] == "VERB":
        head = parse.head[token]
        for helper in range(token, at):
            if parse.head[helper] == head:
                parse.hang(helper, at, parse.dep[helper])


def _hang_forward(parse: Parse, token: int) -> None:
    """ "Committee … of the Group" with "of" under "Committee": "of" belongs to the noun behind it."""
    if parse.lower[token] not in _ARTICLES and (parse.pos[token] != "ADP" or parse.lower[token] in {"'s", "’s"}):
        return
    at = token + 1
    while at + 1 < len(parse.pos) and parse.pos[at] in _PHRASE and is_noun(parse, at + 1):
        at += 1
    if at < len(parse.pos) and is_noun(parse, at):
        parse.hang(token, at, parse.dep[token])


def _raise(parse: Parse, token: int) -> None:
    """ "was reported to have left" with "left" as what it was reported for: it is what was reported."""
    head = parse.head[token]
    if parse.dep[token] != "advcl" or not head < token or parse.lower[head] not in _REPORTED:
        return
    if any(parse.lower[at] == "to" and parse.dep[at] == "mark" for at in parse.below(token)):
        parse.dep[token] = "xcomp"


def _take_subject(parse: Parse, token: int) -> None:
    """ "Committee was created", "Conference opened", "Pact is a text" with the noun a complement: it is the subject."""
    head = parse.head[token]
    kinds = {"obj", "obl", "obl:unmarked", "obl:agent", "dep", "nmod", "compound"}
    if parse.dep[token] not in kinds or not token < head or parse.pos[token] not in NOUNS:
        return
    over = parse.head[head]
    if parse.dep[head] == "xcomp" and token < over < head and parse.dep[token] == "obl":  # "Pact remains unratified"
        head = over
    if parse.dep[token] == "obl:unmarked" and (
        parse.dep[head] == "conj"
        or (parse.tag and parse.tag[head] not in {"VBD", "VBZ", "VBP"})
        or "," in parse.lower[token:head]
        or parse.lower[token] in _DAYS
    ):  # "Last year, they met", "it moved and today counts 30 members", "six months before meeting"
        return
    beside, below = parse.below(head), parse.below(token)
    if any(parse.dep[at] in SUBJECTS for at in beside) or any(parse.dep[at] in {"case", "mark"} for at in below):
        return
    if head != parse.head[token]:
        parse.hang(token, head, "nsubj")
    elif any(parse.dep[at] == "aux:pass" and token < at for at in beside):
        parse.dep[token] = "nsubj:pass"
    elif any(parse.dep[at] == "cop" and token < at < head for at in beside):
        parse.dep[token] = "nsubj"
    elif parse.dep[token] in {"nmod", "compound"}:
        return
    elif parse.pos[head] == "VERB" and "VERB" not in parse.pos[token:head]:
        parse.dep[token] = "nsubj" if parse.pos[token] != "NUM" or head == token + 1 else parse.dep[token]  # "1957 saw"


def _come_into_being(parse: Parse, token: int) -> None:
    """ "came into being in July" with "being" a copula of "July": it is what something came into."""
    if parse.lower[token] == "being" and parse.lower[token - 1 : token] == ["into"] and parse.dep[token] == "cop":
        verb = next((at for at in range(token - 2, -1, -1) if parse.pos[at] == "VERB"), None)
        if verb is not None:
            parse.hang(token, verb, "obl")
            parse.hang(token - 1, token, "case")
