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

from pipeline.records import Modality, Polarity
from pipeline.relate.assertion import AssertionRules, PredicateWords, modality, polarity
from pipeline.relate.tree import Phrase, Tree

if TYPE_CHECKING:
    from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"})
_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})
_LOOSE = frozenset({"punct", "cc", "mark", "discourse", "vocative", "dep"})
_CLAUSES = frozenset({"advcl", "acl", "acl:relcl", "parataxis", "ccomp", "advcl:relcl"})
_EXAMPLES = {"such": "such as", "including": "including", "like": "like", "include": "including"}
_INSIDE_NAME = frozenset({"det", "compound", "amod", "flat", "nummod", "nmod:poss", "case"})
_SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})  # clauses that may take the subject of their governor
_MAX_DEPTH = 200
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One proposition before it is linked to records."""

    rule_id: str
    subject: Phrase | None
    predicate: Phrase | None
    object: Phrase | None
    lemma: str | None  # of the content word of the predicate
    polarity: Polarity
    modality: Modality
    attribution: Phrase | None
    head: int  # token


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
    return list(_Reader(Tree(doc), rules).clauses())


def find_attempts(doc: Doc, rules: AssertionRules) -> list[Attempt]:
    """Return what came near to a proposition and was not read, nearest first: by share of conditions that held."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return []
    reader = _Reader(Tree(doc), rules)
    attempts = []
    for token in range(len(doc)):
        for reading in READINGS:
            said = [says for says, _ in reading.conditions]
            held = reading.held(reader, token)
            if 0 < held < len(said):
                attempts.append((held / len(said), Attempt(token, reading.name, tuple(said[:held]), said[held])))
    return [attempt for _, attempt in sorted(attempts, key=lambda pair: (-pair[0], pair[1].token))]


class _Reader:
    def __init__(self, tree: Tree, rules: AssertionRules) -> None:
        self.tree = tree
        self.rules = rules
        self.own = frozenset(token for token in range(len(tree.words)) if self._stands_alone(token))
        self.sources = dict(self._sources())
        self.leaving = frozenset(token for token in self.own if tree.dep[token] != "conj")

    # What is a clause -------------------------------------------------------------------------------------------

    def _is_predicate(self, token: int) -> bool:
        tree = self.tree
        return tree.pos[token] in {"VERB", "AUX"} or tree.first(token, "cop") is not None

    def _is_reported(self, token: int) -> bool:
        """A complement clause in somebody's mouth: "X warned that …"."""
        tree = self.tree
        governor, subject = tree.head[token], tree.first(token, *SUBJECTS)
        return (
            tree.dep[token] == "ccomp"
            and tree.lemma[governor] in self.rules.attribution.verbs
            and subject is not None
            and tree.tag[subject] != "WDT"  # "concluded a pact, which caused alarm" reports nothing
        )

    def _stands_alone(self, token: int) -> bool:
        """Tell whether the clause of `token` is a proposition of its own and leaves the phrase it modifies."""
        tree = self.tree
        dep = tree.dep[token]
        if dep == "appos":
            return not self._is_acronym(token) and self._is_name_beside_description(token)
        if not self._is_predicate(token):
            return False
        if dep in {"acl:relcl", "parataxis", "advcl:relcl"}:
            return True
        if dep == "acl":
            return tree.tag[token] in {"VBN", "VBG"} and tree.first(token, "mark") is None
        if dep == "advcl":
            subject = tree.first(token, *SUBJECTS) is not None
            return subject or (tree.tag[token] in {"VBN", "VBG"} and tree.first(token, "mark", "case") is None)
        if dep == "ccomp":
            return self._is_reported(token)
        if dep == "conj":
            return self._is_predicate(tree.head[token]) or tree.first(token, *SUBJECTS) is not None
        return False

    def _is_acronym(self, token: int) -> bool:
        word = self.tree.words[token]
        return len(self.tree.children[token]) <= 2 and sum(map(str.isupper, word)) >= 2

    def clauses(self) -> Iterator[Clause]:
        """Read every token in every way that its conditions allow."""
        for token in range(len(self.tree.words)):
            for reading in READINGS:
                if reading.held(self, token) == len(reading.conditions):
                    yield from reading.read(self, token)

    def _heads_clause(self, token: int) -> bool:
        return self.tree.dep[token] == "root" or token in self.own or self._is_control(token)

    def _has_subject(self, token: int) -> bool:
        subject, _ = self._subject(token)
        expletive = self.tree.first(token, "expl") is not None
        return subject is not None and not (expletive and self.tree.dep[subject] == "csubj")

    def _is_control(self, token: int) -> bool:
        """A further verb under an open complement: "aimed to deter and to punish"."""
        tree = self.tree
        governed = tree.dep[token] == "conj" and tree.dep[tree.head[token]] == "xcomp"
        return governed and tree.first(token, *SUBJECTS) is None

    # Roles ------------------------------------------------------------------------------------------------------

    def _clause(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        chain = self._chain(token)
        content = chain[-1]
        subject, rule = self._subject(token)
        if subject is None:
            return
        governors = self._governors(token)
        predicate_tokens, cues = self._predicate([*governors, *chain])
        objects = self._objects(chain, set(predicate_tokens))
        gap = self._gap(token, content)
        antecedent = self._noun_phrase(gap) if gap is not None else []
        agent = self._attribution(token)
        if agent is not None:
            objects = [
                at for at in objects if not agent.start <= tree.start[at] < agent.end and tree.lower[at] != "according"
            ]
            objects = [
                at for at in objects if not (tree.lower[at] == "to" and tree.lower[max(at - 1, 0)] == "according")
            ]
        yield Clause(
            rule_id=rule,
            subject=tree.phrase(self._noun_phrase(subject), subject),
            predicate=tree.phrase(predicate_tokens, content),
            object=tree.phrase(self._ordered({*antecedent, *objects}, token, predicate_tokens), content),
            lemma=tree.lemma[content],
            polarity=polarity(cues),
            modality=modality(cues, self.rules),
            attribution=agent,
            head=token,
        )

    def _ordered(self, tokens: set[int], token: int, predicate: list[int]) -> list[int]:
        """In the order of the text, but what stands in front of the clause ("In 1998, …") last."""
        begin = min([token, *predicate])
        return sorted(tokens, key=lambda at: (at < begin, at))

    def _is_aside(self, token: int) -> bool:
        """ "…, officials say, …": the speaker of the clause around it."""
        tree = self.tree
        return (
            tree.dep[token] == "parataxis"
            and tree.lemma[token] in self.rules.attribution.verbs
            and tree.first(token, *SUBJECTS) is not None
            and tree.first(token, "ccomp", "obj", "xcomp") is None
        )

    def _asserts(self, token: int) -> bool:
        """ "X said that …" asserts nothing but what X said, which has its own proposition; so does "…, X said"."""
        return not self._is_aside(token) and not any(self._is_reported(child) for child in self.tree.children[token])

    def _governors(self, token: int) -> list[int]:
        """The verbs over a coordinated open complement, outermost first: "aimed" over "punish"."""
        tree = self.tree
        governors: list[int] = []
        at = tree.head[token] if self._is_control(token) else token
        while tree.dep[at] == "xcomp" and tree.head[at] != at and len(governors) < _MAX_DEPTH:
            at = tree.head[at]
            governors.append(at)
        return governors[::-1]

    def _chain(self, token: int) -> list[int]:
        """Follow open complements without an object of their governor: "is expected to be able to enter"."""
        tree = self.tree
        chain = [token]
        while len(chain) < _MAX_DEPTH:
            at = chain[-1]
            following = tree.first(at, "xcomp")
            if following is None or tree.first(at, "obj") is not None or not self._is_predicate(following):
                break
            if tree.first(following, "mark", "aux") is None and tree.tag[following] != "VBG":
                break
            chain.append(following)
        return chain

    def _subject(self, token: int) -> tuple[int | None, str]:
        """Return the head of the subject and the rule that found it."""
        tree = self.tree
        dep = tree.dep[token]
        own = tree.first(token, *SUBJECTS)
        if own is not None:
            if dep == "acl:relcl" and tree.lower[own] in _RELATIVE and tree.lower[own] != "whose":
                return tree.head[token], "claims.read_relative_clause"
            return own, {
                "advcl": "claims.read_adverbial_clause",
                "ccomp": "claims.read_reported_clause",
                "acl:relcl": "claims.read_object_relative_clause",
                "parataxis": "claims.read_parenthesis",
                "conj": "claims.read_conjoined_clause",
            }.get(dep, "claims.read_copula" if tree.first(token, "cop") is not None else "claims.read_main_clause")
        if dep in {"acl", "acl:relcl"} and not self._tells_result(token):
            return tree.head[token], "claims.read_participle"
        at = self._governing(token)
        while at is not None:
            if tree.dep[at] in {"acl", "acl:relcl"} and not self._has_free_subject(at) and not self._tells_result(at):
                return tree.head[at], "claims.read_conjoined_verb"
            found = tree.first(at, *SUBJECTS)
            if found is not None:
                adverbial = tree.dep[token] in {"advcl", "acl"}
                return found, "claims.read_adverbial_participle" if adverbial else "claims.read_conjoined_verb"
            at = self._governing(at)
        return None, ""

    def _governing(self, token: int) -> int | None:
        """The verb whose subject a clause without one may share; heads stand higher in the tree, so the way up ends."""
        if self._tells_result(token):
            return self._main_verb(token)
        return self.tree.head[token] if self.tree.dep[token] in _SHARING else None

    def _main_verb(self, token: int) -> int:
        """The outermost predicate above `token`, within the coordinated or reported clause that it stands in."""
        tree = self.tree
        main = token
        while tree.head[token] != token:
            token = tree.head[token]
            if self._is_predicate(token):
                main = token
                if tree.dep[token] in {"conj", "parataxis", "ccomp"}:
                    break
        return main

    def _tells_result(self, token: int) -> bool:
        """A comma and a present participle at the end, "…, reinforcing the border": the whole clause before it does so,
        whatever noun the parse hangs it on. A participle of state ("…, comprising ten members") describes the noun.
        """
        tree = self.tree
        if tree.dep[token] != "acl" or tree.tag[token] != "VBG" or tree.lemma[token] in self.rules.states:
            return False
        first = min([token, *(child for child in tree.children[token] if tree.dep[child] in {"advmod", "punct"})])
        comma = next((at for at in (first, first - 1) if at >= 0 and tree.words[at] == ","), None)
        return comma is not None and self._main_verb(token) < tree.head[token]

    def _has_free_subject(self, token: int) -> bool:
        own = self.tree.first(token, *SUBJECTS)
        return own is not None and self.tree.lower[own] not in _RELATIVE

    def _noun_phrase(self, token: int) -> list[int]:
        """The phrase of a noun without the clauses, appositions and examples that speak for themselves."""
        tree = self.tree
        without = set(self.leaving)
        cop = tree.first(token, "cop")
        if cop is not None:  # a nominal predicate: the phrase only, not its clause
            without |= {c for c in tree.children[token] if tree.dep[c] in SUBJECTS | _AUXILIARIES | _CLAUSES | {"mark"}}
        without |= {c for c in tree.children[token] if tree.dep[c] in {"cc", "mark", "case"} and c < token}
        return tree.subtree(token, without=frozenset(without))

    def _gap(self, token: int, content: int) -> int | None:
        """The antecedent of a relative clause, where it is the object: "the treaty that they signed"."""
        tree = self.tree
        if tree.dep[token] != "acl:relcl" or not self._has_free_subject(token):
            return None
        objects = [c for c in tree.children[content] if tree.dep[c] == "obj" and tree.lower[c] not in _RELATIVE]
        relative = [
            c for c in tree.children[content] if tree.lower[c] in _RELATIVE and tree.dep[c] in {"obl", "advmod"}
        ]
        if objects or relative or tree.first(content, "cop") is not None:
            return None
        own = tree.first(token, *SUBJECTS)
        return None if own is not None and tree.first(own, "nmod:poss") is not None else tree.head[token]

    def _predicate(self, chain: list[int]) -> tuple[list[int], PredicateWords]:
        tree = self.tree
        content = chain[-1]
        copula = tree.first(content, "cop")
        tokens: set[int] = set(chain[:-1])
        auxiliaries: list[str] = []
        adverbs: list[str] = []
        negations: list[str] = []
        if copula is None:
            tokens.add(content)
        for at in chain:
            for child in tree.children[at]:
                dep, word = tree.dep[child], tree.lower[child]
                if dep in _AUXILIARIES:
                    tokens.add(child)
                    auxiliaries.append(word)
                elif dep == "compound:prt" or (dep == "mark" and at != chain[0]):
                    tokens.add(child)
                elif dep == "advmod":
                    if word in self.rules.negation:
                        tokens.add(child)
                        negations.append(word)
                    else:
                        adverbs.append(tree.lemma[child])
                        if self._inside(child, chain) and not tree.children[child]:
                            tokens.add(child)
                elif dep == "obl" and copula is None and at == content:
                    case = tree.first(child, "case")
                    near = case is not None and content < case <= content + 2
                    if (
                        case is not None
                        and near
                        and self.rules.keeps_preposition(tree.lemma[content], tree.lower[case])
                    ):
                        tokens.add(case)
        if tree.dep[content] == "conj" and len(chain) > 1 and tree.first(content, "mark") is None:
            shared = tree.first(tree.head[content], "mark")
            tokens.update(() if shared is None else (shared,))
        if any(word == "cannot" for word in auxiliaries):
            negations.append("cannot")
        own = tree.first(chain[0], *SUBJECTS)
        determiner = tree.first(own, "det") if own is not None else None
        if determiner is not None and tree.lower[determiner] in {"no", "neither"}:
            negations.append(tree.lower[determiner])
        governors = tuple(tree.lemma[at] for at in chain[:-1])
        return sorted(tokens), PredicateWords(tuple(auxiliaries), governors, tuple(adverbs), tuple(negations))

    def _inside(self, token: int, chain: list[int]) -> bool:
        """An adverb between auxiliary and verb belongs to the predicate, also one right before the verb."""
        tree = self.tree
        first = min([*chain, *(c for at in chain for c in tree.children[at] if tree.dep[c] in _AUXILIARIES)])
        return first < token < chain[-1] or token == chain[-1] - 1

    def _objects(self, chain: list[int], taken: set[int]) -> list[int]:
        tree = self.tree
        content = chain[-1]
        tokens: set[int] = set()
        roots = [child for at in chain for child in tree.children[at] if child not in chain]
        for child in roots:
            if tree.dep[child] in SUBJECTS | _AUXILIARIES | _LOOSE or child in self.own or child in taken:
                continue
            if tree.dep[child] == "conj" and self._is_predicate(child):
                continue
            if (not tree.children[child] and tree.lower[child] in _RELATIVE) or self._is_connective(child, content):
                continue
            tokens.update(tree.subtree(child, without=self.own - _coordinated(tree, self.own)))
        if tree.first(content, "cop") is not None:
            tokens.add(content)
        return sorted(tokens - taken)

    def _is_connective(self, token: int, content: int) -> bool:
        """ "However", "also", "for example" in front say how the sentence goes on, not what it asserts."""
        tree = self.tree
        if tree.dep[token] == "advmod" and token < content and tree.pos[token] == "ADV" and not tree.children[token]:
            return True
        words = " ".join(tree.lower[at] for at in tree.subtree(token) if tree.dep[at] != "punct")
        return words in self.rules.openers

    def _sources(self) -> Iterator[tuple[int, int]]:
        """Yield the clause and the speaker of each "according to X", found by its words, which parses often miss."""
        tree = self.tree
        for at in range(len(tree.words) - 2):
            if tree.lower[at] not in self.rules.attribution.prepositions or tree.lower[at + 1] != "to":
                continue
            speaker, steps = at + 2, 0
            while speaker < tree.head[speaker] and tree.dep[speaker] in _INSIDE_NAME and steps < _MAX_DEPTH:
                speaker, steps = tree.head[speaker], steps + 1
            clause, steps = speaker, 0
            while tree.head[clause] != clause and (steps == 0 or not self._is_predicate(clause)) and steps < _MAX_DEPTH:
                clause, steps = tree.head[clause], steps + 1
            yield clause, speaker

    def _speaker(self, token: int) -> Phrase | None:
        words = [at for at in self._noun_phrase(token) if self.tree.lower[at] not in {"according", "to"}]
        return self.tree.phrase(words, token)

    def _attribution(self, token: int) -> Phrase | None:
        tree = self.tree
        speaker_of = self.sources.get(token)
        if speaker_of is not None:
            return self._speaker(speaker_of)
        for child in tree.children[token]:
            case = tree.first(child, "case")
            if (
                tree.dep[child] in {"obl", "advmod"}
                and case is not None
                and tree.lower[case] in self.rules.attribution.prepositions
            ):
                return tree.phrase([at for at in self._noun_phrase(child) if at not in tree.subtree(case)], child)
        for child in tree.children[token]:
            if self._is_aside(child):
                speaker, _ = self._subject(child)
                return None if speaker is None else tree.phrase(self._noun_phrase(speaker), speaker)
        at, steps = token, 0
        while at != tree.head[at] and steps < _MAX_DEPTH:
            steps += 1
            if self._is_reported(at):
                speaker, _ = self._subject(tree.head[at])
                return None if speaker is None else tree.phrase(self._noun_phrase(speaker), speaker)
            at = tree.head[at]
            if at in self.sources:  # what describes a name of an attributed clause is attributed too
                return self._speaker(self.sources[at])
        return None

    # Phrases that assert ----------------------------------------------------------------------------------------

    def _is_apposition(self, token: int) -> bool:
        return self.tree.dep[token] == "appos"

    def _is_name_beside_description(self, token: int) -> bool:
        """ "Interpol, a police body", "Mercosur, the Southern Common Market"; not "Lagos, Nigeria"."""
        tree = self.tree
        pos = {tree.pos[token], tree.pos[tree.head[token]]}
        return {"PROPN", "NOUN"} <= pos or (pos == {"PROPN"} and tree.first(token, "det") is not None)

    def _apposition(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        head = tree.head[token]
        name, description = (head, token) if tree.pos[head] == "PROPN" else (token, head)
        subject = tree.phrase(self._noun_phrase(name), name)
        value = tree.phrase(self._noun_phrase(description), description)
        yield Clause("claims.read_apposition", subject, None, value, "be", "affirmed", "asserted", None, token)

    def _example_word(self, token: int) -> int | None:
        tree = self.tree
        case = tree.first(token, "case")
        return case if case is not None and tree.lower[case] in _EXAMPLES else None

    def _depends_on_noun(self, token: int) -> bool:
        tree = self.tree
        return tree.dep[token] in {"nmod", "obl"} and tree.pos[tree.head[token]] in {"NOUN", "PROPN"}

    def _examples(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        case = self._example_word(token)
        if case is None:
            return
        head = tree.head[token]
        words = tree.subtree(case)
        subject = tree.phrase([at for at in self._noun_phrase(head) if at not in set(tree.subtree(token))], head)
        value = tree.phrase([at for at in self._noun_phrase(token) if at not in set(words)], token)
        predicate = tree.phrase(words, case)
        lemma = _EXAMPLES[tree.lower[case]]
        yield Clause("claims.read_examples", subject, predicate, value, lemma, "affirmed", "asserted", None, token)

    def _is_owned(self, token: int) -> bool:
        """ "with its", "from their": what the subject has, in front of what it does."""
        tree = self.tree
        case, owner = tree.first(token, "case"), tree.first(token, "nmod:poss")
        return (
            case is not None
            and tree.lower[case] in {"with", "from"}
            and owner is not None
            and tree.tag[owner] == "PRP$"
        )

    def _stands_in_front(self, token: int) -> bool:
        subject, _ = self._subject(self.tree.head[token])
        return self.tree.dep[token] == "obl" and subject is not None and token < subject

    def _is_counted_or_placed(self, token: int) -> bool:
        tree = self.tree
        return any(
            tree.dep[child] == "nummod" or (tree.dep[child] == "nmod" and tree.pos[child] == "PROPN")
            for child in tree.children[token]
        )

    def _possession(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        case, verb = tree.first(token, "case"), tree.head[token]
        subject, _ = self._subject(verb)
        if case is None or subject is None:
            return
        yield Clause(
            "claims.read_possession",
            tree.phrase(self._noun_phrase(subject), subject),
            tree.phrase([case], case),
            tree.phrase([at for at in self._noun_phrase(token) if at != case], token),
            "have",
            "affirmed",
            "asserted",
            self._attribution(verb),
            token,
        )

    def _names_action(self, token: int) -> bool:
        return self.tree.pos[token] == "NOUN" and self.tree.lemma[token] in self.rules.actions

    def _has_named_possessor(self, token: int) -> bool:
        owner = self.tree.first(token, "nmod:poss")
        return owner is not None and self.tree.pos[owner] == "PROPN"

    def _action_complements(self, token: int) -> list[int]:
        tree = self.tree
        return [child for child in tree.children[token] if tree.dep[child] in {"nmod", "obl"} and child > token]

    def _nominalization(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        owner = tree.first(token, "nmod:poss")
        if owner is None:
            return
        complements = [at for child in self._action_complements(token) for at in tree.subtree(child)]
        yield Clause(
            "claims.read_nominalization",
            tree.phrase([at for at in self._noun_phrase(owner) if tree.tag[at] != "POS"], owner),
            tree.phrase([token], token),
            tree.phrase(sorted(set(complements) - self.own), token),
            self.rules.actions[tree.lemma[token]],
            "affirmed",
            "asserted",
            None,
            token,
        )

    def _undergoer(self, token: int) -> int | None:
        """The name behind "of": what the deed was done to."""
        tree = self.tree
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

    def _when_done(self, token: int) -> list[int]:
        """ "in August 1986" right behind "the creation of the agency", wherever the parse hangs it."""
        tree = self.tree
        name = self._undergoer(token)
        begin = None if name is None else max(tree.subtree(name, without=self.leaving)) + 1
        if begin is None or begin >= len(tree.words) or tree.lower[begin] not in {"in", "on"}:
            return []
        end = begin + 1
        while end < len(tree.words) and (tree.tag[end] == "CD" or tree.lower[end] in _MONTHS):
            end += 1
        return list(range(begin, end)) if end > begin + 1 else []

    def _dated_deed(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        name = self._undergoer(token)
        if name is None:
            return
        yield Clause(
            "claims.read_dated_deed",
            tree.phrase(self._noun_phrase(name), name),
            tree.phrase([token], token),
            tree.phrase(self._when_done(token), token),
            self.rules.actions[tree.lemma[token]],
            "affirmed",
            "asserted",
            self._attribution(tree.head[token]),
            token,
        )


Condition = tuple[str, Callable[[_Reader, int], bool]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a token as the head of a proposition: conditions in the order they are tested, and the reader."""

    name: str
    conditions: tuple[Condition, ...]
    read: Callable[[_Reader, int], Iterator[Clause]]

    def held(self, reader: _Reader, token: int) -> int:
        """Return how many conditions hold before the first that does not."""
        for number, (_, holds) in enumerate(self.conditions):
            if not holds(reader, token):
                return number
        return len(self.conditions)


READINGS = (
    Reading(
        "clause",
        (
            ("is a verb, or has a copula", _Reader._is_predicate),
            ("heads a clause of its own, not one inside another's complement", _Reader._heads_clause),
            ("asserts more than that somebody says something", _Reader._asserts),
            ("has a subject", _Reader._has_subject),
        ),
        _Reader._clause,
    ),
    Reading(
        "apposition",
        (
            ("stands in apposition", _Reader._is_apposition),
            ("is more than an acronym", lambda reader, token: not reader._is_acronym(token)),
            ("is a name beside a description", _Reader._is_name_beside_description),
        ),
        _Reader._apposition,
    ),
    Reading(
        "examples",
        (
            ('follows "such as", "including" or "like"', lambda reader, token: reader._example_word(token) is not None),
            ("depends on a noun", _Reader._depends_on_noun),
        ),
        _Reader._examples,
    ),
    Reading(
        "nominalization",
        (
            ("names an action", _Reader._names_action),
            ("has a name as its possessor", _Reader._has_named_possessor),
            ("has a complement", lambda reader, token: bool(reader._action_complements(token))),
        ),
        _Reader._nominalization,
    ),
    Reading(
        "dated deed",
        (
            ("names an action", _Reader._names_action),
            ("is a subject", lambda reader, token: reader.tree.dep[token] in SUBJECTS),
            ('has a name behind "of"', lambda reader, token: reader._undergoer(token) is not None),
            ("has a date right behind the name", lambda reader, token: bool(reader._when_done(token))),
        ),
        _Reader._dated_deed,
    ),
    Reading(
        "possession",
        (
            ('follows "with its" or "from its"', _Reader._is_owned),
            ("stands in front of the subject", _Reader._stands_in_front),
            ("is counted, or has a name as its place", _Reader._is_counted_or_placed),
        ),
        _Reader._possession,
    ),
)


def _coordinated(tree: Tree, own: frozenset[int]) -> frozenset[int]:
    """Conjuncts under a complement that stays in the object ("to detect and punish") stay with it."""
    return frozenset(
        token
        for token in own
        if tree.dep[token] == "conj"
        and tree.dep[tree.head[token]] not in {"root", "xcomp"}
        and tree.head[token] not in own
    )
