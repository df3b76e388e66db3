"""Mends of clauses: what stands in front, and what describes which noun, whatever the parse says."""

from __future__ import annotations

from pipeline.relate.parse import NOUNS, SUBJECTS, Parse, has_subject_or_aux, is_noun, whole_noun

_DETACHED = frozenset({"advcl", "acl", "conj", "parataxis", "ccomp", "xcomp", "dep"})
_COMPLEMENTS = frozenset({"obl", "obl:agent", "obl:unmarked", "advmod", "nmod", "nmod:unmarked"})
_CLEFT = 14  # words in which "that" must follow on "It was"


def join_cleft(parse: Parse) -> None:
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
    until = begin + (parse.lower[begin] == "not")  # "It was not until May that …"
    if that < until + 2 or parse.pos[until] not in {"ADP", "SCONJ"}:
        return
    behind = [at for at in range(that + 1, len(parse.head)) if not that < parse.head[at] != at]
    verb = next((at for at in behind if parse.pos[at] in {"VERB", "AUX"} or parse.head[at] == at), None)
    nouns = [at for at in range(until + 1, that) if is_noun(parse, at)]
    if verb is None or not nouns or any(parse.head[at] == at for at in range(first)):
        return
    leaving = [at for at in range(begin, that) if parse.head[at] == at or not begin < parse.head[at] < that]
    head = next((at for at in nouns if at in leaving), nouns[0])
    for at in range(len(parse.head)):
        if at in behind or first <= at < begin or at == that or at < first <= parse.head[at]:
            parse.head[at] = verb
        elif at in leaving or begin <= at <= until:
            parse.head[at] = verb if at == head else head
    for at in range(first, begin):
        parse.dep[at] = "dep"
    for at in range(begin, until + 1):
        parse.dep[at] = "case"
    parse.dep[head], parse.dep[that], parse.dep[verb] = "obl", "mark", "root"


def give_back(parse: Parse, token: int) -> None:
    """ "The pact, signed in May by Peru, covers ports" with "signed" as the main verb: its subject says "covers" is."""
    if not parse.tag or parse.tag[token] not in {"VBD", "VBN"} or parse.lower[token - 1] != ",":
        return
    noun = whole_noun(parse, token - 2)
    verb = parse.head[noun]
    if parse.pos[noun] not in NOUNS or parse.dep[noun] not in SUBJECTS or verb <= token:
        return
    if parse.lower[token + 1 : verb].count(",") != 1 or has_subject_or_aux(parse, token):
        return
    if parse.head[token] == token:
        parse.head[verb], parse.dep[verb] = verb, "root"
        for at in range(len(parse.head)):
            if parse.head[at] == token and (at < noun or at > verb):
                parse.head[at] = verb
        parse.head[token], parse.dep[token] = noun, "acl:relcl"
    elif noun not in (token, parse.head[token]):
        parse.hang(token, noun, "acl:relcl")


def fill_front(parse: Parse) -> None:
    """ "Having ratified the pact, Peru is bound", "Since its start in May 1990, it has grown" with "pact" and "May"
    under the verb behind the comma: what stands between the participle or deed in front and the comma is its own."""
    comma = next((at for at, word in enumerate(parse.lower) if word == ","), 0)
    opens = next((at for at in range(min(comma, 3)) if _opens(parse, at)), None)
    if opens is None:
        return
    verb = parse.head[opens]
    for token in range(opens + 1, comma):
        if verb > comma and parse.head[token] == verb and parse.dep[token] in {"obl", "obj", "obl:unmarked", "nmod"}:
            marked = any(parse.head[at] == token and parse.dep[at] in {"case", "mark"} for at in range(opens, token))
            deed = parse.pos[opens] != "VERB"
            parse.hang(token, opens, "nmod" if deed else parse.dep[token] if marked else "obj")


def _opens(parse: Parse, token: int) -> bool:
    """Tell whether a word opens the sentence as a participle, or as what somebody did or was: "since its start"."""
    if parse.pos[token] == "VERB":
        return parse.dep[token] == "advcl"
    owned = any(parse.head[at] == token and parse.dep[at] == "nmod:poss" for at in range(token))
    owned = owned or parse.lower[token - 1 : token + 1] in (["in", "force"], ["in", "effect"])
    return owned and parse.dep[token] in {"obl", "advcl"} and parse.pos[token] == "NOUN"


def set_in_front(parse: Parse, token: int) -> None:
    """ "Created in 1976, the council is a forum" with "created" under the noun behind: it belongs to the clause."""
    head = parse.head[token]
    if not parse.tag or parse.tag[token] not in {"VBN", "VBG"} or parse.dep[token] != "acl" or not token < head:
        return
    clause = parse.head[head] if parse.dep[head] in SUBJECTS else head
    subject = next((at for at, above in enumerate(parse.head) if above == clause and parse.dep[at] in SUBJECTS), None)
    if subject is not None and token < subject and "," in parse.lower[token:subject]:
        parse.hang(token, clause, "advcl")


def raise_clause(parse: Parse, token: int) -> None:
    """ "Lima Protocol, which came …" with "came" under "Lima": what describes a part of a name describes the name."""
    noun = parse.head[token]
    if parse.dep[token] in {"acl", "acl:relcl"} and parse.dep[noun] == "compound" and noun < parse.head[noun] < token:
        parse.hang(token, parse.head[noun], parse.dep[token])


def relate_owner(parse: Parse, token: int) -> None:
    """ "Agency, whose seat is in Lima, …" with "Lima" a complement of "Agency": it is the clause that describes it."""
    if parse.lower[token] != "whose" or parse.dep[token] != "nmod:poss":
        return
    clause = parse.head[parse.head[token]]
    copula = any(above == clause and parse.dep[at] == "cop" for at, above in enumerate(parse.head))
    if copula and parse.dep[parse.head[token]] in SUBJECTS and parse.head[clause] < token:
        parse.dep[clause] = "acl:relcl"


def describe(parse: Parse, token: int) -> None:
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
    if comma < 2 or parse.lower[comma] != "," or parse.pos[noun] not in NOUNS or has_subject_or_aux(parse, token):
        return
    noun = whole_noun(parse, noun)
    governor = parse.head[token]
    if parse.head[noun] == token and noun > governor:
        parse.hang(noun, governor, "obl")
    parse.hang(token, noun, "acl")
    for at in range(noun):  # "With the treaty, signed in May, …"
        if parse.head[at] == token and parse.dep[at] in {"mark", "case"}:
            parse.hang(at, noun, "case")
    end = next((at for at in range(token + 1, len(parse.head)) if parse.lower[at] in {",", ";"}), len(parse.head))
    for at in range(token + 1, end):
        if parse.head[at] == governor and parse.dep[at] in _COMPLEMENTS:
            parse.hang(at, token, parse.dep[at])


def take_antecedent(parse: Parse, token: int) -> None:
    """ "Interpol, which has …, operates" with "has" beside "operates": the clause describes the name in front."""
    if parse.lower[token] not in {"which", "who"} or parse.dep[token] not in SUBJECTS or token < 2:
        return
    verb, noun = parse.head[token], token - 2
    if parse.dep[verb] in {"acl:relcl", "root"} or parse.lower[token - 1] != "," or parse.pos[noun] not in NOUNS:
        return
    parse.hang(verb, whole_noun(parse, noun), "acl:relcl")


def join_inside(parse: Parse, token: int) -> None:
    """ "Council, which dates from 1919 and the peace, had …" with "peace" beside "Council": it is beside "1919".

    "and" right behind a noun of a relative clause, without a comma, joins to that noun, not to the one described.
    """
    head = parse.head[token]
    if parse.dep[token] != "conj" or parse.pos[token] not in NOUNS or head >= token:
        return
    joint = next((at for at in range(token) if parse.dep[at] == "cc" and parse.head[at] == token), 0)
    before = joint - 1
    clauses = [at for at, dep in enumerate(parse.dep) if dep == "acl:relcl" and head < at < joint]
    if before <= head or not is_noun(parse, before) or not any(parse.head[at] == head for at in clauses):
        return
    if any(at in parse.above(before) for at in clauses if parse.head[at] == head):
        parse.hang(token, before, "conj")


def set_beside(parse: Parse, token: int) -> None:
    """ "Its successor, the Pact of May, was signed" with "Pact" a second subject or a complement: it is in apposition.

    What stands between the name and the next comma is its own.
    """
    head = parse.head[token]
    if parse.pos[token] != "PROPN" or parse.dep[token] not in {"nmod", *SUBJECTS}:
        return
    below = [at for at in parse.below(token) if parse.dep[at] != "punct"]
    comma = min([token, *below]) - 1
    if comma < 1 or parse.lower[comma] != ",":
        return
    if any(parse.dep[at] in {"case", "mark", "cc"} for at in below):
        return
    noun = head
    if parse.dep[token] in SUBJECTS:
        same = (at for at in range(comma) if parse.head[at] == head and parse.dep[at] in SUBJECTS)
        noun = next(same, token)
    end = next((at for at in range(token + 1, len(parse.head)) if parse.lower[at] == ","), None)
    if noun >= comma or end is None or not (parse.dep[noun] in SUBJECTS and parse.head[noun] > end):
        return
    for at in range(token + 1, end):
        if parse.head[at] == parse.head[noun] and parse.dep[at] in {"obl", "nmod"}:
            parse.hang(at, token, "nmod")
    parse.hang(token, noun, "appos")


def reach_over(parse: Parse, token: int) -> None:
    """ "The pact, signed in May, covers ports" with "pact" a complement of "covers", or the subject of "signed".

    What opens a clause as a bare noun phrase before a comma is the subject of the verb behind the next comma, where
    that has none; a participle between the commas describes it.
    """
    if parse.dep[token] not in {"obl", "nmod", "dep", *SUBJECTS} or parse.pos[token] not in NOUNS:
        return
    below, verb = parse.below(token), parse.head[token]
    first = min([token, *below])
    if first and parse.lower[first - 1] not in {";", ":"}:
        return
    if any(parse.dep[at] in {"case", "mark"} for at in below):
        return
    comma = next((at for at in range(token + 1, len(parse.head)) if parse.lower[at] in {",", ";"}), None)
    inner = None if comma is None else comma + 1
    if inner is None or parse.lower[comma or 0] != "," or inner >= len(parse.head):
        return
    if parse.dep[token] in SUBJECTS:
        if not parse.tag or verb != inner or parse.tag[verb] not in {"VBD", "VBN"} or parse.dep[verb] != "advcl":
            return
        verb = parse.head[verb]
    end = next((at for at in range(inner, len(parse.head)) if parse.lower[at] == ","), None)
    around = parse.below(verb)
    helpers = [at for at in around if parse.dep[at] in {"aux", "aux:pass"}]
    if end is None or parse.pos[verb] != "VERB" or min([verb, *helpers]) != end + 1:
        return
    if any(parse.dep[at] in SUBJECTS for at in around):
        return
    if parse.dep[token] in SUBJECTS:
        parse.head[inner], parse.dep[inner] = token, "acl:relcl"
    passive = any(parse.dep[at] == "aux:pass" for at in helpers)
    parse.head[token], parse.dep[token] = verb, "nsubj:pass" if passive else "nsubj"
