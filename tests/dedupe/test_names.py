"""Names: which forms are one body or one instrument across articles."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from pipeline.dedupe.conflicts import agreement_conflicts
from pipeline.dedupe.names import resolve_agreements, resolve_organizations
from pipeline.dedupe.policy import Policy, load_policy


@cache
def policy() -> Policy:
    return load_policy()


def body(name: str, acronym: str | None = None, *aliases: str, canonical: str | None = None) -> dict[str, Any]:
    return {"name": name, "acronym": acronym, "aliases": list(aliases), "canonical": canonical}


def n_bodies(*rows: dict[str, Any]) -> int:
    local = [{**row, "article_id": f"art_{i}", "local": 0} for i, row in enumerate(rows)]
    keys, clusters = resolve_organizations(local, policy=policy().names, judgements=())
    assert set(keys.values()) == set(clusters.rows)
    return len(set(clusters.rows.values()))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([body("Harbour Council"), body("The harbour council")], 1),
        ([body("Harbour Council", "HC"), body("HC")], 1),
        ([body("Harbour Council", "HC"), body("Hill Committee", "HC"), body("HC")], 3),
        ([body("Norland Mission in Sudmark"), body("Norland Mission to Sudmark")], 1),
        ([body("Harbour Council", None, "Council of the Harbours"), body("Council of the Harbours")], 1),
        ([body("Harbour Agency of Norland", "HAN"), body("Harbour Agencies of Norland", "HAN")], 1),
        ([body("Harbour Agency of Norland"), body("Harbour Agency of Sudmark")], 2),
        ([body("First Fleet Command 1"), body("First Fleet Command 2")], 2),
        ([body("HC", "HC", canonical="harbour_council"), body("HC", "HC", canonical="hill_committee")], 2),
        ([body("Harbour Council", canonical="harbour_council"), body("Harbour Council")], 1),
    ],
)
def test_organizations(rows: list[dict[str, Any]], expected: int) -> None:
    assert n_bodies(*rows) == expected


def pact(
    name: str | None, *parties: str, kind: str = "treaty", subject: str | None = None, **more: Any
) -> dict[str, Any]:
    row = {
        "name": name,
        "display_name": name or "treaty",
        "acronym": None,
        "aliases": [],
        "named": name is not None,
        "kind": kind,
        "parties": [{"name": party, "kind": "state", "record": None} for party in parties],
        "subject": subject,
        "canonical": None,
        "event": None,
        "date": None,
        "earliest": None,
        "latest": None,
        "status": "asserted",
    }
    return {**row, **more}


def n_pacts(*rows: dict[str, Any]) -> int:
    local = [{**row, "article_id": f"art_{i}", "local": 0} for i, row in enumerate(rows)]
    parties = {(row["article_id"], 0): [party["name"] for party in row["parties"]] for row in local}
    sources = {row["article_id"]: row["article_id"] for row in local}
    _, clusters = resolve_agreements(local, parties, sources, policy=policy().names, judgements=())
    return len(set(clusters.rows.values()))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([pact("Lantern Accord", "Norland"), pact("Lantern Accord", "Sudmark")], 1),
        ([pact("Mutual Defense Treaty", "Norland", "Sudmark"), pact("Mutual Defense Treaty", "Norland", "Osterby")], 2),
        ([pact("Mutual Defense Treaty", "Norland", "Sudmark"), pact("Mutual Defence Treaty", "Sudmark", "Norland")], 1),
        ([pact("Article 5"), pact("Article 5")], 2),
        ([pact("Resolution 1999", kind="resolution"), pact("Security Council Resolution 1999", kind="resolution")], 1),
        ([pact("Resolution 1999", kind="resolution"), pact("Resolution 2001", kind="resolution")], 2),
        ([pact(None, "Norland", "Sudmark", subject="fishing"), pact(None, "Sudmark", "Norland", subject="fishing")], 1),
        ([pact(None, "Norland", "Sudmark", subject="fishing"), pact(None, "Norland", "Sudmark", subject="trade")], 2),
        ([pact(None, "Norland"), pact(None, "Norland")], 2),
    ],
)
def test_agreements(rows: list[dict[str, Any]], expected: int) -> None:
    assert n_pacts(*rows) == expected


def day(text: str, event: str = "signed") -> dict[str, Any]:
    first = date.fromisoformat(text) if len(text) == 10 else date(int(text), 1, 1)
    last = first if len(text) == 10 else date(int(text), 12, 31)
    return {"event": event, "date": text, "earliest": first, "latest": last}


@pytest.mark.parametrize(
    ("one", "other", "text", "expected"),
    [
        (day("1948"), day("1946-03-05"), "", [("date", ("1946-03-05", "1948"))]),
        (day("2001"), day("2001-09-11"), "", []),
        (day("1998", "adopted"), day("2002", "in_force"), "", []),
        ({}, {}, "the pact between the two", [("parties", ("Norland, Osterby", "Norland, Sudmark"))]),
        ({}, {}, "both joined", []),
    ],
)
def test_conflicts(one: dict[str, Any], other: dict[str, Any], text: str, expected: list[tuple[str, Any]]) -> None:
    parties = [["Norland", "Sudmark"], ["Norland", "Osterby"]]
    rows = [pact("Lantern Accord", *some, **said) for some, said in zip(parties, (one, other), strict=True)]
    found = agreement_conflicts(rows, ["agr_1", "agr_1"], parties, [text, text])
    assert [(conflict.field, conflict.values) for conflict in found] == expected


def test_states_may_sign_at_dates_of_their_own() -> None:
    rows = [pact("Lantern Accord", "Norland", **day("1990")), pact("Lantern Accord", "Sudmark", **day("1994"))]
    assert list(agreement_conflicts(rows, ["agr_1", "agr_1"], [["Norland"], ["Sudmark"]], ["", ""])) == []
