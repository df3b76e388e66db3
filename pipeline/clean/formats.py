"""What a plain text file really holds: machine-written articles are saved as .txt with their HTML or Markdown in."""

from __future__ import annotations

import re

from pipeline.records import MediaType

_SAMPLE = 200_000
_TAGS = re.compile(r"</(?:p|h[1-6]|li|div|ul|ol|article|section|td|tr|table|blockquote)\s*>", re.I)
_HASHES = re.compile(r"(?m)^ {0,3}#{1,6} \S")
_MARKS = re.compile(r"\*\*[^\s*][^*\n]{0,120}\*\*|\]\(https?://[^\s()]{1,300}\)|(?m:^\|(?: ?:?-{3,}:? ?\|){2,}\s*$)")
_ENOUGH_TAGS, _ENOUGH_HASHES, _ENOUGH_MARKS = 3, 2, 3


def format_of(text: str) -> MediaType:
    """Tell HTML and Markdown by their marks; a few of them are needed, as a text may speak of one."""
    sample = text[:_SAMPLE]
    if "</" in sample and len(_TAGS.findall(sample)) >= _ENOUGH_TAGS:
        return "text/html"
    hashes = len(_HASHES.findall(sample))
    if hashes >= _ENOUGH_HASHES or hashes + len(_MARKS.findall(sample)) >= _ENOUGH_MARKS:
        return "text/markdown"
    return "text/plain"
