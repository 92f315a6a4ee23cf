"""What one person may ask: what do you hold about me, and forget it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from actions import registry
from actions.privacy.access import record_access
from actions.privacy.errors import ErasureIncompleteError

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class HeldRow:
    """One row about a person: the name of its source, and what it holds as text by label."""

    source: str
    content: dict[str, str]


def tell(email: str, *, user: AbstractBaseUser | None = None, reason: str = "") -> list[HeldRow]:
    """Return everything held about the mailbox, and note in the access log that it was asked, not for whom."""
    held = [HeldRow(source.name, source.tell(row)) for source in registry.sources() for row in source.find(email)]
    record_access(user=user, verb="tell", subject="one person", reason=reason, count=len(held))
    return held


def erase(email: str, *, user: AbstractBaseUser | None = None, reason: str = "") -> int:
    """Forget the mailbox everywhere, each row in its own transaction; return the number of rows erased.

    Raises ErasureIncompleteError, after doing all the rest, when some rows could not be erased.
    """
    erased = failed = 0
    for source in registry.sources():
        for row in list(source.find(email)):
            try:
                with transaction.atomic():
                    source.erase(row)
                erased += 1
            except Exception as error:  # noqa: BLE001 - the person's other rows must still go
                failed += 1
                logger.error("erasure: source %s, row %s failed with %s", source.name, row.pk, type(error).__name__)
    record_access(user=user, verb="erase", subject="one person", reason=reason, count=erased)
    if failed:
        raise ErasureIncompleteError(erased=erased, failed=failed)
    return erased
