"""Generated articles in plain text, taken through the whole pipeline: what is said twice, and what differs.

    python -m tests.quality.paraphrases 40 --seed 5 --misses

writes three or four articles about each of 40 invented bodies into scratch/paraphrases, runs the pipeline over them and
prints how well families, claims and conflicts are found, and what was missed. The frames are written as articles say
such things, not as the lexicons list them: some are in none. Truth is kept by sentence: two sentences of different
families assert the same where fact and value agree, and are merged where a row that holds the value has both; a fact
with two values is a planted contradiction.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import srsly

from pipeline.config import Settings
from pipeline.run import run
from tests.quality.echo_corpus import MONTHS, Maker, Score
from tests.quality.held_frames import HELD2_FRAMES, HELD_FRAMES
from tests.quality.paraphrase_frames import (
    FILLER,
    FRAMES,
    KINDS,
    OTHER_FRAMES,
    SLOTS,
    STATES,
    TOPICS,
    TOWNS,
    UNSEEN_FRAMES,
)

BLIND = Path(__file__).parent.parent / "data" / "blind_frames.yml"
SETS: dict[str, Mapping[str, Sequence[str]]] = {
    "known": FRAMES,
    "other": OTHER_FRAMES,
    "unseen": UNSEEN_FRAMES,
    "held": HELD_FRAMES,
    "held2": HELD2_FRAMES,
    **srsly.read_yaml(BLIND),
}


@dataclass
class Truth:
    """(Source, sentence) → (fact, value, words of the value); source → family; facts said with two values."""

    said: dict[tuple[str, str], tuple[str, str, str]] = field(default_factory=dict)
    family: dict[str, int] = field(default_factory=dict)
    contrary: set[str] = field(default_factory=set)


class Writer:
    """Writes the articles of one seed."""

    def __init__(self, folder: Path, seed: int, frames: Mapping[str, Sequence[str]]) -> None:
        self.frames = frames
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
            "withdraw": {"d": str(year + 8), "exact": f"{month} {year + 8}"},
            "adopt": {"d": str(year + 2), "exact": f"{month} {year + 2}"},
        }
        values = {fact: value for fact, value in values.items() if fact in self.frames}
        other = {
            "found": {"d": str(year - 7)},
            "members": {"n": str(int(values["members"]["n"]) + self.dice.randint(1, 9))},
            "sign": {"d": str(year + 9)},
            "force": {"d": str(year + 12)},
            "withdraw": {"d": str(year + 15)},
            "adopt": {"d": str(year - 1)},
        }
        facts = self.dice.sample(sorted(values), 4)
        near = [self.near(known, values) for _ in range(3)]
        said = {fact: self.say(fact, known, values[fact]) for fact in facts}
        original = self.article(known, {**said, **near[0]})
        said = {fact: self.say(fact, known, values[fact]) for fact in facts}
        self.article(known, {**said, **near[1]})
        changed = self.dice.choice(facts)
        third = {}
        for fact in facts[:3]:
            if fact == changed and fact != "seat":
                self.truth.contrary.add(f"{fact} {body}")
                frames = "not_ratify" if fact == "ratify" else fact
                sentence, _, _, mark = self.say(frames, known, other.get(fact, {}))
                third[fact] = (sentence, f"{fact} {body}", f"other {fact}", mark)
            else:
                sentence, key, value, mark = self.say(fact, known, values[fact])
                start = sentence[0] if sentence.startswith((x, y)) else sentence[0].lower()
                third[fact] = (f"According to critics, {start}{sentence[1:]}", key, f"{value} by critics", mark)
        self.article(known, {**third, **near[2]})
        if self.dice.random() < 0.6:
            self.copy(original, self.dice.choice(("whole", "shuffled", "renamed", "spun", "lifted")))

    def say(self, fact: str, known: dict[str, str], value: dict[str, str]) -> tuple[str, str, str, str]:
        day = value.get("exact") if "exact" in value and self.dice.random() < 0.4 else value.get("d")
        sentence = self.dice.choice(self.frames[fact]).format(**known, **{"n": "", "p": "", **value, "d": day})
        mark = next((value[slot] for slot in ("d", "n", "p") if slot in value), "ratif")
        return sentence, f"{fact} {known['b']}", value.get("d", str(sorted(value.items()))), mark

    def near(self, known: dict[str, str], values: dict[str, dict[str, str]]) -> dict[str, tuple[str, str, str, str]]:
        """Two sentences, where the frames have any, that say no fact in much the words of one."""
        found = {}
        for frame in self.dice.sample(self.frames.get("near", ()), 2 if "near" in self.frames else 0):
            value = values["sign" if "{t}" in frame else "found"]["d"]
            slots = {"d": value, "n": values["members"]["n"], "p": values["seat"]["p"]}
            key = f"near {frame} {known['b']}"
            found[key] = (frame.format(**known, **slots), key, value, "")
        return found

    def article(
        self, known: dict[str, str], says: dict[str, tuple[str, str, str, str]], *, family: int = 0
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
        for sentence, key, value, mark in article["says"]:
            if sentence in standing:
                self.truth.said[source, sentence] = key, value, mark
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


@dataclass
class Found:
    """What a run made of the articles: by unit its sentence, rows of claims and their roles; rows of other tables."""

    truth: Truth
    said: dict[str, tuple[str, str, str, int]]  # unit → fact, value, words of the value, family
    text: dict[str, str]
    rows: dict[str, set[str]]
    family: dict[str, str]  # source → family
    conflicts: list[set[str]]  # the units behind each
    claims: dict[str, str]  # row → its roles and dates

    @classmethod
    def read(cls, truth: Truth, out: Path) -> Found:
        names = ("articles", "units", "evidence", "conflicts", "claims", "dates")
        table = {name: pq.read_table(out / f"{name}.parquet").to_pylist() for name in names}
        source = {row["article_id"]: row["source"] for row in table["articles"]}
        unit_of = {(source[row["article_id"]], row["text"]): row["unit_id"] for row in table["units"]}
        rows: dict[str, set[str]] = defaultdict(set)
        for row in table["evidence"]:
            if row["table"] == "claims" and row["field"] is None:
                rows[row["unit_id"]].add(row["row_id"])
        day = {row["date_id"]: str(row["edtf"]) for row in table["dates"]}
        at = {row["evidence_id"]: row["unit_id"] for row in table["evidence"]}
        return cls(
            truth,
            {unit_of[key]: (*value, truth.family[key[0]]) for key, value in truth.said.items() if key in unit_of},
            {row["unit_id"]: row["text"] for row in table["units"]},
            rows,
            {row["source"]: row["family_id"] for row in table["articles"]},
            [{at[e] for e in row["evidence_ids"]} for row in table["conflicts"]],
            {
                row["claim_id"]: " | ".join(
                    [
                        *(str(row[role]) for role in ("subject", "predicate", "object")),
                        *(day[one] for one in row["dates"]),
                    ]
                )
                for row in table["claims"]
            },
        )

    def families(self) -> Score:
        pairs = [
            (self.family[a] == self.family[b], self.truth.family[a] == self.truth.family[b])
            for a, b in combinations(sorted(self.family), 2)
        ]
        return Score(sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs))

    def pairs(self) -> Iterator[tuple[str, str, bool, bool]]:
        """Yield two sentences of two families that are merged or should be: whether they are, and should be."""
        for one, other in combinations(sorted(self.said), 2):
            (fact, value, mark, first), (other_fact, other_value, other_mark, second) = self.said[one], self.said[other]
            if first != second:
                shared = (self.claims[row] for row in self.rows[one] & self.rows[other])
                merged = any(mark in roles or other_mark in roles for roles in shared)
                same = (fact, value) == (other_fact, other_value)
                if merged or same:
                    yield one, other, merged, same

    def facts(self) -> list[set[str]]:
        """Return the facts behind each conflict; "" for a sentence that says none."""
        return [{self.said[unit][0] if unit in self.said else "" for unit in units} for units in self.conflicts]

    def scores(self) -> dict[str, Score]:
        """Hold the tables against the truth; claims also by kind of fact."""
        kinds: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
        for one, _, merged, same in self.pairs():
            kinds["claims"].append((merged, same))
            kinds[self.said[one][0].partition(" ")[0]].append((merged, same))
        found = {"families": self.families()}
        for name in ("claims", *sorted(set(kinds) - {"claims"})):
            some = kinds[name]
            found[name] = Score(sum(a and b for a, b in some), sum(a for a, _ in some), sum(b for _, b in some))
        right = {next(iter(some)) for some in self.facts() if len(some) == 1} & self.truth.contrary
        wrong = sum(1 for some in self.facts() if len(some) != 1 or not some <= self.truth.contrary)
        return {**found, "conflicts": Score(len(right), len(right) + wrong, len(self.truth.contrary))}

    def misses(self) -> Iterator[str]:
        """Yield what went wrong, with what was read in each sentence."""
        for one, other, merged, same in self.pairs():
            if merged != same:
                yield f"\n{'not merged' if same else 'wrongly merged'}: {self.said[one][0]}"
                yield from (line for unit in (one, other) for line in self._read(unit))
        seen = self.facts()
        for fact in sorted(self.truth.contrary - {one for some in seen for one in some}):
            yield f"\nconflict not found: {fact}"
            yield from (line for unit in sorted(self.said) if self.said[unit][0] == fact for line in self._read(unit))
        for units, facts in zip(self.conflicts, seen, strict=True):
            if len(facts) != 1 or not facts <= self.truth.contrary:
                yield "\nno conflict:"
                yield from (line for unit in sorted(units) for line in self._read(unit))

    def _read(self, unit: str) -> Iterator[str]:
        yield f"  {self.text[unit]}"
        yield from (f"      {self.claims[row]}" for row in sorted(self.rows[unit]))


def measure(worlds: int, folder: Path, *, seed: int = 5, frames: Mapping[str, Sequence[str]] = FRAMES) -> Found:
    """Write the articles about so many bodies, run the pipeline over them, and judge."""
    shutil.rmtree(folder / "raw", ignore_errors=True)
    (folder / "raw").mkdir(parents=True)
    writer = Writer(folder / "raw", seed, frames)
    for number in range(worlds):
        writer.world(number)
    run(Settings(raw=folder / "raw", out=folder / "processed", workers=1, judgements=folder / "judgements.yml"))
    return Found.read(writer.truth, folder / "processed")


def main() -> None:
    """Print the scores, and the misses where they are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bodies", nargs="?", type=int, default=40, help="how many invented bodies; default 40")
    parser.add_argument("--seed", type=int, default=5, help="5 is the one to look at while developing")
    parser.add_argument("--frames", choices=tuple(SETS), default="known", help="ways to say a fact")
    parser.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    given = parser.parse_args()
    folder = Path("scratch") / f"paraphrases-{given.frames}-{given.seed}"
    found = measure(given.bodies, folder, seed=given.seed, frames=SETS[given.frames])
    for name, score in found.scores().items():
        sys.stdout.write(f"{name:<10} {score}\n")
    if given.misses:
        sys.stdout.writelines(f"{line}\n" for line in found.misses())


if __name__ == "__main__":
    main()
