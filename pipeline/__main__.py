"""`python -m pipeline` is `claimledger`."""

from __future__ import annotations

from pipeline.cli import main

main()
