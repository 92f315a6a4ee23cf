"""Writing the access log: who saw, exported, erased or searched for personal data, and why."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.privacy.models import AccessLog

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

logger = logging.getLogger(__name__)
ATTEMPTS = 3


def check_reason(reason: str) -> None:
    """Raise ValidationError for a reason with an address in it: the access log outlives every erasure."""
    if "@" in reason or "＠" in reason:
        raise ValidationError(_("Leave the address out: the access log is kept for good."), code="address")


def record_access(
    *, user: AbstractBaseUser | AnonymousUser | None, verb: str, subject: str, reason: str, count: int
) -> AccessLog:
    """Append one entry; ``user`` is None for the person themselves. ``subject`` and ``reason`` name no supporter.

    Entries written at once wait for each other at the first link of the chain. An empty chain has none; its unique
    ``previous_hash`` lets one in, and the others try again.
    """
    for _attempt in range(ATTEMPTS - 1):
        try:
            return _append(user=user, verb=verb, subject=subject, reason=reason, count=count)
        except IntegrityError:
            continue
    return _append(user=user, verb=verb, subject=subject, reason=reason, count=count)


def _append(
    *, user: AbstractBaseUser | AnonymousUser | None, verb: str, subject: str, reason: str, count: int
) -> AccessLog:
    with transaction.atomic():
        known = user if user is not None and user.is_authenticated else None
        AccessLog.objects.select_for_update().order_by("id").values_list("id").first()  # holds until the commit
        last = AccessLog.objects.order_by("-id").values_list("hash", flat=True).first()
        entry = AccessLog(
            user_id=known.pk if known else None,
            username=known.get_username() if known else "",
            verb=verb,
            subject=subject,
            reason=reason,
            count=count,
            at=timezone.now(),
            previous_hash=last or "",
        )
        entry.hash = entry.computed_hash()
        entry.save(force_insert=True)
    # A copy of the chain's head outside the database: a log cut off or rewritten as a whole no longer fits it.
    logger.info("access log entry %d has hash %s", entry.pk, in_groups(entry.hash))
    return entry


def in_groups(digest: str) -> str:
    """Write a hash in groups of eight: the log masks long runs of characters, since they may be mailed links."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
