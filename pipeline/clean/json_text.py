"""The text of one field of a JSON line, with the bytes of each character; escapes count as a whole."""

from __future__ import annotations

import re
from json import JSONDecoder

from pipeline.encoding import Decoded, decode
from pipeline.errors import InputError
from pipeline.offsets import OffsetMap, Piece

_ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)")
_BLANK = re.compile(r"[ \t\r\n]*")


def json_text(line: bytes, field: str) -> Decoded:
    """Decode the string value of the last top-level `field`, as json.loads would take it."""
    decoded = decode(line)
    start, end = _value_span(decoded.text, field)
    pieces: list[Piece] = []
    at = start
    for match in _ESCAPE.finditer(decoded.text, start, end):
        pieces.append(Piece(decoded.text[at : match.start()], at, match.start(), True))
        pieces.append(Piece(JSONDecoder().decode(f'"{match[0]}"'), match.start(), match.end(), False))
        at = match.end()
    pieces.append(Piece(decoded.text[at:end], at, end, True))
    text = "".join(piece.text for piece in pieces)
    return Decoded(text, OffsetMap.from_pieces(pieces).through(decoded.offsets), decoded.encoding)


def _value_span(text: str, field: str) -> tuple[int, int]:
    decoder = JSONDecoder(strict=False)
    at = _skip(text, 0) + 1
    found: tuple[int, int] | None = None
    while text[_skip(text, at)] != "}":
        name, at = decoder.raw_decode(text, _skip(text, at))
        at = _skip(text, _skip(text, at) + 1)  # the colon
        value, end = decoder.raw_decode(text, at)
        if name == field and isinstance(value, str):
            found = (at + 1, end - 1)
        at = _skip(text, end)
        if text[at] == ",":
            at += 1
    if found is None:
        raise InputError("json", f"no text in field {field!r}")
    return found


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
