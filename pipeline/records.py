"""The types of the way of the data: RawArticle → Article → Segmented → Parsed → Recognized → Related.

Types grow with the data, so that a wrong order of stages does not type-check. All are frozen. Offsets are half-open
characters of `Article.text` unless a name says `raw`, which means bytes of the raw article: the file (unpacked, if it
came as .gz) or, for a line of a JSONL file, that line. `Article.sha256` is the hash of exactly those bytes.

`local` numbers index the tuples of one article. The corpus stages replace them by ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from pipeline.offsets import OffsetMap

if TYPE_CHECKING:
    from spacy.tokens import Doc

MediaType = Literal["text/plain", "text/markdown", "text/html", "application/json"]
UnitKind = Literal["title", "heading", "sentence", "item", "residue"]
ResidueKind = Literal[
    "ai_disclosure",
    "see_also",
    "navigation",
    "byline",
    "share",
    "cookie",
    "repeated_title",
    "front_matter",
    "other",
]
OrganizationKind = Literal[
    "intergovernmental",
    "alliance",
    "government",
    "military",
    "court",
    "mission",
    "armed_group",
    "ngo",
    "company",
    "media",
    "other",
]
PlaceKind = Literal["state", "territory", "region", "city", "other"]
AgreementKind = Literal[
    "treaty",
    "convention",
    "charter",
    "pact",
    "agreement",
    "memorandum",
    "protocol",
    "strategy",
    "framework",
    "resolution",
    "declaration",
    "partnership",
    "programme",
    "provision",
]
AgreementEvent = Literal["signed", "adopted", "launched", "established", "in_force", "invoked", "terminated"]
AgreementStatus = Literal["asserted", "denied", "planned", "expired"]
PartyKind = Literal["state", "organization", "other"]
Level = Literal["specific", "general"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "hedged", "predicted", "prescribed"]
DateType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["day", "month", "season", "year", "decade", "century", "range"]
Modifier = Literal["early", "mid", "late", "circa", "before", "after"]
MentionLabel = Literal["organization", "place", "date", "agreement", "person", "event", "nationality"]
RecordTable = Literal["organizations", "places", "dates", "agreements", "claims"]
Day = date  # the type, for the record that has a field of the name `date`


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The bytes of one article as offered, before anything is decided about them."""

    source: str  # path under raw/, with `#<line>` for a line of a JSONL
    raw: bytes
    media_type: MediaType
    sha256: str
    metadata: Mapping[str, str] = field(default_factory=dict)  # title, url, published known from outside the text


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its cleaned text, which never changes after this point, and the way back to the raw bytes."""

    article_id: str
    source: str
    sha256: str
    raw: bytes
    n_bytes: int
    media_type: MediaType
    encoding: str
    language: str
    title: str | None
    published: date | None
    ai_disclosure: str | None
    url: str | None
    text: str
    offsets: OffsetMap  # characters of text → bytes of raw


@dataclass(frozen=True, slots=True)
class Unit:
    """One stretch of the raw article; all units together tile its visible characters."""

    ordinal: int
    kind: UnitKind
    residue_kind: ResidueKind | None  # None unless residue
    section: tuple[str, ...]  # headings above it, outermost first
    text: str
    start: int | None  # None for residue
    end: int | None
    raw_start: int
    raw_end: int
    rule_id: str | None  # what decided the kind, for residue
    lead_in: int | None = None  # for an item: ordinal of the sentence that introduces its list
    header: str | None = None  # for an item that was a table cell: its column header
    paragraph: int = 0  # number of the paragraph, list or table it stands in


@dataclass(frozen=True, slots=True)
class Segmented:
    article: Article
    units: tuple[Unit, ...]  # in raw order


@dataclass(frozen=True, slots=True)
class Parsed:
    """Units with their linguistic annotation: one spaCy Doc per kept unit, over exactly `Unit.text`."""

    article: Article
    units: tuple[Unit, ...]
    docs: tuple[Doc | None, ...]  # aligned with units; None for residue
    model: str  # name and version of the model, for `detector`


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place of the text that supports a record (field None) or one value of it."""

    unit: int  # ordinal
    start: int
    end: int
    rule_id: str
    detector: str  # component and version
    confidence: float
    field: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A marked span. `record` is the local number in the tuple its label names, None for person, event, nationality."""

    label: MentionLabel
    unit: int
    start: int
    end: int
    text: str
    record: int | None
    rule_id: str
    detector: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Organization:
    name: str
    acronym: str | None
    aliases: tuple[str, ...]
    kind: OrganizationKind
    evidence: tuple[Evidence, ...]
    canonical: str | None = None  # lexicon key, when a lexicon knows the body


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    kind: PlaceKind
    iso3: str | None
    aliases: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class DateRecord:
    edtf: str | None
    timex: str
    type: DateType
    earliest: date | None
    latest: date | None
    precision: Precision | None
    modifier: Modifier | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Party:
    name: str
    kind: PartyKind
    record: int | None  # local number among organizations (kind organization) or places (kind state)


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """An agreement as recognized: the noun phrase, before parties and dates are related to it."""

    unit: int
    start: int
    end: int
    text: str
    named: bool
    kind: AgreementKind
    rule_id: str
    detector: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Agreement:
    name: str | None
    display_name: str
    acronym: str | None
    aliases: tuple[str, ...]
    named: bool
    kind: AgreementKind
    parties: tuple[Party, ...]
    subject: str | None
    event: AgreementEvent | None
    date: str | None  # EDTF of the event
    earliest: Day | None
    latest: Day | None
    evidence: tuple[Evidence, ...]
    status: AgreementStatus = "asserted"
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Recognized:
    """Mentions resolved within the article. Agreement mentions point into `agreement_mentions`."""

    article: Article
    units: tuple[Unit, ...]
    docs: tuple[Doc | None, ...]
    model: str
    mentions: tuple[Mention, ...]  # sorted by (unit, start, end); overlaps only where an unnamed agreement holds names
    organizations: tuple[Organization, ...]
    places: tuple[Place, ...]
    dates: tuple[DateRecord, ...]
    agreement_mentions: tuple[AgreementMention, ...]


@dataclass(frozen=True, slots=True)
class Proposition:
    """One proposition of one unit: the words of the text, each role with its span where it stands in the unit."""

    unit: int
    text: str  # the sentence
    level: Level
    score: float
    subject: str | None
    predicate: str | None
    object: str | None
    polarity: Polarity
    modality: Modality
    attribution: str | None
    organizations: tuple[int, ...]
    places: tuple[int, ...]
    dates: tuple[int, ...]
    agreements: tuple[int, ...]
    evidence: tuple[Evidence, ...]  # field None: the unit; subject, predicate, object, attribution: their spans
    predicate_lemma: str | None = None  # content verb or noun lemma, for comparing ("sign", "found", "member")
    subject_resolved: str | None = None  # the name a pronoun or generic subject stands for, when safe
    score_detail: str = ""  # the weights that made the score
    setting: str | None = None  # what the object ends in that stands in front of its clause; the table leaves it out
    object_resolved: str | None = None  # the name that "it" in the object stands for, when safe


@dataclass(frozen=True, slots=True)
class Related:
    """All records of one article; spaCy has left, so this crosses process borders and can be cached."""

    article: Article
    units: tuple[Unit, ...]
    organizations: tuple[Organization, ...]
    places: tuple[Place, ...]
    dates: tuple[DateRecord, ...]
    agreements: tuple[Agreement, ...]
    propositions: tuple[Proposition, ...]


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that could not be used, and why."""

    source: str
    sha256: str | None
    stage: str
    code: str
    message: str
