"""The pages of its own that each appeal has, for search engines."""

from __future__ import annotations

from collections.abc import Iterator

from actions.donations.asks import AppealAsk
from actions.donations.models import Appeal, AppealWording
from actions.registry import PublicPage
from home.languages import CODES


def open_appeal_pages() -> Iterator[PublicPage]:
    """Yield the page of every appeal that can be given to now."""
    wordings: dict[int, list[AppealWording]] = {}
    for wording in AppealWording.objects.select_related("locale").only("appeal", "live", "locale__language_code"):
        wordings.setdefault(wording.appeal_id, []).append(wording)
    for appeal in Appeal.objects.order_by("slug"):
        ask = AppealAsk(appeal, CODES[0])
        ask.wordings = wordings.get(appeal.pk, [])  # read once for all
        if ask.accepts:
            yield PublicPage(ask.alternates())
