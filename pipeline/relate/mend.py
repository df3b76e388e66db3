"""Mends of a dependency parse that a grammar of English cannot mean, before anything is read from it.

A preposition, article or auxiliary belongs to a word behind it, a verb without a subject has no object in front of it,
a relative pronoun or passive participle right behind a noun and a comma takes that noun up, and what "It was … that"
sets in front belongs to the clause behind "that".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_ARTICLES = frozenset({"the", "a", "an"})
_DETACHED = frozenset({"advcl", "acl", "conj", "parataxis", "ccomp", "xcomp", "dep"})
_COMPLEMENTS = frozenset({"obl", "obl:agent", "obl:unmarked", "advmod", "nmod", "nmod:unmarked"})
_CLEFT = 14  # words in which "that" must follow on "It was"
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})


@dataclass(slots=True)
class Parse:
    """One parse as aligned lists; `dep` and `head` are mended in place."""

    lower: Sequence[str]
    pos: Sequence[str]
    dep: list[str]
    head: list[int]
    tag: Sequence[str] = ()  # Penn tags, where there are any

    def above(self, token: int) -> set[int]:
        """Return `token` and all that governs it."""
        found: set[int] = set()
        while token not in found:
            found.add(token)
            token = self.head[token]
        return found

    def hang(self, token: int, head: int, dep: str) -> None:
        """Attach a word, unless that would make a circle or take the root away."""
        if self.head[token] != token and token not in self.above(head):
            self.head[token], self.dep[token] = head, dep


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
    _join_cleft(parse)
    for token in range(len(parse.head)):
        _join_prefix(parse, token)
    for token in range(2, len(parse.head)):
        _give_back(parse, token)
    for _ in range(2):
        _mend_once(parse)


def _join_cleft(parse: Parse) -> None:
    """ "It was in 1957 that the council was born" in whatever tree: "in 1957" belongs to "born", the rest says nothing.

    Only behind a preposition: "It was a pity that …" says that something is a pity.
    """
    opens = (at for at, word in enumerate(parse.lower) if word == "it" and (not at or parse.lower[at - 1] == ","))
    first = next(opens, 0)
    begin = first + (3 if parse.lower[first + 2 : first + 3] == ["only"] else 2)
    after = parse.lower[begin : first + _CLEFT]
    if parse.lower[first : first + 2] not in (["it", "is"], ["it", "was"]) or "that" not in after:
        return
    that = begin + after.index("that")
    if that < begin + 2 or parse.pos[begin] not in {"ADP", "SCONJ"}:
        return
    behind = [at for at in range(that + 1, len(parse.head)) if not that < parse.head[at] != at]
    verb = next((at for at in behind if parse.pos[at] in {"VERB", "AUX"} or parse.head[at] == at), None)
    nouns = [at for at in range(begin + 1, that) if _is_noun(parse, at)]
    if verb is None or not nouns or any(parse.head[at] == at for at in range(first)):
        return
    leaving = [at for at in range(begin, that) if parse.head[at] == at or not begin < parse.head[at] < that]
    head = next((at for at in nouns if at in leaving), nouns[0])
    for at in range(len(parse.head)):
        if at in behind or first <= at < begin or at == that or at < first <= parse.head[at]:
            parse.head[at] = verb
        elif at in leaving or at == begin:
            parse.head[at] = verb if at == head else head
    for at in range(first, begin):
        parse.dep[at] = "dep"
    parse.dep[begin], parse.dep[head], parse.dep[that], parse.dep[verb] = "case", "obl", "mark", "root"


def _give_back(parse: Parse, token: int) -> None:
    """ "The pact, signed in May by Peru, covers ports" with "signed" as the main verb: its subject says "covers" is."""
    if not parse.tag or parse.tag[token] not in {"VBD", "VBN"} or parse.lower[token - 1] != ",":
        return
    noun = _whole_noun(parse, token - 2)
    verb = parse.head[noun]
    if parse.pos[noun] not in _NOUNS or parse.dep[noun] not in _SUBJECTS or verb <= token:
        return
    if parse.lower[token + 1 : verb].count(",") != 1 or _has_subject_or_aux(parse, token):
        return
    if parse.head[token] == token:
        parse.head[verb], parse.dep[verb] = verb, "root"
        for at in range(len(parse.head)):
            if parse.head[at] == token and (at < noun or at > verb):
                parse.head[at] = verb
        parse.head[token], parse.dep[token] = noun, "acl:relcl"
    elif noun not in (token, parse.head[token]):
        parse.hang(token, noun, "acl:relcl")


def _mend_once(parse: Parse) -> None:
    for token, head in enumerate(list(parse.head)):
        if parse.dep[token] in {"case", "det"} and head < token:
            _hang_forward(parse, token)
        elif parse.dep[token] == "compound" and head < token:
            _hang_back(parse, token)
        elif parse.dep[token] in {"aux", "aux:pass"} and head < token:
            _help_forward(parse, token)
    for token in range(len(parse.head)):
        _take_subject(parse, token)
        _take_antecedent(parse, token)
        _describe(parse, token)
        _join_inside(parse, token)


def _join_prefix(parse: Parse, token: int) -> None:
    """ "a fund co-led by banks" with "co" for the verb: the verb behind the hyphen is, and takes all that "co" had."""
    verb = token + 2
    if parse.lower[token] != "co" or verb >= len(parse.head) or parse.lower[token + 1] not in {"-", "–"}:
        return
    if parse.head[verb] == token or parse.pos[token] == "VERB":
        parse.dep[verb] = parse.dep[token]
        parse.head[verb] = verb if parse.head[token] == token else parse.head[token]
        for at, head in enumerate(parse.head):
            if head == token and at != verb:
                parse.head[at] = verb
    parse.head[token], parse.dep[token] = verb, "compound"
    parse.head[token + 1], parse.dep[token + 1] = verb, "punct"


def _is_noun(parse: Parse, token: int) -> bool:
    return parse.pos[token] in _NOUNS and parse.lower[token][:1].isalnum()


def _whole_noun(parse: Parse, noun: int) -> int:
    """Return the head of the phrase that ends in `noun`: "Treaty" of "Treaty of Lima"."""
    while parse.pos[parse.head[noun]] in _NOUNS and parse.head[noun] < noun:
        noun = parse.head[noun]
    return noun


def _hang_back(parse: Parse, token: int) -> None:
    """ "Committee was created after the failure of Herstatt" with "Herstatt" under "Committee", over a verb."""
    head = parse.head[token]
    if "VERB" in parse.pos[head:token]:
        noun = next((at for at in range(token - 1, head, -1) if _is_noun(parse, at)), None)
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
    while at + 1 < len(parse.pos) and parse.pos[at] in _PHRASE and _is_noun(parse, at + 1):
        at += 1
    if at < len(parse.pos) and _is_noun(parse, at):
        parse.hang(token, at, parse.dep[token])


def _take_subject(parse: Parse, token: int) -> None:
    """ "Committee was created", "Conference opened", "Pact is a text" with the noun a complement: it is the subject."""
    head = parse.head[token]
    if parse.dep[token] not in {"obj", "obl", "dep", "nmod"} or not token < head or parse.pos[token] not in _NOUNS:
        return
    beside = [at for at, above in enumerate(parse.head) if above == head and at != head]
    below = [at for at, above in enumerate(parse.head) if above == token]
    if any(parse.dep[at] in _SUBJECTS for at in beside) or any(parse.dep[at] in {"case", "mark"} for at in below):
        return
    if any(parse.dep[at] == "aux:pass" and token < at for at in beside):
        parse.dep[token] = "nsubj:pass"
    elif any(parse.dep[at] == "cop" and token < at < head for at in beside):
        parse.dep[token] = "nsubj"
    elif parse.dep[token] == "nmod":
        return
    elif parse.pos[head] == "VERB" and parse.pos[token] != "NUM" and "VERB" not in parse.pos[token:head]:
        parse.dep[token] = "nsubj"


def _take_antecedent(parse: Parse, token: int) -> None:
    """ "Interpol, which has …, operates" with "has" beside "operates": the clause describes the name in front."""
    if parse.lower[token] not in {"which", "who"} or parse.dep[token] not in _SUBJECTS or token < 2:
        return
    verb, noun = parse.head[token], token - 2
    if parse.dep[verb] in {"acl:relcl", "root"} or parse.lower[token - 1] != "," or parse.pos[noun] not in _NOUNS:
        return
    parse.hang(verb, _whole_noun(parse, noun), "acl:relcl")


def _join_inside(parse: Parse, token: int) -> None:
    """ "Council, which dates from 1919 and the peace, had …" with "peace" beside "Council": it is beside "1919".

    "and" right behind a noun of a relative clause, without a comma, joins to that noun, not to the one described.
    """
    head = parse.head[token]
    if parse.dep[token] != "conj" or parse.pos[token] not in _NOUNS or head >= token:
        return
    joint = next((at for at in range(token) if parse.dep[at] == "cc" and parse.head[at] == token), 0)
    before = joint - 1
    clauses = [at for at, dep in enumerate(parse.dep) if dep == "acl:relcl" and head < at < joint]
    if before <= head or not _is_noun(parse, before) or not any(parse.head[at] == head for at in clauses):
        return
    if any(at in parse.above(before) for at in clauses if parse.head[at] == head):
        parse.hang(token, before, "conj")


def _describe(parse: Parse, token: int) -> None:
    """ "It ended with a treaty, signed in May" with "signed" and "May" under "ended": they describe the treaty.

    A passive participle behind a comma describes the noun phrase in front of the comma, and what follows it up to the
    next comma is its own.
    """
    if not parse.tag or parse.tag[token] != "VBN" or parse.dep[token] not in _DETACHED:
        return
    comma = token - 1
    while comma > 0 and parse.pos[comma] == "ADV":
        comma -= 1
    noun = comma - 1 - (parse.lower[comma - 1] == ")")
    if comma < 2 or parse.lower[comma] != "," or parse.pos[noun] not in _NOUNS or _has_subject_or_aux(parse, token):
        return
    noun = _whole_noun(parse, noun)
    governor = parse.head[token]
    if parse.head[noun] == token and noun > governor:
        parse.hang(noun, governor, "obl")
    parse.hang(token, noun, "acl")
    end = next((at for at in range(token + 1, len(parse.head)) if parse.lower[at] in {",", ";"}), len(parse.head))
    for at in range(token + 1, end):
        if parse.head[at] == governor and parse.dep[at] in _COMPLEMENTS:
            parse.hang(at, token, parse.dep[at])


def _has_subject_or_aux(parse: Parse, token: int) -> bool:
    kinds = {parse.dep[at] for at, above in enumerate(parse.head) if above == token and at != token}
    return not kinds.isdisjoint({*_SUBJECTS, "aux", "aux:pass", "cop"})
