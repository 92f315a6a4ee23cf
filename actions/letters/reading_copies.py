"""On Chinese pages: the campaign's text in Chinese, under each letter that still is that text, by and large."""

from __future__ import annotations

from dataclasses import replace

from actions.letters.rendering import Sheet
from actions.letters.sketches import pieces, squeezed
from actions.letters.texts import CampaignText, text_fitting, texts_in
from actions.letters.wizard import Draft

KEPT_FROM = 0.5  # the share of a campaign's text that a letter must still have in it


def with_reading_copies(draft: Draft, sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets with the Chinese text of what each was made from; as they are on pages in other languages."""
    wording = draft.ask.reading_copy()
    if wording is None or draft.content is None:
        return sheets
    content, values = wording.frozen_content(), draft.values_in("zh-hant")
    found = []
    for sheet in sheets:
        origin = _origin(draft, sheet)
        text = text_fitting(origin.fits, content) if origin else None
        found.append(replace(sheet, reading_copy=text.filled_body(values)) if text else sheet)
    return found


def _origin(draft: Draft, sheet: Sheet) -> CampaignText | None:
    """Return the campaign's text that the sheet has most of; None when the writer has rewritten it.

    What stands on the sheet decides, since it is not stored of which text a letter was made.
    """
    written = pieces(squeezed(sheet.text))
    shares = [(_share(text.filled_body(draft.values), written), text) for text in texts_in(draft.content)]
    share, text = max(shares, key=lambda pair: pair[0])
    return text if share >= KEPT_FROM else None


def _share(body: str, written: set[str]) -> float:
    theirs = pieces(squeezed(body))
    return len(theirs & written) / len(theirs) if theirs else 0.0
