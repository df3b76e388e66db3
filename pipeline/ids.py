"""Stable ids: the same content gives the same id on any machine, engine and worker count."""

from __future__ import annotations

import hashlib

PREFIXES = {
    "articles": "art",
    "units": "uni",
    "organizations": "org",
    "places": "pla",
    "dates": "dat",
    "agreements": "agr",
    "claims": "clm",
    "evidence": "evi",
    "conflicts": "cfl",
}


def stable_id(table: str, *parts: str | int | None) -> str:
    """Return `<prefix>_<16 hex>` for a row of `table`, from the parts that make it what it is.

    Parts are length-prefixed before hashing (BLAKE2b, 8 bytes), so ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        data = b"\x00" if part is None else str(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(4, "big") + data)
    return f"{PREFIXES[table]}_{digest.hexdigest()}"
