"""Words a second and peak memory of each stage, in one process, and the pace of each format: what `bench` prints."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import ConfigError, InputError
from pipeline.ledger import Clock, Ledger
from pipeline.model.speed import plain_cnn, words_per_second
from pipeline.pace import pace
from pipeline.read import read
from pipeline.recognize.dates import find_dates, load_grammar
from pipeline.records import RawArticle, Related
from pipeline.run import one_article, resolve
from pipeline.tables import TABLES, check
from pipeline.tools import Tools, load_tools

_SPEED_TEXTS = 1000  # units are enough to tell the speed of a model
_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


@dataclass(slots=True)
class Meter(Clock):
    """Seconds and peak memory of each stage; the peak of a stage is the process's while the stage runs."""

    peaks: dict[str, int] = field(default_factory=dict)  # bytes

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Measure the block. Where the system cannot forget an earlier peak (not Linux), peaks only ever grow."""
        if _RESET.exists():
            _RESET.write_text("5")
        with Clock.timed(self, stage):
            yield
        self.peaks[stage] = max(self.peaks.get(stage, 0), peak_memory())


def peak_memory() -> int:
    """Return the most memory this process held since the peak was last forgotten, in bytes."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def bench(settings: Settings) -> Iterator[str]:
    """Work on the articles of `settings.raw`, without cache and without writing, and yield a table of the stages.

    Raises:
        ConfigError: there is no such folder, or no article in it.
    """
    meter = Meter()
    with meter.timed("read"):
        offered = list(read([settings.raw], root=settings.raw, settings=settings.read))
    with meter.timed("load"):
        tools = load_tools(settings)
    raws = {one.source: one for one in offered if isinstance(one, RawArticle)}
    related = list(_used(raws.values(), tools=tools, meter=meter))
    words = sum(len(one.article.text.split()) for one in related)
    if not words:
        raise ConfigError(f"{settings.raw}: no article to measure")
    tables = resolve(related, settings=settings, ledger=Ledger(clock=meter))
    with meter.timed("check"):
        check(tables, TABLES, raw_of=lambda source: raws[source].raw)
    yield f"{len(related)} articles, {words:,} words, one process"
    yield f"{'stage':<10}{'seconds':>10}{'words/s':>12}{'peak MB':>10}"
    for stage, seconds in meter.seconds.items():
        speed = f"{words / max(seconds, 1e-6):>12,.0f}" if stage != "load" else " " * 12
        yield f"{stage:<10}{seconds:>10.2f}{speed}{meter.peaks[stage] / 1e6:>10,.0f}"
    total = sum(seconds for stage, seconds in meter.seconds.items() if stage != "load")
    yield f"{'all':<10}{total:>10.2f}{words / total:>12,.0f}{max(meter.peaks.values()) / 1e6:>10,.0f}"
    kept = [unit for one in related for unit in one.units if unit.kind != "residue"]
    texts = [unit.text for unit in kept][:_SPEED_TEXTS]
    yield f"the model alone: {words_per_second(tools.nlp, texts):,.0f} words/s of one core"
    yield f"a plain CNN (HashEmbedCNN, width 128, depth 4): {words_per_second(plain_cnn(), texts):,.0f} words/s"
    yield f"dates alone: {words / max(_dates_alone(related), 1e-6):,.0f} words/s of one core"
    yield ""
    yield from pace(kept, rules=tools.residue)


def _used(articles: Iterable[RawArticle], *, tools: Tools, meter: Meter) -> Iterator[Related]:
    for article in articles:
        try:
            yield one_article(article, tools=tools, clock=meter)
        except InputError:
            continue  # a run would write it down as a reject; here only what is used counts


def _dates_alone(articles: Iterable[Related]) -> float:
    """Seconds of a core that the calendar expressions of the articles take."""
    grammar = load_grammar()
    started = time.process_time()
    for one in articles:
        units = [unit.text for unit in one.units if unit.start is not None]
        find_dates(units, published=one.article.published, grammar=grammar)
    return time.process_time() - started
