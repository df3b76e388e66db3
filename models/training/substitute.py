"""More articles out of those there are: other names in the same sentences, so that the network learns forms, not names.

A name is exchanged for one of its kind: the same label, an acronym for an acronym, a name that takes "the" for one that
does, a country for a country. Through one article it becomes the same other name each time, and a body with its acronym
stays a pair: "[[ORG:World Bank]]", "[[ORG:Red Sea Council on Fisheries]] ([[ORG:RSCF]])". Names come from the training
articles themselves, from the list of countries, and from patterns of titles; never from lexicons that recognition uses,
so that the network alone is measured as what it is.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pycountry

MARK = re.compile(r"\[\[(ORG|AGR|GPE|PERSON|EVENT|LOC):([^\[\]]+)\]\]")
PAIR = re.compile(r"\[\[(ORG|AGR):([^\[\]]+)\]\] \(\[\[\1:([^\[\]]+)\]\]\)")
BEFORE = re.compile(r"\b([Tt]he|[Aa]n?) $")
COMPOSED = 0.4  # share of long titles that come from a pattern
KEPT = 0.2  # share of names that stay

_SCOPES = (
    "African", "Alpine", "Andean", "Arab", "Asian", "Baltic", "Benelux", "Black Sea", "Caribbean", "Central Asian",
    "Danube", "Eastern European", "Global", "Gulf", "Hemispheric", "Indian Ocean", "Inter-American", "International",
    "Joint", "Mediterranean", "Nordic", "North Pacific", "Pan-European", "Red Sea", "Regional", "South Asian", "World",
)  # fmt: skip
_BODIES = (
    "Agency", "Alliance", "Assembly", "Association", "Authority", "Bureau", "Centre", "Commission", "Committee",
    "Community", "Conference", "Council", "Court", "Forum", "Group", "Institute", "Network", "Office", "Organization",
    "Secretariat", "Task Force", "Tribunal", "Union",
)  # fmt: skip
_INSTRUMENTS = (
    "Accord", "Action Plan", "Agreement", "Arrangement", "Charter", "Code of Conduct", "Compact", "Convention",
    "Declaration", "Framework", "Guidelines", "Initiative", "Memorandum", "Pact", "Partnership", "Principles",
    "Programme", "Protocol", "Resolution", "Scheme", "Strategy", "Treaty",
)  # fmt: skip
_FIELDS = (
    "Air Transport", "Arms Transfers", "Border Management", "Child Labour", "Civil Defence", "Coastal Fisheries",
    "Collective Security", "Consumer Safety", "Crisis Response", "Customs Cooperation", "Data Exchange",
    "Economic Recovery", "Energy Transit", "Extradition", "Financial Supervision", "Forest Protection",
    "Judicial Assistance", "Maritime Safety", "Migratory Species", "Mutual Defence", "Non-Aggression", "Plant Health",
    "Public Health", "Railway Freight", "Scientific Research", "Seabed Mining", "Small Arms", "Statistical Methods",
    "Technology Transfer", "the Law of the Air", "the Peaceful Settlement of Disputes", "the Prevention of Piracy",
    "the Protection of Wetlands", "the Rights of Seafarers", "Trade Facilitation", "Water Quality",
)  # fmt: skip
_CITIES = (
    "Aarhus", "Adana", "Antwerp", "Asunción", "Batumi", "Bergen", "Cartagena", "Cebu", "Cork", "Cotonou", "Durban",
    "Esquipulas", "Gdansk", "Ghent", "Graz", "Haifa", "Izmir", "Jeddah", "Kandy", "Kyoto", "Lahore", "Malmö", "Mombasa",
    "Nagoya", "Oaxaca", "Oran", "Penang", "Porto", "Pula", "Quito", "Rhodes", "Salalah", "Sapporo", "Tampere", "Tartu",
    "Trieste", "Utrecht", "Varna", "Windhoek", "Yaoundé",
)  # fmt: skip
_WITH_THE = ("United", "Republic", "Kingdom", "Islands", "Netherlands", "Philippines", "Bahamas", "Maldives", "Gambia")
_COUNTRIES = tuple(
    name
    for country in pycountry.countries
    if "," not in (name := getattr(country, "common_name", country.name)) and "(" not in name
)
_VOWEL = re.compile(r"(?!Uni|Eu|U\b|One)[AEIOUÉaeiou]")
_SPELLED_VOWEL = frozenset("AEFHILMNORSX")

Key = tuple[str, str, bool]  # label, form, whether "the" stands before it


@dataclass(slots=True)
class Names:
    """Names that may stand for each other."""

    plain: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    pairs: dict[tuple[str, bool], list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def collect(articles: Iterable[str]) -> Names:
    """Return the names of annotated articles, and the countries of the world."""
    names = Names()
    for text in articles:
        paired = {part for match in PAIR.finditer(text) for part in match.group(2, 3)}
        for label, whole, acronym in PAIR.findall(text):
            _add(names.pairs[label, _takes_the(text, label, whole)], (whole, acronym))
        for label, name in MARK.findall(text):
            if name not in paired:
                _add(names.plain[key_of(text, label, name)], name)
    for country in _COUNTRIES:
        _add(names.plain["GPE", "country", country.startswith(_WITH_THE) or country.endswith(_WITH_THE)], country)
    return names


def substituted(text: str, names: Names, rng: random.Random) -> str:
    """Return an annotated article with other names; the marks, levels and kinds stay as they are."""
    others: dict[tuple[str, str], str] = {}
    for label, whole, acronym in PAIR.findall(text):
        if (label, whole) not in others and (label, acronym) not in others:
            kept = rng.random() < KEPT
            pair = (whole, acronym) if kept else _pair(names, label, _takes_the(text, label, whole), rng)
            others[label, whole], others[label, acronym] = pair
    for label, name in MARK.findall(text):
        if (label, name) not in others:
            others[label, name] = name if rng.random() < KEPT else _other(names, key_of(text, label, name), name, rng)
    parts: list[str] = []
    last = 0
    for match in MARK.finditer(text):
        other = others[match.group(1), match.group(2)]
        parts += [_agreeing(text[last : match.start()], other), f"[[{match.group(1)}:{other}]]"]
        last = match.end()
    return "".join(parts) + text[last:]


def key_of(text: str, label: str, name: str) -> Key:
    """Return what a name must have in common with another that takes its place in `text`."""
    if label == "GPE":
        form = "country" if name in _COUNTRIES else "acronym" if name.isupper() else "place"
    elif " " not in name:
        form = "acronym" if name.isupper() else "word"
    else:
        form = "number" if any(map(str.isdigit, name)) else "title"
    return label, form, _takes_the(text, label, name)


def article(name: str) -> str:
    """Return "a" or "an", as the name begins when it is spoken."""
    first = name.split()[0]
    spelled = first.isupper() and (len(first) < 4 or not re.search("[AEIOU]", first[1:]))
    return "an" if (first[0] in _SPELLED_VOWEL if spelled else _VOWEL.match(name)) else "a"


def composed(label: str, rng: random.Random) -> tuple[str, str]:
    """Return the title of a body or an instrument that nobody founded or signed, and its acronym."""
    scope, topic = rng.choice(_SCOPES), rng.choice(_FIELDS)
    head = rng.choice(_BODIES if label == "ORG" else _INSTRUMENTS)
    link = rng.choice(("on", "for")) if label == "ORG" else "on"
    shapes = [f"{scope} {head} {link} {topic}"]
    if not topic.startswith("the "):
        shapes += [f"{scope} {topic} {head}", f"{topic} {head}"]
    if label == "AGR":
        shapes += [f"{head} on {topic}", f"{rng.choice(_CITIES)} {head}", f"{rng.choice(_CITIES)} {head} on {topic}"]
    title = rng.choice(shapes)
    return title, "".join(word[0] for word in re.split(r"[ -]", title) if word[0].isupper())


def _pair(names: Names, label: str, the: bool, rng: random.Random) -> tuple[str, str]:
    known = names.pairs[label, the]
    return composed(label, rng) if (the and rng.random() < COMPOSED) or not known else rng.choice(known)


def _other(names: Names, key: Key, name: str, rng: random.Random) -> str:
    label, form, the = key
    if the and form == "title" and label in {"ORG", "AGR"} and rng.random() < COMPOSED:
        return composed(label, rng)[0]
    return rng.choice(names.plain[key] or [name])


def _takes_the(text: str, label: str, name: str) -> bool:
    mark = re.escape(f"[[{label}:{name}]]")
    return re.search(rf"\b[Tt]he {mark}", text) is not None


def _agreeing(before: str, name: str) -> str:
    """Return what stands before a name with the article that fits it."""
    found = BEFORE.search(before)
    if found is None or found.group(1).lower() == "the":
        return before
    fitting = article(name)
    return before[: found.start(1)] + (fitting.title() if found.group(1)[0] == "A" else fitting) + " "


def _add(names: list[Any], name: Any) -> None:
    if name not in names:
        names.append(name)
