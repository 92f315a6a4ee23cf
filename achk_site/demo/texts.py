"""Texts written three times, and the few marks that they carry.

A paragraph ends at a blank line; a line that starts with ``- `` or ``1. `` is a list item; ``**words**`` are strong;
``[words](target)`` is a link, where ``page:<slug>`` names a page of the demo.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

LANGUAGES = ("en", "fr", "zh-hant")

_ITEM = re.compile(r"^(?:- |\d+\. )")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[(.+?)\]\((.+?)\)")


class Text(NamedTuple):
    """One thing said in the site's three languages; each is written for its readers, none is a translation."""

    en: str
    fr: str
    zh: str

    def say(self, language: str) -> str:
        """Return the plain text: paragraphs apart by a blank line, list items on lines of their own."""
        if language == "zh-hant":
            return _fold(self.zh, glue="")
        folded = _fold(self.fr if language == "fr" else self.en, glue=" ").replace("'", "’")
        return _french_spaces(folded) if language == "fr" else folded


def _fold(source: str, *, glue: str) -> str:
    paragraphs = [_fold_lines(part.splitlines(), glue) for part in re.split(r"\n\s*\n", source.strip())]
    return "\n\n".join(paragraphs)


def _fold_lines(lines: list[str], glue: str) -> str:
    folded: list[str] = []
    for line in (line.strip() for line in lines):
        if not folded or _ITEM.match(line):
            folded.append(line)
        else:
            folded[-1] += glue + line
    return "\n".join(folded)


def _french_spaces(text: str) -> str:
    """Put no-break spaces where Canadian French has them (guillemets, colon, unit); none before ; ! and ?.

    https://vitrinelinguistique.oqlf.gouv.qc.ca/21039/la-typographie/espacement/tableau-des-espacements
    """
    text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")
    return re.sub(r"(?<=\d) (?=[$%])", "\u00a0", text)


def rich(text: str, link: Callable[[str], str]) -> str:
    """Return rich text HTML; ``link`` turns a target into the attributes of an ``<a>``."""
    return "".join(_rich_paragraph(part, link) for part in text.split("\n\n"))


def _rich_paragraph(part: str, link: Callable[[str], str]) -> str:
    lines = [_inline(line, link) for line in part.split("\n")]
    if not _ITEM.match(part):
        return f"<p>{''.join(lines)}</p>"
    tag = "ul" if part.startswith("- ") else "ol"
    items = "".join(f"<li>{_ITEM.sub('', line)}</li>" for line in lines)
    return f"<{tag}>{items}</{tag}>"


def _inline(line: str, link: Callable[[str], str]) -> str:
    html = _STRONG.sub(r"<b>\1</b>", escape(line, quote=False))
    return _LINK.sub(lambda match: f"<a {link(match[2])}>{match[1]}</a>", html)
