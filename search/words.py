"""Cuts text into the words that are compared: the same for pages and for what visitors type, on every database.

Accents are folded and Latin words stemmed. Chinese has no blanks between words, so each run of Han characters
becomes its characters and its overlapping pairs; most Chinese words are a pair. Neither SQLite's nor PostgreSQL's
full text search finds 香港 inside a sentence: both take the whole run for one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

LONGEST = 40
HAN = re.compile(r"[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
# A bill's number is one word however it is written: C-400, C 400 would not be.
TOKEN = re.compile(rf"{HAN.pattern}|\b[A-Za-z]-\d+|[^\W_]+")
STEMMERS = {"en": "english", "fr": "french", "zh-hant": "english"}


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = {
    "en": _set("a an and are as at be by for from has have in is it of on or that the this to was we with"),
    "fr": _set(
        "a au aux ce ces d dans de des du elle en est et il ils j je l la le les leur m n nous on ou par pas pour qu"
        " que qui s sa se ses son sont sur t un une vous"
    ),
    "zh-hant": _set(""),
}


class Word(NamedTuple):
    """A comparable word and where it stands in the text."""

    word: str
    start: int
    end: int


def words_of(text: str, language: str) -> Iterator[Word]:
    """Yield the words of an NFC text, Han runs as characters and pairs; stop words are left out."""
    for found in TOKEN.finditer(text):
        token = found[0]
        if HAN.match(token):
            yield from _characters_and_pairs(token, found.start())
            continue
        word = _comparable(token, language)
        if word and word not in STOP_WORDS[language]:
            yield Word(word, found.start(), found.end())


def query_words(query: str, language: str) -> list[str]:
    """Return the words to look for: of a Han run the pairs alone, since a page with them has their characters."""
    found: dict[str, None] = {}
    for match in TOKEN.finditer(query):
        token = match[0]
        if not HAN.match(token):
            found.update(dict.fromkeys(word.word for word in words_of(token, language)))
        elif len(token) == 1:
            found[token] = None
        else:
            found.update(dict.fromkeys(token[at : at + 2] for at in range(len(token) - 1)))
    return list(found)


def _characters_and_pairs(run: str, start: int) -> Iterator[Word]:
    for at, character in enumerate(run, start):
        yield Word(character, at, at + 1)
        if at + 1 < start + len(run):
            yield Word(run[at - start : at - start + 2], at, at + 2)


@lru_cache(maxsize=20_000)
def _comparable(token: str, language: str) -> str:
    """Fold accents, case and width, then stem; blank for what has nothing left."""
    folded = "".join(one for one in unicodedata.normalize("NFKD", token) if not unicodedata.combining(one))
    plain = folded.casefold().replace("-", "")[:LONGEST]
    return stem(plain, language)


def stem(word: str, language: str) -> str:
    # A stemmer holds the word it works on, so each call has its own.
    return snowballstemmer.stemmer(STEMMERS[language]).stemWord(word)
