"""How worth checking a claim is: a sum of visible weights, and the level that the sum starts from.

Two voices decide the level of a unit: rules (what is named, what is said of it) and, where the pipeline has one, the
claim head of the model. The rules overrule the model where nothing particular is named or nothing is asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Level, Modality
from pipeline.relate.reader import Clause
from pipeline.relate.rule import ClaimRules

_PRONOUNS = frozenset(
    {"it", "they", "he", "she", "this", "that", "these", "those", "its", "their", "which", "who", "one"}
)
_GENERIC = ("this ", "that ", "these ", "those ", "its ", "their ", "such ", "his ", "her ", "our ")


@dataclass(frozen=True, slots=True)
class Judged:
    """The level of a unit, who decided it and how sure that voice is."""

    level: Level | Literal["none"]
    rule_id: str
    confidence: float
    by_model: bool


def judge_level(
    text: str,
    clauses: Sequence[Clause],
    *,
    names: Sequence[tuple[int, int]],
    numbers: bool,
    lemmas: Iterable[str],
    cats: Mapping[str, float],
    rules: ClaimRules,
) -> Judged:
    """Return the level of one unit.

    Args:
        names: where something particular is named (characters of the unit).
        numbers: whether a number or a date stands in the unit.
        lemmas: lower-case lemmas of the unit.
        cats: probabilities of the claim head of the model by level, empty without one.
    """
    if text.rstrip().endswith(("?", ":")):
        return Judged("none", "claims.ask_or_introduce", 0.95, False)
    if not names and not numbers:
        return Judged("none", "claims.name_nothing", 0.9, False)
    if not clauses and not numbers and _covered(text, names) > 0.5:
        return Judged("general", "claims.name_only", 0.85, False)
    if cats:
        level = max(cats, key=lambda key: cats[key])
        chosen: Level | Literal["none"] = (
            "specific" if level == "specific" else "general" if level == "general" else "none"
        )
        if (names or numbers) and chosen != "specific" and any(_tells_deed(clause, rules) for clause in clauses):
            return Judged("specific", "claims.tell_deed", 0.6, False)
        if names and chosen == "none":
            return Judged("general", "claims.name_particular", 0.6, False)
        return Judged(chosen, "claims.judge_by_model", cats[level], True)
    if any(_is_checkable(clause, rules) for clause in clauses):
        return Judged("specific", "claims.assert_particular", 0.6, False)
    if not clauses:  # no parse: fall on the words
        evaluative = rules.evaluative.verbs | rules.evaluative.adjectives | rules.evaluative.nouns
        filler = not evaluative.isdisjoint(lemmas)
        return Judged("specific" if numbers or not filler else "general", "claims.assert_in_words", 0.5, False)
    return Judged("general", "claims.evaluate_only", 0.6, False)


def _covered(text: str, names: Sequence[tuple[int, int]]) -> float:
    """Share of the words' characters that names cover."""
    letters = sum(not char.isspace() for char in text)
    covered = {at for start, end in names for at in range(start, end)}
    return len(covered) / max(letters, 1)


def _is_checkable(clause: Clause, rules: ClaimRules) -> bool:
    if clause.modality == "predicted" or clause.lemma is None:
        return False
    words = set() if clause.object is None else set(clause.object.text.lower().split())
    evaluative = rules.evaluative
    if clause.lemma in evaluative.verbs:
        return False
    return not (clause.lemma in evaluative.adjectives | evaluative.nouns or words & evaluative.nouns)


def _tells_deed(clause: Clause, rules: ClaimRules) -> bool:
    """Tell whether a clause asserts a deed: a verb of doing, making or containing, with an object."""
    return clause.modality == "asserted" and clause.object is not None and clause.lemma in rules.deeds


def features(
    subject: str | None,
    object_: str | None,
    *,
    level: Level,
    labels: frozenset[str],
    numbers: bool,
    lemmas: frozenset[str],
    modality: Modality,
    attributed: bool,
    resolved: bool,
    rules: ClaimRules,
) -> list[str]:
    """Name the features of one proposition; each is a key of the table of weights."""
    found: list[str] = [level]
    found += [label for label in ("date", "agreement", "organization", "place") if label in labels]
    if numbers:
        found.append("number")
    if labels & {"person", "event"}:
        found.append("person")
    found.append("attributed" if attributed else "bare")
    for name, cues in (("superlative", rules.superlatives), ("causal", rules.causal), ("contested", rules.contested)):
        if lemmas & cues:
            found.append(name)
    if modality != "asserted":
        found.append(modality)
    if not resolved and is_unnamed(subject):
        found.append("pronoun")
    if object_ is None:
        found.append("no_object")
    return found


def is_unnamed(subject: str | None) -> bool:
    """Tell whether a subject is a pronoun or points back ("this mission") instead of naming."""
    if subject is None:
        return True
    lowered = subject.lower()
    return lowered in _PRONOUNS or lowered.startswith(_GENERIC)


def score(found: Sequence[str], rules: ClaimRules) -> tuple[float, str]:
    """Return the score, 0–1 with two decimals, and the sum that made it, as `show` prints it."""
    total = sum(rules.weights[name].weight for name in found)
    detail = "; ".join(f"{name} {rules.weights[name].weight:+.2f}" for name in found)
    return round(min(1.0, max(0.0, total)), 2), detail
