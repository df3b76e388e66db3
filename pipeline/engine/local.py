"""The local engine: worker processes that build their work once, take batches, and give results back in order."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pipeline.errors import ClaimledgerError

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 3  # batches in flight for each worker: enough to keep it busy, few enough to bound memory

_work: Callable[[Any], Any] | None = None  # built once in each worker process


def run_batches(
    items: Iterable[Item], *, build: Callable[[], Callable[[Item], Result]], workers: int, batch_size: int
) -> Iterator[Result]:
    """Yield `build()(item)` for each item, in the order of the items, whatever the number of workers.

    Args:
        items: consumed as the results are asked for, a few batches ahead.
        build: called once in each worker; must be picklable, as must items and results, unless `workers` is 1.
        workers: processes; 0 means one for each core, 1 works in this process.
        batch_size: items sent to a worker at a time.

    Raises:
        ClaimledgerError: a worker died, for want of memory for instance.
    """
    workers = workers or len(os.sched_getaffinity(0))
    if workers == 1:
        yield from map(build(), items)
        return
    context = multiprocessing.get_context("spawn")  # a forked copy of running threads can hang
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(build,)) as pool:
        running: deque[Future[list[Result]]] = deque()
        try:
            for batch in _batches(items, batch_size):
                running.append(pool.submit(_run, batch))
                if len(running) >= workers * _AHEAD:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool as error:
            raise ClaimledgerError("a worker process died; fewer workers need less memory") from error
        finally:
            for future in running:
                future.cancel()


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch


def _start(build: Callable[[], Callable[[Any], Any]]) -> None:
    global _work  # the process is the worker, so its work is the process's
    _work = build()


def _run(batch: list[Any]) -> list[Any]:
    assert _work is not None, "the initializer ran"
    return [_work(item) for item in batch]
