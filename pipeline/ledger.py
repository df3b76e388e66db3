"""Counts and seconds of a run: what went into each stage, what came out, and what was refused where."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.errors import IntegrityError
from pipeline.records import Reject, Segmented


@dataclass(slots=True)
class Ledger:
    """The books of one run. Articles used and rejects must add up to the inputs offered."""

    offered: int = 0
    used: int = 0
    rejects: list[Reject] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)  # source → sha256

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds of the block to `stage`."""
        begin = time.perf_counter()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin

    def keep(self, results: Iterable[Segmented | Reject]) -> Iterator[Segmented]:
        """Pass on what could be used; write down what could not."""
        for result in results:
            self.offered += 1
            if isinstance(result, Reject):
                self.rejects.append(result)
            else:
                self.used += 1
                self.inputs[result.article.source] = result.article.sha256
                yield result

    def balance(self, n_articles: int) -> None:
        """Prove that no input was lost.

        Raises:
            IntegrityError: articles read and rejects are not the inputs offered.
        """
        if self.offered != n_articles + len(self.rejects):
            raise IntegrityError(f"{self.offered} inputs, but {n_articles} articles and {len(self.rejects)} rejects")

    def counts(self) -> dict[str, dict[str, int]]:
        """Return articles in and out, stage by stage; stages that refused nothing pass all on."""
        refused = Counter(reject.stage for reject in self.rejects)
        counts: dict[str, dict[str, int]] = {}
        left = self.offered
        for stage in ("read", "clean", "segment"):
            counts[stage] = {"in": left, "out": left - refused[stage]}
            left -= refused[stage]
        return counts
