"""Organizations, places, dates and agreements of all articles: forms, and what makes two forms one record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from pipeline.dedupe.clusters import Clusters, Link, cluster
from pipeline.dedupe.policy import NameFeature, NamePolicy
from pipeline.ids import stable_id
from pipeline.judgements import Judgement
from pipeline.names import SMALL_WORDS, compare_name

Record = Mapping[str, Any]
Key = tuple[str, int]  # article_id, local
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.\-]{1,9}s?")
_PROVISION = re.compile(r"(?:article|section|chapter|annex)\b", re.IGNORECASE)
_MANY = 60  # names of one acronym beyond which they are not compared by spelling


@dataclass(slots=True)
class Form:
    """All that is known under one form id."""

    form_id: str
    name: str  # compare form
    canonical: str | None
    bare: bool  # nothing but an acronym
    aliases: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    parties: frozenset[str] | None = None  # of unnamed agreements and those of a generic name


def resolve_simple(
    table: str, rows: Sequence[Record], judgements: Sequence[Judgement]
) -> tuple[dict[Key, str], Clusters]:
    """Return the form of each local place or date, and the clusters: equal codes or values are one record."""
    forms = {(row["article_id"], row["local"]): stable_id(table, *_value(table, row)) for row in rows}
    return forms, cluster(table, dict.fromkeys(forms.values(), 0), (), judgements=judgements)


def _value(table: str, row: Record) -> tuple[str | None, ...]:
    if table == "dates":
        value = row["type"], row["edtf"] or row["timex"], row["modifier"]
        # bounds tell "early 1990 to late 1991" from "1990 to 1991", and "late 1990" from "later in 1990"
        bounded = row["precision"] == "range" or row["modifier"] is not None
        return (*value, str(row["earliest"]), str(row["latest"])) if bounded else value
    return ("iso3", row["iso3"]) if row["iso3"] else ("name", compare_name(row["name"]) or row["name"])


def is_acronym(name: str) -> bool:
    """Tell whether a name is nothing but an acronym."""
    return _ACRONYM.fullmatch(name) is not None


def resolve_organizations(
    rows: Sequence[Record], *, policy: NamePolicy, judgements: Sequence[Judgement]
) -> tuple[dict[Key, str], Clusters]:
    """Return the form of each local organization, and the clusters."""
    forms: dict[str, Form] = {}
    keys: dict[Key, str] = {}
    for row in rows:
        name = compare_name(row["name"]) or row["name"]
        parts = ("lexicon", row["canonical"]) if row["canonical"] else ("name", name)
        form = _form(forms, stable_id("organizations", *parts), row, name)
        keys[row["article_id"], row["local"]] = form.form_id
    return keys, _join("organizations", forms, policy, judgements)


def resolve_agreements(
    rows: Sequence[Record],
    party_ids: Mapping[Key, Sequence[str]],
    sources: Mapping[str, str],
    *,
    policy: NamePolicy,
    judgements: Sequence[Judgement],
) -> tuple[dict[Key, str], Clusters]:
    """Return the form of each local agreement, and the clusters.

    Args:
        party_ids: the resolved parties of each local agreement.
        sources: article_id → sha256; what no name or party identifies stays within its article.
    """
    forms: dict[str, Form] = {}
    keys: dict[Key, str] = {}
    for row in rows:
        key = row["article_id"], row["local"]
        name = compare_name(row["name"] or row["display_name"])
        own = sorted({compare_name(party["name"]) for party in row["parties"]})
        topic = " ".join(sorted(set(compare_name(row["subject"] or "").split()) - SMALL_WORDS))
        generic = row["named"] and not row["canonical"] and is_generic(name, policy)
        parties: frozenset[str] | None = None
        if row["canonical"]:
            parts: tuple[str | None, ...] = ("lexicon", row["canonical"])
        elif row["named"] and not generic:
            parts = ("name", name)
        elif generic and not own:
            parts = ("alone", name, sources[row["article_id"]])
            parties = frozenset([sources[row["article_id"]]])
        elif generic:
            parts, parties = ("generic", name, *own), frozenset(party_ids[key])
        elif len(own) > 1:
            parts = ("unnamed", row["kind"], topic, row["date"], *own)
            parties = frozenset(party_ids[key])
            name = f"{row['kind']}\n{topic}\n{row['event']}\n{row['date']}"
        else:
            parts = ("alone", row["kind"], topic, name, sources[row["article_id"]], *own)
            parties = frozenset([sources[row["article_id"]], name])
        form = _form(forms, stable_id("agreements", *parts), row, name)
        form.parties = parties
        if parties is not None:
            form.aliases.clear()
            form.acronyms.clear()
        keys[key] = form.form_id
    return keys, _join("agreements", forms, policy, judgements)


def is_generic(name: str, policy: NamePolicy) -> bool:
    """Tell whether a name says only what sort of instrument it is; a number of a resolution or convention does not."""
    words = name.split()
    provision = _PROVISION.match(name) is not None and len(words) <= 3
    return provision or all(word in policy.generic_words for word in words)


def _form(forms: dict[str, Form], form_id: str, row: Record, name: str) -> Form:
    shown = row["name"] or row.get("display_name") or ""
    form = forms.setdefault(form_id, Form(form_id, name, row["canonical"], is_acronym(shown)))
    form.bare = form.bare and is_acronym(shown)
    if is_acronym(shown):
        form.acronyms.add(name)
    if row["acronym"]:
        form.acronyms.add(compare_name(row["acronym"]))
    for alias in row["aliases"]:
        (form.acronyms if is_acronym(alias) else form.aliases).add(compare_name(alias))
    return form


def _join(table: str, forms: Mapping[str, Form], policy: NamePolicy, judgements: Sequence[Judgement]) -> Clusters:
    spoken: dict[tuple[str, str], set[NameFeature]] = defaultdict(set)
    for feature, one, other in sorted(_features(forms, policy)):
        spoken[min(one, other), max(one, other)].add(feature)
    links = []
    for (one, other), features in spoken.items():
        score = sum(policy.weights[feature] for feature in features)
        if score >= policy.merge and not vetoes(forms[one], forms[other], features) & policy.never:
            detail = ", ".join(f"{feature} {policy.weights[feature]:+.1f}" for feature in sorted(features))
            links.append(Link.of(one, other, score, detail))

    def allowed(one: frozenset[str], other: frozenset[str]) -> bool:
        bodies = {forms[form].canonical for form in one | other} - {None}
        return len(bodies) < 2 or "different_body" not in policy.never

    classes = {form.form_id: 0 if form.canonical else 2 if form.bare else 1 for form in forms.values()}
    return cluster(table, classes, links, judgements=judgements, allowed=allowed)


def vetoes(one: Form, other: Form, features: set[NameFeature]) -> set[str]:
    """Return what forbids that two forms are one record."""
    found = set()
    if one.canonical and other.canonical and one.canonical != other.canonical:
        found.add("different_body")
    if not features & {"acronym", "alias"} and re.findall(r"\d+", one.name) != re.findall(r"\d+", other.name):
        found.add("different_number")
    if one.parties != other.parties:
        found.add("different_parties")
    return found


def _features(forms: Mapping[str, Form], policy: NamePolicy) -> Iterator[tuple[NameFeature, str, str]]:
    by_name: dict[str, list[Form]] = defaultdict(list)
    by_words: dict[str, list[Form]] = defaultdict(list)
    by_acronym: dict[str, list[Form]] = defaultdict(list)
    by_alias: dict[str, list[Form]] = defaultdict(list)
    for form in sorted(forms.values(), key=lambda form: form.form_id):
        by_name[form.name].append(form)
        words = tuple(word for word in form.name.split() if word not in SMALL_WORDS)
        if len(words) > 1:
            by_words[" ".join(words)].append(form)
        for acronym in form.acronyms:
            by_acronym[acronym].append(form)
        for alias in form.aliases:
            by_alias[alias].append(form)
    for same in by_name.values():
        feature: NameFeature = "same_name" if same[0].parties is None else "same_parties"
        yield from ((feature, one.form_id, other.form_id) for one, other in _near(same))
    for same in by_words.values():
        yield from (("same_words", one.form_id, other.form_id) for one, other in _near(same) if one.parties is None)
    for alias, owners in by_alias.items():
        if len({owner.canonical or owner.form_id for owner in owners}) == 1 and " " in alias:
            yield from (("alias", owners[0].form_id, other.form_id) for other in by_name[alias] if other != owners[0])
    yield from _by_acronym(by_acronym, policy)
    yield from _by_number(forms)


def _near(forms: Sequence[Form]) -> Iterator[tuple[Form, Form]]:
    groups: dict[frozenset[str] | None, list[Form]] = defaultdict(list)
    for form in forms:
        groups[form.parties].append(form)
    for group in groups.values():
        yield from ((group[0], other) for other in group[1:])


def _by_acronym(by_acronym: Mapping[str, Sequence[Form]], policy: NamePolicy) -> Iterator[tuple[NameFeature, str, str]]:
    for some in by_acronym.values():
        full = [form for form in some if not form.bare]
        if 1 < len(full) <= _MANY:
            names = [form.name for form in full]
            likeness = cdist(names, names, scorer=fuzz.ratio)
            for i, j in combinations(range(len(full)), 2):
                if likeness[i, j] >= policy.alike_from:
                    yield "same_acronym", full[i].form_id, full[j].form_id
                    yield "alike", full[i].form_id, full[j].form_id
            alone = bool((likeness[0] >= policy.alike_from).all())
        else:
            alone = len(full) == 1
        if alone:
            yield from (("acronym", full[0].form_id, form.form_id) for form in some if form.bare)


def _by_number(forms: Mapping[str, Form]) -> Iterator[tuple[NameFeature, str, str]]:
    numbered: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in sorted(forms.values(), key=lambda form: form.form_id):
        match = re.search(r"\b(?:resolution|unscr) (\d{3,4})\b", form.name)
        if match is not None and form.parties is None:
            body = "assembly" if "assembly" in form.name or "unga" in form.name else "council"
            numbered[body, match[1]].append(form)
    for some in numbered.values():
        yield from (("same_number", some[0].form_id, other.form_id) for other in some[1:])
