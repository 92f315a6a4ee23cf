"""The piece of a text around the first hit, cut where words end, with the hits marked."""

from __future__ import annotations

from dataclasses import dataclass

from search.words import Word, words_of

LENGTH, HAN_LENGTH, LEAD = 220, 110, 60


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool = False


def excerpt(text: str, words: list[str], language: str) -> list[Piece]:
    """Return the pieces of an excerpt, hits apart; the beginning of the text where no word stands in it."""
    wanted = set(words)
    hits = [word for word in words_of(text, language) if word.word in wanted]
    start = _start(text, hits)
    end = _end(text, start, HAN_LENGTH if language == "zh-hant" else LENGTH)
    pieces = _marked(text, _joined([hit for hit in hits if start <= hit.start and hit.end <= end]), start, end)
    return [*([Piece("… ")] if start else []), *pieces, *([Piece(" …")] if end < len(text) else [])]


def _start(text: str, hits: list[Word]) -> int:
    if not hits or hits[0].start <= LEAD:
        return 0
    blank = text.find(" ", hits[0].start - LEAD, hits[0].start)
    return blank + 1 if blank >= 0 else hits[0].start - LEAD // 3


def _end(text: str, start: int, length: int) -> int:
    if len(text) - start <= length:
        return len(text)
    blank = text.rfind(" ", start + length - LEAD, start + length)
    return blank if blank > start else start + length


def _joined(hits: list[Word]) -> list[tuple[int, int]]:
    """Overlapping pairs of one run of Han characters are one hit."""
    spans: list[tuple[int, int]] = []
    for hit in hits:
        if spans and hit.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], hit.end))
        else:
            spans.append((hit.start, hit.end))
    return spans


def _marked(text: str, spans: list[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for begin, stop in spans:
        pieces += [Piece(text[at:begin]), Piece(text[begin:stop], is_hit=True)]
        at = stop
    return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]
