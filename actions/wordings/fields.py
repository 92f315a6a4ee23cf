"""Texts of several lines that translators see line by line: a column, and a block of a stream."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail import blocks
from wagtail_localize.segments import StringSegmentValue


def _segments(value: str) -> list[StringSegmentValue]:
    lines = value.splitlines()
    return [StringSegmentValue(str(number), line.strip()) for number, line in enumerate(lines) if line.strip()]


def _restored(value: str, segments: list[Any]) -> str:
    """Put each translated line where its source stood; a line without translation stays as it is."""
    lines = value.splitlines()
    for segment in segments:
        lines[int(segment.path)] = segment.render_text()
    return "\n".join(lines)


class LinesField(models.TextField):
    """Lines or paragraphs of plain text, each one an entry of its own in the translation editor.

    wagtail-localize would make one entry of the whole text, with ``<br/>`` in it, in a box that takes a single line:
    https://github.com/wagtail/wagtail-localize (segments/extract.py asks the field for its segments, ingest.py gives
    them back). Blank lines are the source's.
    """

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return _segments(value)

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return _restored(value, segments)


class LinesBlock(blocks.TextBlock):
    """The same in a StreamField."""

    def get_translatable_segments(self, value: str) -> list[StringSegmentValue]:
        return _segments(value)

    def restore_translated_segments(self, value: str, segments: list[Any]) -> str:
        return _restored(value, segments)
