"""Which gifts count: real money, or test money where there is only that."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from actions.donations import gateway
from actions.donations.models import Donation
from actions.donations.states import Source

Row = TypeVar("Row", bound=Model)


def counts_live() -> bool:
    """Return whether real money counts: as the key says, and without one as soon as any was ever given.

    So books stay in sight when a key is taken away, test gifts on a trial site and real ones on a real one; and real
    money is never hidden behind a test gift.
    """
    if gateway.is_on():
        return gateway.is_live()
    by_card = Donation.objects.filter(source=Source.STRIPE)
    return by_card.filter(livemode=True).exists() or not by_card.exists()


def counted(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Leave out of gifts or payments what came by card in the mode that does not count."""
    return rows.exclude(source=Source.STRIPE, livemode=not counts_live())
