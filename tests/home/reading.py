"""Reads a page as a browser would: its elements, and what it loads without being asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

LOADING = {"src", "srcset", "poster", "data", "action", "formaction"}


@dataclass
class Reading(HTMLParser):
    html: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text_of_head: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside = ""
        self.inline: list[str] = []
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A data block is run by nobody: https://html.spec.whatwg.org/multipage/scripting.html#data-block
        self._inside = "data" if ("type", "application/ld+json") in attrs else tag
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.inline.append(data.strip())
        if self._inside == "title" and "title" not in self.text_of_head:
            self.text_of_head["title"] = data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """Every element of that name whose attributes have these values (``html_for`` is written ``for_``)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [found for name, found in self.elements if name == tag and wanted.items() <= found.items()]

    def one(self, tag: str, **attributes: str) -> dict[str, str]:
        (found,) = self.all(tag, **attributes)
        return found

    def ids(self) -> set[str]:
        return {attributes["id"] for _tag, attributes in self.elements if "id" in attributes}

    def loaded(self) -> list[str]:
        """Addresses fetched or posted to by the page itself; links that a person may follow are not among them."""
        found = [value for _tag, attrs in self.elements for name, value in attrs.items() if name in LOADING]
        return found + [
            link["href"] for link in self.all("link") if link.get("rel") in ("stylesheet", "icon", "preload")
        ]

    def forbidden_by_policy(self) -> list[str]:
        """What a policy without 'unsafe-inline' would block."""
        handlers = [
            f"{tag} {name}"
            for tag, attributes in self.elements
            for name in attributes
            if name == "style" or name.startswith("on")
        ]
        return handlers + self.inline
