"""The editor of rich text, which hands over only what a database and a page can hold."""

from __future__ import annotations

import re
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), halves of characters among it.
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class RichTextArea(DraftailRichTextArea):
    """The editor sends JSON, whose escapes can say NUL or half of an emoji, as deleting backwards may leave it.

    No form field looks into them: PostgreSQL refuses such a text, SQLite keeps it, and no page with it could be sent.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        html = super().value_from_datadict(data, files, name)
        return html and NOT_TEXT.sub("", html)
