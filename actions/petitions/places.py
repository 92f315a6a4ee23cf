"""From a postal code to a riding: at once where our own table knows it, else by the worker.

A code that lies in several ridings counts for none of them: nothing is guessed.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from actions.petitions.models import Signature
from actions.petitions.states import Place, SignatureState
from actions.petitions.tally import count
from actions.representatives import postal_table
from actions.representatives.lookup import LookupStatus, find_ridings
from actions.representatives.models import Riding

log = logging.getLogger(__name__)

SETTLED_AT_ONCE = 100  # in one run: a look-up may take three seconds
GIVEN_UP_AFTER = timedelta(days=7)
FAILURES_IN_A_RUN = 3
OF_STATUS = {
    LookupStatus.FOUND_ONE: Place.RIDING,
    LookupStatus.FOUND_MANY: Place.SEVERAL,
    LookupStatus.NOT_FOUND: Place.UNKNOWN,
}


class Placed(NamedTuple):
    place: Place
    riding: Riding | None = None


def place_of(postal_code: str) -> Placed:
    """Return what our own table knows of a normalised code, without asking anybody; blank means abroad."""
    if not postal_code:
        return Placed(Place.ABROAD)
    numbers = list(postal_table.ridings_of(postal_code))
    if not numbers:
        return Placed(Place.WAITING)
    ridings = list(Riding.objects.filter(fed_num__in=numbers)[:2])
    if len(numbers) == 1 and ridings:
        return Placed(Place.RIDING, ridings[0])
    return Placed(Place.SEVERAL if len(numbers) > 1 else Place.WAITING)


def settle_places(now: datetime) -> None:
    """Look up the postal codes that our table did not know; one that nobody can tell of in a week stays unknown."""
    waiting = Signature.objects.filter(place=Place.WAITING).order_by("created_at")
    failures = 0
    for signature in waiting[:SETTLED_AT_ONCE]:
        found = _looked_up(signature)
        if found is None and signature.created_at > now - GIVEN_UP_AFTER:
            failures += 1
            if failures == FAILURES_IN_A_RUN:
                return  # the look-up is down: their turn comes again
            continue
        settle(signature_id=signature.pk, placed=found or Placed(Place.UNKNOWN))


def settle(*, signature_id: int, placed: Placed) -> Place:
    """Note where the signer lives; one that is counted already moves to its riding. Doing it again changes nothing."""
    with transaction.atomic():
        signature = Signature.objects.select_for_update().get(pk=signature_id)
        if signature.place == Place.WAITING:
            is_counted = signature.state == SignatureState.CONFIRMED
            if is_counted and placed.riding:
                count(signature, -1)
            signature.place, signature.riding = placed.place, placed.riding
            if is_counted and placed.riding:
                count(signature, 1)
            if signature.state not in (SignatureState.PENDING, SignatureState.HELD):
                signature.postal_code = ""
            signature.save(update_fields=["place", "riding", "postal_code"])
        return Place(signature.place)


def _looked_up(signature: Signature) -> Placed | None:
    """Ask the look-up, outside any transaction; None when it is down."""
    if not signature.postal_code:
        return Placed(Place.UNKNOWN)
    result = find_ridings(signature.postal_code)
    if result.status == LookupStatus.UNAVAILABLE:
        return None
    riding = result.matches[0].riding if result.status == LookupStatus.FOUND_ONE and result.matches else None
    return Placed(OF_STATUS[result.status], riding) if riding or result.status != LookupStatus.FOUND_ONE else None
