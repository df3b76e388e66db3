"""The laws of the ledger can fail: a map that is off by one, at any step, is seen."""

# ruff: noqa: E501 - one part a line
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from pipeline import encoding
from pipeline.clean import pieces
from pipeline.offsets import OffsetMap
from pipeline.records import MediaType
from tests.clean.readings import PROSE, assert_ledger, segmented

TEXTS: dict[MediaType, str] = {
    "text/plain": f"The Pact of “Norland”\n\n{PROSE}\n\n• One café\n• Two\n\nSee also: Ports\n\n{PROSE} It  held.",
    "text/markdown": f"# The *Pact*\n\n{PROSE} Norland &amp; “Co.” [joined](u).\n\n- One\n- **Two**\n\n{PROSE}",
    "text/html": f"<h1>The Pact</h1><p>{PROSE} Norland&nbsp;&amp; <b>Co</b>. “joined”.</p><ul><li>One<li>Two</ul><p>{PROSE}</p>",
}


def shifted(made: OffsetMap, by: int) -> OffsetMap:
    return OffsetMap(made.starts + np.int32(by), made.ends + np.int32(by))


def breaking(kept: Callable[..., Any], by: int) -> Callable[..., Any]:
    def broken(*args: Any, **options: Any) -> Any:
        return shifted(kept(*args, **options), by)

    return broken


def stretched(kept: Callable[..., Any]) -> Callable[..., Any]:
    def broken(*args: Any, **options: Any) -> Any:
        made = kept(*args, **options)
        return OffsetMap(made.starts, np.append(made.ends[1:], made.ends[-1:]))

    return broken


@pytest.mark.parametrize("media_type", TEXTS)
def test_whole_maps_pass(media_type: MediaType) -> None:
    assert_ledger(segmented(TEXTS[media_type], media_type))


@pytest.mark.parametrize("media_type", TEXTS)
@pytest.mark.parametrize("by", [-1, 1])
@pytest.mark.parametrize("step", ["from_pieces", "join", "through", "decode", "slice"])
def test_a_map_off_by_one_is_seen(step: str, by: int, media_type: MediaType, monkeypatch: pytest.MonkeyPatch) -> None:
    if step == "decode":
        monkeypatch.setattr(encoding, "_from_starts", breaking(encoding._from_starts, by))
    elif step == "slice":
        monkeypatch.setattr(OffsetMap, "__getitem__", breaking(OffsetMap.__getitem__, by))
    else:
        monkeypatch.setattr(OffsetMap, step, breaking(getattr(OffsetMap, step), by))
    if step == "slice":
        text = f"{TEXTS['text/plain']} This text was written by AI."  # a block cut in two
        with pytest.raises((AssertionError, ValueError, IndexError)):
            assert_ledger(segmented(text, "text/plain"))
        return
    with pytest.raises((AssertionError, ValueError, IndexError)):
        assert_ledger(segmented(TEXTS[media_type], media_type))


@pytest.mark.parametrize("media_type", TEXTS)
def test_a_map_with_ends_of_the_next_character_is_seen(media_type: MediaType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OffsetMap, "through", stretched(OffsetMap.through))
    with pytest.raises(AssertionError):
        assert_ledger(segmented(TEXTS[media_type], media_type))


@pytest.mark.parametrize("cut", [slice(1, None), slice(None, -1)])
def test_a_character_lost_is_seen(cut: slice, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = pieces.Pieces.take

    def take(self: pieces.Pieces) -> tuple[str, OffsetMap] | None:
        made = kept(self)
        return (made[0][cut], made[1][cut]) if made and len(made[0]) > 3 else made

    monkeypatch.setattr(pieces.Pieces, "take", take)
    with pytest.raises(AssertionError):
        assert_ledger(segmented(TEXTS["text/plain"]))
