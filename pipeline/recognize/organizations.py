"""Bodies: what the lexicons know, what kind a name tells, and which names of an article are one record.

Within an article two names are one body where the article defines an acronym, where `compare_name` is equal, where the
lexicon knows both, where a name is the end of one longer name ("Security Council", "United Nations Security Council"),
or where an acronym has the initials of exactly one name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import srsly
from pydantic import BaseModel, ConfigDict, ValidationError
from rapidfuzz import fuzz

from pipeline.errors import ConfigError
from pipeline.names import compare_name, display_name, initials
from pipeline.recognize.body_kinds import RULES, KindReader, KindRules
from pipeline.recognize.places import Gazetteer
from pipeline.records import OrganizationKind

LEXICONS = Path(__file__).parent.parent / "rules" / "lexicons"
_ALIKE = 85  # of 100: likeness from which a name is another wording of a known one
_JOINT = frozenset({"intergovernmental", "alliance"})
_DEFINED = re.compile(r"\s*\(\s*(?:the\s+)?[“\"']?([^()]{2,80}?)[”\"']?(?:\s*[,;][^()]*)?\)")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(_Strict):
    """What a lexicon knows of a body; fields are explained in the files."""

    name: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    kind: OrganizationKind
    founded: int | None = None
    needs: tuple[str, ...] = ()
    treaty: bool = False

    def forms(self) -> tuple[str, ...]:
        """All names of the body."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.acronym, *self.aliases))))


@dataclass(frozen=True, slots=True)
class Bodies:
    """Lexicon and rules, by compared name."""

    forms: Mapping[str, Body]
    surfaces: tuple[str, ...]
    gazetteer: Gazetteer
    kinds: KindReader

    def known(self, names: Iterable[str], *, surely: bool = False) -> Body | None:
        """Return the body of the lexicon that the names of one body mean.

        A short form means it only where no full name says otherwise: "Adelaide University (AU)" is another body.

        Args:
            surely: leave out a short form that is also something else ("AU") where no full name stands beside it.
        """
        ordered = sorted(dict.fromkeys(names), key=lambda name: (-len(name), name))
        fullest = ordered[0] if ordered else ""
        for name in ordered:
            body = self.forms.get(compare_name(name))
            if body is None:
                continue
            if name == fullest:
                if not surely or name not in body.needs:
                    return body
            elif _is_called(fullest, body) or (is_acronym(name) and not abbreviates(name, fullest)):
                return body
        return None

    def kind_of(self, names: Iterable[str], places: Iterable[tuple[str, int, int]] = ()) -> OrganizationKind:
        """Return the kind of a body: of the lexicon, else what the text calls it, else what the longest name tells.

        Args:
            places: where it is mentioned: a text and the span of the mention in it.
        """
        ordered = sorted(names, key=len, reverse=True)
        if (body := self.known(ordered)) is not None:
            return body.kind
        if (called := self.kinds.by_context(places)) is not None:
            return called
        return next(filter(None, map(self.kinds.by_name, ordered)), "other")


@cache
def load_bodies(gazetteer: Gazetteer | None = None, *, use_lexicon: bool = True) -> Bodies:
    """Read the rules and, if asked for, every lexicon `organizations_*.yml`.

    Raises:
        ConfigError: a file does not have the expected form.
    """
    from pipeline.recognize.places import load_gazetteer

    forms: dict[str, Body] = {}
    surfaces: list[str] = []
    path = RULES
    try:
        rules = KindRules.model_validate(srsly.read_yaml(RULES))
        for path in sorted(LEXICONS.glob("organizations_*.yml")) if use_lexicon else ():
            for entry in srsly.read_yaml(path):
                body = Body.model_validate(entry)
                for form in body.forms():
                    forms.setdefault(compare_name(form), body)
                    if form not in body.needs:
                        surfaces.append(form)
    except (ValidationError, ValueError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    places = gazetteer or load_gazetteer()

    def is_joint_body(name: str) -> bool:
        known = forms.get(compare_name(name))
        return known is not None and known.kind in _JOINT

    kinds = KindReader(rules, lambda word: places.party_code(word) is not None, is_joint_body)
    return Bodies(forms, tuple(dict.fromkeys(surfaces)), places, kinds)


def _is_called(name: str, body: Body) -> bool:
    """Tell whether a name is another wording of the full name of a body."""
    return fuzz.token_set_ratio(compare_name(name), compare_name(body.name)) >= _ALIKE


def defined_pair(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of what stands in parentheses right after `end`: the acronym or the name it defines."""
    match = _DEFINED.match(text, end)
    return None if match is None else match.span(1)


def is_acronym(text: str) -> bool:
    """Tell whether a name is written like an acronym: "NATO", "G7", "U.N.", "EU INTCEN", "AfCFTA"."""
    word = text.split()[-1]
    return len(word) <= 12 and sum(map(str.isupper, word)) >= 2 and sum(map(str.islower, word)) <= 2


def abbreviates(acronym: str, name: str) -> bool:
    """Tell whether an acronym can stand for a name: its letters are initials of the name, in order, from the first."""
    letters = re.sub(r"[^A-Za-z]", "", acronym.split()[-1]).upper()
    firsts, every = initials(name), initials(name, small_words=True)
    if not letters or not firsts or letters[0] != firsts[0]:
        return False
    if letters in (firsts, every):
        return True
    at = iter(every)
    return len(letters) >= 3 and len(firsts) - len(letters) in (0, 1) and all(letter in at for letter in letters)


def group(names: Sequence[str], pairs: Iterable[tuple[str, str]], bodies: Bodies) -> dict[str, str]:
    """Return name → representative name, for the names of one article.

    Args:
        names: all names as they stand, with repetitions.
        pairs: names that the article declares to be one.
    """
    parent = {compare_name(name): compare_name(name) for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    def join(first: str, second: str) -> None:
        a, b = root(first), root(second)
        if a != b:
            parent[max(a, b)] = min(a, b)

    for first, second in pairs:
        if (a := compare_name(first)) in parent and (b := compare_name(second)) in parent:
            join(a, b)
    known: dict[str, str] = {}
    plain = {compare_name(name): name for name in names}
    defined: dict[str, list[str]] = defaultdict(list)
    for first, second in pairs:
        defined[compare_name(first)].append(second)
        defined[compare_name(second)].append(first)
    for name in sorted(parent):
        if (body := bodies.known([plain[name], *defined[name]])) is not None:
            join(name, known.setdefault(body.name, name))
    longer: dict[str, list[str]] = defaultdict(list)
    for short, surface in plain.items():
        for other, whole in plain.items():
            if other == short:
                continue
            if (" " in short and other.endswith(" " + short) and _is_owner(other[: -len(short)], bodies)) or (
                is_acronym(surface) and not is_acronym(whole) and " " in whole and abbreviates(surface, whole)
            ):
                longer[short].append(other)
        if " " not in short and bodies.kinds.by_name(surface) is not None:  # "the Network" of one body
            longer[short] += [other for other in plain if other != short and short in other.split()]
    for short, others in sorted(longer.items()):
        if len({root(other) for other in others}) == 1:
            join(short, others[0])
    return {name: root(compare_name(name)) for name in names}


def _is_owner(prefix: str, bodies: Bodies) -> bool:
    """Tell whether what stands before a shorter name only says whose it is: a known body, a state, an adjective."""
    owner = compare_name(prefix)
    return owner in bodies.forms or bodies.gazetteer.party_code(owner) is not None


def full_name(names: Sequence[str]) -> tuple[str, str | None, tuple[str, ...]]:
    """Return the fullest name of one body, its acronym, and the other forms, from its mentions."""
    counts = Counter(display_name(name) for name in names)
    long = [name for name in counts if not is_acronym(name)]
    name = max(long or counts, key=lambda form: (len(form), counts[form], form))
    acronyms = [form for form in counts if is_acronym(form)]
    acronym = max(acronyms, key=lambda form: (counts[form], -len(form), form), default=None)
    return name, acronym, tuple(sorted(form for form in counts if form != name))
