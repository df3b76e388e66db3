"""Score the propositions against a CaRB file: `python -m tests.quality.carb dev.tsv [--errors N]`.

CaRB (Bhardwaj, Aggarwal, Mausam 2019) holds sentences with their relation tuples: sentence, relation, first argument,
further arguments, tab separated. Matching follows the paper: tuples are compared word by word, role by role, all
arguments after the first taken together; relations must share a word. Recall gives each gold tuple its best match,
precision pairs tuples one to one.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.nlp import load
from pipeline.relate.assertion import AssertionRules, load_rules
from pipeline.relate.mend import mend_doc
from pipeline.relate.propositions import find_clauses
from pipeline.relate.reader import Clause

_PLAIN = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}
_PREPOSITIONS = frozenset({"ADP", "SCONJ"})


@dataclass(frozen=True, slots=True)
class Tuple:
    """One relation tuple as words."""

    relation: tuple[str, ...]
    first: tuple[str, ...]
    rest: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.relation) + len(self.first) + len(self.rest)


def words_of(text: str) -> tuple[str, ...]:
    """Split tokenized text, with the marks of the Penn Treebank as plain ones."""
    return tuple(_PLAIN.get(word, word) for word in text.split())


def read_gold(path: Path) -> dict[tuple[str, ...], list[Tuple]]:
    """Read a CaRB file: words of a sentence → its tuples."""
    gold: dict[tuple[str, ...], list[Tuple]] = {}
    for line in path.read_text("utf-8").splitlines():
        sentence, relation, first, *rest = line.split("\t")
        one = Tuple(words_of(relation), words_of(first), words_of(" ".join(rest)))
        gold.setdefault(words_of(sentence), []).append(one)
    return gold


def convert(doc: Doc, clauses: Sequence[Clause]) -> Iterator[Tuple]:
    """Turn propositions into tuples: the preposition right after the verb joins the relation, as CaRB has it."""
    for clause in clauses:
        if clause.subject is None or (clause.object is None and clause.predicate is None):
            continue
        relation = [] if clause.predicate is None else clause.predicate.text.split()
        rest = [] if clause.object is None else clause.object.text.split()
        if clause.rule_id == "claims.read_apposition":
            relation = ["is"]
        elif rest and clause.object is not None and len(rest) > 1 and _leads(doc, clause):
            relation.append(rest.pop(0))
        yield Tuple(tuple(relation), tuple(clause.subject.text.split()), tuple(rest))


def _leads(doc: Doc, clause: Clause) -> bool:
    if clause.object is None or clause.predicate is None:
        return False
    token = next((token for token in doc if token.idx == clause.object.start), None)
    return token is not None and token.pos_ in _PREPOSITIONS and token.idx > clause.predicate.start


def matched(gold: Tuple, found: Tuple) -> tuple[float, float]:
    """Return precision and recall of a tuple against a gold one; zeros if the relations share no word."""
    if not set(gold.relation) & set(found.relation):
        return 0.0, 0.0
    same = sum(
        sum((Counter(a) & Counter(b)).values())
        for a, b in ((gold.relation, found.relation), (gold.first, found.first), (gold.rest, found.rest))
    )
    return same / len(found), same / len(gold)


def score_sentence(gold: Sequence[Tuple], found: Sequence[Tuple]) -> tuple[float, float]:
    """Return the summed precision of the best pairs, greedily one to one, and the summed best recall."""
    scores = [[matched(a, b) for b in found] for a in gold]
    recall = sum(max((recall for _, recall in row), default=0.0) for row in scores)
    pairs = sorted((-scores[g][f][0], g, f) for g in range(len(gold)) for f in range(len(found)))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    precision = 0.0
    for negative, g, f in pairs:
        if g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
            precision -= negative
    return precision, recall


def parse(nlp: Language, words: Sequence[str]) -> Doc:
    """Parse given words."""
    return nlp(Doc(nlp.vocab, words=list(words)))


def main() -> None:
    """Print precision, recall and F1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="print the N sentences with the worst recall"
    )
    arguments = parser.parse_args()
    nlp = load()
    rules: AssertionRules = load_rules()
    precision = recall = 0.0
    n_gold = n_found = 0
    worst = []
    for words, gold in read_gold(arguments.gold).items():
        doc = parse(nlp, words)
        found = list(convert(doc, find_clauses(mend_doc(doc), rules)))
        p, r = score_sentence(gold, found)
        precision, recall = precision + p, recall + r
        n_gold, n_found = n_gold + len(gold), n_found + len(found)
        worst.append((r / len(gold), words, gold, found))
    p, r = precision / max(n_found, 1), recall / max(n_gold, 1)
    print(f"precision {p:.4f}  recall {r:.4f}  F1 {2 * p * r / (p + r):.4f}  tuples {n_found} found, {n_gold} gold")
    for share, words, gold, found in sorted(worst, key=lambda each: each[0])[: arguments.errors]:
        print(f"\n{share:.2f} {' '.join(words)}")
        for name, tuples in (("gold", gold), ("found", found)):
            for one in tuples:
                print(f"  {name:<6}{' '.join(one.first)} | {' '.join(one.relation)} | {' '.join(one.rest)}")


if __name__ == "__main__":
    main()
