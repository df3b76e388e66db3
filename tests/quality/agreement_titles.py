"""Put titles of real instruments into plain sentences and count how many are read as one agreement of the right kind.

    python -m tests.quality.agreement_titles FOLDER [--size N] [--seed N] [--no-lexicon] [--errors CAUSE]

FOLDER holds `uk_treaties.csv` (column `title`) and `un_treaties.csv` (column `treaty_name`). From both N titles are
drawn at random; those whose head is no noun of an instrument ("Pecuniary Claims against Turkey", "Denunciation of
Treaty"), of several sentences, or with a broken character are not drawn. Of a title go the notes of the list: what
stands in square brackets, marks of footnotes, place and date after the full stop, and a year before the name, which is
a date of its own.

A title is right when exactly one agreement stands in its stretch of the sentence, from its first word to its last, with
the kind that its head noun says (KINDS). The end may leave out where and when it was signed, and notes in parentheses.
"""

from __future__ import annotations

import argparse
import csv
import html
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Settings
from pipeline.records import Agreement, Related
from tests.quality.reading import Read, Stretch, overlaps, plain, reader, stretches

FRAMES = (
    "The {} was signed in 1955.",
    "Both sides signed the {} after long talks.",
    "Under the {}, officials exchange information every year.",
    "The {} entered into force a year later.",
    "Their cooperation still rests on the {}.",
    "Historians often cite the {} as a model for later instruments.",
    "Few people remember the {}, which has never been repealed.",
    "The text of the {} was published by the government.",
)
# Head nouns and the kinds that fit them; the first noun of the title that is one of these is its head.
KINDS = {
    "treaty": "treaty", "treaties": "treaty", "covenant": "treaty", "statute": "treaty charter",
    "convention": "convention", "conventions": "convention", "charter": "charter",
    "constitution": "charter", "pact": "pact",
    "agreement": "agreement", "agreements": "agreement", "accord": "agreement", "arrangement": "agreement",
    "arrangements": "agreement", "notes": "agreement", "exchange": "agreement", "exchanges": "agreement",
    "letters": "agreement", "minute": "agreement", "minutes": "agreement", "armistice": "agreement",
    "contract": "agreement", "undertaking": "agreement", "modus vivendi": "agreement", "proces-verbal": "agreement",
    "procès-verbal": "agreement", "act": "agreement treaty declaration",
    "memorandum": "memorandum", "memoranda": "memorandum",
    "protocol": "protocol", "protocols": "protocol", "amendment": "protocol", "amendments": "protocol",
    "articles": "protocol agreement provision", "article": "protocol agreement provision", "annex": "provision",
    "declaration": "declaration", "declarations": "declaration", "communique": "declaration",
    "statement": "declaration",
    "resolution": "resolution", "decision": "resolution", "regulations": "framework", "code": "framework",
}  # fmt: skip
_HEAD = re.compile(rf"\b(?:{'|'.join(sorted(KINDS, key=len, reverse=True))})\b", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:of|by|to|from|for|on|between|with)\b", re.IGNORECASE)
_NOTES = re.compile(r"\s*\[[^\]]*\]?|\*|\s+(?=[,;.])")
_BROKEN = re.compile(r"\ufffd|ERROR|[a-z)]\. [A-Z]")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}),? ?\d{{4}}"
_TAIL = re.compile(
    rf"(?:,? (?:signed|done|made|concluded|opened|adopted|dated|drawn up|approved|as (?:amended|extended|modified))\b.*"
    rf"|,? (?:of|on|from|in)? ?{_DAY}.*|, \d{{4}}|,? \([^()]*\)|,? (?:together )?with .*)$"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A title in a sentence: where it stands, where its own words end, and the kinds that fit."""

    text: str
    start: int
    core: int
    end: int
    kinds: frozenset[str]


def titles(folder: Path) -> list[str]:
    """Return the cleaned titles of both lists that have a head noun."""
    found = []
    for name, column in (("uk_treaties.csv", "title"), ("un_treaties.csv", "treaty_name")):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                title = " ".join(_NOTES.sub("", row[column]).split())
                title = re.sub(rf"\. [A-Z][^.]*$|\. {_DAY}$", "", title) if column == "treaty_name" else title
                found.append(re.sub(r"^(?:The )?(?:\d{4} )?", "", html.unescape(title).strip(" .,;")))
    return [title for title in dict.fromkeys(found) if head_of(title) and not _BROKEN.search(title)]


def head_of(title: str) -> str | None:
    """Return the first noun of an instrument, lower case, unless a preposition stands before it."""
    match = _HEAD.search(title)
    if match is None or _PREPOSITION.search(title, 0, match.start()):
        return None
    return match[0].lower()


def case_of(title: str, frame: str) -> Case:
    """Put a title into a sentence of its own."""
    start = frame.index("{}")
    core = title
    while (tail := _TAIL.search(core)) is not None and tail.start() > 20:
        core = core[: tail.start()]
    kinds = KINDS[head_of(title) or "agreement"].split()
    return Case(frame.format(title), start, start + len(core), start + len(title), frozenset(kinds))


def cause(case: Case, found: Sequence[Stretch]) -> str:
    """Return "right", or why a title is not read rightly."""
    here = [one for one in found if overlaps((one.start, one.end), (case.start, case.end))]
    if not here:
        return "missed"
    if len({id(one.record) for one in here}) > 1:
        return "split"
    one = max(here, key=lambda each: each.end - each.start)  # others are its acronym
    agreement = one.record
    if one.start < case.start or one.end > case.end:
        return "too long"
    if one.start > case.start:
        return "begins late"
    if one.end < case.core:
        return "ends early"
    return "right" if isinstance(agreement, Agreement) and agreement.kind in case.kinds else "kind"


def score(cases: Sequence[Case], read: Read) -> Iterator[tuple[Case, str, list[Stretch]]]:
    """Yield each case, its cause, and what was found."""
    articles = (plain(f"Instruments in Force\n\n{case.text}\n", f"{at}.txt") for at, case in enumerate(cases))
    for case, related in zip(cases, read(articles), strict=True):
        found = [_moved(one, related) for one in stretches(related, related.agreements)]
        yield case, cause(case, found), found


def _moved(one: Stretch, related: Related) -> Stretch:
    before = related.article.raw.decode().index("\n\n") + 2
    return Stretch(one.start - before, one.end - before, one.text, one.record)


def main() -> None:
    """Print the share of titles that are right, and what is wrong with the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-lexicon", action="store_true")
    parser.add_argument("--errors", metavar="CAUSE")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    drawn = rng.sample(titles(arguments.folder), arguments.size)
    cases = [case_of(title, rng.choice(FRAMES)) for title in drawn]
    count: Counter[str] = Counter()
    known = 0
    for case, why, found in score(cases, reader(Settings(use_lexicon=not arguments.no_lexicon))):
        count[why] += 1
        if why == arguments.errors or (arguments.errors == "all" and why != "right"):
            got = " | ".join(f"{one.text} ({one.record.kind})" for one in found)
            print(f"{why}: {case.text}\n    {got}")
        known += why in {"right", "too long", "begins late", "ends early"} and all(
            isinstance(one.record, Agreement) and one.record.kind in case.kinds for one in found
        )
    print(f"one agreement of the right kind, whatever its bounds: {known / len(cases):.3f}")
    for why, n in count.most_common():
        print(f"{why:12} {n / len(cases):.3f}")


if __name__ == "__main__":
    main()
