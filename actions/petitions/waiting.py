"""What of the petitions waits for a person, for the admin's front page: how many, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.petitions import admin_comments, admin_signatures
from actions.petitions.deciding import MAY_DECIDE, MAY_MODERATE, comments, undecided_signatures
from actions.petitions.states import CommentState
from actions.staff.paging import MOST_COUNTED

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# Before that "for 0 minutes" would be told.
WORTH_TELLING = timedelta(minutes=1)


def waiting_in_petitions(user: AbstractBaseUser) -> Iterator[tuple[str, str]]:
    """Yield (sentence, address) for each queue that is not empty and that the user may work on."""
    if user.has_perm(MAY_DECIDE):  # type: ignore[attr-defined]
        yield from _told(undecided_signatures(), _signatures, reverse(admin_signatures.UNDECIDED_URL))
    if user.has_perm(MAY_MODERATE):  # type: ignore[attr-defined]
        yield from _told(comments(CommentState.HIDDEN), _comments, reverse(admin_comments.URL_NAME))


def _told(queue: QuerySet[Any], sentence: Any, url: str) -> Iterator[tuple[str, str]]:
    """A queue is counted up to MOST_COUNTED, from its oldest row on."""
    oldest = queue.values_list("confirmed_at", flat=True).first()
    if oldest is not None:
        count = queue[: MOST_COUNTED + 1].count()
        is_new = timezone.now() - oldest < WORTH_TELLING
        yield sentence(count, is_new) % {"count": _up_to(count), "age": timesince(oldest, depth=1)}, url


def _signatures(count: int, is_new: bool) -> str:
    if is_new:
        return ngettext(
            "%(count)s held signature waits for a decision.", "%(count)s held signatures wait for a decision.", count
        )
    return ngettext(
        "%(count)s held signature waits for a decision, for %(age)s.",
        "%(count)s held signatures wait for a decision, the oldest for %(age)s.",
        count,
    )


def _comments(count: int, is_new: bool) -> str:
    if is_new:
        return ngettext("%(count)s comment waits to be read.", "%(count)s comments wait to be read.", count)
    return ngettext(
        "%(count)s comment waits to be read, for %(age)s.",
        "%(count)s comments wait to be read, the oldest for %(age)s.",
        count,
    )


def _up_to(count: int) -> str:
    return _("More than %(most)d") % {"most": MOST_COUNTED} if count > MOST_COUNTED else str(count)
