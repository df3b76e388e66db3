"""A name is one phrase: a parse that tears one apart is mended before anything is read from it.

In "The Organisation for the Prohibition of … (OPCW) was founded", a parser may hang "The", "Organisation" and "OPCW"
on the verb side by side. One word of the name keeps its place; the others, the article before it and the acronym in
brackets behind it hang on that one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LABELS = frozenset({"ORG", "AGR", "EVENT"})
_NOMINAL = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "ROOT", "xcomp", "vocative", "dislocated")
_ARTICLES = frozenset({"the", "a", "an"})


def join_names(doc: Doc) -> Doc:
    """Mend the phrases of the named bodies, instruments and events of `doc` in place; return it."""
    for span in doc.ents:
        if span.label_ in _LABELS:
            head = _head(span)
            if len(span) > 1:
                _join(span, head)
            _hang_article(doc, span, head)
            _hang_acronym(doc, span, head)
    return doc


def _outside(span: Span, token: Token) -> bool:
    return token.head is token or not span.start <= token.head.i < span.end


def _head(span: Span) -> Token:
    """Return the word of the name that keeps its place."""
    loose = [token for token in span if _outside(span, token)]
    return next((token for token in loose if token.dep_.startswith(_NOMINAL)), loose[0] if loose else span.root)


def _join(span: Span, head: Token) -> None:
    for token in span:
        if token is not head and token.i != head.i and _outside(span, token):
            _hang(token, head, "flat")


def _hang_article(doc: Doc, span: Span, head: Token) -> None:
    if span.start and doc[span.start - 1].lower_ in _ARTICLES and doc[span.start - 1].dep_ != "det":
        _hang(doc[span.start - 1], head, "det")


def _hang_acronym(doc: Doc, span: Span, head: Token) -> None:
    after = span.end
    if after + 2 < len(doc) and doc[after].text == "(" and doc[after + 2].text == ")":
        acronym = doc[after + 1]
        if acronym.is_upper and acronym.dep_.startswith(_NOMINAL) and acronym.head.i != head.i:
            _hang(acronym, head, "appos")


def _hang(token: Token, head: Token, dep: str) -> None:
    """Attach a word, unless that would make a circle or take the root away."""
    if token.dep_ != "ROOT" and all(above.i != token.i for above in head.ancestors):
        token.head = head
        token.dep_ = dep
