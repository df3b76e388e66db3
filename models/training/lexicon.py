"""Which labels the treebanks know for a frequent word: what is certain anyhow, and how a drifted teacher is told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

OFTEN = 30  # times a piece has to begin a word
USUAL = 0.985  # share of its most frequent label
KNOWN = 0.004  # share from which a tag is no slip of the annotators


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the treebanks know of a piece that begins a word, for pieces seen often."""

    usual: dict[int, dict[str, int]]  # piece → tag, part of speech, relation, where it nearly always has the same
    tags: dict[int, frozenset[int]]  # piece → all tags that it has

    @classmethod
    def of(cls, rows: list[dict[str, list[int]]]) -> Lexicon:
        """Count in the rows of the treebanks; a word without a label in them counts against its usual one."""
        seen: dict[str, dict[int, Counter[int]]] = {name: defaultdict(Counter) for name in ("tags", "pos", "deps")}
        for row in rows:
            for name, counts in seen.items():
                for first, label in zip(row["first"], row[name], strict=True):
                    counts[row["pieces"][first]][label] += 1
        usual: dict[int, dict[str, int]] = defaultdict(dict)
        for name, counts in seen.items():
            for piece, labels in counts.items():
                label, n = labels.most_common(1)[0]
                if n >= OFTEN and n >= USUAL * labels.total() and label >= 0:
                    usual[piece][name] = label
        often = {piece: labels for piece, labels in seen["tags"].items() if labels.total() >= OFTEN}
        tags = {
            piece: frozenset(t for t, n in labels.items() if n >= KNOWN * labels.total())
            for piece, labels in often.items()
        }
        return cls(usual, tags)

    def is_sane(self, pieces: list[int], tags: list[int]) -> bool:
        """Tell whether each frequent word has a tag that the treebanks know for it."""
        return all(tag in self.tags.get(piece, (tag,)) for piece, tag in zip(pieces, tags, strict=True))
