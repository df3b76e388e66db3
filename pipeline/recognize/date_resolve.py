"""The values of date rules by the names that `rules/dates.yml` gives them."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.recognize import date_calendar, date_relative
from pipeline.recognize.date_context import Value

VALUES: Mapping[str, Value] = {**date_calendar.VALUES, **date_relative.VALUES}
