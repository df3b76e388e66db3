"""Where the per-article stages run. An engine knows no stage: it is given a way to build the work and the items."""

from __future__ import annotations

from pipeline.engine.local import run_batches

__all__ = ["run_batches"]
