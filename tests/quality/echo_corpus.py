"""A generated corpus whose truth is known: originals, copies of each sort, corroborations, contradictions, distractors.

    python -m tests.quality.echo_corpus 1000 10000

prints, for each number of articles, how well families, merged claims and conflicts are found, seconds, and peak memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from pipeline.columns import to_columns
from pipeline.dedupe import Resolved, dedupe, load_policy
from pipeline.ids import stable_id
from pipeline.offsets import OffsetMap
from pipeline.records import Article, DateRecord, Evidence, Organization, Proposition, Related, Unit

SORTS = ("copy", "shuffled", "renamed", "spun", "lifted", "echo", "contrary", "distractor")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
ONSETS, VOWELS, CODAS = (
    ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kl", "st"],
    ["a", "e", "i", "o", "u"],
    ["l", "m", "n", "r", "s", "t", "x"],
)
TOPICS = ["Fisheries", "Harbour", "Transit", "Energy", "Forestry", "Mining", "Railway", "Customs", "Weather", "Radio"]
BODIES = ["Council", "Agency", "Bureau", "Commission", "Institute", "Authority"]
FIRST_NAMES = ("Danube", "Baltic", "Andean", "Alpine", "Coastal")


@dataclass(frozen=True)
class Said:
    """One sentence with its proposition; `truth` is equal exactly where the same is asserted."""

    subject: str
    predicate: str
    object: str
    lemma: str
    truth: Hashable
    day: date | None = None  # stands in the object
    day_text: str | None = None
    polarity: str = "affirmed"
    modality: str = "asserted"
    attribution: str | None = None

    @property
    def text(self) -> str:
        said = f"{self.subject} {self.predicate} {self.object}".strip() + "."
        return said if self.attribution is None else f"{self.attribution} said that {said}"


@dataclass
class Draft:
    """One article: its paragraphs of sentences, and the family it is of."""

    family: int
    title: str
    paragraphs: list[list[str | Said]]


@dataclass
class Echoes:
    """The corpus and its truth."""

    articles: list[Related] = field(default_factory=list)
    family: dict[str, int] = field(default_factory=dict)  # article_id → family
    truth: dict[tuple[str, int], Hashable] = field(default_factory=dict)  # (article_id, local) → what is asserted
    contrary: set[Hashable] = field(default_factory=set)  # facts of which two places differ
    bodies: dict[str, str] = field(default_factory=dict)  # name → acronym


class Maker:
    """Makes one corpus from one seed."""

    def __init__(self, n: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.n = n
        self.words = sorted({self._word() for _ in range(4000)})
        self.bodies: dict[str, str] = {}
        self.echoes = Echoes(bodies=self.bodies)
        self.facts = 0

    def _word(self) -> str:
        return "".join(
            self.dice.choice(ONSETS) + self.dice.choice(VOWELS) + self.dice.choice(["", *CODAS])
            for _ in range(self.dice.randint(2, 3))
        )

    def make(self) -> Echoes:
        furniture = [[self.filler() for _ in range(2)] for _ in range(max(2, self.n // 60))]
        drafts: list[Draft] = []
        family = 0
        while len(drafts) < self.n:
            family += 1
            facts = [self.fact() for _ in range(4)]
            original = self.draft(family, [self.say(fact, plain=True) for fact in facts])
            drafts.append(original)
            for sort in self.dice.sample(SORTS, self.dice.randint(1, 4)):
                if sort in ("echo", "contrary", "distractor"):
                    family += 1
                    says = {"echo": self.say, "contrary": self.deny, "distractor": self.distract}[sort]
                    drafts.append(self.draft(family, [says(fact) for fact in facts[:3]]))
                else:
                    drafts.append(self.copied(original, sort))
        for i, draft in enumerate(drafts[: self.n]):
            site: list[str | Said] = list(furniture[i % len(furniture)])
            self.publish(i, Draft(draft.family, draft.title, [*draft.paragraphs, site]))
        self._keep_planted()
        return self.echoes

    def _keep_planted(self) -> None:
        """Drop facts whose contradiction was cut off with the last articles."""
        said: dict[Hashable, set[Hashable]] = defaultdict(set)
        for truth in self.echoes.truth.values():
            said[truth[0]].add(truth)  # type: ignore[index]
        self.echoes.contrary = {fact for fact in self.echoes.contrary if len(said[fact]) > 1}

    def filler(self) -> str:
        words = [self.dice.choice(self.words) for _ in range(self.dice.randint(9, 16))]
        return " ".join(words).capitalize() + "."

    def draft(self, family: int, says: Sequence[Said]) -> Draft:
        paragraphs: list[list[str | Said]] = [[self.filler() for _ in range(3)] for _ in range(5)]
        for said in says:
            self.dice.choice(paragraphs).insert(1, said)
        return Draft(family, f"{self.filler()[:-1]}", paragraphs)

    def copied(self, draft: Draft, sort: str) -> Draft:
        paragraphs = [list(paragraph) for paragraph in draft.paragraphs]
        title = draft.title
        if sort == "shuffled":
            self.dice.shuffle(paragraphs)
        elif sort == "renamed":
            old, new = self.dice.sample(self.words, 2)
            title = f"{new.capitalize()} reader"
            paragraphs = [[s.replace(old, new) if isinstance(s, str) else s for s in some] for some in paragraphs]
        elif sort == "spun":
            paragraphs = [[self.spun(s) if isinstance(s, str) else s for s in some] for some in paragraphs]
        elif sort == "lifted":
            own = self.draft(0, ()).paragraphs
            paragraphs, title = [*own[:4], *paragraphs[:2]], self.filler()[:-1]
        return Draft(draft.family, title, paragraphs)

    def spun(self, sentence: str) -> str:
        return " ".join(self.dice.choice(self.words) if self.dice.random() < 0.12 else w for w in sentence.split())

    # Facts: (number, kind, body, day, number, thing) ----------------------------------------------------------------

    def fact(self) -> tuple[int, str, str, date, int, str]:
        self.facts += 1
        while True:
            name = f"{self._word().capitalize()} {self.dice.choice(TOPICS)} {self.dice.choice(BODIES)}"
            acronym = f"{name[:2].upper()}{''.join(self.dice.choices('BCDFGKLMNPQRTVXZ', k=4))}"
            if name not in self.bodies and acronym not in self.bodies.values():
                break
        self.bodies[name] = acronym
        day = date(self.dice.randint(1930, 2020), self.dice.randint(1, 12), self.dice.randint(1, 28))
        kind = self.dice.choice(("found", "members", "office", "send"))
        return self.facts, kind, name, day, self.dice.randint(21, 900), self._word()

    def say(self, fact: tuple[int, str, str, date, int, str], *, plain: bool = False, **changes: object) -> Said:
        """Put a fact into words: the full name and the exact date if `plain`, else any way that means the same."""
        number, kind, name, day, count, thing = fact
        who = name if plain or self.dice.random() < 0.5 else self.bodies[name]
        exact = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        when = exact if plain else self.dice.choice((exact, str(day.year)))
        first = lambda *ways: ways[0] if plain else self.dice.choice(ways)  # noqa: E731
        truth = (number, *sorted((key, str(value)) for key, value in changes.items()))
        if kind == "found":
            founder, year = f"{thing.capitalize()} {thing[::-1].capitalize()}", when
            verb, lemma = first(("founded", "found"), ("established", "establish"), ("created", "create"))
            if first(True, False):
                said = Said(f"The {who}", f"was {verb}", f"by {founder} in {year}", lemma, truth, day, year)
            else:
                said = Said(founder, verb, f"the {who} in {year}", lemma, truth, day, year)
        elif kind == "members":
            things = first("member states", "member countries", "members")
            said = Said(f"The {who}", first("has", "possesses"), f"{count} {things}", "have", truth)
        elif kind == "office":
            verb, lemma = first(("launched", "launch"), ("inaugurated", "inaugurate"))
            said = Said(f"The {who}", verb, f"an office in {thing.capitalize()} in {when}", lemma, truth, day, when)
        else:
            verb, lemma = first(("sent", "send"), ("dispatched", "dispatch"))
            said = Said(
                f"The {who}", verb, f"{count} {first('soldiers', 'troops')} to {thing.capitalize()}", lemma, truth
            )
        return Said(**{**{slot: getattr(said, slot) for slot in said.__dataclass_fields__}, **changes})  # type: ignore[arg-type]

    def deny(self, fact: tuple[int, str, str, date, int, str]) -> Said:
        """Contradict a fact: another year, another number."""
        number, kind, name, day, count, thing = fact
        self.echoes.contrary.add(number)
        day, count = day.replace(year=day.year + self.dice.randint(1, 9)), count + self.dice.randint(1, 20)
        said = self.say((number, kind, name, day, count, thing))
        return Said(
            **{**{slot: getattr(said, slot) for slot in said.__dataclass_fields__}, "truth": (number, "contrary")}
        )

    def distract(self, fact: tuple[int, str, str, date, int, str]) -> Said:
        """Say something else that looks alike: attributed, hedged, of another thing."""
        number, kind, name, day, count, _thing = fact
        way = self.dice.choice(("attribution", "modality", "thing"))
        if way == "attribution":
            return self.say(fact, attribution="Observers")
        if way == "modality":
            return self.say(fact, modality="hedged")
        said = self.say((number, kind, name, day, count, self._word()))
        swapped = said.object.replace("member states", "observers").replace("member countries", "observers")
        swapped = swapped if swapped.endswith("observers") else swapped.replace("members", "observers")
        slots = {slot: getattr(said, slot) for slot in said.__dataclass_fields__}
        return Said(**{**slots, "object": swapped, "truth": (number, "thing", swapped)})

    # Records ----------------------------------------------------------------------------------------------------------

    def publish(self, i: int, draft: Draft) -> None:
        source = f"echo/{i:05}.txt"
        sentences = [draft.title, *(sentence for some in draft.paragraphs for sentence in some)]
        texts = [one if isinstance(one, str) else one.text for one in sentences]
        text = "\n".join(texts)
        raw = text.encode()
        article_id = stable_id("articles", source)
        starts = [sum(len(t) + 1 for t in texts[:k]) for k in range(len(texts))]
        units = tuple(
            Unit(k, "sentence" if k else "title", None, (), t, at, at + len(t), at, at + len(t), None)
            for k, (t, at) in enumerate(zip(texts, starts, strict=True))
        )
        article = Article(
            article_id, source, stable_id("articles", text)[4:] * 4, raw, len(raw), "text/plain", "utf-8", "en",
            draft.title, None, None, None, text, OffsetMap.identity(len(text)),
        )  # fmt: skip
        bodies: dict[str, list[Evidence]] = defaultdict(list)
        dates: dict[tuple[date, str], list[Evidence]] = defaultdict(list)
        found: list[Proposition] = []
        for unit, one in enumerate(sentences):
            if isinstance(one, Said):
                found.append(self.proposition(unit, one, bodies, dates))
                self.echoes.truth[article_id, len(found) - 1] = one.truth
        organizations = tuple(
            Organization(name, self.bodies.get(name), (), "other",
                         tuple(evidence))
            for name, evidence in bodies.items()
        )  # fmt: skip
        records = tuple(_date(day, shown, tuple(evidence)) for (day, shown), evidence in dates.items())
        self.echoes.family[article_id] = draft.family
        self.echoes.articles.append(Related(article, units, organizations, (), records, (), tuple(found)))

    def proposition(
        self, unit: int, said: Said, bodies: dict[str, list[Evidence]], dates: dict[tuple[date, str], list[Evidence]]
    ) -> Proposition:
        def at(words: str, role: str | None = None) -> Evidence:
            start = said.text.index(words)
            return Evidence(unit, start, start + len(words), "echo.made", "echo 1", 1.0, role, words if role else None)

        roles = [at(getattr(said, role), role) for role in ("subject", "predicate", "object")]
        mine: list[int] = []
        for name, acronym in self.named(said.text):
            shown = name if name in said.text else acronym
            bodies[shown].append(at(shown))
            mine.append(list(bodies).index(shown))
        when: list[int] = []
        if said.day is not None and said.day_text is not None:
            key = (said.day if len(said.day_text) > 4 else date(said.day.year, 1, 1), said.day_text)
            dates[key].append(at(said.day_text))
            when.append(list(dates).index(key))
        whole = Evidence(unit, 0, len(said.text), "echo.made", "echo 1", 1.0)
        return Proposition(
            unit, said.text, "specific", 0.5, said.subject, said.predicate, said.object, said.polarity, said.modality,  # type: ignore[arg-type]
            said.attribution, tuple(mine), (), tuple(when), (), (whole, *roles), said.lemma, None, "made",
        )  # fmt: skip

    def named(self, text: str) -> list[tuple[str, str]]:
        words = set(text.replace(".", " ").split())
        if not hasattr(self, "_by_acronym"):
            self._by_acronym = {acronym: name for name, acronym in self.bodies.items()}
        for word in words:
            if word in self._by_acronym:
                return [(self._by_acronym[word], word)]
        for first in words:
            for topic in words & set(TOPICS):
                for body in words & set(BODIES):
                    name = f"{first} {topic} {body}"
                    if name in self.bodies:
                        return [(name, self.bodies[name])]
        return []


def _date(day: date, shown: str, evidence: tuple[Evidence, ...]) -> DateRecord:
    if len(shown) == 4:
        return DateRecord(shown, shown, "DATE", date(day.year, 1, 1), date(day.year, 12, 31), "year", None, evidence)
    return DateRecord(day.isoformat(), day.isoformat(), "DATE", day, day, "day", None, evidence)


def echo_corpus(n: int, *, seed: int = 7) -> Echoes:
    """Return `n` articles and the truth about them; the same for the same seed."""
    return Maker(n, seed).make()


@dataclass(frozen=True)
class Score:
    """Precision and recall of one thing."""

    right: int
    said: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.true) if self.said + self.true else 1.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.4f}  P {self.precision:.4f}  R {self.recall:.4f}  ({self.right} of {self.true})"


def _pairs(items: Iterable[tuple[Hashable, Hashable]]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(items).values())


def judge(echoes: Echoes, resolved: Resolved) -> dict[str, Score]:
    """Hold what was resolved against the truth. Claims: pairs of propositions of different families."""
    articles = resolved.tables["articles"]
    said = dict(zip(articles["article_id"].to_pylist(), articles["family_id"].to_pylist(), strict=True))
    families = Score(
        _pairs((echoes.family[one], said[one]) for one in said),
        _pairs((said[one], 0) for one in said),
        _pairs((echoes.family[one], 0) for one in said),
    )
    row_of = claim_rows(echoes, resolved)
    kept: dict[tuple[int, Hashable, str], Hashable] = {}
    for key, truth in echoes.truth.items():
        kept[echoes.family[key[0]], truth, row_of[key]] = truth
    by_row: dict[str, list[tuple[int, Hashable]]] = defaultdict(list)
    by_truth: dict[Hashable, list[tuple[int, str]]] = defaultdict(list)
    for family, truth, row in kept:
        by_row[row].append((family, truth))
        by_truth[truth].append((family, row))
    n_said = [a[1] == b[1] for some in by_row.values() for a, b in combinations(some, 2) if a[0] != b[0]]
    n_true = sum(1 for some in by_truth.values() for a, b in combinations(some, 2) if a[0] != b[0])
    facts: dict[str, set[Hashable]] = defaultdict(set)
    for key, truth in echoes.truth.items():
        facts[row_of[key]].add(truth[0])  # type: ignore[index]
    found = [set().union(*(facts[row] for row in rows)) for rows in resolved.tables["conflicts"]["row_ids"].to_pylist()]
    right = {next(iter(some)) for some in found if len(some) == 1} & echoes.contrary
    wrong = sum(1 for some in found if len(some) != 1 or not some <= echoes.contrary)
    return {
        "families": families,
        "claims": Score(sum(n_said), len(n_said), n_true),
        "conflicts": Score(len(right), len(right) + wrong, len(echoes.contrary)),
    }


def claim_rows(echoes: Echoes, resolved: Resolved) -> dict[tuple[str, int], str]:
    """Return the row of each local claim, read from the evidence of its sentence."""
    evidence = resolved.tables["evidence"]
    names = ("table", "field", "article_id", "start", "row_id")
    where = {
        (article_id, start): row_id
        for table, role, article_id, start, row_id in zip(*(evidence[n].to_pylist() for n in names), strict=True)
        if table == "claims" and role is None
    }
    rows = {}
    for related in echoes.articles:
        article_id = related.article.article_id
        for local, said in enumerate(related.propositions):
            rows[article_id, local] = where[article_id, related.units[said.unit].start]
    return rows


def main(sizes: Sequence[int]) -> None:
    """Print seconds of the processor, peak memory and quality for each number of articles, and how the time grows."""
    policy = load_policy()
    taken: list[float] = []
    for n in sizes:
        echoes = echo_corpus(n)
        columns = to_columns(echoes.articles)
        begin = time.process_time()
        resolved = dedupe(columns, policy=policy)
        taken.append(time.process_time() - begin)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        sys.stdout.write(
            f"dedupe of {n:,} generated articles: {taken[-1]:.1f} s, peak {peak:.2f} GB with the generator\n"
        )
        for name, score in judge(echoes, resolved).items():
            sys.stdout.write(f"  {name:<10} {score}\n")
        sys.stdout.flush()
    if len(sizes) > 1:
        more, longer = sizes[-1] / sizes[0], taken[-1] / taken[0]
        sys.stdout.write(f"{more:.0f} times the articles take {longer:.1f} times the time\n")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000, 10_000])
