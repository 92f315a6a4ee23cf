"""A text as bare words, to compare and to show differences: bold type does not change what is asked.

Wagtail's rich text editor writes a new ``data-block-key`` into each paragraph that it did not make itself.
"""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "hr", "br"})


class _Words(HTMLParser):
    """Collects the words, a line for each block; a link's target stands behind its words, because it matters."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            found = dict(attrs)
            self.targets.append(found.get("href") or ":".join(filter(None, (found.get("linktype"), found.get("id")))))
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.targets:
            self.parts.append(f" ({self.targets.pop()})")

    def handle_data(self, data: str) -> None:
        self.parts.append(" ".join(data.split("\n")))


def rich_words(html: str) -> str:
    """Return the words of a rich text with the targets of its links."""
    reader = _Words()
    reader.feed(str(html))
    reader.close()
    return plain_words("".join(reader.parts))


def plain_words(text: str) -> str:
    """Return the lines without the blanks and blank lines around and between them."""
    lines = (" ".join(line.split()) for line in str(text).splitlines())
    return "\n".join(line for line in lines if line)
