"""Phrases around a noun that assert: what a name is, examples of a class, deeds named by nouns, what somebody has.

The functions that tell whether and those that read are put together in `propositions.READINGS`.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Modality
from pipeline.relate.assertion import modality
from pipeline.relate.reader import Clause, Reader
from pipeline.relate.speakers import attribution

_EXAMPLES = {"such": "such as", "including": "including", "like": "like", "include": "including"}
_IN_FORCE = frozenset({"force", "effect"})
_MONTHS = frozenset([
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
])  # fmt: skip


def is_apposition(reader: Reader, token: int) -> bool:
    return reader.tree.dep[token] == "appos"


def apposition(reader: Reader, token: int) -> Iterator[Clause]:
    tree = reader.tree
    head = tree.head[token]
    name, description = (head, token) if tree.pos[head] == "PROPN" else (token, head)
    subject = tree.phrase(reader.noun_phrase(name), name)
    value = tree.phrase(reader.noun_phrase(description), description)
    yield Clause(
        "claims.read_apposition", subject, None, value, "be", "affirmed", "asserted", attribution(reader, head), token
    )


def example_word(reader: Reader, token: int) -> int | None:
    tree = reader.tree
    case = tree.first(token, "case")
    return case if case is not None and tree.lower[case] in _EXAMPLES else None


def depends_on_noun(reader: Reader, token: int) -> bool:
    tree = reader.tree
    return tree.dep[token] in {"nmod", "obl"} and tree.pos[tree.head[token]] in {"NOUN", "PROPN"}


def examples(reader: Reader, token: int) -> Iterator[Clause]:
    tree = reader.tree
    case = example_word(reader, token)
    if case is None:
        return
    head = tree.head[token]
    words = tree.subtree(case)
    subject = tree.phrase([at for at in reader.noun_phrase(head) if at not in set(tree.subtree(token))], head)
    value = tree.phrase([at for at in reader.noun_phrase(token) if at not in set(words)], token)
    predicate = tree.phrase(words, case)
    lemma = _EXAMPLES[tree.lower[case]]
    yield Clause(
        "claims.read_examples",
        subject,
        predicate,
        value,
        lemma,
        "affirmed",
        "asserted",
        attribution(reader, head),
        token,
    )


def is_owned(reader: Reader, token: int) -> bool:
    """ "with its", "from their", "in force": what the subject has, in front of what it does."""
    tree = reader.tree
    case, owner = tree.first(token, "case"), tree.first(token, "nmod:poss")
    if case is None:
        return False
    word = tree.lower[case]
    if owner is None:
        return (word == "with" and is_counted(reader, token)) or (word == "in" and tree.lower[token] in _IN_FORCE)
    return word in {"with", "from", "since", "upon"} and tree.tag[owner] == "PRP$"


def stands_in_front(reader: Reader, token: int) -> bool:
    subject, _ = reader.subject(reader.tree.head[token])
    return reader.tree.dep[token] in {"obl", "advcl"} and subject is not None and token < subject


def is_counted(reader: Reader, token: int) -> bool:
    """ "with 30 member states": a body has them."""
    tree = reader.tree
    inside = [token, *(child for child in tree.children[token] if tree.dep[child] == "compound")]  # "member states"
    return tree.lemma[token] in reader.rules.counted and any(tree.first(at, "nummod") is not None for at in inside)


def is_counted_or_placed(reader: Reader, token: int) -> bool:
    tree = reader.tree
    return is_counted(reader, token) or any(
        tree.dep[child] == "nummod" or (tree.dep[child] in {"nmod", "obl"} and tree.pos[child] in {"PROPN", "NUM"})
        for child in tree.children[token]
    )


def possession(reader: Reader, token: int) -> Iterator[Clause]:
    tree = reader.tree
    case, verb = tree.first(token, "case"), tree.head[token]
    subject, _ = reader.subject(verb)
    if case is None or subject is None:
        return
    yield Clause(
        "claims.read_possession",
        tree.phrase(reader.noun_phrase(subject), subject),
        tree.phrase([case], case),
        tree.phrase([at for at in reader.noun_phrase(token) if at != case], token),
        "be" if tree.lower[token] in _IN_FORCE else "have",
        "affirmed",
        "asserted",
        attribution(reader, verb),
        token,
    )


def names_action(reader: Reader, token: int) -> bool:
    return reader.tree.pos[token] == "NOUN" and reader.tree.lemma[token] in reader.rules.actions


def has_named_possessor(reader: Reader, token: int) -> bool:
    owner = reader.tree.first(token, "nmod:poss")
    return owner is not None and reader.tree.pos[owner] == "PROPN"


def action_complements(reader: Reader, token: int) -> list[int]:
    tree = reader.tree
    return [child for child in tree.children[token] if tree.dep[child] in {"nmod", "obl"} and child > token]


def _mood(reader: Reader, token: int) -> Modality:
    """A deed is as certain as the clause around it: "Norland's accession would end the dispute"."""
    main = reader.main_verb(token)
    if not reader.is_predicate(main):
        return "asserted"
    _, cues = reader.predicate([*reader.governors(main), *reader.chain(main)])
    return modality(cues, reader.rules)


def nominalization(reader: Reader, token: int) -> Iterator[Clause]:
    tree = reader.tree
    owner = tree.first(token, "nmod:poss")
    if owner is None:
        return
    complements = [at for child in action_complements(reader, token) for at in tree.subtree(child)]
    yield Clause(
        "claims.read_nominalization",
        tree.phrase([at for at in reader.noun_phrase(owner) if tree.tag[at] != "POS"], owner),
        tree.phrase([token], token),
        tree.phrase(sorted(set(complements) - reader.own), token),
        reader.rules.actions[tree.lemma[token]],
        "affirmed",
        _mood(reader, token),
        attribution(reader, tree.head[token]),
        token,
    )


def undergoer(reader: Reader, token: int) -> int | None:
    """The name behind "of": what the deed was done to."""
    tree = reader.tree
    return next(
        (
            child
            for child in tree.children[token]
            if tree.dep[child] == "nmod"
            and tree.pos[child] == "PROPN"
            and (case := tree.first(child, "case")) is not None
            and tree.lower[case] == "of"
        ),
        None,
    )


def when_done(reader: Reader, token: int) -> list[int]:
    """ "in August 1986" right behind "the creation of the agency", wherever the parse hangs it."""
    tree = reader.tree
    name = undergoer(reader, token)
    begin = None if name is None else max(tree.subtree(name, without=reader.leaving)) + 1
    if begin is None or begin >= len(tree.words) or tree.lower[begin] not in {"in", "on"}:
        return []
    end = begin + 1
    while end < len(tree.words) and (tree.tag[end] == "CD" or tree.lower[end] in _MONTHS):
        end += 1
    return list(range(begin, end)) if end > begin + 1 else []


def dated_deed(reader: Reader, token: int) -> Iterator[Clause]:
    tree = reader.tree
    name = undergoer(reader, token)
    if name is None:
        return
    yield Clause(
        "claims.read_dated_deed",
        tree.phrase(reader.noun_phrase(name), name),
        tree.phrase([token], token),
        tree.phrase(when_done(reader, token), token),
        reader.rules.actions[tree.lemma[token]],
        "affirmed",
        _mood(reader, token),
        attribution(reader, tree.head[token]),
        token,
    )
