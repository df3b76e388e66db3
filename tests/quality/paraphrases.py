"""Generated articles in plain text, taken through the whole pipeline: what is said twice, and what differs.

    python -m tests.quality.paraphrases 40

writes three or four articles about each of 40 invented bodies into scratch/paraphrases, runs the pipeline over them and
prints how well families, claims and conflicts are found. The frames are written as articles say such things, not as the
lexicons list them: some are in none. Truth is kept by sentence: two sentences of different families assert the same
where fact and value agree; a fact with two values is a planted contradiction.
"""

from __future__ import annotations

import random
import shutil
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.config import Settings
from pipeline.run import run
from tests.quality.echo_corpus import MONTHS, Maker, Score

STATES = [
    "Norway",
    "Kenya",
    "Peru",
    "Japan",
    "Ghana",
    "Chile",
    "Poland",
    "Vietnam",
    "Jordan",
    "Malta",
    "Nepal",
    "Canada",
]
TOWNS = [
    "Oslo",
    "Nairobi",
    "Lima",
    "Osaka",
    "Accra",
    "Santiago",
    "Warsaw",
    "Hanoi",
    "Amman",
    "Ottawa",
    "Lisbon",
    "Geneva",
]
TOPICS = ["Fisheries", "Harbour", "Transit", "Energy", "Forestry", "Mining", "Railway", "Customs", "Weather", "Radio"]
KINDS = ["Council", "Agency", "Commission", "Institute", "Authority", "Organization"]
# {b} body, {a} its acronym, {t} treaty, {d} date, {n} number, {p} town, {x} and {y} states.
FRAMES: dict[str, list[str]] = {
    "found": [
        "The {b} was founded in {d}.",
        "Founded in {d}, the {b} advises governments on technical questions.",
        "Ministers set up the {b} in {d} after long talks.",
        "The {a} came into existence in {d}.",
        "The {b}, a body established in {d}, keeps a small staff.",
        "The {b} began its work in {d}.",
        "The history of the {a} goes back to {d}.",
        "The creation of the {b} in {d} surprised few observers.",
        "It was in {d} that the {b} was born.",
    ],
    "members": [
        "The {a} has {n} member states.",
        "The {b} counts {n} members.",
        "The {b}, which has {n} member states, meets twice a year.",
        "Today {n} states belong to the {a}.",
        "Membership of the {b} stands at {n} states.",
        "With its {n} members, the {a} is a large body.",
    ],
    "seat": [
        "The {a} is based in {p}.",
        "The {b} has its headquarters in {p}.",
        "The headquarters of the {a} are situated in {p}.",
        "The {b}, headquartered in {p}, runs three programmes.",
        "The seat of the {b} is in {p}.",
        "From its offices in {p}, the {a} runs three programmes.",
    ],
    "sign": [
        "{x} and {y} signed the {t} in {d}.",
        "The {t} was signed by {x} and {y} in {d}.",
        "The {t}, signed in {d} by {x} and {y}, covers inspections.",
        "In {d}, {y} and {x} put their names to the {t}.",
    ],
    "force": [
        "The {t} entered into force in {d}.",
        "The {t} has been in force since {d}.",
        "The {t} took effect in {d}.",
        "The {t}, which came into force in {d}, covers inspections.",
        "Since {d}, the {t} has been binding on its parties.",
    ],
    "ratify": [
        "{x} has ratified the {t}.",
        "{x} ratified the {t} without reservations.",
        "The {t} was ratified by {x}.",
    ],
    "not_ratify": [
        "{x} has not ratified the {t}.",
        "{x} has never ratified the {t}.",
        "The {t} was never ratified by {x}.",
    ],
}
FILLER = [
    "Officials in {p} often describe the {w} {v} of such {s} as a matter of {u}.",
    "Many {s} depend on {u}, and few {s} can manage without {w} {v}.",
    "A lasting {v} needs {u}, patience and {w} habits among the {s}.",
    "Where {s} lack {u}, even a {w} {v} may change little.",
    "Critics say that {w} {s} weaken the {v} and cost {u}.",
    "The {v} of {s} remains {w}, as people in {p} know well.",
    "Without {u} there is no {w} {v}, and the {s} suffer most.",
    "Some see the {s} of {p} as a {w} example of {u}.",
]
SLOTS = {
    "w": [
        "steady",
        "narrow",
        "modest",
        "costly",
        "quiet",
        "gradual",
        "hidden",
        "sober",
        "fragile",
        "mature",
        "uneven",
        "careful",
        "shared",
        "broad",
        "slow",
        "open",
    ],
    "v": [
        "planning",
        "review",
        "training",
        "oversight",
        "dialogue",
        "funding",
        "research",
        "transport",
        "storage",
        "repair",
        "exchange",
        "control",
    ],
    "s": [
        "ports",
        "clinics",
        "farmers",
        "ships",
        "teachers",
        "engineers",
        "villages",
        "rivers",
        "markets",
        "schools",
        "workers",
        "roads",
        "pilots",
        "nurses",
    ],
    "u": [
        "trust",
        "skill",
        "money",
        "time",
        "water",
        "fuel",
        "honesty",
        "data",
        "energy",
        "order",
        "courage",
        "practice",
        "calm",
        "luck",
    ],
    "p": TOWNS,
}


@dataclass
class Truth:
    """What stands where: (source, sentence) → (fact, value); source → family; facts said with two values."""

    said: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    family: dict[str, int] = field(default_factory=dict)
    contrary: set[str] = field(default_factory=set)


class Writer:
    """Writes the articles of one seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.dice, self.folder, self.truth = random.Random(seed), folder, Truth()
        self.word = Maker(0, seed)._word
        self.names: set[str] = set()
        self.family = 0
        self.site = [self.filler(), "Read the notes of the editors before you quote this page."]

    def filler(self) -> str:
        return self.dice.choice(FILLER).format(**{slot: self.dice.choice(words) for slot, words in SLOTS.items()})

    def world(self, number: int) -> None:
        """Write the articles about one body and one treaty."""
        while True:
            first = self.word().capitalize()
            body = f"{first} {self.dice.choice(TOPICS)} {self.dice.choice(KINDS)}"
            acronym = "".join(word[0] for word in body.split()) + "".join(self.dice.choices("BDGKLMNPRSTV", k=2))
            if body not in self.names and acronym not in self.names:
                break
        self.names |= {body, acronym}
        x, y = self.dice.sample(STATES, 2)
        treaty = f"{self.word().capitalize()} {self.dice.choice(('Convention', 'Treaty', 'Protocol'))}"
        known = {"b": body, "a": acronym, "t": treaty, "x": x, "y": y}
        year = self.dice.randint(1931, 2005)
        month = self.dice.choice(MONTHS)
        values: dict[str, dict[str, str]] = {
            "found": {"d": str(year), "exact": f"{month} {year}"},
            "members": {"n": str(self.dice.randint(21, 180))},
            "seat": {"p": self.dice.choice(TOWNS)},
            "sign": {"d": str(year + 3), "exact": f"{month} {year + 3}"},
            "force": {"d": str(year + 5), "exact": f"{month} {year + 5}"},
            "ratify": {},
        }
        other = {
            "found": {"d": str(year - 7)},
            "members": {"n": str(int(values["members"]["n"]) + self.dice.randint(1, 9))},
            "sign": {"d": str(year + 9)},
            "force": {"d": str(year + 12)},
        }
        facts = self.dice.sample(sorted(values), 4)
        original = self.article(known, {fact: self.say(fact, known, values[fact]) for fact in facts})
        self.article(known, {fact: self.say(fact, known, values[fact]) for fact in facts})
        changed = self.dice.choice(facts)
        third = {}
        for fact in facts[:3]:
            if fact == changed and fact != "seat":
                self.truth.contrary.add(f"{fact} {body}")
                frames = "not_ratify" if fact == "ratify" else fact
                third[fact] = (*self.say(frames, known, other.get(fact, {}))[:1], f"{fact} {body}", f"other {fact}")
            else:
                sentence, key, value = self.say(fact, known, values[fact])
                third[fact] = (f"According to critics, {sentence[0].lower()}{sentence[1:]}", key, f"{value} by critics")
                if sentence.startswith((x, y)):
                    third[fact] = (f"According to critics, {sentence}", key, f"{value} by critics")
        self.article(known, third)
        if self.dice.random() < 0.6:
            self.copy(original, self.dice.choice(("whole", "shuffled", "renamed", "spun", "lifted")))

    def say(self, fact: str, known: dict[str, str], value: dict[str, str]) -> tuple[str, str, str]:
        day = value.get("exact") if "exact" in value and self.dice.random() < 0.4 else value.get("d")
        sentence = self.dice.choice(FRAMES[fact]).format(**known, **{"n": "", "p": "", **value, "d": day})
        return sentence, f"{fact} {known['b']}", value.get("d", str(sorted(value.items())))

    def article(
        self, known: dict[str, str], says: dict[str, tuple[str, str, str]], *, family: int = 0
    ) -> dict[str, Any]:
        if not family:
            self.family += 1
        about = self.dice.choice(
            [
                "The {b} ({a}) is often in the news.",
                "Few people know the {b} ({a}).",
                "This page is about the {b} ({a}).",
            ]
        )
        paragraphs = [[about.format(**known), self.filler()], *([self.filler() for _ in range(3)] for _ in range(4))]
        for said in says.values():
            self.dice.choice(paragraphs[1:]).insert(1, said[0])
        title = f"Notes on {self.dice.choice(SLOTS['v'])} and {self.dice.choice(SLOTS['u'])} {len(self.truth.family)}"
        return self.put({"title": title, "paragraphs": paragraphs, "says": list(says.values())}, self.family)

    def put(self, article: dict[str, Any], family: int) -> dict[str, Any]:
        source = f"p{len(self.truth.family):05}.txt"
        blocks = [article["title"], *(" ".join(some) for some in article["paragraphs"]), " ".join(self.site)]
        (self.folder / source).write_text("\n\n".join(blocks) + "\n", "utf-8")
        self.truth.family[source] = family
        standing = {sentence for some in article["paragraphs"] for sentence in some}
        for sentence, key, value in article["says"]:
            if sentence in standing:
                self.truth.said[source, sentence] = key, value
        return {**article, "family": family}

    def copy(self, original: dict[str, Any], sort: str) -> None:
        paragraphs = [list(some) for some in original["paragraphs"]]
        if sort == "shuffled":
            self.dice.shuffle(paragraphs)
        elif sort == "renamed":
            towns = dict(zip(TOWNS, self.dice.sample(TOWNS, len(TOWNS)), strict=True))
            kept = {said[0] for said in original["says"]}
            swap = lambda s: " ".join(towns.get(w.strip(".,"), w) for w in s.split())  # noqa: E731
            paragraphs = [[s if s in kept else swap(s) for s in some] for some in paragraphs]
        elif sort == "spun":
            words = {w: self.dice.choice(some) for slot, some in SLOTS.items() if slot in "wu" for w in some}
            kept = {said[0] for said in original["says"]}
            spin = lambda s: " ".join(words.get(w, w) if self.dice.random() < 0.5 else w for w in s.split())  # noqa: E731
            paragraphs = [[s if s in kept else spin(s) for s in some] for some in paragraphs]
        elif sort == "lifted":
            paragraphs = [*([self.filler() for _ in range(3)] for _ in range(3)), *paragraphs[1:3]]
        self.put({**original, "title": f"{original['title']} again", "paragraphs": paragraphs}, original["family"])


def judge(truth: Truth, out: Path) -> dict[str, Score]:
    """Hold the tables against the truth; claims also by kind of fact."""
    table = {
        name: pq.read_table(out / f"{name}.parquet").to_pylist()
        for name in ("articles", "units", "evidence", "conflicts")
    }
    source = {row["article_id"]: row["source"] for row in table["articles"]}
    family = {row["source"]: row["family_id"] for row in table["articles"]}
    pairs = [(family[a] == family[b], truth.family[a] == truth.family[b]) for a, b in combinations(sorted(family), 2)]
    found = {"families": Score(sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs))}
    unit_of = {(source[row["article_id"]], row["text"]): row["unit_id"] for row in table["units"]}
    said = {unit_of[key]: (*value, truth.family[key[0]]) for key, value in truth.said.items() if key in unit_of}
    rows: dict[str, set[str]] = defaultdict(set)
    at: dict[str, str] = {}
    for row in table["evidence"]:
        at[row["evidence_id"]] = row["unit_id"]
        if row["table"] == "claims" and row["field"] is None:
            rows[row["unit_id"]].add(row["row_id"])
    scores: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one, other in combinations(sorted(said), 2):
        (fact, value, first), (other_fact, other_value, second) = said[one], said[other]
        if first != second:
            merged, same = bool(rows[one] & rows[other]), (fact, value) == (other_fact, other_value)
            if merged or same:
                scores[fact.partition(" ")[0]].append((merged, same))
                scores["claims"].append((merged, same))
    for name in ("claims", *sorted(set(scores) - {"claims"})):
        some = scores[name]
        found[name] = Score(sum(a and b for a, b in some), sum(a for a, _ in some), sum(b for _, b in some))
    seen = [{said[at[e]][0] for e in row["evidence_ids"] if at[e] in said} for row in table["conflicts"]]
    right = {next(iter(some)) for some in seen if len(some) == 1} & truth.contrary
    wrong = sum(1 for some in seen if len(some) != 1 or not some <= truth.contrary)
    found["conflicts"] = Score(len(right), len(right) + wrong, len(truth.contrary))
    return found


def measure(worlds: int, folder: Path, *, seed: int = 5) -> dict[str, Score]:
    """Write the articles about so many bodies, run the pipeline over them, and judge."""
    shutil.rmtree(folder / "raw", ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    writer = Writer(folder / "raw", seed)
    for number in range(worlds):
        writer.world(number)
    run(Settings(raw=folder / "raw", out=folder / "processed", workers=1, judgements=folder / "judgements.yml"))
    return judge(writer.truth, folder / "processed")


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for name, score in measure(size, Path("scratch") / "paraphrases").items():
        sys.stdout.write(f"{name:<10} {score}\n")
