"""Unnamed agreements: a common noun such as "treaty" whose parties the sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.recognize.agreement_rules import Rules
from pipeline.recognize.places import load_gazetteer
from pipeline.recognize.title_tokens import Candidate, Token, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY_LABELS = frozenset({"GPE", "ORG", "NORP"})
_FIXED = re.compile(
    r"(?:status of (?:forces|mission)|cessation of hostilities|rules of origin|exchange of (?:letters|notes)|transfer of technology|right of transit|freedom of movement) $",  # noqa: E501
    re.IGNORECASE,
)
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "our",
        "any",
        "some",
        "many",
        "most",
        "several",
        "no",
        "each",
        "every",
        "both",
        "all",
        "such",
        "other",
        "another",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "without",
        "within",
        "through",
        "under",
        "and",
        "or",
        "but",
        "nor",
        "yet",
        "as",
        "into",
        "over",
        "between",
        "among",
        "to",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "when",
        "while",
        "also",
        "than",
        "then",
        "new",
        "existing",
        "many",
        "numerous",
        "various",
        "signed",
        "concluded",
        "reached",
        "negotiated",
        "including",
        "like",
        "via",
        "per",
        "about",
        "against",
        "toward",
        "towards",
        "after",
        "before",
        "since",
        "until",
        "during",
        "it",
        "they",
        "he",
        "she",
        "we",
        "i",
        "you",
        "there",
        "here",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "more",
        "less",
        "few",
        "further",
        "key",
        "major",
        "signing",
        "concluding",
        "under",
        "called",
        "said",
        "so",
        "if",
        "because",
        "although",
        "though",
        "whether",
        "established",
        "establishing",
        "creating",
        "created",
        "joined",
        "formed",
        "maintain",
        "maintains",
        "maintained",
    ]
)
_OPENERS = frozenset({"first", "second", "third"})
_WITH = re.compile(
    r"(?: of (?:understanding|intent|cooperation|principles|agreement|mutual assistance|friendship|alliance))?",
    re.IGNORECASE,
)
_PARTY_TAIL = re.compile(r" (?P<word>with|between|among|by|of)(?: both)? (?=(?:the |its )?(?:\w|[^\W\d_]))")
_PAIR = re.compile(r"\b(?P<left>[A-Z][\w.]*)[-–](?P<right>[A-Z][\w.]*(?: [A-Z]\w+)?)(?= [a-z])")
_CAPITALS = re.compile(r"[A-Z][\w.’'-]+(?: (?:of (?:the )?)?[A-Z][\w.’'-]+){0,4}")
_TOPIC = re.compile(
    r" (?:on|for|establishing|concerning|covering) (?:the |a |an )?(?!\d)(?:[a-z][\w-]*|[A-Z][\w-]+)(?:,? (?:and |of |of the |the )?(?:[a-z][a-z-]+|[A-Z][\w-]+)){0,5}"  # noqa: E501
)


def find_phrases(text: str, doc: Doc | None, rules: Rules, taken: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield noun phrases of unnamed agreements with an identified party in the sentence."""
    names = [] if doc is None else [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in _PARTY_LABELS]
    names += [span for span in _pairs(text) if not any(a < span[1] and span[0] < b for a, b in names)]
    if not names:
        return
    names.sort()
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        kind = rules.file.common.get(token.lower if at == 0 or not token.capital else token.text)
        if kind is None or any(start <= token.start < end for start, end in taken):
            continue
        first = _first(text, tokens, at, names)
        start = tokens[first].start
        end, inside = _tail(text, token.end, names)
        inside = inside or any(start <= a and b <= token.start for a, b in names)
        if not inside and not _is_deed(text, tokens, first, at, names, rules):
            continue
        if (
            not inside
            and token.lower in {"framework", "programme", "program", "partnership", "statement", "convention"}
            and first == at
            and not (at > 1 and tokens[at - 1].lower in {"a", "an"} and tokens[at - 2].lower in rules.file.words.deeds)
        ):
            continue
        confidence = 0.8 if inside else 0.6
        yield Candidate(start, end, False, kind, "agreements.read_phrase_with_party", confidence)


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield both sides of "EU–Brazil" where a state stands on one of them, whatever the model reads."""
    states = load_gazetteer()
    for match in _PAIR.finditer(text):
        if states.party_code(match["left"]) or states.party_code(match["right"]):
            yield match.span("left")
            yield match.span("right")


def _first(text: str, tokens: Sequence[Token], at: int, names: Sequence[tuple[int, int]]) -> int:
    first = at
    while first > 0:
        token = tokens[first - 1]
        if token.end + 1 != tokens[first].start or token.text[-1] in ',;:()"”“':
            break
        fixed = _FIXED.search(text, 0, tokens[first].start)
        if fixed:
            first = next(k for k, other in enumerate(tokens) if other.start >= fixed.start())
            continue
        if (
            token.lower in _STOP
            or token.text[0].isdigit()
            or token.text[-2:] in {"'s", "’s"}
            or token.lower.endswith("ly")
        ):
            break
        if token.capital and token.start > 0 and not any(a <= token.start < b for a, b in names):
            break
        first -= 1
    return first


def _tail(text: str, end: int, names: Sequence[tuple[int, int]]) -> tuple[int, bool]:
    """Return the end of the phrase and whether a party stands in its tail."""
    fixed = _WITH.match(text, end)
    end = fixed.end() if fixed else end
    topic = _TOPIC.match(text, end)
    for after in (end, topic.end() if topic else end):
        match = _PARTY_TAIL.match(text, after)
        if match is None:
            continue
        last = _parties(text, match.end(), names, unread=match["word"] == "between")
        if last is not None:
            return last, True
    return end, False


def _parties(text: str, at: int, names: Sequence[tuple[int, int]], *, unread: bool) -> int | None:
    """Return the end of a list of names that starts at `at`; unread: other capitalized words count as names too."""
    last: int | None = None
    while True:
        skip = re.compile(r"(?:the |its |neighbou?ring )?").match(text, at)
        at = skip.end() if skip else at
        name = next(((a, b) for a, b in names if a == at), None)
        if name is None and unread and (capitals := _CAPITALS.match(text, at)):
            name = capitals.span()
        if name is None:
            return last
        last = name[1]
        more = re.compile(r"(?: \([^)]*\))?(?:,? and |, |,? or | with |[-–])").match(text, last)
        if more is None:
            return last
        at = more.end()


def _is_deed(
    text: str, tokens: Sequence[Token], first: int, at: int, names: Sequence[tuple[int, int]], rules: Rules
) -> bool:
    """Tell whether a verb of making joins the phrase and a party in the same sentence."""
    before = tokens[first - 1].lower if first > 0 else ""
    if before in {
        "the",
        "this",
        "that",
        "these",
        "those",
        "such",
        "its",
        "their",
        "any",
        "no",
        "many",
        "most",
        "other",
        "all",
    }:
        return False
    near = [token.lower for token in tokens[max(0, first - 6) : at + 10]]
    return any(word in rules.file.words.deeds for word in near)
