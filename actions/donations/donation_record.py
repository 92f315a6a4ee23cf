"""One donation as staff see it: its payments with all that came of them, and the mails about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from actions.donations.card_emails import ENDED_KIND, EXPIRING_KIND, FIXED_KIND, PAST_DUE_KIND
from actions.donations.emails import RECEIPT_KIND
from actions.donations.models import Dispute, Donation, Payment
from actions.donations.refund_emails import REFUND_KIND
from actions.outbox.models import OutboxMessage

KIND_NAMES = (RECEIPT_KIND, REFUND_KIND, EXPIRING_KIND, PAST_DUE_KIND, FIXED_KIND, ENDED_KIND)


@dataclass
class DonationRecord:
    """Reads all in a few queries, however many payments there are."""

    donation: Donation

    @cached_property
    def payments(self) -> list[Payment]:
        rows = self.donation.payments.select_related("payout").prefetch_related("refunds__asked_by", "disputes")
        return list(rows)

    @property
    def disputes(self) -> list[Dispute]:
        return [dispute for payment in self.payments for dispute in payment.disputes.all()]

    @cached_property
    def mails(self) -> list[OutboxMessage]:
        """The mails about the gift, the newest first; of earlier troubles with the card only the last one's."""
        rows = OutboxMessage.objects.filter(dedupe_key__in=self._mail_keys()).defer("payload")
        return list(rows.order_by("-created_at", "-pk"))

    def _mail_keys(self) -> list[str]:
        gift = self.donation
        keys = [f"donation-receipt:{payment.pk}" for payment in self.payments]
        keys += [f"donation-refund:{one.refund_id}" for payment in self.payments for one in payment.refunds.all()]
        keys += [f"donation-ended:{gift.pk}", f"donation-card-expiring:{gift.pk}:{gift.card_expires_on}"]
        if gift.past_due_at:
            keys.append(f"donation-past-due:{gift.pk}:{gift.past_due_at:%Y%m%d%H%M%S%f}")
        if gift.synced_at:
            keys.append(f"donation-card-fixed:{gift.pk}:{gift.synced_at:%Y%m%d%H%M%S%f}")
        return keys
