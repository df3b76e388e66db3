"""Mends of a parse: what cannot be is put right, what can be stays."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.relate.mend import mend, mend_doc
from pipeline.relate.parse import Parse


def mended(said: str) -> dict[str, tuple[str, str]]:
    """Read "word/POS/dep>head" or "word/POS/dep>head/TAG" and return word → (dep, head) after mending."""
    cells = [cell.split("/") for cell in said.split()]
    words = [cell[0] for cell in cells]
    arcs = [cell[2].split(">") for cell in cells]
    tags = [cell[3] if len(cell) > 3 else "" for cell in cells]
    heads = [words.index(arc[1]) for arc in arcs]
    parse = Parse(words, [cell[1] for cell in cells], [arc[0] for arc in arcs], heads, tags)
    mend(parse)
    return {word: (parse.dep[i], words[parse.head[i]]) for i, word in enumerate(words)}


@pytest.mark.parametrize(
    ("said", "word", "expected"),
    [
        (
            "board/NOUN/obj>created was/AUX/aux:pass>created created/VERB/root>created",
            "board",
            ("nsubj:pass", "created"),
        ),
        ("board/NOUN/obj>met they/PRON/nsubj>met met/VERB/root>met", "board", ("obj", "met")),
        *(
            (
                "fund/NOUN/nsubj>met co/VERB/acl>fund -/PUNCT/punct>co led/VERB/acl>co by/ADP/case>banks "
                "banks/NOUN/obl>co met/VERB/root>met",
                word,
                expected,
            )
            for word, expected in (("led", ("acl", "fund")), ("banks", ("obl", "led")), ("co", ("compound", "led")))
        ),
        *(
            (
                "board/NOUN/nsubj>met ,/PUNCT/punct>dates which/PRON/nsubj>dates dates/VERB/acl:relcl>board "
                f"from/ADP/case>1919 1919/NUM/obl>dates {joint} peace/NOUN/conj>board met/VERB/root>met",
                "peace",
                ("conj", head),
            )
            for joint, head in (
                ("and/CCONJ/cc>peace", "1919"),
                ("--/PUNCT/punct>peace and/CCONJ/cc>peace", "board"),
            )
        ),
        (
            "it/PRON/nsubj>signed signed/VERB/root>signed but/CCONJ/cc>ratified has/AUX/aux>signed "
            "not/PART/advmod>signed ratified/VERB/conj>signed",
            "has",
            ("aux", "ratified"),
        ),
        (
            "it/PRON/nsubj>signed signed/VERB/root>signed but/CCONJ/cc>ratified has/AUX/aux>signed "
            "not/PART/advmod>signed ratified/VERB/conj>signed",
            "not",
            ("advmod", "ratified"),
        ),
        ("board/NOUN/obj>opened opened/VERB/root>opened late/ADV/advmod>opened", "board", ("nsubj", "opened")),
        *(
            (said, word, expected)
            for said in (
                "it/PRON/nsubj>1957 was/AUX/aux:pass>born in/ADP/case>1957 1957/NUM/obl>born that/SCONJ/mark>born "
                "she/PRON/nsubj:pass>born born/VERB/root>born",
                "it/PRON/expl>1957 was/AUX/cop>1957 in/ADP/case>1957 1957/NUM/root>1957 that/PRON/obl>born "
                "she/PRON/nsubj:pass>born born/VERB/acl:relcl>1957",
            )
            for word, expected in (
                ("1957", ("obl", "born")),
                ("born", ("root", "born")),
                ("it", ("dep", "born")),
                ("that", ("mark", "born")),
            )
        ),
        (
            "board/NOUN/nsubj>met ,/PUNCT/punct>board which/PRON/nsubj>goes goes/VERB/acl:relcl>board to/ADP/case>1919 "
            "1919/NUM/obl>goes and/CCONJ/cc>peace peace/NOUN/conj>board met/VERB/root>met",
            "peace",
            ("conj", "1919"),
        ),
        (
            "it/PRON/expl>pity was/AUX/cop>pity a/DET/det>pity pity/NOUN/root>pity that/SCONJ/mark>left "
            "she/PRON/nsubj>left left/VERB/csubj>pity",
            "left",
            ("csubj", "pity"),
        ),
        (
            "it/PRON/nsubj>ended ended/VERB/root>ended pact/NOUN/obl>ended ,/PUNCT/punct>ended "
            "signed/VERB/advcl>ended/VBN May/PROPN/obl>ended",
            "signed",
            ("acl", "pact"),
        ),
        (
            "it/PRON/nsubj>ended ended/VERB/root>ended pact/NOUN/obl>ended ,/PUNCT/punct>ended "
            "signed/VERB/advcl>ended/VBN May/PROPN/obl>ended",
            "May",
            ("obl", "signed"),
        ),
        (
            "it/PRON/nsubj>ended ended/VERB/root>ended pact/NOUN/obl>ended ,/PUNCT/punct>ended "
            "closing/VERB/advcl>ended/VBG",
            "closing",
            ("advcl", "ended"),
        ),
        (
            "board/NOUN/nsubj>met met/VERB/root>met of/ADP/case>board group/NOUN/obl>met",
            "of",
            ("case", "group"),
        ),
        ("in/ADP/case>may may/PROPN/obl>met met/VERB/root>met", "in", ("case", "may")),
        (
            "board/NOUN/nsubj>met met/VERB/root>met failure/NOUN/obl>met Herst/PROPN/compound>board",
            "Herst",
            ("nmod", "failure"),
        ),
        (
            "Bank/PROPN/nsubj>lends ,/PUNCT/punct>has which/PRON/nsubj>has has/VERB/advcl>lends lends/VERB/root>lends",
            "has",
            ("acl:relcl", "Bank"),
        ),
        (
            "Bank/PROPN/nsubj>lends which/PRON/nsubj>has has/VERB/advcl>lends lends/VERB/root>lends",
            "has",
            ("advcl", "lends"),
        ),
        *(
            (said, word, expected)
            for said in (
                "pact/NOUN/obl>covers ,/PUNCT/punct>signed signed/VERB/advcl>covers/VBN May/PROPN/obl>signed "
                ",/PUNCT/punct>covers covers/VERB/root>covers/VBZ ports/NOUN/obj>covers",
                "pact/NOUN/nsubj>signed ,/PUNCT/punct>signed signed/VERB/advcl>covers/VBD May/PROPN/obl>signed "
                ",/PUNCT/punct>covers covers/VERB/root>covers/VBZ ports/NOUN/obj>covers",
            )
            for word, expected in (("pact", ("nsubj", "covers")), ("May", ("obl", "signed")))
        ),
        (
            "in/ADP/case>May May/PROPN/obl>covers ,/PUNCT/punct>covers they/PRON/nsubj>covers covers/VERB/root>covers",
            "May",
            ("obl", "covers"),
        ),
        (
            "heir/NOUN/nsubj>met ,/PUNCT/punct>Pact Pact/PROPN/nsubj>met of/ADP/case>June June/PROPN/obl>met "
            ",/PUNCT/punct>met met/VERB/root>met",
            "Pact",
            ("appos", "heir"),
        ),
        (
            "heir/NOUN/nsubj>met ,/PUNCT/punct>Pact Pact/PROPN/nsubj>met of/ADP/case>June June/PROPN/obl>met "
            ",/PUNCT/punct>met met/VERB/root>met",
            "June",
            ("nmod", "Pact"),
        ),
        *(
            (
                f"it/PRON/nsubj:pass>{verb} was/AUX/aux:pass>{verb} {verb}/VERB/root>{verb} to/PART/mark>left "
                f"left/VERB/advcl>{verb}",
                "left",
                (dep, verb),
            )
            for verb, dep in (("reported", "xcomp"), ("founded", "advcl"))
        ),
        (
            "it/PRON/nsubj>has has/VERB/conj>said said/VERB/root>said yet/ADV/advmod>said",
            "yet",
            ("advmod", "said"),
        ),
        (
            "said/VERB/root>said it/PRON/nsubj>has has/VERB/conj>said yet/ADV/advmod>said to/PART/mark>sign "
            "sign/VERB/xcomp>has",
            "yet",
            ("advmod", "has"),
        ),
        ("July/PROPN/obl:unmarked>saw saw/VERB/root>saw/VBD end/NOUN/obj>saw", "July", ("nsubj", "saw")),
        ("1957/NUM/obl:unmarked>saw saw/VERB/root>saw/VBD end/NOUN/obj>saw", "1957", ("nsubj", "saw")),
        ("year/NOUN/obl:unmarked>met ,/PUNCT/punct>year met/VERB/root>met", "year", ("obl:unmarked", "met")),
        (
            "moved/VERB/root>moved and/CCONJ/cc>counts today/NOUN/obl:unmarked>counts counts/VERB/conj>moved",
            "today",
            ("obl:unmarked", "counts"),
        ),
        (
            "pact/PROPN/obl>unratified remains/VERB/root>remains unratified/ADJ/xcomp>remains",
            "pact",
            ("nsubj", "remains"),
        ),
        (
            "pact/PROPN/obl:agent>adopted was/AUX/aux:pass>adopted adopted/VERB/root>adopted",
            "pact",
            ("nsubj:pass", "adopted"),
        ),
        (
            "created/VERB/acl>forum/VBN in/ADP/case>1976 1976/NUM/obl>created ,/PUNCT/punct>created "
            "board/NOUN/nsubj>forum is/AUX/cop>forum forum/NOUN/root>forum",
            "created",
            ("advcl", "forum"),
        ),
        (
            "created/VERB/acl>board/VBN ,/PUNCT/punct>created board/NOUN/nsubj>met met/VERB/root>met",
            "created",
            ("advcl", "met"),
        ),
        (
            "having/AUX/aux>ratified ratified/VERB/advcl>bound pact/PROPN/obl>bound ,/PUNCT/punct>ratified "
            "Peru/PROPN/nsubj>bound bound/VERB/root>bound",
            "pact",
            ("obj", "ratified"),
        ),
        (
            "since/ADP/case>start its/PRON/nmod:poss>start start/NOUN/obl>grown in/ADP/case>May May/PROPN/obl>grown "
            ",/PUNCT/punct>start it/PRON/nsubj>grown grown/VERB/root>grown",
            "May",
            ("nmod", "start"),
        ),
        (
            "Lima/PROPN/compound>Pact Pact/PROPN/nsubj>covers which/PRON/nsubj>came came/VERB/acl:relcl>Lima "
            "covers/VERB/root>covers",
            "came",
            ("acl:relcl", "Pact"),
        ),
        (
            "board/NOUN/nsubj>met whose/PRON/nmod:poss>seat seat/NOUN/nsubj>Lima is/AUX/cop>Lima in/ADP/case>Lima "
            "Lima/PROPN/nmod>board met/VERB/root>met",
            "Lima",
            ("acl:relcl", "board"),
        ),
        (
            "board/NOUN/nsubj>came came/VERB/root>came into/SCONJ/mark>came being/AUX/cop>July July/PROPN/obl>came",
            "being",
            ("obl", "came"),
        ),
        (
            "with/ADP/mark>signed pact/NOUN/obl>ended ,/PUNCT/punct>signed signed/VERB/advcl>ended/VBN "
            ",/PUNCT/punct>signed they/PRON/nsubj>ended ended/VERB/root>ended",
            "with",
            ("case", "pact"),
        ),
        *(
            (
                "it/PRON/expl>1957 was/AUX/cop>1957 not/PART/advmod>1957 until/ADP/case>1957 1957/NUM/root>1957 "
                "that/PRON/obl>born she/PRON/nsubj:pass>born born/VERB/acl:relcl>1957",
                word,
                expected,
            )
            for word, expected in (("1957", ("obl", "born")), ("not", ("case", "1957")), ("born", ("root", "born")))
        ),
    ],
)
def test_mend(said: str, word: str, expected: tuple[str, str]) -> None:
    assert mended(said)[word] == expected


def test_a_doc_is_mended_in_place() -> None:
    words = ["It", "ended", "with", "the", "pact", ",", "signed", "in", "May", "."]
    doc = Doc(
        Vocab(),
        words=words,
        pos=["PRON", "VERB", "ADP", "DET", "NOUN", "PUNCT", "VERB", "ADP", "PROPN", "PUNCT"],
        tags=["PRP", "VBD", "IN", "DT", "NN", ",", "VBN", "IN", "NNP", "."],
        heads=[1, 1, 4, 4, 1, 6, 1, 8, 1, 1],
        deps=["nsubj", "ROOT", "case", "det", "obl", "punct", "advcl", "case", "obl", "punct"],
    )
    mend_doc(doc)
    assert [(token.text, token.dep_, token.head.text) for token in (doc[6], doc[8])] == [
        ("signed", "acl", "pact"),
        ("May", "obl", "signed"),
    ]


def test_what_stands_under_its_own_participle_is_hung_where_the_clause_hangs() -> None:
    found = mended(
        "it/PRON/nsubj>rose rose/VERB/root>rose through/ADP/case>pact pact/NOUN/obl>signed ,/PUNCT/punct>signed "
        "signed/VERB/advcl>rose/VBN May/PROPN/obl>signed"
    )
    assert (found["pact"], found["signed"]) == (("obl", "rose"), ("acl", "pact"))


def test_a_participle_gives_the_main_clause_back() -> None:
    words = ["pact", ",", "signed", "by", "Peru", ",", "covers", "ports"]
    pos = ["NOUN", "PUNCT", "VERB", "ADP", "PROPN", "PUNCT", "VERB", "NOUN"]
    dep = ["nsubj", "punct", "root", "case", "obl:agent", "punct", "advcl:relcl", "obj"]
    parse = Parse(words, pos, dep, [6, 2, 2, 4, 2, 2, 2, 6], ["NN", ",", "VBD", "IN", "NNP", ",", "VBZ", "NNS"])
    mend(parse)
    assert (parse.dep[2], parse.head[2]) == ("acl:relcl", 0)
    assert (parse.dep[6], parse.head[6]) == ("root", 6)
