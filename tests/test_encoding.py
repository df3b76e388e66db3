"""Bytes to characters: the encoding found, and the bytes of each character."""

from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.encoding import MIXED, decode
from pipeline.errors import InputError

TEXT = "Café “Norland” – the pact of São Tomé, naïve €5 \U0001f54a."


@pytest.mark.parametrize(
    ("raw", "encoding", "text"),
    [
        (b"plain", "utf-8", "plain"),
        (TEXT.encode(), "utf-8", TEXT),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", TEXT),
        (TEXT.encode("utf-16"), "utf-16-le", TEXT),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", TEXT),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", TEXT),
        ("é – ü – “so” – ".encode() + b"caf\xe9", MIXED, "é – ü – “so” – café"),
        (b"nul \x00 inside a long enough line of text", "utf-8", "nul \x00 inside a long enough line of text"),
    ],
)
def test_encodings_are_found(raw: bytes, encoding: str, text: str) -> None:
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding) == (text, encoding)
    assert len(decoded.offsets) == len(text)


@pytest.mark.parametrize("name", ["iso-8859-1", "windows-1252", "latin1"])
def test_a_declared_charset_is_believed_as_browsers_do(name: str) -> None:
    raw = f'<meta charset="{name}"><p>café “x”</p>'.encode("cp1252")
    assert decode(raw, declared=True).encoding == "cp1252"
    assert "café “x”" in decode(raw, declared=True).text


@pytest.mark.parametrize("name", ["nonsense", "base64", "utf-8"])
def test_a_charset_that_is_none_is_not_believed(name: str) -> None:
    raw = f'<meta charset="{name}"><p>the caf\xe9 of the town was closed by the mayor</p>'.encode("cp1252")
    assert "caf" in decode(raw, declared=True).text


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \n\x00\t", "empty"),
        (random.Random(1).randbytes(5000), "binary"),
        (b"\x7fELF" + b"\x00\x01\x02" * 300, "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "encoding"),
        (codecs.BOM_UTF8 + b"caf\xe9", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        decode(raw)
    assert error.value.code == code


@given(
    st.text(min_size=1, max_size=60).filter(lambda text: text[0] != "\0" and bool(text.strip("\x00\t\n\r\f\v "))),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
@settings(deadline=None, max_examples=150)
def test_every_character_stands_on_its_bytes(text: str, encoding: str) -> None:
    raw = text.encode(encoding)
    try:
        decoded = decode(raw)
    except InputError as error:
        if error.code != "binary":
            raise
        return
    plain = decoded.encoding
    for at, char in enumerate(decoded.text):
        start, end = decoded.offsets.span(at, at + 1)
        assert raw[start:end].decode(plain) == char


@given(st.binary(min_size=1, max_size=80))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        decoded = decode(raw)
    except InputError:
        return
    assert len(decoded.offsets) == len(decoded.text)
    assert (decoded.offsets.ends >= decoded.offsets.starts).all()
    assert int(decoded.offsets.ends[-1]) <= len(raw)


def test_stray_bytes_in_utf8_keep_their_places() -> None:
    raw = "“one” – “two” ".encode() + b"caf\xe9 \x93x\x94"
    decoded = decode(raw)
    at = decoded.text.index("é")
    assert decoded.offsets.span(at, at + 1) == (raw.index(b"\xe9"), raw.index(b"\xe9") + 1)
    assert decoded.text.endswith("“x”")
