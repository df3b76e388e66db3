"""From articles to families, claims and conflicts, through the whole pipeline: what is said twice, and what differs."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.config import Settings
from pipeline.run import run
from pipeline.show import show
from tests.quality.paraphrases import SETS, Writer, measure

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
pytestmark = [pytest.mark.model, pytest.mark.slow]

# What two independent articles say, and what is to be found: one claim, two claims, or a conflict in a field.
PAIRS = [
    # the same agreement with two signing dates, or two lists of parties
    (
        "The Treaty of Karvel was signed by Chile and Peru in 1961.",
        "In 1968, Peru and Chile put their names to the Treaty of Karvel.",
        "dates",
    ),
    (
        "The Lund Pact was concluded between Kenya and Ghana in 1977.",
        "The Lund Pact between Kenya and Malta covers fishing.",
        "parties",
    ),
    (
        "The Quill Convention was signed by Malta and Jordan in 2001.",
        "On 11 September 2001, Jordan and Malta signed the Quill Convention.",
        "one",
    ),
    ("Norway signed the Selby Convention in 1990.", "Japan signed the Selby Convention in 1994.", "two"),
    # an organization founded in two years
    (
        "The Brevik Harbour Council was founded in 1948.",
        "The Brevik Harbour Council came into existence in 1952, after long talks.",
        "dates",
    ),
    (
        "The Doverin Transit Council was founded in 1948.",
        "Ministers established the Doverin Transit Council on 5 March 1946.",
        "dates",
    ),
    (
        "It was in 1973 that the Ellmar Energy Agency was born.",
        "The creation of the Ellmar Energy Agency in May 1973 surprised few observers.",
        "one",
    ),
    ("The Pell Radio Institute was founded in 1931.", "The Pell Radio Institute moved to Lima in 1938.", "two"),
    (
        "The Norwick Health Union has 194 member states.",
        "The rules are binding on 196 countries, including all members of the Norwick Health Union.",
        "two",
    ),
    # an event at two dates; different events of one instrument
    (
        "The Maplin Protocol entered into force in 2002.",
        "Since 2006, the Maplin Protocol has been binding on its parties.",
        "dates",
    ),
    (
        "The Larsund Convention took effect on 4 May 1994.",
        "The Larsund Convention has been in force since 1994.",
        "one",
    ),
    ("The Tarnby Protocol was adopted in 1998.", "The Tarnby Protocol came into force in 2002.", "two"),
    # two numbers for one quantity
    (
        "The Halm Forestry Agency has 41 member states.",
        "Membership of the Halm Forestry Agency stands at 44 states.",
        "object",
    ),
    ("The Vint Mining Council counts 57 members.", "Today 57 states belong to the Vint Mining Council.", "one"),
    ("The Cray Customs Council has more than 30 members.", "The Cray Customs Council has 32 members.", "two"),
    ("In 2004, the Moss Customs Agency had 25 members.", "The Moss Customs Agency has 27 members.", "two"),
    # opposite polarity
    ("Japan has ratified the Sorrel Convention.", "The Sorrel Convention was never ratified by Japan.", "polarity"),
    ("Ghana ratified the Birch Convention.", "Ghana has yet to ratify the Birch Convention.", "polarity"),
    ("Nepal ratified the Larch Convention.", "Malta has not ratified the Larch Convention.", "two"),
    # where somebody sits; who says so
    (
        "The Rowan Weather Council has its headquarters in Geneva.",
        "The seat of the Rowan Weather Council is in Geneva.",
        "one",
    ),
    (
        "The Aspen Railway Council was founded in 1950.",
        "According to critics, the Aspen Railway Council was founded in 1950.",
        "two",
    ),
]


@dataclass
class Found:
    """The tables of one run, looked up by source and sentence."""

    units: dict[tuple[str, str], str]
    claims: dict[str, set[str]]
    conflicts: list[tuple[str, set[str], dict[str, Any]]]
    articles: dict[str, dict[str, Any]]
    counted: dict[str, dict[str, Any]]


def read(out: Path) -> Found:
    """Read what the tests ask for."""
    table = {
        name: pq.read_table(out / f"{name}.parquet").to_pylist()
        for name in ("articles", "units", "evidence", "claims", "conflicts")
    }
    source = {row["article_id"]: row["source"] for row in table["articles"]}
    claims: dict[str, set[str]] = defaultdict(set)
    for row in table["evidence"]:
        if row["table"] == "claims" and row["field"] is None:
            claims[row["unit_id"]].add(row["row_id"])
    unit_of = {row["evidence_id"]: row["unit_id"] for row in table["evidence"]}
    return Found(
        {(source[row["article_id"]], row["text"]): row["unit_id"] for row in table["units"]},
        claims,
        [(row["field"], {unit_of[one] for one in row["evidence_ids"]}, row) for row in table["conflicts"]],
        {row["source"]: row for row in table["articles"]},
        {row["claim_id"]: row for row in table["claims"]},
    )


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Write two articles for each pair, of different filling, and run the pipeline once over all."""
    place = tmp_path_factory.mktemp("pairs")
    (place / "raw").mkdir()
    filling = Writer(place, 3, {}).filler
    for number, sides in enumerate(PAIRS):
        for side, said in zip("ab", sides, strict=False):
            text = "\n\n".join(
                [f"Notes {number} {side}", " ".join([filling(), said, filling()]), " ".join(filling() for _ in "xxxxx")]
            )
            (place / "raw" / f"{number}{side}.txt").write_text(text + "\n", "utf-8")
    run(Settings(raw=place / "raw", out=place / "out", workers=1, judgements=place / "none.yml"))
    return read(place / "out")


@pytest.mark.parametrize("number", range(len(PAIRS)), ids=[pair[0][:40] for pair in PAIRS])
def test_pairs(pairs: Found, number: int) -> None:
    *sides, expected = PAIRS[number]
    units = [pairs.units[f"{number}{side}.txt", said] for side, said in zip("ab", sides, strict=True)]
    shared = pairs.claims[units[0]] & pairs.claims[units[1]]
    against = {field for field, found, _ in pairs.conflicts if found >= set(units)}
    if expected in ("one", "two"):
        assert bool(shared) is (expected == "one")
        assert all(pairs.counted[one]["n_independent"] == 2 for one in shared)
        assert against == set()
    else:
        assert expected in against
        rows = [row for field, found, row in pairs.conflicts if field == expected and found >= set(units)]
        assert all(len(row["values"]) > 1 and row["reason"] for row in rows)
        claims = {one for row in rows if row["table"] == "claims" for one in row["row_ids"]}
        assert all(pairs.counted[one]["in_conflict"] for one in claims)


def test_a_judgement_that_a_command_writes_survives_every_run(tmp_path: Path) -> None:
    raw, out, file = tmp_path / "raw", tmp_path / "out", tmp_path / "judgements.yml"
    raw.mkdir()
    said = (
        "The Brevik Harbour Council was founded in 1948.",
        "Ministers set up the Brevik Harbour Council in 1948 at Norvik.",
    )
    for number, sentence in enumerate(said):
        (raw / f"{number}.txt").write_text(f"Notes {number}\n\n{sentence} Few ports work {number} days.\n", "utf-8")

    def rows() -> list[str]:
        run(Settings(raw=raw, out=out, workers=1, judgements=file))
        found = read(out)
        return sorted(one for i, s in enumerate(said) for one in found.claims[found.units[f"{i}.txt", s]])

    (one, again) = rows()
    assert one == again
    shown = "\n".join(show(one, processed=out))
    assert re.search(r"holds clm_\w+: same_record \+0.40 \(found of org_\w+\), same_time \+0.40 \(1948\)", shown)
    other = re.search(r"holds (clm_\w+)", shown)
    assert other is not None
    assert f"{other[1]} is now {one} (same_record" in "\n".join(show(other[1], processed=out))
    words = ["judge", "different", one, other[1], "--reason", "two councils of one name", "--file", str(file)]
    assert CliRunner().invoke(main, words).exit_code == 0
    text = file.read_text("utf-8")
    assert rows() == sorted([one, other[1]])
    (raw / "2.txt").write_text("Notes 2\n\nThe Cray Harbour Council was founded in 1948.\n", "utf-8")
    assert rows() == sorted([one, other[1]])
    assert file.read_text("utf-8") == text


# Families ------------------------------------------------------------------------------------------------------------

TOWNS = {"London": "Lisbon", "Geneva": "Quito", "Somalia": "Ghana", "Rota": "Cadiz", "Singapore": "Lagos"}
SPUN = {
    "important": "weighty", "rules": "norms", "safe": "secure", "open": "free", "stubborn": "lasting",
    "threat": "danger", "common": "shared", "remarkable": "striking", "ships": "vessels", "trade": "commerce",
    "article": "text", "clean": "tidy", "value": "worth",
}  # fmt: skip


def swapped(text: str, words: dict[str, str]) -> str:
    """Put other words in the place of some."""
    return re.sub(r"\w+", lambda match: words.get(match[0], match[0]), text)


def shuffled(text: str) -> str:
    """Put the paragraphs into another order."""
    blocks = text.split("\n\n")[1:]
    random.Random(4).shuffle(blocks)
    return "\n\n".join(["Notes from the coast", *blocks])


def lifted(text: str) -> str:
    """Put a section into an article on something else."""
    other = (SAMPLE / "space-cooperation.md").read_text("utf-8").split("\n\n")
    return "\n\n".join([*other[:8], *text.split("\n\n")[4:8], *other[8:]])


COPIES: dict[str, Callable[[str], str]] = {
    "the same": lambda text: text,
    "shuffled": shuffled,
    "another title": lambda text: "A second title\n\n" + text.split("\n\n", 1)[1],
    "other towns": lambda text: swapped(text, TOWNS),
    "spun": lambda text: swapped(text, SPUN),
    "lifted": lifted,
}
FURNITURE = (
    "\n\nThis page belongs to a series of short guides for students. Write to the desk if you find a mistake in it. "
    "The desk reads every letter and thanks each reader for the trouble taken.\n"
)
OTHERS = ("pandemic-preparedness.txt", "nuclear-weapon-free-zones.txt", "arms-control-inspections.md")


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """Run the pipeline over an article, each sort of copy, and others that share but the furniture of a site."""
    place = tmp_path_factory.mktemp("copies")
    (place / "raw").mkdir()
    text = (SAMPLE / "ports-and-sea-lanes.txt").read_text("utf-8").strip()
    for name, change in {"original": lambda text: text, **COPIES}.items():
        (place / "raw" / f"{name}.txt").write_text(change(text) + FURNITURE, "utf-8")
    for name in OTHERS:
        body = (SAMPLE / name).read_bytes().decode("utf-8", "ignore").strip()
        (place / "raw" / name).write_text(body + FURNITURE, "utf-8")
    run(Settings(raw=place / "raw", out=place / "out", workers=1, judgements=place / "none.yml"))
    return read(place / "out")


@pytest.mark.parametrize("name", COPIES)
def test_copies_are_of_one_family_and_say_why(copies: Found, name: str) -> None:
    row, original = copies.articles[f"{name}.txt"], copies.articles["original.txt"]
    assert row["family_id"] == original["family_id"]
    said = r"(same words|0?\.?\d+(\.\d\d)? of the shingles shared, \d+ sentences \(\d+ words\)) with art_[0-9a-f]{16}"
    assert re.fullmatch(said, row["family_reason"])


def test_a_whole_copy_is_a_duplicate_and_a_lifted_section_none(copies: Found) -> None:
    whole = {copies.articles[f"{name}.txt"]["duplicate_of"] for name in ("original", "the same", "another title")}
    assert len(whole - {None}) == 1
    assert copies.articles["lifted.txt"]["duplicate_of"] is None


@pytest.mark.parametrize("name", OTHERS)
def test_the_furniture_of_a_site_makes_no_family(copies: Found, name: str) -> None:
    row = copies.articles[name]
    assert [one["source"] for one in copies.articles.values() if one["family_id"] == row["family_id"]] == [name]
    assert row["family_reason"] is None


def test_facts_in_wordings_written_by_others(tmp_path: Path) -> None:
    scores = measure(20, tmp_path, seed=17, frames=SETS["held5"]).scores()
    assert scores["claims"].precision >= 0.98
    assert scores["claims"].recall >= 0.85
    assert scores["conflicts"].precision >= 0.9
    assert scores["conflicts"].recall >= 0.9


def test_the_date_in_a_name_dates_no_event(tmp_path: Path) -> None:
    texts = (
        "The Lima Agreement of 15 April 1994 founded the Brevik Harbour Council.",
        "The Brevik Harbour Council was founded in 1995.",
    )
    (tmp_path / "raw").mkdir()
    for number, text in enumerate(texts):
        (tmp_path / "raw" / f"{number}.txt").write_text(f"Notes on Harbours {number}\n\n{text}\n", "utf-8")
    run(Settings(raw=tmp_path / "raw", out=tmp_path / "out", workers=1, judgements=tmp_path / "judgements.yml"))
    assert pq.read_table(tmp_path / "out" / "conflicts.parquet").num_rows == 0
