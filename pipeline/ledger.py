"""Counts and seconds of a run: what went into each stage, what came out, and what was refused where."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.errors import IntegrityError
from pipeline.records import Reject, Related

STAGES = ("read", "clean", "segment", "parse", "recognize", "relate")  # of one article


@dataclass(slots=True)
class Clock:
    """Seconds of each stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the seconds of the block to `stage`, also when it ends with an error."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - begin


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of one input, and the seconds each stage took for it; none where the result was at hand."""

    result: Related | Reject
    seconds: Mapping[str, float]


@dataclass(slots=True)
class Ledger:
    """The books of one run. Articles used and rejects must add up to the inputs offered."""

    clock: Clock = field(default_factory=Clock)  # of the stages that see all articles
    offered: int = 0
    cached: int = 0  # inputs whose result was at hand
    rejects: list[Reject] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)  # source → sha256
    worked: Counter[str] = field(default_factory=Counter)  # seconds of each stage, summed over the workers

    def keep(self, results: Iterable[Worked]) -> Iterator[Related]:
        """Pass on what could be used; write down what could not."""
        for one in results:
            self.offered += 1
            self.worked.update(one.seconds)
            if isinstance(one.result, Reject):
                self.rejects.append(one.result)
            else:
                self.cached += not one.seconds
                self.inputs[one.result.article.source] = one.result.article.sha256
                yield one.result

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
        for stage in STAGES:
            counts[stage] = {"in": left, "out": left - refused[stage]}
            left -= refused[stage]
        return counts
