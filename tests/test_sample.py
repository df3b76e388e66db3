"""The sample articles: what is planted in them stands there, and a run finds most of it."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import srsly

ROOT = Path(__file__).parent.parent
FACTS: dict[str, Any] = srsly.read_yaml(ROOT / "tests" / "data" / "sample_facts.yml")
ARTICLES: list[dict[str, Any]] = FACTS["articles"]
SOURCES = [article["source"] for article in ARTICLES]
PLANTED = FACTS["conflicts"] + FACTS["corroborations"]
Row = dict[str, Any]


def squeeze(text: str) -> str:
    """Fold blanks and quotes, which differ between a raw article and what a reader copies from it."""
    return " ".join(text.translate({0x2018: "'", 0x2019: "'"}).split())


@cache
def visible(source: str) -> str:
    """Return the text of a raw sample article, decoded here without the pipeline."""
    name, _, line = source.partition("#")
    raw = (ROOT / "raw" / name).read_bytes()
    raw = gzip.decompress(raw) if name.endswith(".gz") else raw
    if line:
        record = json.loads(raw.splitlines()[int(line) - 1])
        return squeeze(record["title"] + "\n" + record["text"])
    text = raw.decode("cp1252" if name.endswith("labour-standards.txt") else "utf-8-sig")
    if name.endswith(".html"):
        text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"(?s)<(script|style)\b.*?</\1>", "", text)))
    if name.endswith(".md"):
        text = re.sub(r"\]\([^)]*\)|(?m:^> )|[*_\[]", "", text)
    return squeeze(text)


def planted_words() -> Iterator[tuple[str, str]]:
    """Yield every article with every stretch of words that the facts claim to stand in it."""
    for article in ARTICLES:
        words = [article["title"], *(article[key] for key in ("disclosure",) if key in article)]
        for key in ("headings", "organizations", "dates", "agreements", "unnamed", "claims", "unclaimed"):
            words += list(article.get(key, ()))
        yield from ((article["source"], each) for each in words)
    for fact in PLANTED:
        yield from fact["quotes"].items()


@pytest.mark.parametrize("source", SOURCES)
def test_planted_words_stand_in_the_article(source: str) -> None:
    missing = [w for s, w in planted_words() if s == source and squeeze(w).casefold() not in visible(source).casefold()]
    assert missing == []


def test_every_article_has_facts() -> None:
    files = {path.name for path in (ROOT / "raw" / "sample").iterdir()}
    assert files == {source.partition("#")[0].removeprefix("sample/") for source in SOURCES}
    assert len((ROOT / "raw" / "sample" / "articles.jsonl").read_bytes().splitlines()) == 4


@pytest.fixture(scope="module")
def run(sample: Path) -> dict[str, list[Row]]:
    """The rows of the tables of a run over the sample, by table."""
    return {path.stem: pq.read_table(path).to_pylist() for path in sample.glob("*.parquet")}


class Found:
    """The tables of the run, asked by article."""

    def __init__(self, run: dict[str, list[Row]]) -> None:
        self.run = run
        self.articles = {row["source"]: row for row in run["articles"]}
        self.rows = {table: {row[f"{table[:-1]}_id"]: row for row in run[table]} for table in RECORDS}
        self.evidence: dict[tuple[str, str], list[Row]] = {}
        for row in run["evidence"]:
            self.evidence.setdefault((row["article_id"], row["table"]), []).append(row)

    def units(self, source: str, kinds: tuple[str, ...]) -> list[str]:
        article = self.articles[source]["article_id"]
        return [squeeze(u["text"]) for u in self.run["units"] if u["article_id"] == article and u["kind"] in kinds]

    def records(self, source: str, table: str) -> list[tuple[Row, Row]]:
        """Return each record with evidence in the article, and that evidence."""
        evidence = self.evidence.get((self.articles[source]["article_id"], table), [])
        return [(self.rows[table][row["row_id"]], row) for row in evidence]

    def at(self, source: str, table: str, words: str) -> set[str]:
        """Return the ids of the records of `table` with evidence in the sentence that holds `words`."""
        article = self.articles[source]["article_id"]
        wanted = squeeze(words)
        units = {u["unit_id"] for u in self.run["units"] if u["article_id"] == article and wanted in squeeze(u["text"])}
        return {e["row_id"] for e in self.evidence.get((article, table), []) if e["unit_id"] in units}


RECORDS = ("organizations", "dates", "agreements", "claims")


@pytest.fixture(scope="module")
def found(run: dict[str, list[Row]]) -> Found:
    return Found(run)


def names(row: Row) -> set[str]:
    """Return every name of a record, folded."""
    known = [row.get("name"), row.get("display_name"), row.get("acronym"), *row["aliases"]]
    return {squeeze(name).casefold() for name in known if name}


def missed_names(found: Found, article: Row, table: str, wanted: list[str]) -> list[str]:
    have: set[str] = set()
    for row, evidence in found.records(article["source"], table):
        have |= names(row) | {squeeze(evidence["quote"]).casefold()}
    return [name for name in wanted if squeeze(name).casefold() not in have]


def missed_organizations(found: Found, article: Row) -> list[str]:
    return missed_names(found, article, "organizations", article["organizations"])


def missed_agreements(found: Found, article: Row) -> list[str]:
    return missed_names(found, article, "agreements", list(article["agreements"]))


def missed_dates(found: Found, article: Row) -> list[str]:
    have = {
        (squeeze(e["quote"]).removeprefix("the "), row["timex"]) for row, e in found.records(article["source"], "dates")
    }
    return [words for words, timex in article["dates"].items() if (words, timex) not in have]


def missed_unnamed(found: Found, article: Row) -> list[str]:
    quotes = [squeeze(e["quote"]) for row, e in found.records(article["source"], "agreements") if not row["named"]]
    heads = {words: squeeze(words) for words in article.get("unnamed", ())}
    return [words for words, head in heads.items() if not any(quote in head or head in quote for quote in quotes)]


def missed_parties(found: Found, article: Row) -> list[str]:
    """Return `agreement: party` for each stated party that the records of that agreement lack."""
    records = found.records(article["source"], "agreements")
    missed = []
    for words, parties in (article["agreements"] | article.get("unnamed", {})).items():
        head = squeeze(words)
        mine = [
            r
            for r, e in records
            if head.casefold() in names(r) or squeeze(e["quote"]) in head or head in squeeze(e["quote"])
        ]
        have = {squeeze(party["name"]).casefold() for row in mine for party in row["parties"]}
        missed += [f"{words}: {party}" for party in parties if squeeze(party).casefold() not in have]
    return missed


def missed_claims(found: Found, article: Row) -> list[str]:
    texts = [squeeze(e["quote"]) for r, e in found.records(article["source"], "claims") if r["level"] == "specific"]
    texts += [squeeze(r["text"]) for r, _ in found.records(article["source"], "claims") if r["level"] == "specific"]
    return [words for words in article["claims"] if not any(squeeze(words) in text for text in texts)]


def overclaimed(found: Found, article: Row) -> list[str]:
    texts = [squeeze(r["text"]) for r, _ in found.records(article["source"], "claims") if r["level"] == "specific"]
    return [words for words in article["unclaimed"] if any(squeeze(words) in text for text in texts)]


def missed_headings(found: Found, article: Row) -> list[str]:
    have = found.units(article["source"], ("heading",))
    return [words for words in article["headings"] if squeeze(words) not in have]


def missed_residue(found: Found, article: Row) -> list[str]:
    have = found.units(article["source"], ("residue",))
    return [words for words in article["residue"] if not any(squeeze(words) in text for text in have)]


# What is measured, what a run misses of it, how many there are in an article, and the share a run must reach.
MEASURES = [
    ("organizations", missed_organizations, lambda a: len(a["organizations"]), 0.92),
    ("dates", missed_dates, lambda a: len(a["dates"]), 0.98),
    ("agreements", missed_agreements, lambda a: len(a["agreements"]), 0.93),
    ("unnamed agreements", missed_unnamed, lambda a: len(a.get("unnamed", ())), 0.85),
    ("parties", missed_parties, lambda a: sum(map(len, (a["agreements"] | a.get("unnamed", {})).values())), 0.77),
    ("claims", missed_claims, lambda a: len(a["claims"]), 0.88),
    ("unclaimed", overclaimed, lambda a: len(a["unclaimed"]), 0.9),
    ("headings", missed_headings, lambda a: len(a["headings"]), 0.95),
    ("residue", missed_residue, lambda a: len(a["residue"]), 0.97),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "missed", "count", "floor"), MEASURES, ids=[m[0] for m in MEASURES])
def test_run_finds_what_is_planted(found: Found, name: str, missed: Any, count: Any, floor: float) -> None:
    gone = {article["source"]: lost for article in ARTICLES if (lost := missed(found, article))}
    total = sum(count(article) for article in ARTICLES)
    share = 1 - sum(map(len, gone.values())) / total
    assert share >= floor, f"{name}: {share:.1%} of {total}, {floor:.0%} wanted; missed: {json.dumps(gone, indent=1)}"


@pytest.mark.slow
@pytest.mark.parametrize("article", ARTICLES, ids=SOURCES)
def test_article_row_says_what_the_article_says(found: Found, article: Row) -> None:
    row = found.articles[article["source"]]
    published = row["published"] and row["published"].isoformat()
    assert (squeeze(row["title"]), published) == (squeeze(article["title"]), article["published"])
    if "disclosure" in article:
        assert squeeze(article["disclosure"]) in squeeze(row["ai_disclosure"] or "")
    else:
        assert row["ai_disclosure"] is None


@pytest.mark.slow
def test_run_sees_planted_contradictions(found: Found) -> None:
    evidence = {row["evidence_id"]: row for row in found.run["evidence"]}
    sides = [{evidence[each]["unit_id"] for each in row["evidence_ids"]} for row in found.run["conflicts"]]
    unseen = []
    for fact in FACTS["conflicts"]:
        units = [
            {
                u["unit_id"]
                for u in found.run["units"]
                if u["article_id"] == found.articles[source]["article_id"] and squeeze(words) in squeeze(u["text"])
            }
            for source, words in fact["quotes"].items()
        ]
        if not any(all(side & unit for unit in units) for side in sides):
            unseen.append(fact["about"])
    assert unseen == []


@pytest.mark.slow
def test_run_sees_planted_corroborations(found: Found) -> None:
    unseen = []
    for fact in FACTS["corroborations"]:
        shared = set.intersection(*(found.at(s, fact["table"], words) for s, words in fact["quotes"].items()))
        if not shared:
            unseen.append(fact["about"])
    assert len(FACTS["corroborations"]) - len(unseen) >= 7, unseen


@pytest.mark.slow
def test_families_are_the_copies_and_only_they(found: Found) -> None:
    families: dict[str, set[str]] = {}
    for source, row in found.articles.items():
        families.setdefault(row["family_id"], set()).add(source)
    assert sorted(sorted(f) for f in families.values() if len(f) > 1) == sorted(sorted(f) for f in FACTS["families"])
    for family in FACTS["families"][:1]:  # the other shares a section, and neither is a copy of the other
        originals = [source for source in family if found.articles[source]["duplicate_of"] is None]
        assert len(originals) == 1
