"""Words of spaCy to pieces of the encoder: the tokenizer of the pipeline, word shapes, and the pieces of each word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokenizer import Tokenizer as WordTokenizer
from spacy.util import compile_infix_regex

if TYPE_CHECKING:
    from tokenizers import Tokenizer

UNKNOWN, CLS, SEP = 100, 101, 102
_REMEMBERED = 1 << 16  # words

PiecesOf = Callable[[str], tuple[tuple[int, ...], int]]
_INFIXES = (
    r"(?<=\.)[-–—](?=[A-Za-z])",  # U.S.-Japan
    r"(?<=[A-Za-z0-9.)])[–—](?=[A-Za-z0-9(])",  # EU–Japan, 1991–95
    r"(?<=[A-Za-z])/(?=[A-Za-z])",  # WTO/GATT
)


def build_tokenizer(nlp: Language) -> WordTokenizer:
    """Return spaCy's tokenizer for English, which also splits at the joints of country pairs and body pairs."""
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, WordTokenizer):
        raise TypeError(f"not spaCy's rule tokenizer: {type(tokenizer).__name__}")
    tokenizer.infix_finditer = compile_infix_regex((*(nlp.Defaults.infixes or ()), *_INFIXES)).finditer
    return tokenizer


def word_shape(word: str) -> int:
    """Return the shape of a word: 1 lower case, 2 capitalized, 3 all capitals, 4 mixed, 5 digits, 6 digits and letters,
    7 no letter or digit. 0 stands for pieces outside words."""
    if word.islower():
        return 6 if any(map(str.isdigit, word)) else 1
    if word.isdigit():
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    if any(map(str.isalpha, word)):
        return 4
    return 5 if any(map(str.isdigit, word)) else 7


def reader(tokenizer: Tokenizer) -> PiecesOf:
    """Return the function from a word to its pieces and shape. It remembers words: most of a text are seen again."""

    @lru_cache(maxsize=_REMEMBERED)
    def pieces_of(word: str) -> tuple[tuple[int, ...], int]:
        return tuple(tokenizer.encode(word, add_special_tokens=False).ids) or (UNKNOWN,), word_shape(word)

    return pieces_of


def encode(pieces_of: PiecesOf, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
    """Return pieces, shapes and the index of the first piece of each word, with [CLS] and [SEP] around them."""
    pieces, shapes, first = [CLS], [0], []
    for word in words:
        ids, shape = pieces_of(word)
        first.append(len(pieces))
        pieces.extend(ids)
        shapes.extend([shape] * len(ids))
    pieces.append(SEP)
    shapes.append(0)
    return pieces, shapes, first
