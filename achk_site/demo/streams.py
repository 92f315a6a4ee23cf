"""Turns the content's pieces into StreamField data.

Every child gets an id, also inside lists: without one, wagtail-localize finds no text in it
(https://wagtail-localize.org/stable/how-to/installation/). The ids are the same in all languages.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from achk_site.demo.content.shapes import (
    Call,
    DonationForm,
    Fact,
    Facts,
    Group,
    Groups,
    Heading,
    LetterForm,
    NextEvents,
    Notice,
    PetitionForm,
    Picture,
    Piece,
    Quote,
    SubscribeForm,
    Words,
)
from achk_site.demo.texts import Text, rich

NAMESPACE = uuid.UUID("6f0f5f0e-6d0b-4b7e-9a35-0d4c3b1f2a10")


def demo_key(name: str) -> uuid.UUID:
    """Return the same key for the same name each time: it marks what the demo has made."""
    return uuid.uuid5(NAMESPACE, name)


@dataclass(frozen=True)
class Writer:
    """Writes pieces in one language.

    The rest is what they may point at: page ids by slug, the ids of picture, letter campaign, petition and appeal.
    """

    language: str
    pages: dict[str, int]
    picture: int
    letter_campaign: int
    petition: int
    appeal: int

    def stream(self, pieces: Iterable[Piece], *, within: str) -> list[dict[str, Any]]:
        """Return raw data for a StreamField; ``within`` makes the ids unique."""
        rows = []
        for number, piece in enumerate(pieces):
            key = f"{within}/{number}"
            kind, value = self._block(piece, key)
            rows.append({"type": kind, "id": str(demo_key(key)), "value": value})
        return rows

    def rich(self, text: Text) -> str:
        return rich(self.say(text), self._link)

    def say(self, text: Text) -> str:
        return text.say(self.language)

    def items(self, values: Iterable[dict[str, Any]], key: str) -> list[dict[str, Any]]:
        return [
            {"type": "item", "id": str(demo_key(f"{key}/{number}")), "value": value}
            for number, value in enumerate(values)
        ]

    def _block(self, piece: Piece, key: str) -> tuple[str, Any]:
        writers: dict[type, Callable[[Any, str], tuple[str, Any]]] = {
            Heading: lambda piece, _key: ("heading", {"text": self.say(piece.text)}),
            Words: lambda piece, _key: ("paragraph", self.rich(piece.text)),
            Quote: self._quote,
            Call: self._call,
            Facts: self._facts,
            Notice: self._notice,
            Groups: self._groups,
            Picture: self._picture,
            LetterForm: lambda _piece, _key: ("letter", {"letter_campaign": self.letter_campaign, "heading": ""}),
            PetitionForm: lambda _piece, _key: ("petition", {"petition": self.petition, "heading": ""}),
            DonationForm: lambda _piece, _key: ("donation", {"appeal": self.appeal, "heading": ""}),
            SubscribeForm: self._subscribe,
            NextEvents: self._next_events,
        }
        return writers[type(piece)](piece, key)

    def _subscribe(self, piece: SubscribeForm, _key: str) -> tuple[str, Any]:
        words = {"heading": self.say(piece.heading), "text": self.say(piece.text)}
        return "subscribe", {**words, "button": "", "campaign": None}

    def _next_events(self, piece: NextEvents, _key: str) -> tuple[str, Any]:
        return "event", {"which": "next", "event": None, "number": 3, "heading": self.say(piece.heading)}

    def _quote(self, piece: Quote, _key: str) -> tuple[str, Any]:
        return "quote", {"text": self.say(piece.text), "attribution": self.say(piece.source)}

    def _call(self, piece: Call, _key: str) -> tuple[str, Any]:
        link = {"page": self.pages[piece.target], "address": ""}
        words = {"heading": self.say(piece.heading), "text": self.say(piece.text), "button": self.say(piece.label)}
        return "call_to_action", {**words, "link": link, "style": "quiet"}

    def _facts(self, piece: Facts, key: str) -> tuple[str, Any]:
        return "facts", {"facts": self.items(map(self._fact, piece.items), key)}

    def _fact(self, fact: Fact) -> dict[str, str]:
        source = self.say(fact.source) if fact.source else ""
        return {
            "number": self.say(fact.figure), "label": self.say(fact.meaning), "source": source,
            "source_url": fact.source_url,
        }  # fmt: skip

    def _notice(self, piece: Notice, _key: str) -> tuple[str, Any]:
        return "notice", {"kind": "info", "heading": self.say(piece.heading), "text": self.rich(piece.text)}

    def _groups(self, piece: Groups, key: str) -> tuple[str, Any]:
        return "member_groups", {"groups": self.items(map(self._group, piece.items), key)}

    def _group(self, group: Group) -> dict[str, str]:
        return {
            "name": self.say(group.name), "city": self.say(group.city), "description": self.say(group.work), "url": "",
        }  # fmt: skip

    def _picture(self, piece: Picture, _key: str) -> tuple[str, Any]:
        image = {"image": self.picture, "decorative": False, "alt_text": self.say(piece.alt)}
        return "image", {"image": image, "caption": self.say(piece.caption)}

    def _link(self, target: str) -> str:
        kind, _, slug = target.partition(":")
        return f'linktype="page" id="{self.pages[slug]}"' if kind == "page" else f'href="{target}"'
