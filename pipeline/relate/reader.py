"""Clauses of a parse: which tokens head one, and its subject, predicate and object, in the words of the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Modality, Polarity
from pipeline.relate.assertion import AssertionRules, PredicateWords, modality, polarity
from pipeline.relate.parse import SUBJECTS
from pipeline.relate.speakers import attribution, find_sources
from pipeline.relate.tree import Phrase, Tree

_AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where"})
_LOOSE = frozenset({"punct", "cc", "mark", "discourse", "vocative", "dep"})
_CLAUSES = frozenset({"advcl", "acl", "acl:relcl", "parataxis", "ccomp", "advcl:relcl"})
_SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})  # clauses that may take the subject of their governor
_NONE = frozenset({"none", "neither", "nobody", "nothing"})
_MAX_DEPTH = 200


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
    shared: Phrase | None = None  # what stands in front of the clause whose subject it shares: "In 1998, …"
    setting: str | None = None  # what the object ends in that stands in front of the clause: "In 1998, …"


class Reader:
    """What a clause is in one parse, and the phrases that fill its roles."""

    def __init__(self, tree: Tree, rules: AssertionRules) -> None:
        self.tree = tree
        self.rules = rules
        self.own = frozenset(token for token in range(len(tree.words)) if self.stands_alone(token))
        self.sources = dict(find_sources(self))
        self.leaving = frozenset(token for token in self.own if tree.dep[token] != "conj")
        self.quoting: frozenset[int] = frozenset()
        self.quoting = frozenset(at for speaker in self.sources.values() for at in self._according_to(speaker))

    # What is a clause -------------------------------------------------------------------------------------------

    def is_predicate(self, token: int) -> bool:
        tree = self.tree
        return tree.pos[token] in {"VERB", "AUX"} or tree.first(token, "cop") is not None

    def is_reported(self, token: int) -> bool:
        """A complement clause in somebody's mouth: "X warned that …"."""
        tree = self.tree
        governor, subject = tree.head[token], tree.first(token, *SUBJECTS)
        return (
            tree.dep[token] == "ccomp"
            and tree.lemma[governor] in self.rules.attribution.verbs
            and subject is not None
            and tree.tag[subject] != "WDT"  # "concluded a pact, which caused alarm" reports nothing
        )

    def stands_alone(self, token: int) -> bool:
        """Tell whether the clause of `token` is a proposition of its own and leaves the phrase it modifies."""
        tree = self.tree
        dep = tree.dep[token]
        if dep == "appos":
            return not self.is_acronym(token) and self.is_name_beside_description(token)
        if not self.is_predicate(token) or (dep in {"acl", "acl:relcl"} and token < tree.head[token]):
            return False  # "jointly produced systems" says only which systems
        if dep in {"acl:relcl", "parataxis", "advcl:relcl"}:
            return True
        if dep == "acl":
            return tree.tag[token] in {"VBN", "VBG", "VBD"} and tree.first(token, "mark") is None  # "signed" as a past
        if dep == "advcl":
            subject = tree.first(token, *SUBJECTS) is not None
            return subject or (tree.tag[token] in {"VBN", "VBG"} and tree.first(token, "mark", "case") is None)
        if dep == "ccomp":
            return self.is_reported(token)
        if dep == "conj":
            return self.is_predicate(tree.head[token]) or tree.first(token, *SUBJECTS) is not None
        return False

    def is_acronym(self, token: int) -> bool:
        word = self.tree.words[token]
        return len(self.tree.children[token]) <= 2 and sum(map(str.isupper, word)) >= 2

    def heads_clause(self, token: int) -> bool:
        return self.tree.dep[token] == "root" or token in self.own or self.is_control(token)

    def has_subject(self, token: int) -> bool:
        subject, _ = self.subject(token)
        expletive = self.tree.first(token, "expl") is not None
        return subject is not None and not (expletive and self.tree.dep[subject] == "csubj")

    def is_control(self, token: int) -> bool:
        """A further verb under an open complement: "aimed to deter and to punish"."""
        tree = self.tree
        governed = tree.dep[token] == "conj" and tree.dep[tree.head[token]] == "xcomp"
        return governed and tree.first(token, *SUBJECTS) is None

    def is_name_beside_description(self, token: int) -> bool:
        """ "Interpol, a police body", "Mercosur, the Southern Common Market"; not "Lagos, Nigeria"."""
        tree = self.tree
        pos = {tree.pos[token], tree.pos[tree.head[token]]}
        return {"PROPN", "NOUN"} <= pos or (pos == {"PROPN"} and tree.first(token, "det") is not None)

    def name_beside(self, noun: int) -> int:
        """ "Its successor, the Lima Pact, …", "the first, the Lima Pact, …": the name in apposition, else the noun."""
        tree = self.tree
        if tree.pos[noun] == "PROPN":
            return noun
        beside = (child for child in tree.children[noun] if tree.dep[child] == "appos" and tree.pos[child] == "PROPN")
        return next((child for child in beside if child in self.own), noun)

    # Roles ------------------------------------------------------------------------------------------------------

    def clause(self, token: int) -> Iterator[Clause]:
        tree = self.tree
        chain = self.chain(token)
        content = chain[-1]
        subject, rule = self.subject(token)
        if subject is None:
            return
        governors = self.governors(token)
        predicate_tokens, cues = self.predicate([*governors, *chain])
        objects = self.objects(chain, set(predicate_tokens))
        gap = self.gap(token, content)
        antecedent = self.noun_phrase(gap) if gap is not None else []
        agent = attribution(self, token)
        objects = [at for at in objects if at not in self.quoting]
        if agent is not None:
            objects = [
                at for at in objects if not agent.start <= tree.start[at] < agent.end and tree.lower[at] != "according"
            ]
            objects = [
                at for at in objects if not (tree.lower[at] == "to" and tree.lower[max(at - 1, 0)] == "according")
            ]
            said_by = set(tree.subtree(agent.head)) if tree.dep[agent.head] in {"obl:agent", "obl"} else set()
            objects = [at for at in objects if at not in said_by]
        subject = self.name_beside(subject)
        begin = min([token, *predicate_tokens])
        own = [at for at in objects if at not in antecedent]
        front = [at for at in own if at < begin]  # "In 1998, …" comes last
        behind = [*antecedent, *(at for at in own if at >= begin)]
        setting = tree.phrase(front, content) if behind else None
        yield Clause(
            rule_id=rule,
            subject=tree.phrase(self.noun_phrase(subject), subject),
            predicate=tree.phrase(predicate_tokens, content),
            object=tree.phrase([*behind, *front], content),
            lemma=tree.lemma[content],
            polarity=polarity(cues),
            modality=modality(cues, self.rules),
            attribution=agent,
            head=token,
            shared=self.shared_front(token, rule, objects),
            setting=None if setting is None else setting.text,
        )

    def shared_front(self, token: int, rule: str, objects: list[int]) -> Phrase | None:
        """What stands in front of the verb that a further verb is joined to, unless that has a number of its own."""
        tree = self.tree
        governor = tree.head[token]
        subject = tree.first(governor, *SUBJECTS)
        if rule != "claims.read_conjoined_verb" or subject is None or any(tree.tag[at] == "CD" for at in objects):
            return None
        front = [at for at in tree.children[governor] if at < subject and tree.dep[at] in {"obl", "obl:unmarked"}]
        return tree.phrase([at for child in front for at in tree.subtree(child)], governor) if front else None

    def is_aside(self, token: int) -> bool:
        """ "…, officials say, …": the speaker of the clause around it."""
        tree = self.tree
        return (
            tree.dep[token] == "parataxis"
            and tree.lemma[token] in self.rules.attribution.verbs
            and tree.first(token, "nsubj") is not None  # not who "was declared"
            and tree.first(token, "ccomp", "obj", "xcomp") is None
        )

    def asserts(self, token: int) -> bool:
        """ "X said that …" asserts nothing but what X said, which has its own proposition; so does "…, X said"."""
        return not self.is_aside(token) and not any(self.is_reported(child) for child in self.tree.children[token])

    def governors(self, token: int) -> list[int]:
        """The verbs over a coordinated open complement, outermost first: "aimed" over "punish"."""
        tree = self.tree
        governors: list[int] = []
        at = tree.head[token] if self.is_control(token) else token
        while tree.dep[at] == "xcomp" and tree.head[at] != at and len(governors) < _MAX_DEPTH:
            at = tree.head[at]
            governors.append(at)
        return governors[::-1]

    def chain(self, token: int) -> list[int]:
        """Follow open complements without an object of their governor: "is expected to be able to enter"."""
        tree = self.tree
        chain = [token]
        while len(chain) < _MAX_DEPTH:
            at = chain[-1]
            following = tree.first(at, "xcomp")
            if following is None or tree.first(at, "obj") is not None or not self.is_predicate(following):
                break
            if tree.first(following, "mark", "aux") is None and tree.tag[following] != "VBG":
                break
            chain.append(following)
        return chain

    def subject(self, token: int) -> tuple[int | None, str]:
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
        if dep in {"acl", "acl:relcl"} and not self.tells_result(token):
            return tree.head[token], "claims.read_participle"
        at = self.governing(token)
        while at is not None:
            if tree.dep[at] in {"acl", "acl:relcl"} and not self.has_free_subject(at) and not self.tells_result(at):
                return tree.head[at], "claims.read_conjoined_verb"
            found = tree.first(at, *SUBJECTS)
            if found is not None:
                adverbial = tree.dep[token] in {"advcl", "acl"}
                return found, "claims.read_adverbial_participle" if adverbial else "claims.read_conjoined_verb"
            at = self.governing(at)
        return None, ""

    def governing(self, token: int) -> int | None:
        """The verb whose subject a clause without one may share; heads stand higher in the tree, so the way up ends."""
        if self.tells_result(token):
            return self.main_verb(token)
        return self.tree.head[token] if self.tree.dep[token] in _SHARING else None

    def main_verb(self, token: int) -> int:
        """The outermost predicate above `token`, within the coordinated or reported clause that it stands in."""
        tree = self.tree
        main = token
        while tree.head[token] != token:
            token = tree.head[token]
            if self.is_predicate(token):
                main = token
                if tree.dep[token] in {"conj", "parataxis", "ccomp"}:
                    break
        return main

    def tells_result(self, token: int) -> bool:
        """A comma and a present participle at the end, "…, reinforcing the border": the whole clause before it does so,
        whatever noun the parse hangs it on. A participle of state ("…, comprising ten members") describes the noun.
        """
        tree = self.tree
        if tree.dep[token] != "acl" or tree.tag[token] != "VBG" or tree.lemma[token] in self.rules.states:
            return False
        first = min([token, *(child for child in tree.children[token] if tree.dep[child] in {"advmod", "punct"})])
        comma = next((at for at in (first, first - 1) if at >= 0 and tree.words[at] == ","), None)
        return comma is not None and self.main_verb(token) < tree.head[token]

    def has_free_subject(self, token: int) -> bool:
        own = self.tree.first(token, *SUBJECTS)
        return own is not None and self.tree.lower[own] not in _RELATIVE

    def noun_phrase(self, token: int) -> list[int]:
        """The phrase of a noun without the clauses, appositions and examples that speak for themselves."""
        tree = self.tree
        without = set(self.leaving)
        told = tree.pos[token] in {"NOUN", "PROPN"} and tree.first(token, *SUBJECTS) is not None
        if told or tree.first(token, "cop") is not None:  # a nominal predicate: the phrase only, not its clause
            without |= {c for c in tree.children[token] if tree.dep[c] in SUBJECTS | _AUXILIARIES | _CLAUSES | {"mark"}}
            without |= {c for c in tree.children[token] if tree.lower[c] in self.rules.negation}
        without |= {c for c in tree.children[token] if tree.dep[c] in {"cc", "mark", "case"} and c < token}
        without |= {c for c in tree.children[token] if tree.dep[c] == "conj" and tree.first(c, *SUBJECTS) is not None}
        words = tree.subtree(token, without=frozenset(without))
        return words if token in self.quoting else [at for at in words if at not in self.quoting]

    def _according_to(self, speaker: int) -> list[int]:
        words = self.noun_phrase(speaker)
        return [at for at in range(max(min(words) - 2, 0), speaker + 1) if at in words or at < min(words)]

    def gap(self, token: int, content: int) -> int | None:
        """The antecedent of a relative clause, where it is the object: "the treaty that they signed"."""
        tree = self.tree
        if tree.dep[token] != "acl:relcl" or not self.has_free_subject(token):
            return None
        objects = [c for c in tree.children[content] if tree.dep[c] == "obj" and tree.lower[c] not in _RELATIVE]
        relative = [
            c for c in tree.children[content] if tree.lower[c] in _RELATIVE and tree.dep[c] in {"obl", "advmod"}
        ]
        if objects or relative or tree.first(content, "cop") is not None:
            return None
        own = tree.first(token, *SUBJECTS)
        if own is not None and tree.first(own, "nmod:poss") is not None:
            return None
        described = tree.first(tree.head[token], "nsubj")  # "the pact is a text that they signed": the pact is
        named = tree.first(tree.head[token], "cop") is not None and described is not None
        return described if named and described is not None and tree.pos[described] == "PROPN" else tree.head[token]

    def predicate(self, chain: list[int]) -> tuple[list[int], PredicateWords]:
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
                    if word in self.rules.negation or self.is_not_yet(child):
                        tokens.add(child)
                        negations.append(word)
                    else:
                        adverbs.append(tree.lemma[child])
                        if self.inside(child, chain) and not tree.children[child]:
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
        elif own is not None and self.names_none(own):
            negations.append("none")
        yet = any(self.is_not_yet(child) for at in chain for child in tree.children[at])
        governors = tuple(tree.lemma[at] for at in chain[:-1] if not (yet and tree.lemma[at] == "have"))
        if tree.first(content, "aux:pass") is not None and tree.lemma[content] in self.rules.passives:
            governors += (tree.lemma[content],)  # "is expected by May"
        negations += [tree.lower[at] for at in tree.children[content] if self.is_nothing(at)]
        return sorted(tokens), PredicateWords(tuple(auxiliaries), governors, tuple(adverbs), tuple(negations))

    def is_not_yet(self, token: int) -> bool:
        """ "has yet to ratify": it has not, and nothing is prescribed."""
        have = self.tree.lower[max(token - 1, 0)] in {"has", "have", "had"}
        return have and self.tree.lower[token : token + 2] == ["yet", "to"]

    def is_nothing(self, token: int) -> bool:
        """ "had no rights", "has neither a seat nor", "pleased nobody", "will no longer be exchanged"."""
        tree = self.tree
        kinds = {"det", "advmod", "cc:preconj", "cc"}
        words = {tree.lower[child] for child in tree.children[token] if tree.dep[child] in kinds and child < token}
        if tree.dep[token] == "obj":
            return not words.isdisjoint({"no", "neither"}) or tree.lower[token] in _NONE
        return tree.lower[token] == "longer" and "no" in words

    def names_none(self, subject: int) -> bool:
        """ "none of the states has", "neither Peru nor Chile belongs"."""
        tree = self.tree
        joint = tree.first(subject, "cc:preconj", "cc", "advmod")
        return tree.lower[subject] in _NONE or (joint is not None and tree.lower[joint] == "neither")

    def inside(self, token: int, chain: list[int]) -> bool:
        """An adverb between auxiliary and verb belongs to the predicate, also one right before the verb."""
        tree = self.tree
        first = min([*chain, *(c for at in chain for c in tree.children[at] if tree.dep[c] in _AUXILIARIES)])
        return first < token < chain[-1] or token == chain[-1] - 1

    def objects(self, chain: list[int], taken: set[int]) -> list[int]:
        tree = self.tree
        content = chain[-1]
        tokens: set[int] = set()
        roots = [child for at in chain for child in tree.children[at] if child not in chain]
        for child in roots:
            if tree.dep[child] in SUBJECTS | _AUXILIARIES | _LOOSE or child in self.own or child in taken:
                continue
            if tree.dep[child] == "conj" and self.is_predicate(child):
                continue
            bare = all(tree.dep[below] == "case" for below in tree.children[child])
            if (bare and tree.lower[child] in _RELATIVE) or self.is_connective(child, content):
                continue
            tokens.update(tree.subtree(child, without=self.own - _coordinated(tree, self.own)))
        if tree.first(content, "cop") is not None:
            tokens.add(content)
        return sorted(tokens - taken)

    def is_connective(self, token: int, content: int) -> bool:
        """ "However", "also", "for example" in front say how the sentence goes on, not what it asserts."""
        tree = self.tree
        if tree.dep[token] == "advmod" and token < content and tree.pos[token] == "ADV" and not tree.children[token]:
            return True
        words = " ".join(tree.lower[at] for at in tree.subtree(token) if tree.dep[at] != "punct")
        return words in self.rules.openers


def _coordinated(tree: Tree, own: frozenset[int]) -> frozenset[int]:
    """Conjuncts under a complement that stays in the object ("to detect and punish") stay with it."""
    return frozenset(
        token
        for token in own
        if tree.dep[token] == "conj"
        and tree.dep[tree.head[token]] not in {"root", "xcomp"}
        and tree.head[token] not in own
    )
