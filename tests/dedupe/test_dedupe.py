"""The whole stage over a generated corpus: quality, order, growth, lasting ids, judgements."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.columns import to_columns
from pipeline.dedupe import Policy, Resolved, dedupe, load_policy
from pipeline.judgements import Judgement
from pipeline.records import Related
from pipeline.tables import tabulate
from tests.quality.echo_corpus import Echoes, claim_rows, echo_corpus, judge

RECORDS = {"organizations": "organization_id", "dates": "date_id", "claims": "claim_id"}


@cache
def policy() -> Policy:
    return load_policy()


@cache
def corpus(n: int = 40) -> Echoes:
    return echo_corpus(n)


def resolved(articles: Sequence[Related], *judgements: Judgement) -> Resolved:
    return dedupe(to_columns(articles), policy=policy(), judgements=judgements)


def tables(articles: Sequence[Related], *judgements: Judgement) -> dict[str, pa.Table]:
    return tabulate(resolved(articles, *judgements).tables, rejects=())


def test_quality_of_echoes() -> None:
    echoes = echo_corpus(400, seed=11)
    found = judge(echoes, resolved(echoes.articles))
    assert found["families"].f1 >= 0.98
    assert found["claims"].precision >= 0.98
    assert found["claims"].recall >= 0.85
    assert found["conflicts"].precision >= 0.95
    assert found["conflicts"].recall >= 0.90
    assert min(score.true for score in found.values()) > 50


@settings(deadline=None, max_examples=8)
@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(dice: random.Random) -> None:
    articles = list(corpus().articles)
    dice.shuffle(articles)
    shuffled = tables(articles)
    for name, table in tables(corpus().articles).items():
        assert shuffled[name].equals(table), name


@settings(deadline=None, max_examples=15)
@given(st.sets(st.integers(0, 39), min_size=5, max_size=39), st.integers(0, 39))
def test_untouched_records_keep_their_ids_and_moved_ones_leave_a_redirect(some: set[int], added: int) -> None:
    before = [one for i, one in enumerate(corpus().articles) if i in some - {added}]
    new = corpus().articles[added]
    old, now = tables(before), tables([*before, new])
    leads = dict(zip(now["redirects"]["old_id"].to_pylist(), now["redirects"]["new_id"].to_pylist(), strict=True))
    mine = new.article.article_id
    touched = {row["row_id"] for row in now["evidence"].to_pylist() if row["article_id"] == mine}
    for table, key in RECORDS.items():
        present = set(now[table][key].to_pylist())
        for row_id in old[table][key].to_pylist():
            assert row_id in present or leads[row_id] in present & touched
    others = {"in_conflict", "n_independent", "organizations"}  # may follow from records that were touched
    for table in ("organizations", "claims"):
        was = {row[RECORDS[table]]: row for row in old[table].to_pylist()}
        for row in now[table].to_pylist():
            if row[RECORDS[table]] not in touched:
                same = was[row[RECORDS[table]]]
                assert {name for name in row if row[name] != same[name]} <= others


@settings(deadline=None, max_examples=15)
@given(st.lists(st.sampled_from(["kept", "gone", "come", "never"]), min_size=40, max_size=40))
def test_articles_that_come_and_go_change_no_id_of_what_stands_elsewhere(fates: list[str]) -> None:
    """Changing an article is one that goes and one that comes."""
    every = list(zip(corpus().articles, fates, strict=True))
    old = tables([one for one, fate in every if fate in ("kept", "gone")])
    now = tables([one for one, fate in every if fate in ("kept", "come")])
    moved = {one.article.article_id for one, fate in every if fate != "kept"}
    mentions = [{_place(row): row["row_id"] for row in some["evidence"].to_pylist()} for some in (old, now)]
    touched = [
        {row["row_id"] for row in some["evidence"].to_pylist() if row["article_id"] in moved} for some in (old, now)
    ]
    for place in mentions[0].keys() & mentions[1].keys():
        before, after = mentions[0][place], mentions[1][place]
        assert before == after or before in touched[0] or after in touched[1]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("table", "article_id", "start", "end", "field", "value", "rule_id"))


@settings(deadline=None, max_examples=10)
@given(st.sets(st.integers(0, 39), max_size=36))
def test_judgements_hold_whatever_comes_and_goes(gone: set[int]) -> None:
    first, second = merged_pair()
    everything = tables(corpus().articles)
    bodies = sorted(everything["organizations"]["organization_id"].to_pylist())[:3]
    found = tables(
        [one for i, one in enumerate(corpus().articles) if i not in gone],
        Judgement(verdict="different", ids=(first, second), reason="two events"),
        Judgement(verdict="same", ids=tuple(bodies[:2]), reason="renamed"),
        Judgement(verdict="not_a_record", ids=(bodies[2],), reason="a ship"),
    )
    leads = dict(zip(found["redirects"]["old_id"].to_pylist(), found["redirects"]["new_id"].to_pylist(), strict=True))
    assert {leads.get(first, first)} != {leads.get(second, second)}
    assert len(set(bodies[:2]) & set(found["organizations"]["organization_id"].to_pylist())) <= 1
    assert bodies[2] not in found["evidence"]["row_id"].to_pylist()


def merged_pair() -> tuple[str, str]:
    row = next(row for row in tables(corpus().articles)["redirects"].to_pylist() if row["table"] == "claims")
    return row["old_id"], row["new_id"]


def test_redirects_say_why() -> None:
    rows = tables(corpus().articles)["redirects"].to_pylist()
    claims = [row for row in rows if row["table"] == "claims"]
    assert claims
    assert all(
        ("same_subject +" in row["detail"] or "same_record +0.40 (" in row["detail"])
        and row["score"] >= policy().claims.merge
        for row in claims
    )
    assert all(row["detail"] == "acronym +1.0" for row in rows if row["table"] == "organizations")


def test_judged_different_stay_apart() -> None:
    old, new = merged_pair()
    found = tables(corpus().articles, Judgement(verdict="different", ids=(old, new), reason="two events"))
    assert old not in found["redirects"]["old_id"].to_pylist()
    assert {old, new} <= set(found["claims"]["claim_id"].to_pylist())


def test_judged_the_same_are_one() -> None:
    ids = sorted(tables(corpus().articles)["claims"]["claim_id"].to_pylist())[:2]
    found = tables(corpus().articles, Judgement(verdict="same", ids=tuple(ids), reason="said twice"))
    redirect = {row["old_id"]: row for row in found["redirects"].to_pylist()}
    (gone,) = set(ids) & set(redirect)
    assert redirect[gone]["new_id"] in ids
    assert redirect[gone]["detail"] == "judged the same: said twice"
    assert redirect[gone]["score"] is None


def test_what_is_not_a_record_is_gone_with_its_evidence() -> None:
    before = tables(corpus().articles)
    claim = next(row for row in before["claims"].to_pylist() if row["organizations"])
    (body,) = claim["organizations"]
    found = tables(corpus().articles, Judgement(verdict="not_a_record", ids=(body,), reason="a ship"))
    assert body not in found["organizations"]["organization_id"].to_pylist()
    assert body not in found["evidence"]["row_id"].to_pylist()
    assert all(body not in ids for ids in found["claims"]["organizations"].to_pylist())


def test_a_judgement_that_fits_nothing_is_reported() -> None:
    lost = Judgement(verdict="not_a_record", ids=("org_0000000000000000",), reason="gone")
    assert resolved(corpus().articles, lost).unused_judgements == (lost,)


def test_independent_counts_families() -> None:
    echoes = corpus()
    done = resolved(echoes.articles)
    rows = claim_rows(echoes, done)
    families: dict[str, set[int]] = {}
    for (article_id, _), row in rows.items():
        families.setdefault(row, set()).add(echoes.family[article_id])
    counted = {row["claim_id"]: row["n_independent"] for row in done.tables["claims"].to_pylist()}
    assert counted == {row: len(some) for row, some in families.items()}
    assert max(counted.values()) > 1


def test_no_articles() -> None:
    assert {name: table.num_rows for name, table in tables(()).items()} == dict.fromkeys(tables(()), 0)


@pytest.mark.parametrize("sort", ["duplicate_of", "family_id"])
def test_copies_refer_to_articles(sort: str) -> None:
    articles = tables(corpus().articles)["articles"]
    known = set(articles["article_id"].to_pylist())
    assert {one for one in articles[sort].to_pylist() if one is not None} <= known
    assert articles["duplicate_of"].null_count < articles.num_rows
