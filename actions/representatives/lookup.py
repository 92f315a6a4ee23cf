"""From a postal code to ridings and who sits for them.

A postal code may lie in several ridings; then the person chooses, and nothing is ever guessed. Who sits for a riding
comes from our own table only.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from actions.representatives import client, postal_table
from actions.representatives.dead_addresses import dead_among
from actions.representatives.matching import fold
from actions.representatives.models import Representative, Riding
from actions.representatives.postal_codes import format_postal_code, normalise_postal_code
from actions.representatives.records import PostalCache

__all__ = [
    "LookupResult",
    "LookupStatus",
    "RidingMatch",
    "current_representative",
    "find_ridings",
    "format_postal_code",
    "normalise_postal_code",
    "ridings_of_province",
]

logger = logging.getLogger(__name__)

KNOWN_FOR = timedelta(days=30)
UNKNOWN_FOR = timedelta(days=1)

Source = Literal["table", "cache", "represent", ""]


class LookupStatus(models.TextChoices):
    FOUND_ONE = "one", _("One riding")
    FOUND_MANY = "many", _("Several ridings: the person chooses")
    NOT_FOUND = "none", _("Nobody knows this code: the person picks the riding")
    UNAVAILABLE = "unavailable", _("The look-up is down: the person picks the riding")


@dataclass(frozen=True)
class RidingMatch:
    """A riding that a postal code lies in; ``addresses`` is 0 where the source does not count them.

    ``is_address_dead`` says that mail to the MP's address comes back at the moment.
    """

    riding: Riding
    representative: Representative | None
    addresses: int = 0
    is_address_dead: bool = False

    @property
    def has_email(self) -> bool:
        """Whether the MP can be reached by mail now."""
        return self.representative is not None and bool(self.representative.email) and not self.is_address_dead


@dataclass(frozen=True)
class LookupResult:
    """``matches`` have the most addresses first; ``code`` is normalised; ``source`` is empty when nothing answered."""

    status: LookupStatus
    code: str
    matches: list[RidingMatch]
    source: Source


def find_ridings(postal_code: str) -> LookupResult:
    """The ridings of a postal code: from the local table, else the cache, else Represent.

    Takes what a person typed. Raises ValidationError for what is no Canadian postal code. May take 3 seconds, so it
    must not be called inside a transaction.
    """
    code = normalise_postal_code(postal_code)
    counted = postal_table.ridings_of(code)
    if counted:
        return _result(code, counted, source="table")
    remembered = _from_cache(code, now=timezone.now())
    if remembered is not None:
        return _result(code, remembered, source="cache")
    if not client.is_configured():  # there is only the table, and it does not know the code
        return LookupResult(LookupStatus.NOT_FOUND, code, [], "table")
    try:
        fed_nums = client.ridings_of(code)
    except client.UnknownPostalCode:
        fed_nums = []
    except client.Unavailable:
        return LookupResult(LookupStatus.UNAVAILABLE, code, [], "")
    _remember(code, fed_nums)
    return _result(code, fed_nums, source="represent")


def ridings_of_province(province: str, language: str) -> list[Riding]:
    """All ridings of a province, in the order of their names in ``language``."""
    ridings = Riding.objects.filter(province=province)
    return sorted(ridings, key=lambda riding: fold(riding.localized_name(language)))


def current_representative(riding: Riding) -> Representative | None:
    """Who sits for the riding now; None when the seat is vacant or we have no record."""
    return Representative.objects.select_related("riding", "photo").filter(riding=riding, is_current=True).first()


def forget_old_answers(now: datetime) -> None:
    """Delete the answers that are too old to be used."""
    PostalCache.objects.filter(fetched_at__lte=now - KNOWN_FOR).delete()
    PostalCache.objects.filter(fed_nums=[], fetched_at__lte=now - UNKNOWN_FOR).delete()


def _result(code: str, fed_nums: Iterable[int] | dict[int, int], *, source: Source) -> LookupResult:
    counts = fed_nums if isinstance(fed_nums, dict) else dict.fromkeys(fed_nums, 0)
    sitting = {
        person.riding_id: person
        for person in Representative.objects.select_related("riding", "photo").filter(
            riding_id__in=counts, is_current=True
        )
    }
    dead = dead_among(person.email for person in sitting.values())
    matches = []
    for riding in Riding.objects.filter(fed_num__in=counts):
        person = sitting.get(riding.fed_num)
        is_dead = person is not None and person.email.lower() in dead
        matches.append(RidingMatch(riding, person, counts[riding.fed_num], is_dead))
    matches.sort(key=lambda match: (-match.addresses, match.riding.name_en))
    return LookupResult(_status(named=len(counts), known=len(matches)), code, matches, source)


def _status(*, named: int, known: int) -> LookupStatus:
    """A riding that we have no row for must not make its neighbour look like the only answer."""
    if known < named:
        logger.error("A look-up named ridings that are not in the table; run import_ridings")
    if named == 0:
        return LookupStatus.NOT_FOUND
    if known == 0:
        return LookupStatus.UNAVAILABLE
    return LookupStatus.FOUND_ONE if named == 1 else LookupStatus.FOUND_MANY


def _cache_key(code: str) -> str:
    return salted_hmac("actions.representatives.postal-cache", code, algorithm="sha256").hexdigest()


def _from_cache(code: str, *, now: datetime) -> list[int] | None:
    row = PostalCache.objects.filter(code_key=_cache_key(code)).first()
    if row is None or now - row.fetched_at >= (KNOWN_FOR if row.fed_nums else UNKNOWN_FOR):
        return None
    return list(row.fed_nums)


def _remember(code: str, fed_nums: list[int]) -> None:
    PostalCache.objects.update_or_create(
        code_key=_cache_key(code),
        defaults={"fed_nums": fed_nums, "source": "represent", "fetched_at": timezone.now()},
    )
