"""Claimledger: articles in; tables of organizations, places, dates, agreements and claims out.

    from pipeline import extract, load

`extract` reads one article in memory; `load` opens the tables of a finished run as pandas DataFrames; `timexes` marks
every temporal expression of a text as TIMEX3 does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.version import __version__

if TYPE_CHECKING:
    from pipeline.extraction import extract, timexes
    from pipeline.frames import load

__all__ = ["__version__", "extract", "load", "timexes"]


def __getattr__(name: str) -> Any:
    """Import the API when it is asked for: a worker process needs neither pandas nor every stage to start."""
    if name == "extract":
        from pipeline.extraction import extract

        return extract
    if name == "timexes":
        from pipeline.extraction import timexes

        return timexes
    if name == "load":
        from pipeline.frames import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
