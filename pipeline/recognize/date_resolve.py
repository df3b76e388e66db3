"""The values of date rules by the names that `rules/dates.yml` gives them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.recognize import date_clock, date_days, date_lengths, date_parts, date_relative, date_years
from pipeline.recognize.date_context import Value

_KINDS = (date_days, date_parts, date_years, date_relative, date_lengths, date_clock)
VALUES: Mapping[str, Value] = {name: value for kind in _KINDS for name, value in kind.VALUES.items()}
