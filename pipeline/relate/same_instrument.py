"""Which mentions of an article are one instrument: equal names, a defined acronym, its owner before the name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.names import SMALL_WORDS, compare_name
from pipeline.recognize.agreement_rules import Instrument, plain_name
from pipeline.recognize.organizations import abbreviates, is_acronym
from pipeline.records import AgreementMention, Recognized

_KNOWN_AS = re.compile(
    r",? (?:(?:better|also|commonly|widely) )?(?:known as|called|dubbed|named|nicknamed) (?:the )?[\"“‘']?"
)
_IS_ONE = re.compile(r"(?: ?\([^()]{2,12}\))? (?:is|was|remains) an? (?:[a-z-]+ ){0,3}")


def group_mentions(
    mentions: Sequence[AgreementMention], recognized: Recognized, known: Mapping[str, Instrument]
) -> list[list[AgreementMention]]:
    """Put named mentions of one instrument together: equal names, a defined acronym, its owner before the name."""
    texts = {unit.ordinal: unit.text for unit in recognized.units}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    def called(one: AgreementMention) -> str:
        return compare_name(plain_name(one.text, known))

    names = {called(one): one for one in mentions if one.named}
    parent = {name: name for name in names}
    for one in mentions:
        for other in mentions:
            if one.named and other.named and one.unit == other.unit and one.end < other.start <= one.end + 3:
                between = texts[one.unit][one.end : other.start].strip()
                pair = is_acronym(other.text) or is_acronym(one.text)
                if between == "(" and pair and one.kind != "provision":
                    parent[root(called(other))] = root(called(one))
            both = one.named and other.named and one.unit == other.unit and one.end < other.start
            if both and _KNOWN_AS.fullmatch(texts[one.unit], one.end, other.start):
                parent[root(called(other))] = root(called(one))
    titles: dict[str, str] = {}
    for name in names:
        if name in known:
            title = compare_name(known[name].title)
            parent[root(name)] = root(titles.setdefault(title, name))
    for short, one in names.items():
        longer = [
            name
            for name, other in names.items()
            if name != short
            and not (name in known and short in known)
            and one.kind == other.kind != "provision"
            and (
                _leaves_out(short, name)
                or abbreviates_end(one.text, other.text)
                or (is_acronym(one.text) and abbreviates(one.text, other.text))
            )
        ]
        if len({root(name) for name in longer}) == 1 and root(longer[0]) != root(short):
            parent[root(short)] = root(longer[0])
    groups: dict[str, list[AgreementMention]] = {}
    for at, one in enumerate(mentions):
        key = root(called(one)) if one.named else _called(at, mentions, texts)
        key = root(key) if key in parent else key
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _called(at: int, mentions: Sequence[AgreementMention], texts: Mapping[int, str]) -> str:
    """The name of an unnamed instrument: "an accord of engineers, known as the Lima Pact", "the Lima Pact is an accord
    between …"."""
    one = mentions[at]
    for other in mentions:
        before = other.unit == one.unit and other.named and other.end < one.start
        if before and _IS_ONE.fullmatch(texts[one.unit], other.end, one.start):
            return compare_name(other.text)
    for other in mentions[at + 1 :]:
        if other.unit != one.unit:
            break
        if other.named and _KNOWN_AS.fullmatch(texts[one.unit], one.end, other.start):
            return compare_name(other.text)
    return f"#{at}"


def _leaves_out(short: str, name: str) -> bool:
    """Tell whether `short` is `name` without its owner: not "Partnership" of "Agreement for Partnership"."""
    if " " not in short or not name.endswith(" " + short):
        return False
    return name[: -len(short)].split()[-1] not in SMALL_WORDS


def abbreviates_end(short: str, name: str) -> bool:
    """Tell whether two names begin alike and one ends in an acronym of the other's end: "Lima–Oslo FTA"."""
    words, whole = short.split(), name.split()
    kept = len(words) - 1
    return (
        1 <= kept < len(whole) - 1
        and is_acronym(words[-1])
        and compare_name(" ".join(words[:-1])) == compare_name(" ".join(whole[:kept]))
        and abbreviates(words[-1], " ".join(whole[kept:]))
    )
