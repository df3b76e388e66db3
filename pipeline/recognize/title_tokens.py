"""Words of a unit as titles of instruments are read from them, and the spans that rules propose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.records import AgreementKind

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[-–][\w.]*\w)?|\w+(?:\((?:\d+|[a-z])\))+|[\w]+(?:[-–'’.&/][\w]+)*(?:['’](?=\s))?|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    text: str
    start: int
    end: int
    capital: bool

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that a rule proposes for one unit."""

    start: int
    end: int
    named: bool
    kind: AgreementKind
    rule_id: str
    confidence: float
    detector: Literal["rules", "lexicon", "model"] = "rules"


def tokens_of(text: str) -> list[Token]:
    """Split text into words, with "U.S.-India", "Egypt–Israel" and "42(7)" as one, and single marks."""
    return [Token(match[0], *match.span(), match[0][0].isupper()) for match in _TOKEN.finditer(text)]
