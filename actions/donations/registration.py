"""What the donations room offers to the others."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.permissions import register_permission_policy

from actions import registry
from actions.donations import readiness
from actions.donations.appeal_models import KEY_OWNER
from actions.donations.card_emails import (
    ENDED_KIND,
    EXPIRING_KIND,
    FIXED_KIND,
    PAST_DUE_KIND,
    is_expiring_wanted,
    is_fixed_wanted,
    is_past_due_wanted,
)
from actions.donations.cards import look_at_cards
from actions.donations.comparing import compare_daily
from actions.donations.donation_models import PERSONAL_COLUMNS
from actions.donations.emails import RECEIPT_KIND
from actions.donations.exporting import DonationsExport
from actions.donations.forgetting import forget_customers, forget_old_customers
from actions.donations.late_links import send_late_links, wishes_of
from actions.donations.mailing import is_known
from actions.donations.models import Appeal, AppealWording, Donation, DonorLinkWish
from actions.donations.processing import handle_waiting, sweep_events
from actions.donations.public_pages import open_appeal_pages
from actions.donations.reconcile import reconcile
from actions.donations.refund_emails import REFUND_KIND
from actions.donations.states import DonationState
from actions.donations.year_sum import YEAR_KIND, send_year_sums
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import live_record_keys
from actions.privacy.retention import blank, retire
from actions.representatives.permissions import KeptPolicy

# Asked about the gift just before each mail leaves.
WANTED = {
    RECEIPT_KIND: is_known,
    REFUND_KIND: is_known,
    YEAR_KIND: is_known,
    ENDED_KIND: is_known,
    EXPIRING_KIND: is_expiring_wanted,
    PAST_DUE_KIND: is_past_due_wanted,
    FIXED_KIND: is_fixed_wanted,
}


def _find(email: str) -> Iterator[Donation]:
    """Every gift of the address, under each appeal's own key."""
    for owner_id, key in live_record_keys(KEY_OWNER):
        yield from Donation.objects.filter(appeal_id=owner_id, email_fingerprint=email_fingerprint(key, email))


def _tell(donation: Donation) -> dict[str, str]:
    """What is held about the donor: name, address and the sum."""
    held = {name: str(getattr(donation, name)) for name in PERSONAL_COLUMNS}
    return held | {
        "amount": f"{donation.total_cents // 100}.{donation.total_cents % 100:02d} {donation.currency}",
        "state": donation.state,
    }


def _erase(donation: Donation) -> None:
    """Forget who gave; the sums stay, because the books must be whole.

    The worker has Stripe forget the customer too (``forgetting``), which ends a monthly gift; Stripe keeps its own
    record of the payments.
    """
    with transaction.atomic():
        blank(donation)
        Donation.objects.filter(pk=donation.pk).update(erased_at=timezone.now())


def register() -> None:
    # Donations refer to their appeal for good; editors close it instead of deleting it.
    register_permission_policy(Appeal, KeptPolicy(Appeal), exact_class=True)
    registry.register_chore(registry.Chore("donations.events", handle_waiting))
    registry.register_job(registry.PeriodicJob("donations.reconcile", timedelta(hours=1), reconcile))
    registry.register_job(registry.PeriodicJob("donations.compare", timedelta(days=1), compare_daily))
    registry.register_job(registry.PeriodicJob("donations.sweep", timedelta(days=1), sweep_events))
    registry.register_job(registry.PeriodicJob("donations.cards", timedelta(hours=1), look_at_cards))
    registry.register_job(registry.PeriodicJob("donations.forget", timedelta(minutes=10), forget_customers))
    registry.register_job(registry.PeriodicJob("donations.forget_old", timedelta(days=1), forget_old_customers))
    registry.register_job(registry.PeriodicJob("donations.late_links", timedelta(minutes=1), send_late_links))
    registry.register_job(registry.PeriodicJob("donations.year", timedelta(minutes=10), send_year_sums))
    registry.register_export(DonationsExport())
    registry.register_readiness(Appeal._meta.label, readiness.about_appeal)
    registry.register_readiness(AppealWording._meta.label, readiness.about_text)
    for kind, is_wanted in WANTED.items():
        registry.register_wanted(kind, is_wanted)
    registry.register_public_pages("donations", open_appeal_pages)
    has_given = Donation.objects.exclude(state__in=(DonationState.STARTED, DonationState.EXPIRED, DonationState.FAILED))
    registry.register_acts(AppealWording._meta.label, registry.Acts(standing=has_given.all, counted=has_given.all))
    registry.register_source(
        registry.PersonalDataSource(
            name="donations",
            model=Donation,
            find=_find,
            tell=_tell,
            erase=_erase,
            retire=lambda now: retire(Donation, now),
        )
    )
    registry.register_source(
        registry.PersonalDataSource(
            name="donor-links",
            model=DonorLinkWish,
            find=wishes_of,
            tell=lambda row: {"email": str(row.email), "language": row.language},
            erase=lambda row: row.delete(),
            retire=lambda now: retire(DonorLinkWish, now),
        )
    )
