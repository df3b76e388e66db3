"""Named instruments from the grammar of titles: words before a head noun, the head, and the tail after it.

"United Nations Convention against Corruption" has the head "Convention", "United Nations" before it and "against
Corruption" as its tail. A title ends where the sentence takes over: at a verb, at a date, at a place after "in".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.recognize.agreement_rules import Rules
from pipeline.recognize.formal_titles import formal_end, is_formal, joint_start, own_end
from pipeline.recognize.title_tokens import Candidate, Token, tokens_of
from pipeline.records import AgreementKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CONSTITUTED = frozenset({"Organization", "Organisation"})
_ROMAN = re.compile(r"[IVX]{1,5}$")
_NUMBER = re.compile(r"(?:\d+(?:[/.]\d+)*[A-Z]?|[IVX]{1,5})$")
_NUMBERED = frozenset(
    {"resolution", "resolutions", "decision", "recommendation", "regulation", "directive", "protocol", "annex"}
)
_PROVISION = re.compile(
    r"\b(?P<head>Articles?|Chapter|Annex(?:es)?|Appendix|Pillar)\s+"
    r"(?P<number>(?:\d{1,3}(?:bis|ter)?(?:(?:, \d{1,3})*,? (?:and|to|or) \d{1,3}\b)?"
    r"|[IVXL]{1,6}\b|One|Two)(?:\(\d+\)|\([a-z]\))*)(?![\w%])"
)
_SPREAD = frozenset(
    {
        "of",
        "and",
        "the",
        "for",
        "on",
        "in",
        "to",
        "or",
        "a",
        "an",
        "with",
        "by",
        "from",
        "against",
        "all",
        "their",
        "its",
        "&",
        "as",
        "certain",
        "other",
    }
)
_PREPOSITIONS = frozenset(
    [
        "of",
        "on",
        "for",
        "concerning",
        "relating",
        "relative",
        "regarding",
        "respecting",
        "between",
        "with",
        "to",
        "against",
        "in",
        "establishing",
        "amending",
        "prohibiting",
        "implementing",
        "supplementing",
        "governing",
        "constituting",
        "among",
        "from",
        "creating",
        "revising",
        "abolishing",
        "extending",
        "modifying",
        "providing",
    ]
)
_TITLE_CASED_PREPOSITIONS = frozenset(
    {
        "Concerning",
        "Relating",
        "Relative",
        "Against",
        "Regarding",
        "Establishing",
        "Implementing",
        "Between",
        "Amending",
        "Supplementing",
    }
)
_LAW = re.compile(
    r"\b(?P<head>Regulation|Directive|Decision|Recommendation) \((?:EU|EC|EEC|CFSP|Euratom)(?:, \w+)?\)"
    r" (?:No\.? )?\d+/\d+"
)
_COMMON_POSSESSOR = re.compile(r"(?:[Ww]omen|[Cc]hildren|[Pp]eople|[Mm]en)['’]s$|(?:[a-z]s)['’]$")
_ACRONYM = re.compile(r"[A-Z][\w.&/-]*[A-Z][\w./-]*$|[A-Z]{2,}$")
_DEFINED = re.compile(
    r"\s*\((?:the\s+|or\s+|hereafter\s+|hereinafter\s+|known as\s+(?:the\s+)?|abbreviated(?: as)?\s+)?[\"“'‘]?(?:the )?"
    r"(?P<name>[A-Z][A-Za-z0-9&.–-]*[A-Z0-9][A-Za-z0-9.]*)[\"”'’]?(?:[,;/][^()]{0,30})?\)"
)


def owner_of(word: str) -> str:
    """Return a word without its possessive ending."""
    return word[:-2] if word[-2:] in {"'s", "’s"} else word


def find_provisions(text: str) -> Iterator[Candidate]:
    """Yield "Article 5", "Chapter VII": numbered parts of an instrument, but not of a state's own law."""
    for match in _PROVISION.finditer(text):
        after = text[match.end() : match.end() + 80]
        if re.match(
            r"(?:\([\w]+\))*,? of (?:the |its |his |their )?(?:[\w.'’]+ ){0,3}(?:[Cc]onstitution|[Cc]ode|Basic Law|[Pp]enal|Act)\b",  # noqa: E501
            after,
        ):
            continue
        yield Candidate(match.start(), match.end(), True, "provision", "agreements.read_provision", 0.9)


def find_laws(text: str, rules: Rules) -> Iterator[Candidate]:
    """Yield numbered laws of a union of states: "Regulation (EU) 2024/1689"."""
    for match in _LAW.finditer(text):
        kind = rules.file.heads.weak[match["head"]]
        yield Candidate(*match.span(), True, kind, "agreements.read_title", 0.9)


def find_titles(text: str, rules: Rules, *, heading: bool, doc: Doc | None = None) -> Iterator[Candidate]:
    """Yield instruments named by a title with a head noun, from left to right, none inside another."""
    reader = _Reader(text, rules, heading=heading, doc=doc)
    yield from reader.titles()


def defined_acronym(text: str, end: int) -> re.Match[str] | None:
    """Match "(NPT)" or "(the “NPT”)" directly after a name that ends at `end`."""
    return _DEFINED.match(text, end)


class _Reader:
    def __init__(self, text: str, rules: Rules, *, heading: bool, doc: Doc | None) -> None:
        self.text, self.rules, self.doc = text, rules, doc
        self.tokens = tokens_of(text)
        words = [token for token in self.tokens if token.text[0].isalpha() and token.lower not in _SPREAD]
        capitals = sum(token.capital for token in words)
        self.title_case = heading and len(words) >= 2 and capitals > 0.8 * len(words)
        heads = rules.file.heads
        self.heads = {**heads.weak, **heads.strong}
        self.words = rules.file.words

    def titles(self) -> Iterator[Candidate]:
        done = 0
        for at, token in enumerate(self.tokens):
            if at < done or token.text not in self.heads:
                continue
            found = self._title(at)
            if found is not None:
                first, last, head = found
                done = last
                kind = self._kind(first, head, last)
                tokens = self.tokens
                yield Candidate(tokens[first].start, self._end(last - 1), True, kind, "agreements.read_title", 0.85)

    def _end(self, last: int) -> int:
        token = self.tokens[last]
        return token.end - 2 if token.text[-2:] in {"'s", "’s"} else token.end

    def _kind(self, first: int, head: int, last: int) -> AgreementKind:
        words = [token.text for token in self.tokens[first:last]]
        if words[head - first] in {"Exchange", "Exchanges", "Notes"}:
            return "agreement"
        return self.heads[words[head - first]]

    # One title ---------------------------------------------------------------------------------------------------

    def _title(self, at: int) -> tuple[int, int, int] | None:
        head = self._last_head(at)
        if head is None:
            return None
        first = self._before(at)
        name = self.tokens[head].text
        short = self._tail(first, head)
        last = self._formal(first, head, short)
        own = own_end(self.text, self.tokens[head].end)
        if last > short or is_formal(self.text, own + 1, bare=True, doing=self.words.doing):
            first = self._at(joint_start(self.text, self.tokens[first].start))
        before = [token.text for token in self.tokens[first:at]]
        after = self.tokens[head + 1 : last]
        if name == "Act" and not (before and before[-1] in self.words.acts):
            return None
        if name in {"Exchange", "Exchanges", "Notes"} and not re.match(
            r"(?:Exchanges? )?(?:of )?(?:[Nn]otes|[Ll]etters)", " ".join(token.text for token in self.tokens[head:last])
        ):
            return None
        if name == "Constitution" and not (
            after and (after[-1].text in self.words.bodies or any(token.text in _CONSTITUTED for token in after))
        ):
            return None
        if (
            name == "Code"
            and not re.match(r"Code of (?:Conduct|Practice)", self.text[self.tokens[head].start :])
            and not (before and self._distinct(before))
        ):
            return None
        if name in {"Minute", "Minutes"} and before[-1:] != ["Agreed"]:
            return None
        if name in {"Article", "Articles"} and not (before and before[-1] in {"Additional", "Supplementary"}):
            return None
        strong = name in self.rules.file.heads.strong
        numbered = (
            name.lower() in _NUMBERED
            and last > head + 1
            and _NUMBER.match(self.tokens[head + 1].text.rstrip(".")) is not None
        )
        if numbered:
            return first, last, head
        if (
            name.lower() in {"resolution", "resolutions", "decision", "regulation", "directive", "recommendation"}
            and not before
        ):
            return None
        distinct = self._distinct(before)
        if self.title_case and not distinct and not (strong and any(self._is_name(token.text) for token in after)):
            return None
        if not strong and not before and not any(token.capital for token in after):
            return None
        if (
            not strong
            and not before
            and name not in {"Partnership", "Code", "Framework", "Strategy", "Initiative", "Agenda", "Compact"}
        ):
            return None
        if strong and not before and not any(token.capital for token in after) and len(after) <= 3:
            return None
        if (
            name.endswith("s")
            and strong
            and name not in {"Accords", "Notes"}
            and not distinct
            and not any(token.capital for token in after)
        ):
            return None
        if not strong and before and not distinct and self.tokens[first].start == 0 and len(before) == 1:
            return None
        return first, last, head

    def _is_name(self, word: str) -> bool:
        return (
            word[0].isupper()
            and word not in self.words.title_words
            and word not in self.heads
            and word not in self.words.regions
        )

    def _distinct(self, before: Sequence[str]) -> bool:
        return any(self._is_name(word) for word in before if word.lower() not in _SPREAD)

    def _last_head(self, at: int) -> int | None:
        """Follow capitalized words after the head: a later head takes over, the noun of a body refuses the name."""
        head = at
        step = at + 1
        while step < len(self.tokens):
            token = self.tokens[step]
            if (
                not token.capital
                or token.start != self.tokens[step - 1].end + 1
                or token.text in _TITLE_CASED_PREPOSITIONS
            ):
                break
            if token.text in self.words.openers or token.text in self.words.calendar:
                break
            if owner_of(token.text) in self.words.bodies:
                return None
            if token.text in self.heads:
                head = step
            elif self.tokens[head].text in self.rules.file.heads.weak and _NUMBER.match(token.text) is None:
                return None  # "Policy Development": the weak noun describes another
            step += 1
        return head

    def _before(self, at: int) -> int:
        first = at
        while first > 0:
            token = self.tokens[first - 1]
            if token.end + 1 != self.tokens[first].start or self.text[token.end] != " ":
                break
            if token.capital and not self._ends_before(token):
                first -= 1
                continue
            if token.lower in {"of", "and", "the", "for", "&"} and first > at - 12:
                jump = self._jump(first - 1)
                if jump is not None:
                    first = jump
                    continue
            break
        while first < at and (self.tokens[first].lower in _SPREAD or self.tokens[first].text in self.words.openers):
            first += 1
        return first

    def _ends_before(self, token: Token) -> bool:
        if token.text in self.words.openers or token.text in self.words.calendar:
            return not (token.text in {"New", "Five", "Three", "Four", "Two"} and token.start > 0)
        if token.text[-2:] in {"'s", "’s"} or token.text[-1] in "'’":
            return _COMMON_POSSESSOR.search(token.text) is None
        return False

    def _jump(self, at: int) -> int | None:
        """Pass "of", "and" inside a title before its head ("Law of the Sea Convention"), where it is safe."""
        token = self.tokens[at]
        if at == 0:
            return None
        if token.lower == "the":
            below = self.tokens[at - 1]
            if (
                below.lower == "of"
                and at >= 2
                and self.tokens[at - 2].text in {"Law", "Rights", "Status", "Protection", "Prevention"}
            ):
                return at - 2
            return None
        left, right = self.tokens[at - 1], self.tokens[at + 1]
        if not left.capital or not right.capital or left.end + 1 != token.start or self._ends_before(left):
            return None
        if left.text in self.heads and token.lower != "of":
            return None
        if token.lower == "of":
            return (
                None
                if left.text in {"Article", "Parties", "State", "Member", "Members", "President", "Minister"}
                else at - 1
            )
        if token.lower in {"and", "&"}:
            generic = self.words.title_words
            both = left.text in generic and right.text in generic
            return at - 1 if both or (self._determined(at - 1) and left.text in generic) else None
        return at - 1 if token.lower == "for" and left.text in {"Partnership", "Agenda", "Action"} else None

    def _determined(self, at: int) -> bool:
        while at > 0 and self.tokens[at - 1].capital and self.tokens[at - 1].text not in self.words.openers:
            at -= 1
        return at > 0 and self.tokens[at - 1].lower in {"the", "a", "an", "its", "their"}

    def _formal(self, first: int, head: int, last: int) -> int:
        """Follow a diplomatic title to where the sentence takes over: "Exchange of Notes between … concerning …".

        Only heads without a name of their own have such titles; "the Paris Agreement concerning trees" has not.
        """
        tokens = self.tokens
        generic = self.words.title_words
        bare = all(
            token.text in generic or token.text in self.heads or token.lower in _SPREAD for token in tokens[first:head]
        )
        step = last + 1 if last < len(tokens) and tokens[last].text in {",", "("} else last
        if bare and last == head + 1 == step and step + 2 < len(tokens) and first == head:
            plain = tokens[step].text in {"for", "on"} and not tokens[step + 1].text.isdigit()
            if plain and not any(token.text in self.words.calendar for token in tokens[step : step + 3]):
                return self._onward(first, head, last, step)
        own = self._at(own_end(self.text, tokens[head].end))
        for at in dict.fromkeys((own, step)):
            if at + 1 < len(tokens) and is_formal(self.text, tokens[at].start, bare=bare, doing=self.words.doing):
                return self._onward(first, head, last, at)
        return last

    def _at(self, place: int) -> int:
        """Return the index of the first token from a character on."""
        return next((at for at, token in enumerate(self.tokens) if token.start >= place), len(self.tokens))

    def _onward(self, first: int, head: int, last: int, at: int) -> int:
        reached = max(last, formal_end(self.text, self.tokens, first, at, self.doc))
        after = self.tokens[head + 1 : reached]
        told = any(token.capital for token in after) or (
            head > 0 and self.tokens[head - 1].lower == "the" and len(after) > 3
        )
        return reached if told else last

    # The tail ----------------------------------------------------------------------------------------------------

    def _tail(self, first: int, head: int) -> int:
        """Return the index after the last token of the title."""
        tokens = self.tokens
        last = head + 1
        name = tokens[head].lower
        if last < len(tokens) and tokens[last].text in {"No", "Nos"}:
            skip = last + (2 if last + 1 < len(tokens) and tokens[last + 1].text == "." else 1)
            if skip < len(tokens) and _NUMBER.match(tokens[skip].text):
                last = skip + 1
        elif (
            last < len(tokens)
            and _NUMBER.match(tokens[last].text)
            and (name in _NUMBERED or _ROMAN.match(tokens[last].text))
        ):
            last += 1
        bare = all(
            token.text in self.words.title_words or token.text in self.heads or token.lower in _SPREAD
            for token in tokens[first:head]
        )
        while last < len(tokens):
            further = self._phrase(first, head, last, bare=bare)
            if further is None:
                break
            last = further
        return last

    def _phrase(self, first: int, head: int, at: int, *, bare: bool) -> int | None:
        """Return the end of one more phrase of the title that starts at `at`, None where there is none."""
        tokens = self.tokens
        comma = tokens[at].text == ","
        step = at + 1 if comma else at
        if step >= len(tokens) or (not comma and tokens[step].start != tokens[step - 1].end + 1):
            return None
        word = tokens[step].lower
        if word not in _PREPOSITIONS or (tokens[step].capital and tokens[step].text not in _TITLE_CASED_PREPOSITIONS):
            return self._dated(head, at, bare=bare) if word == "of" else None
        if comma and word in {"in", "with", "to", "of", "on", "from", "against", "establishing", "creating", "among"}:
            return None
        if comma and not (first == head or word in {"concerning", "supplementing", "relating", "relative"}):
            return None
        if word in {"relating", "relative"}:
            if step + 1 >= len(tokens) or tokens[step + 1].lower != "to":
                return None
            step += 1
        elif word == "providing":
            step += 1
        content = step + 1
        if content >= len(tokens):
            return None
        if not self._allowed(word, first, head, content, bare=bare):
            return self._dated(head, at, bare=bare)
        end = self._content(content, word)
        if word == "between" and end is not None and not any(one.lower in {"and", "&"} for one in tokens[content:end]):
            return None  # "the Sky Agreement between the Union and its neighbours": parties, of which one has no name
        return end

    def _dated(self, head: int, at: int, *, bare: bool) -> int | None:
        """A date inside a longer title: "Convention of June 28, 1889, between Great Britain and …"."""
        if not bare:
            return None
        match = re.match(
            r",? of (?:[A-Z][a-z]+ \d{1,2}, ?\d{4}|\d{1,2} [A-Z][a-z]+,? \d{4}|\d{4}),? (?=(?:between|concerning|relating|relative|for the|respecting)\b)",  # noqa: E501
            self.text[self.tokens[at].start - 1 :].lstrip(" "),
        )
        if match is None:
            return None
        limit = self.tokens[at].start + match.end() - 1
        return next((k for k in range(at, len(self.tokens)) if self.tokens[k].start >= limit), None)

    def _allowed(self, word: str, first: int, head: int, content: int, *, bare: bool) -> bool:
        tokens, generic = self.tokens, self.words.title_words
        start = content
        while start < len(tokens) and tokens[start].lower in {
            "the",
            "a",
            "an",
            "all",
            "certain",
            "their",
            "its",
            "other",
        }:
            start += 1
        if start >= len(tokens) or not tokens[start].text[0].isalpha():
            return False
        target = tokens[start]
        if target.text in self.words.calendar or (
            target.capital
            and target.text in self.words.openers
            and target.text not in {"Other", "Certain", "Early", "Former", "New"}
        ):
            return False
        if not target.capital:
            return False
        if word == "of":
            return (
                bare
                or target.text in generic
                or target.text in self.heads
                or target.text in {"Understanding", "Action", "Conduct", "Principles"}
            )
        if word == "in":
            return target.text in self.words.regions or target.text in generic
        if word in {"with", "between", "among", "from"}:
            return first == head or (bare and word == "between")
        if word == "to":
            return target.text in generic or self._leads_to_head(start)
        if word in {"for", "on", "concerning", "against"} and self._continental(first, head):
            return True
        if word in {"for", "on"} and not bare:
            return target.text in generic or target.text in self.heads or self._any_generic(start)
        return True

    def _continental(self, first: int, head: int) -> bool:
        """Tell whether the words before the head only say where it holds: "European Convention on …"."""
        words = [token.text for token in self.tokens[first:head]]
        known = self.words.continental
        return bool(words) and all(word in known or word in self.words.title_words for word in words)

    def _any_generic(self, start: int) -> bool:
        step = start
        while step < len(self.tokens) and (self.tokens[step].capital or self.tokens[step].lower in _SPREAD):
            if self.tokens[step].text in self.words.title_words:
                return True
            step += 1
        return False

    def _leads_to_head(self, start: int) -> bool:
        for token in self.tokens[start : start + 8]:
            if token.text in self.heads:
                return True
            if not token.capital and token.lower not in _SPREAD:
                return False
        return False

    def _content(self, start: int, word: str) -> int | None:
        """Return the end of capitalized words joined by small ones and commas of a list."""
        tokens, last, step = self.tokens, None, start
        listing = word in {"between", "among", "with"}
        while step < len(tokens):
            token = tokens[step]
            if token.text == "," and last is not None:
                if not self._lists(step, listing=listing):
                    break
                step += 1
                continue
            if token.text == "(" and step + 2 < len(tokens) and tokens[step + 2].text == ")" and last is not None:
                inner = tokens[step + 1]
                follows = step + 3 < len(tokens) and (
                    tokens[step + 3].capital or tokens[step + 3].lower in {"and", "or"}
                )
                if inner.capital and _ACRONYM.match(inner.text) is None and follows:
                    step += 3
                    continue
                break
            if (
                token.text[0].isalpha()
                and token.capital
                and token.text not in self.words.calendar
                and not self._opens(step)
            ):
                last = step + 1
                step += 1
                if token.text[-2:] in {"'s", "’s"} and not (step < len(tokens) and tokens[step].capital):
                    break
                continue
            if token.lower in _SPREAD and not token.capital and self._joins(step, last, listing=listing):
                step += 1
                continue
            break
        return last

    def _opens(self, step: int) -> bool:
        token = self.tokens[step]
        return token.text in self.words.openers and self.tokens[step - 1].text in {".", ":", ";"}

    def _joins(self, step: int, last: int | None, *, listing: bool) -> bool:
        """Tell whether small words from `step` on lead to another capitalized word of the same title."""
        if last is None:
            return True
        tokens, target = self.tokens, step
        while target < len(tokens) and tokens[target].lower in _SPREAD and not tokens[target].capital:
            target += 1
        if target >= len(tokens) or not tokens[target].capital or tokens[target].text in self.words.calendar:
            return False
        small = [token.lower for token in tokens[step:target]]
        name = tokens[target].text
        if small[0] in {"in", "at"}:
            return name in self.words.regions or name in self.words.title_words
        if small[0] in {"to", "by", "with", "from", "on", "for"} and not listing:
            return name in self.words.title_words or name in self.heads or self._any_generic(target)
        if small[0] in {"and", "or", "&"}:
            return self._and(target, small, listing=listing)
        return True

    def _and(self, target: int, small: Sequence[str], *, listing: bool) -> bool:
        if listing:
            return True
        tokens = self.tokens
        step = target
        while step < len(tokens) and tokens[step].capital and step < target + 6:
            if tokens[step].text in self.heads and tokens[step].text not in self.words.title_words:
                return False
            step += 1
        if _ACRONYM.match(tokens[target].text):
            return False
        return "the" not in small[1:] or tokens[target].text in self.words.title_words or self._any_generic(target)

    def _lists(self, comma: int, *, listing: bool) -> bool:
        """Tell whether the comma stands in a list of a title: "Safe, Orderly and Regular Migration"."""
        match = re.match(
            r",(?: and| or)? (?:(?:[A-Z][\w'’-]+)(?: (?:of|of the|and|in)? ?[A-Z][\w'’-]+){0,4}, )*(?:and |or )?(?:on |their |the |of )?(?P<word>[A-Z][\w'’-]+)",  # noqa: E501
            self.text[self.tokens[comma].start :],
        )
        if match is None:
            return False
        following = self.tokens[comma + 1]
        if following.lower in {"and", "or"}:
            following = self.tokens[comma + 2]
        if listing:
            return True
        return following.text in self.words.title_words or following.lower in {"especially", "in"}
