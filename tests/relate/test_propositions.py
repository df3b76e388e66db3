"""Propositions over hand-annotated parses, so that a wrong rule shows without a model."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.relate.assertion import load_rules
from pipeline.relate.propositions import find_clauses

# Each word: text|POS|tag|lemma|head (1-based, 0: root)|relation; "_" joins to the next word without a blank.
MAIN = "The|DET|DT|the|2|det council|NOUN|NN|council|3|nsubj adopted|VERB|VBD|adopt|0|root it|PRON|PRP|it|3|obj in|ADP|IN|in|6|case 2009|NUM|CD|2009|3|obl_ .|PUNCT|.|.|3|punct"  # noqa: E501
CASES = [
    pytest.param(MAIN, [("The council", "adopted", "it in 2009", "affirmed", "asserted", None)], id="main"),
    pytest.param(
        "According|VERB|VBG|accord|3|case to|ADP|TO|to|1|fixed critics|NOUN|NNS|critic|8|obl_ ,|PUNCT|,|,|3|punct Frontex|PROPN|NNP|Frontex|8|nsubj founded|VERB|VBN|found|5|acl_ ,|PUNCT|,|,|6|punct hires|VERB|VBZ|hire|0|root pilots|NOUN|NNS|pilot|8|obj",  # noqa: E501
        [
            ("Frontex", "founded", None, "affirmed", "asserted", "critics"),
            ("Frontex", "hires", "pilots", "affirmed", "asserted", "critics"),
        ],
        id="description inside an attributed clause",
    ),
    pytest.param(
        "Kenya|PROPN|NNP|Kenya|2|nsubj sells|VERB|VBZ|sell|0|root jointly|ADV|RB|jointly|4|advmod built|VERB|VBN|build|5|acl ships|NOUN|NNS|ship|2|obj",  # noqa: E501
        [("Kenya", "sells", "jointly built ships", "affirmed", "asserted", None)],
        id="participle before its noun",
    ),
    pytest.param(
        "It|PRON|PRP|it|2|nsubj signed|VERB|VBD|sign|0|root texts|NOUN|NNS|text|2|obj in|ADP|IN|in|5|case which|PRON|WDT|which|7|obl states|NOUN|NNS|state|7|nsubj promised|VERB|VBD|promise|3|acl:relcl votes|NOUN|NNS|vote|7|obj",  # noqa: E501
        [
            ("It", "signed", "texts", "affirmed", "asserted", None),
            ("states", "promised", "votes", "affirmed", "asserted", None),
        ],
        id="in which",
    ),
    pytest.param(
        "Kenya|PROPN|NNP|Kenya|4|nsubj has|AUX|VBZ|have|4|aux not|PART|RB|not|4|advmod signed|VERB|VBN|sign|0|root it|PRON|PRP|it|4|obj",  # noqa: E501
        [("Kenya", "has not signed", "it", "negated", "asserted", None)],
        id="negated",
    ),
    pytest.param(
        "Kenya|PROPN|NNP|Kenya|2|nsubj has|VERB|VBZ|have|0|root yet|ADV|RB|yet|2|advmod to|PART|TO|to|5|mark sign|VERB|VB|sign|2|xcomp it|PRON|PRP|it|5|obj",  # noqa: E501
        [("Kenya", "has yet to sign", "it", "negated", "asserted", None)],
        id="not yet",
    ),
    pytest.param(
        "Peru|PROPN|NNP|Peru|3|nsubj will|AUX|MD|will|3|aux join|VERB|VB|join|0|root soon|ADV|RB|soon|3|advmod",
        [("Peru", "will join", "soon", "affirmed", "predicted", None)],
        id="predicted",
    ),
    pytest.param(
        "It|PRON|PRP|it|2|nsubj contributed|VERB|VBD|contribute|0|root to|ADP|IN|to|4|case peace|NOUN|NN|peace|2|obl",
        [("It", "contributed to", "peace", "affirmed", "asserted", None)],
        id="prepositional verb",
    ),
    pytest.param(
        "It|PRON|PRP|it|2|nsubj aimed|VERB|VBD|aim|0|root to|PART|TO|to|4|mark deter|VERB|VB|deter|2|xcomp raids|NOUN|NNS|raid|4|obj and|CCONJ|CC|and|7|cc punish|VERB|VB|punish|4|conj pirates|NOUN|NNS|pirate|7|obj",  # noqa: E501
        [
            ("It", "aimed to deter", "raids", "affirmed", "asserted", None),
            ("It", "aimed to punish", "pirates", "affirmed", "asserted", None),
        ],
        id="control, coordinated",
    ),
    pytest.param(
        "Fiji|PROPN|NNP|Fiji|2|nsubj said|VERB|VBD|say|0|root that|SCONJ|IN|that|5|mark ships|NOUN|NNS|ship|5|nsubj left|VERB|VBD|leave|2|ccomp",  # noqa: E501
        [("ships", "left", None, "affirmed", "asserted", "Fiji")],
        id="reported",
    ),
    pytest.param(
        "The|DET|DT|the|2|det bank|NOUN|NN|bank|7|nsubj_ ,|PUNCT|,|,|4|punct founded|VERB|VBN|found|2|acl in|ADP|IN|in|6|case 1966|NUM|CD|1966|4|obl lends|VERB|VBZ|lend|0|root money|NOUN|NN|money|7|obj",  # noqa: E501
        [
            ("The bank", "founded", "in 1966", "affirmed", "asserted", None),
            ("The bank", "lends", "money", "affirmed", "asserted", None),
        ],
        id="participle",
    ),
    pytest.param(
        "bodies|NOUN|NNS|body|6|nsubj such|ADJ|JJ|such|4|case as|ADP|IN|as|2|fixed Frontex|PROPN|NNP|Frontex|1|nmod which|PRON|WDT|which|6|dep act|VERB|VBP|act|0|root",  # noqa: E501
        [
            ("bodies", "such as", "Frontex", "affirmed", "asserted", None),
            ("bodies such as Frontex", "act", None, "affirmed", "asserted", None),
        ],
        id="examples",
    ),
    pytest.param(
        "Chad|PROPN|NNP|Chad|2|nsubj joined|VERB|VBD|join|0|root the|DET|DT|the|4|det pact|NOUN|NN|pact|2|obj_ ,|PUNCT|,|,|6|punct closing|VERB|VBG|close|4|acl ports|NOUN|NNS|port|6|obj and|CCONJ|CC|and|9|cc freezing|VERB|VBG|freeze|6|conj funds|NOUN|NNS|fund|9|obj",  # noqa: E501
        [
            ("Chad", "joined", "the pact", "affirmed", "asserted", None),
            ("Chad", "closing", "ports", "affirmed", "asserted", None),
            ("Chad", "freezing", "funds", "affirmed", "asserted", None),
        ],
        id="result of the whole clause",
    ),
    pytest.param(
        "Chad|PROPN|NNP|Chad|2|nsubj joined|VERB|VBD|join|0|root the|DET|DT|the|4|det pact|NOUN|NN|pact|2|obj_ ,|PUNCT|,|,|6|punct comprising|VERB|VBG|comprise|4|acl states|NOUN|NNS|state|6|obj",  # noqa: E501
        [
            ("Chad", "joined", "the pact", "affirmed", "asserted", None),
            ("the pact", "comprising", "states", "affirmed", "asserted", None),
        ],
        id="state of the noun",
    ),
    pytest.param(
        "For|ADP|IN|for|2|case example|NOUN|NN|example|5|obl_ ,|PUNCT|,|,|2|punct Chad|PROPN|NNP|Chad|5|nsubj met|VERB|VBD|meet|0|root Mali|PROPN|NNP|Mali|5|obj",  # noqa: E501
        [("Chad", "met", "Mali", "affirmed", "asserted", None)],
        id="opener of more words",
    ),
    pytest.param(
        "Ministers|NOUN|NNS|minister|2|nsubj met|VERB|VBD|meet|0|root in|ADP|IN|in|4|case Lagos|PROPN|NNP|Lagos|2|obl_ ,|PUNCT|,|,|6|punct Nigeria|PROPN|NNP|Nigeria|4|appos_ ,|PUNCT|,|,|9|punct in|ADP|IN|in|9|case 1975|NUM|CD|1975|2|obl",  # noqa: E501
        [("Ministers", "met", "in Lagos, Nigeria, in 1975", "affirmed", "asserted", None)],
        id="two names of a place are no description",
    ),
]


def parse(words: str) -> Doc:
    rows = [word.split("|") for word in words.split(" ")]
    spaces = [not row[5].endswith("_") for row in rows]
    return Doc(
        Vocab(),
        words=[row[0] for row in rows],
        spaces=spaces,
        pos=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        lemmas=[row[3] for row in rows],
        heads=[int(row[4]) - 1 if row[4] != "0" else at for at, row in enumerate(rows)],
        deps=[row[5].rstrip("_") for row in rows],
    )


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_clauses_are_read(words: str, expected: list[tuple[str | None, ...]]) -> None:
    found = [
        (
            clause.subject and clause.subject.text,
            clause.predicate and clause.predicate.text,
            clause.object and clause.object.text,
            clause.polarity,
            clause.modality,
            clause.attribution and clause.attribution.text,
        )
        for clause in find_clauses(parse(words), load_rules())
    ]
    assert found == expected


@pytest.mark.parametrize("words", [case.values[0] for case in CASES])
def test_roles_stand_where_they_say(words: str) -> None:
    doc = parse(str(words))
    for clause in find_clauses(doc, load_rules()):
        for phrase in (clause.subject, clause.predicate, clause.object):
            if phrase is not None:
                stretch = doc.text[phrase.start : phrase.end].split()
                assert set(phrase.text.split()) <= set(stretch)


def test_a_doc_without_a_parse_has_no_clauses() -> None:
    assert find_clauses(Doc(Vocab(), words=["Peru", "signed"]), load_rules()) == []
