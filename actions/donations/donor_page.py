"""What a donor sees on the own page, and the little that can be changed there without Stripe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from actions.donations.donors import gifts_of
from actions.donations.models import Donation, Payment
from actions.donations.states import DonationState, PaymentState
from actions.wordings.services import best_wording

MOST_PAYMENTS = 200


@dataclass(frozen=True)
class Line:
    """One payment as its donor sees it; ``title`` is the appeal's in the reader's language."""

    payment: Payment
    title: str


@dataclass(frozen=True)
class Monthly:
    """One monthly gift; ``can_be_changed`` where Stripe's page for it can be opened."""

    donation: Donation
    title: str

    @property
    def is_past_due(self) -> bool:
        return self.donation.state == DonationState.PAST_DUE

    @property
    def ends_at(self) -> datetime | None:
        """When it will end, for one that its donor stopped from the next month on."""
        return self.donation.ends_at if self.donation.is_running else None

    @property
    def can_be_changed(self) -> bool:
        return self.donation.is_running and bool(self.donation.customer_id)


@dataclass
class DonorPage:
    """Everything that was given from the mailbox of ``donation``; a few queries, however much that is."""

    donation: Donation
    language: str

    @cached_property
    def gifts(self) -> list[Donation]:
        rows = gifts_of(self.donation.email).filter(erased_at=None).select_related("appeal")
        return list(rows.prefetch_related("appeal__wordings__locale").order_by("-created_at", "-pk"))

    @cached_property
    def _titles(self) -> dict[int, str]:
        found = {}
        for gift in self.gifts:
            if gift.appeal_id not in found:
                wording = best_wording(gift.appeal.wordings.all(), self.language)
                found[gift.appeal_id] = wording.title if wording else ""
        return found

    @cached_property
    def monthly(self) -> list[Monthly]:
        """The monthly gifts, those that run first."""
        gifts = sorted((one for one in self.gifts if one.is_monthly), key=lambda one: not one.is_running)
        return [Monthly(one, self._titles[one.appeal_id]) for one in gifts]

    @cached_property
    def _payments(self) -> list[Payment]:
        return list(Payment.objects.filter(donation__in=self.gifts).order_by("-paid_at", "-pk"))

    @cached_property
    def lines(self) -> list[Line]:
        """The newest payments, newest first."""
        appeals = {gift.pk: gift.appeal_id for gift in self.gifts}
        return [Line(one, self._titles[appeals[one.donation_id]]) for one in self._payments[:MOST_PAYMENTS]]

    @property
    def years(self) -> list[tuple[int, int]]:
        """(year, cents given and not given back), the newest first."""
        sums: Counter[int] = Counter()
        for one in self._payments:
            if one.state != PaymentState.DISPUTED:
                sums[timezone.localtime(one.paid_at).year] += one.kept_cents
        return sorted(sums.items(), reverse=True)

    @property
    def is_anonymous(self) -> bool:
        return all(one.is_anonymous for one in self.gifts)

    @property
    def wants_renewal_receipts(self) -> bool:
        return all(one.donation.wants_renewal_receipts for one in self.monthly)

    def gift(self, number: str) -> Monthly | None:
        """Return the monthly gift of that number, if it is this donor's and can be changed."""
        return next((one for one in self.monthly if str(one.donation.pk) == number and one.can_be_changed), None)


def set_renewal_receipts(gifts: Iterable[Donation], *, are_wanted: bool) -> None:
    """Send receipts for the months to come, or none; the yearly sum comes all the same."""
    Donation.objects.filter(pk__in=[one.pk for one in gifts]).update(wants_renewal_receipts=are_wanted)


def set_anonymous(gifts: Iterable[Donation], *, is_anonymous: bool) -> None:
    Donation.objects.filter(pk__in=[one.pk for one in gifts]).update(is_anonymous=is_anonymous)
