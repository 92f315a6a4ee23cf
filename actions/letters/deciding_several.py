"""One decision about several rows of a list: only about rows that were on the page, each under a lock of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from actions.letters.deciding import Decision, decide_delivery, decide_letter

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Staff = AbstractBaseUser | AnonymousUser

log = logging.getLogger(__name__)
MOST_AT_ONCE = 50
PAGE_GOOD_FOR = timedelta(hours=12)  # as long as a session
SALT = "letters.rows-shown"


class Rows(models.TextChoices):
    LETTERS = "letters"
    DELIVERIES = "deliveries"


@dataclass(frozen=True)
class Summary:
    """How many rows were decided; the others were decided by somebody else meanwhile, or it does not apply to them."""

    changed: int
    unchanged: int


def list_shown(*, rows: Rows, pks: Iterable[int], user: Staff) -> str:
    """Return a signed list of the rows on a page, good for this user and PAGE_GOOD_FOR."""
    return signing.dumps([rows.value, *pks], salt=f"{SALT}:{user.pk}", compress=True)


def read_shown(token: str, *, user: Staff) -> tuple[Rows, list[int]]:
    """Return what ``list_shown`` listed. Raises signing.SignatureExpired, signing.BadSignature."""
    rows, *pks = signing.loads(token, salt=f"{SALT}:{user.pk}", max_age=PAGE_GOOD_FOR)
    return Rows(rows), pks


def decide_several(*, rows: Rows, pks: Iterable[int], decision: Decision, user: Staff) -> Summary:
    """Decide about each row in a transaction of its own. Raises ValueError for more than MOST_AT_ONCE rows.

    A row that fails is logged by number and stops none of the others.
    """
    chosen = sorted(set(pks))
    if len(chosen) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} rows")
    changed = sum(_is_changed(rows, pk, decision, user) for pk in chosen)
    return Summary(changed, len(chosen) - changed)


def _is_changed(rows: Rows, pk: int, decision: Decision, user: Staff) -> bool:
    decide = partial(decide_letter, letter_id=pk) if rows == Rows.LETTERS else partial(decide_delivery, delivery_id=pk)
    try:
        return decide(decision=decision, user=user).is_changed
    except ObjectDoesNotExist:
        return False
    except ValueError:  # a decision about the other kind of rows
        raise
    except Exception as error:  # noqa: BLE001 - one row that cannot be read must not keep the others waiting
        log.error("%s %s not decided: %s", rows, pk, type(error).__name__)
        return False
