"""Bytes to characters, with the byte span of each character.

UTF-8 first, strictly, with or without a mark; then UTF-16 and UTF-32 by their mark, the charset the document declares,
UTF-8 with stray Windows-1252 bytes (mixed files), and last what charset-normalizer finds.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import numpy as np
from charset_normalizer import from_bytes

from pipeline.errors import InputError
from pipeline.offsets import OffsetMap, Positions

MIXED = "utf-8+windows-1252"  # UTF-8 whose invalid bytes are read as Windows-1252
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,100}?\bencoding)\s*=\s*["']?([\w.:-]{2,40})""", re.I
)
_SAMPLE = 65_536  # bytes that charset-normalizer looks at
_MIXED_SHARE = 0.34  # at most this share of the non-ASCII bytes may be invalid UTF-8


class Decoded(NamedTuple):
    """Text with the byte span of each of its characters, and the encoding that was found."""

    text: str
    offsets: OffsetMap
    encoding: str


_STRAYS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)}


def decode(raw: bytes, *, declared: bool = False) -> Decoded:
    """Decode `raw`; with `declared`, believe a charset named in an HTML head.

    Raises:
        InputError: `empty`, `binary` or `encoding`.
    """
    if not raw.strip(b"\x00\t\n\r\f\v "):
        raise InputError("empty", f"nothing but blanks in {len(raw)} bytes")
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], encoding, offset=len(mark))
    _refuse_binary(raw)
    if raw.isascii():
        return Decoded(raw.decode("ascii"), OffsetMap.identity(len(raw)), "utf-8")
    return _decode_as(raw, _find_encoding(raw, declared=declared), offset=0)


def _refuse_binary(raw: bytes) -> None:
    sample = np.frombuffer(raw[:_SAMPLE], dtype=np.uint8)
    control = (sample < 32) & ~np.isin(sample, (9, 10, 11, 12, 13, 27))
    if control.mean() > 0.05:
        raise InputError("binary", f"{int(control.sum())} control bytes among the first {len(sample)}")


def _find_encoding(raw: bytes, *, declared: bool) -> str:
    if _decodes(raw, "utf-8"):
        return "utf-8"
    named = _DECLARED.search(raw[:4096]) if declared else None
    if named is not None:
        encoding = _known(named[1].decode("ascii"))
        if encoding is not None and encoding != "utf-8" and _decodes(raw, encoding):
            return encoding
    if _is_mixed(raw):
        return MIXED
    best = from_bytes(raw[:_SAMPLE]).best()
    if best is not None and _decodes(raw, best.encoding):
        return best.encoding
    if _decodes(raw, "cp1252"):
        return "cp1252"
    raise InputError("encoding", f"no encoding fits the {len(raw)} bytes")


def _known(name: str) -> str | None:
    """Return the codec a declared charset means; browsers read Latin-1 as Windows-1252."""
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return None
    if codec.name in ("iso8859-1", "ascii"):
        return "cp1252"
    return codec.name if codec._is_text_encoding else None


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_mixed(raw: bytes) -> bool:
    """Tell whether most non-ASCII bytes are well-formed UTF-8, so that the rest are strays."""
    high = int((np.frombuffer(raw, dtype=np.uint8) >= 128).sum())
    codes = np.frombuffer(raw.decode("utf-8", "surrogateescape").encode("utf-32-le", "surrogatepass"), dtype="<u4")
    strays = int(((codes >= 0xDC80) & (codes <= 0xDCFF)).sum())
    return strays <= high * _MIXED_SHARE


def _decode_as(raw: bytes, encoding: str, *, offset: int) -> Decoded:
    if encoding == MIXED:
        return _decode_stepwise(raw, MIXED, offset=offset)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("encoding", f"{encoding} by its mark, but {error.reason} at byte {error.start}") from error
    if encoding == "utf-8":
        data = np.frombuffer(raw, dtype=np.uint8)
        return Decoded(text, _from_starts(np.flatnonzero((data & 0xC0) != 0x80), len(raw), offset), encoding)
    if len(text) == len(raw):
        return Decoded(text, OffsetMap.identity(len(raw), offset=offset), encoding)
    if encoding.startswith("utf-16"):
        units = np.frombuffer(raw, dtype="<u2" if encoding.endswith("le") else ">u2")
        starts = np.flatnonzero((units & 0xFC00) != 0xDC00) * 2
        return Decoded(text, _from_starts(starts, len(raw), offset), encoding)
    if encoding.startswith("utf-32"):
        return Decoded(text, _from_starts(np.arange(len(text)) * 4, len(raw), offset), encoding)
    return _decode_stepwise(raw, encoding, offset=offset)


def _decode_stepwise(raw: bytes, encoding: str, *, offset: int) -> Decoded:
    """Feed a decoder byte by byte, noting where each character ends; for encodings without a simple law."""
    if encoding == MIXED:
        return _decode_mixed(raw, offset=offset)
    decoder = codecs.getincrementaldecoder(encoding)()
    chars: list[str] = []
    starts: list[int] = []
    begin = 0
    for at in range(len(raw)):
        for char in decoder.decode(raw[at : at + 1], at + 1 == len(raw)):
            chars.append(char)
            starts.append(begin)
            begin = at + 1
    return Decoded("".join(chars), _from_starts(np.array(starts, dtype=np.int64), len(raw), offset), encoding)


def _decode_mixed(raw: bytes, *, offset: int) -> Decoded:
    """Read stray bytes through escapes, one character each, so that every character tells its own width."""
    text = raw.decode("utf-8", "surrogateescape")
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    stray = (codes >= 0xDC80) & (codes <= 0xDCFF)
    widths = np.where(stray, 1, 1 + (codes >= 0x80) + (codes >= 0x800) + (codes >= 0x10000)).astype(np.int64)
    return Decoded(text.translate(_STRAYS), _from_starts(np.cumsum(widths) - widths, len(raw), offset), MIXED)


def _from_starts(starts: np.ndarray[tuple[int, ...], np.dtype[np.int64]], size: int, offset: int) -> OffsetMap:
    begins: Positions = (starts + offset).astype(np.int32)
    ends = np.append(begins[1:], np.int32(size + offset)).astype(np.int32)
    return OffsetMap(begins, ends)
