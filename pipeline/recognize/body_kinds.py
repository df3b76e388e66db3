"""What kind of body a name stands for: by what the text calls it, by the head noun of the name and by whose it is.

Three sources in order of trust: the lexicon knows the body; the text says what it is ("the brewery Carlsberg",
"charities such as Oxfam", after the patterns of Hearst 1992); the name says so. `organizations.py` asks the lexicon.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.names import compare_name
from pipeline.records import OrganizationKind

RULES = Path(__file__).parent.parent / "rules" / "organizations.yml"
_LINKS = frozenset({"of", "in", "for", "on", "against", "to", "and", "at"})
_REACH = 160  # characters of the sentence looked at on each side of a name


class KindRules(BaseModel):
    """The content of `rules/organizations.yml`; fields are explained there."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))

    heads: dict[OrganizationKind, tuple[str, ...]]
    national: frozenset[str]
    regional: tuple[str, ...]
    worldwide: tuple[str, ...]
    shared: frozenset[str]
    private: frozenset[str]
    rebels: frozenset[str]
    called: dict[OrganizationKind, tuple[str, ...]]

    @cached_property
    def kinds(self) -> Mapping[str, OrganizationKind]:
        """Head noun → kind."""
        return {compare_name(word): kind for kind, words in self.heads.items() for word in words}

    @cached_property
    def owners(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Words in a name that make it a body of several states: those of a region, those of the world."""
        regional, worldwide = (
            rf"\b(?:{'|'.join(map(re.escape, words))})\b" for words in (self.regional, self.worldwide)
        )
        return re.compile(regional, re.IGNORECASE), re.compile(worldwide, re.IGNORECASE)

    @cached_property
    def nouns(self) -> Mapping[str, OrganizationKind]:
        """What a text calls a body, singular and plural → kind."""
        return {form: kind for kind, words in self.called.items() for word in words for form in (word, plural(word))}

    @cached_property
    def before(self) -> re.Pattern[str]:
        """The noun in front of a name: "companies such as A, B and …", "the company …", "a firm called …"."""
        nouns = "|".join(sorted(map(re.escape, self.nouns), key=len, reverse=True))
        names = r"(?:(?:[A-Z0-9][\w’'&.-]*|and|or|the|of|for|in|de),? )*"
        return re.compile(rf"\b((?i:{nouns}))(?:,? (?:such as|like|including|namely|called|named|known as) {names}| )$")

    @cached_property
    def behind(self) -> re.Pattern[str]:
        """The noun behind a name: "…, a Belgian company", "… is a company", "… (…), the company that"."""
        nouns = "|".join(sorted(map(re.escape, self.nouns), key=len, reverse=True))
        start = r"(?:\s*\([^()]*\))?(?:,| is| was| are| were|, which (?:is|was))"
        adjectives = r"(?:(?!(?:of|for|to|in|by|with|that|which|and) )[\w’'-]+ ){0,5}?"
        return re.compile(rf"^{start} (?:an?|the|one of the|two) {adjectives}({nouns})\b", re.IGNORECASE)


def plural(noun: str) -> str:
    """Return the regular plural of an English noun, lower case.

    >>> plural("company"), plural("think tank"), plural("church")
    ('companies', 'think tanks', 'churches')
    """
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


@dataclass(frozen=True, slots=True)
class KindReader:
    """Rules, and how to tell a state and a body of several states by name."""

    rules: KindRules
    is_state: Callable[[str], bool]
    is_joint_body: Callable[[str], bool]
    _seen: dict[str, OrganizationKind | None] = field(default_factory=dict)

    def by_context(self, places: Iterable[tuple[str, int, int]]) -> OrganizationKind | None:
        """Return what the text most often calls the body; `places` are texts with the span of a mention."""
        said: Counter[OrganizationKind] = Counter()
        for text, start, end in places:
            before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
            match = self.rules.before.search(before) or self.rules.behind.match(behind)
            if match is not None:
                said[self.rules.nouns[match[1].lower()]] += 1
        return max(said, key=lambda kind: (said[kind], kind), default=None)

    def by_name(self, name: str) -> OrganizationKind | None:
        """Return the kind that the head noun of a name tells, the head before "of" or "for" first."""
        if name not in self._seen:
            self._seen[name] = self._read(name)
        return self._seen[name]

    def _read(self, name: str) -> OrganizationKind | None:
        rules = self.rules
        parts: list[list[str]] = [[]]
        for word in compare_name(name).split():
            if word in _LINKS:
                parts.append([])
            else:
                parts[-1].append(word)
        words = re.findall(r"[\w.]+", name)
        owner = re.split(r" (?:for|on|against|to) ", name, maxsplit=1)[0]  # what stands behind is the purpose
        regional, worldwide = (pattern.search(owner) is not None for pattern in rules.owners)
        regional = regional or self._has_joint_owner(words)
        national = not regional and any(map(self.is_state, words))
        for part in parts:
            for at, word in reversed(list(enumerate(part))):
                if word in rules.shared and (regional or worldwide):
                    return "intergovernmental"
                if word in rules.national and national:
                    return "government"
                if word in rules.private and not regional and not national:
                    return "ngo"
                kind = rules.kinds.get(word)
                if kind == "military" and not rules.rebels.isdisjoint(part[:at]):
                    return "armed_group"
                if kind is not None:
                    return kind
        return None

    def _has_joint_owner(self, words: list[str]) -> bool:
        """Tell whether a name begins with that of a known body of several states."""
        return any(self.is_joint_body(" ".join(words[:n])) for n in range(1, min(len(words), 5)))
