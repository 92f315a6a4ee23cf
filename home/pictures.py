"""Pictures in every size that pages show, made by the worker soon after they are uploaded.

Wagtail makes a size when a page first asks for it, while that page's first visitor waits: some two seconds for the nine
files of an article's lead picture. Between upload and publication there is time enough for it.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db.models import Count, Q
from wagtail.images import get_image_model
from wagtail.images.models import Filter

log = logging.getLogger(__name__)

TURN_SECONDS = 5.0  # the mails of the same worker wait meanwhile
IN_TEXT = ("width-{600,1200}|format-webp",)  # templates/blocks/captioned_image.html

_patterns: list[str] = list(IN_TEXT)


def show_in(*patterns: str) -> None:
    """Take note of sizes that a room's templates ask for, with braces as in ``{% picture %}``."""
    _patterns.extend(patterns)


def sizes() -> list[str]:
    """Return the filter specs of every size that some page shows."""
    return list(dict.fromkeys(size for pattern in _patterns for size in Filter.expand_spec(pattern)))


def make_ahead(_now: datetime, *, seconds: float = TURN_SECONDS) -> None:
    """Make what is missing, the newest pictures first, for about ``seconds``; the rest waits for the next time.

    A picture whose file is gone or broken is passed over: pages do without it too.
    """
    until, wanted = time.monotonic() + seconds, sizes()
    made = Count("renditions__filter_spec", filter=Q(renditions__filter_spec__in=wanted), distinct=True)
    waiting = get_image_model().objects.annotate(made=made).filter(made__lt=len(wanted)).order_by("-pk")
    for pk in list(waiting.values_list("pk", flat=True)):  # read to its end: SQLite lets no half-read answer write
        _make(pk, wanted)
        if time.monotonic() > until:
            return


def _make(pk: int, wanted: list[str]) -> None:
    picture = get_image_model().objects.filter(pk=pk).first()
    try:
        if picture is not None:
            picture.get_renditions(*wanted)
            # Whoever replaces a picture deletes its sizes; those of the old one must not come after that.
            if not get_image_model().objects.filter(pk=pk, file=picture.file.name).exists():
                for size in picture.renditions.all():
                    size.delete()
    except Exception as error:  # noqa: BLE001 - one broken file must not keep the others from being made
        log.warning("picture %s has no sizes: %s", pk, type(error).__name__)
