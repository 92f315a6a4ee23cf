"""One decision about several rows of a list: only about those that were on the page, each by itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import ObjectDoesNotExist

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Staff = AbstractBaseUser | AnonymousUser

log = logging.getLogger(__name__)
MOST_AT_ONCE = 50
PAGE_GOOD_FOR = timedelta(hours=12)  # as long as a session
SALT = "staff.rows-shown"


@dataclass(frozen=True)
class Summary:
    """How many rows were decided; the others were decided by somebody else meanwhile, or it does not apply to them."""

    changed: int
    unchanged: int


def list_shown(*, rows: str, pks: Iterable[int], user: Staff) -> str:
    """Return a signed list of the rows on a page, good for this user and PAGE_GOOD_FOR; ``rows`` says of which kind."""
    return signing.dumps([str(rows), *pks], salt=f"{SALT}:{user.pk}", compress=True)


def read_shown(token: str, *, user: Staff) -> tuple[str, list[int]]:
    """Return what ``list_shown`` listed. Raises signing.SignatureExpired, signing.BadSignature."""
    rows, *pks = signing.loads(token, salt=f"{SALT}:{user.pk}", max_age=PAGE_GOOD_FOR)
    return rows, pks


def decide_each(*, rows: str, pks: Iterable[int], decide: Callable[[int], bool]) -> Summary:
    """Call ``decide`` for each row; it returns whether it changed one. Raises ValueError for more than MOST_AT_ONCE.

    A row that fails is logged by number and stops none of the others; ValueError (no such decision) stops all.
    """
    chosen = sorted(set(pks))
    if len(chosen) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} rows")
    changed = sum(_is_changed(rows, pk, decide) for pk in chosen)
    return Summary(changed, len(chosen) - changed)


def _is_changed(rows: str, pk: int, decide: Callable[[int], bool]) -> bool:
    try:
        return decide(pk)
    except ObjectDoesNotExist:
        return False
    except ValueError:  # a decision about the other kind of rows
        raise
    except Exception as error:  # noqa: BLE001 - one row that cannot be read must not keep the others waiting
        log.error("%s %s not decided: %s", rows, pk, type(error).__name__)
        return False
