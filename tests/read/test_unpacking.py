"""Packed files: bombs, damage and several members."""

from __future__ import annotations

import gzip

import pytest

from pipeline.errors import InputError
from pipeline.read.files import unpack


def test_members_are_joined() -> None:
    assert unpack(gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0), limit=100) == b"one two"


@pytest.mark.parametrize("layers", [1, 3])
def test_a_bomb_is_refused_before_it_unfolds(layers: int) -> None:
    packed = gzip.compress(b"\0" * 50_000_000, mtime=0)
    with pytest.raises(InputError) as error:
        unpack(packed * layers, limit=1_000_000)
    assert error.value.code == "too_large"


@pytest.mark.parametrize(
    "packed", [b"no gzip", gzip.compress(b"text" * 99, mtime=0)[:-12], gzip.compress(b"text", mtime=0) + b"rest"]
)
def test_damage_is_refused(packed: bytes) -> None:
    with pytest.raises(InputError) as error:
        unpack(packed, limit=1000)
    assert error.value.code == "gzip"
