"""Why a row is there, why a sentence gave none, and what each rule did in a run.

`explain` analyses the sentences of a record again and shows rule, words and arcs; `why_not` takes a sentence of the
user's and says what was read in it, and which reading came nearest to the rest; `rule_report` counts in the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import srsly

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.extraction import extract
from pipeline.nlp import load
from pipeline.relate import assertion, rule
from pipeline.relate.mend import mend_doc
from pipeline.relate.propositions import find_attempts, find_clauses
from pipeline.relate.reader import Clause
from pipeline.verify import read_tables

if TYPE_CHECKING:
    from spacy.tokens import Doc

RULES = Path(__file__).parent / "rules"
_UNITS = """
    SELECT u.unit_id, u.text, a.source, list(DISTINCT e.rule_id) AS rules, list(DISTINCT e.detector) AS detectors,
           max(e.confidence) AS confidence
    FROM evidence e JOIN units u USING (unit_id) JOIN articles a ON a.article_id = e.article_id
    WHERE e.row_id = ? GROUP BY ALL ORDER BY a.source, u.unit_id"""
_COVERAGE = """
    WITH fired AS (SELECT "table", rule_id, count(*) AS n, count(DISTINCT row_id) AS n_rows FROM evidence GROUP BY ALL),
    shared AS (
        SELECT a.rule_id, count(*) AS n FROM evidence a JOIN evidence b
          ON a.unit_id = b.unit_id AND a."table" = b."table" AND a.field IS NOT DISTINCT FROM b.field
         AND a.evidence_id <> b.evidence_id AND a.start < b."end" AND b.start < a."end" AND a.rule_id <> b.rule_id
        GROUP BY ALL),
    disputes AS (
        SELECT a.rule_id, count(*) AS n FROM evidence a JOIN evidence b
          ON a.row_id = b.row_id AND a.field = b.field AND a.field IN ('date', 'event', 'kind')
         AND a.value <> b.value AND a.rule_id <> b.rule_id GROUP BY ALL),
    specific AS (
        SELECT e.rule_id, count(DISTINCT e.row_id) AS n FROM evidence e JOIN claims c ON c.claim_id = e.row_id
        WHERE c.level = 'specific' AND e.field IS NOT NULL GROUP BY ALL),
    total AS (SELECT count(*) AS n FROM claims WHERE level = 'specific')
    SELECT f."table", f.rule_id, f.n, f.n_rows, coalesce(o.n, 0), coalesce(d.n, 0),
           coalesce(s.n, 0) / greatest(total.n, 1)
    FROM fired f LEFT JOIN shared o USING (rule_id) LEFT JOIN disputes d USING (rule_id)
    LEFT JOIN specific s USING (rule_id), total ORDER BY f."table", f.n DESC, f.rule_id"""


@cache
def rule_texts() -> dict[str, str]:
    """Return rule id → what the rule says it reads, from all rule files."""
    texts: dict[str, str] = {}
    for path in sorted(RULES.glob("*.yml")):
        _collect(srsly.read_yaml(path), texts)
    return texts | rule.load_rules().levels


def _collect(node: Any, texts: dict[str, str]) -> None:
    if isinstance(node, dict):
        ident = node.get("id")
        if isinstance(ident, str) and "." in ident:
            texts[ident] = str(node.get("says") or node.get("what") or node.get("reason") or "")
        for value in node.values():
            _collect(value, texts)
    elif isinstance(node, list):
        for value in node:
            _collect(value, texts)


def explain(record_id: str, *, processed: Path, model: str | None = None) -> Iterator[str]:
    """Yield, for each sentence behind a record, the rules that spoke, and the words and arcs of the parse under it.

    Raises:
        ConfigError: there is no such record, or no finished run.
    """
    with duckdb.connect() as db:
        for name, table in read_tables(processed).items():
            db.register(name, table)
        places = db.execute(_UNITS, [record_id]).fetchall()
        claim = db.execute("SELECT subject, predicate, object FROM claims WHERE claim_id = ?", [record_id]).fetchone()
    if not places:
        raise ConfigError(f"{record_id}: no such record; ids look like clm_0123456789abcdef")
    for _, text, source, rules, detectors, confidence in places:
        yield f"{source}: {text}"
        for rule_id in sorted(rules):
            yield f"  rule {rule_id}: {rule_texts().get(rule_id, '')}".rstrip(": ")
        yield f"  by {', '.join(sorted(detectors))}, confidence up to {confidence:.2f}"
        if claim is not None:
            yield from _arcs(mend_doc(load(model)(text)), claim)
        yield ""


def _arcs(doc: Doc, roles: tuple[str | None, ...]) -> Iterator[str]:
    """Yield the tokens of the clause that made a claim with their arcs; of the whole sentence if no clause fits."""
    clauses = find_clauses(doc, assertion.load_rules())
    mine = next((one for one in clauses if _roles(one) == roles), None)
    spans = [] if mine is None else [p for p in (mine.subject, mine.predicate, mine.object) if p is not None]
    for token in doc:
        if not spans or any(span.start <= token.idx < span.end for span in spans):
            yield f"    {token.text:<18}{token.lemma_:<16}{token.pos_:<7}{token.dep_:<14}of {token.head.text}"


def _roles(clause: Clause) -> tuple[str | None, ...]:
    return tuple(None if one is None else one.text for one in (clause.subject, clause.predicate, clause.object))


def why_not(sentence: str, *, settings: Settings) -> Iterator[str]:
    """Yield what is read in a sentence, and for what was not, the reading that came nearest and what failed."""
    tables = extract(sentence, settings=settings)
    for row in tables["rejects"]:
        yield f"rejected: {row.model_dump()['message']}"
    texts = rule_texts()
    levels = {row.model_dump()["rule_id"]: row.model_dump() for row in tables["evidence"] if _of_claim(row)}
    for row in tables["claims"]:
        claim = row.model_dump()
        yield f"claim, {claim['level']}, score {claim['score']:.2f}: " + " | ".join(
            claim[role] or "–" for role in ("subject", "predicate", "object")
        )
        yield f"  {claim['score_detail']}"
    for rule_id, found in levels.items():
        yield f"level by {rule_id}: {texts.get(rule_id, '')} (confidence {found['confidence']:.2f})"
    doc = mend_doc(load(settings.model)(sentence.strip()))
    if not tables["claims"]:
        shares = ", ".join(f"{level} {share:.2f}" for level, share in sorted(doc.cats.items()))
        yield f"no claim: nothing particular is named, or it asks or introduces; the model says {shares}"
    read = {clause.head for clause in find_clauses(doc, assertion.load_rules())}
    for attempt in find_attempts(doc, assertion.load_rules()):
        if attempt.token not in read:
            held = "; ".join(attempt.passed)
            yield f'nearest as {attempt.reading}: "{doc[attempt.token].text}" {held}; but not: {attempt.failed}'


def _of_claim(row: Any) -> bool:
    return bool(row.table == "claims" and row.field is None)


def rule_report(processed: Path) -> Iterator[str]:
    """Yield a table of the rules: how often each fired, overlapped and disagreed, and its share of specific claims."""
    with duckdb.connect() as db:
        for name, table in read_tables(processed).items():
            db.register(name, table)
        rows = db.execute(_COVERAGE).fetchall()
    yield f"{'table':<14}{'rule':<44}{'fired':>7}{'rows':>7}{'overlaps':>10}{'conflicts':>11}{'specific':>10}"
    for table, rule_id, fired, records, overlaps, disputes, share in rows:
        yield f"{table:<14}{rule_id:<44}{fired:>7}{records:>7}{overlaps:>10}{disputes:>11}{share:>9.0%} "
    silent = sorted(set(rule_texts()) - {rule_id for _, rule_id, *_ in rows})
    yield f"never fired: {', '.join(silent) or 'none'}"
