"""One gift: a single one, or a monthly one with all its payments."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.donations.appeal_models import Appeal
from actions.donations.states import GIVEN, RUNNING, DonationState, Frequency, Source
from actions.privacy.fields import EncryptedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule

CURRENCY = "CAD"
PERSONAL_COLUMNS = ("name", "email", "note")
# Donors who were erased here and whom Stripe still knows as its customers.
TO_FORGET = models.Q(erased_at__isnull=False) & ~models.Q(customer_id="")


def out_of_the_books(now):  # type: ignore[no-untyped-def]
    """Gifts whose last payment lies more full years back than their appeal keeps; running ones are never due."""
    due = models.Q(pk__in=[])
    for pk, years in Appeal.objects.values_list("pk", "years_kept"):
        year = datetime(now.year - years, 1, 1, tzinfo=UTC)
        due |= models.Q(appeal_id=pk, last_paid_at__lt=year)
        due |= models.Q(appeal_id=pk, last_paid_at=None, ended_at__lt=year)
    return Donation.objects.filter(due).exclude(state__in=RUNNING)


def _never_given(now):  # type: ignore[no-untyped-def]
    return Donation.objects.filter(state__in=(DonationState.EXPIRED, DonationState.FAILED))


class Donation(PersonalModel):
    """One gift; its row stays for the books, what is personal in it goes when they no longer need it.

    ``amount_cents`` is what the donor gives and ``fee_cover_cents`` what they add for the payment fee, each time for a
    monthly gift. ``starts_next_month`` is a monthly gift that follows a single one, so that nobody is charged twice in
    one month. ``attempt`` makes the same form, sent again, the same gift; ``attempt_number`` counts the idempotency
    keys used for it at Stripe. ``asked_at`` is when Stripe was first asked under the present key (the session's end is
    counted from it, because a repeated request must be the same to the byte), ``asking_until`` whose turn it is to ask;
    ``must_look`` means that Stripe failed inside and would only repeat its failure under this key. Name and address
    come from Stripe's page alone. ``synced_at`` is when Stripe was asked for what the state shows (UTC).
    ``card_expires_on`` is the last day of a monthly donor's card as Stripe said at ``card_looked_at``; ``ends_at`` is
    when a monthly gift that still runs will end, as Stripe said at ``ends_looked_at``; ``summarised_year`` is the
    newest year of which the donor was sent the sum. ``customer_id`` is blanked when Stripe has forgotten an erased
    donor.
    """

    State = DonationState

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="donations", db_index=False)
    wording_version = models.ForeignKey(
        "actions.WordingVersion", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=12)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.STRIPE)
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.ONE_TIME)
    amount_cents = models.PositiveIntegerField()
    fee_cover_cents = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, default=CURRENCY)
    is_anonymous = models.BooleanField(default=False)
    starts_next_month = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DonationState.choices, default=DonationState.STARTED)
    livemode = models.BooleanField(default=False)

    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    note = EncryptedTextField(blank=True)
    email_fingerprint = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField(null=True)
    wants_renewal_receipts = models.BooleanField(default=True)

    attempt = models.UUIDField(unique=True, default=uuid.uuid4)
    attempt_number = models.PositiveSmallIntegerField(default=1)
    first_asked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    asking_until = models.DateTimeField(null=True)
    must_look = models.BooleanField(default=False)
    session_id = models.CharField(max_length=120, null=True, unique=True)
    session_url = models.TextField(blank=True)
    session_expires_at = models.DateTimeField(null=True)
    customer_id = models.CharField(max_length=60, blank=True)
    subscription_id = models.CharField(max_length=60, null=True, unique=True)

    card_expires_on = models.DateField(null=True)
    card_looked_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    ends_looked_at = models.DateTimeField(null=True)
    summarised_year = models.PositiveSmallIntegerField(null=True)

    entered_by = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)
    paid_at = models.DateTimeField(null=True)
    last_paid_at = models.DateTimeField(null=True)
    past_due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)

    plain_columns = {
        "language": "a language code",
        "source": "one of our own words",
        "frequency": "one of our own words",
        "currency": "always CAD",
        "state": "a state",
        "email_fingerprint": "keyed hash; the key belongs to this appeal alone, and goes when the donor is erased",
        "session_id": "Stripe's number for the visit to its payment page",
        "session_url": "address of Stripe's payment page; blanked when the visit has ended",
        "customer_id": "Stripe's number for who pays monthly; it opens nothing without our key",
        "subscription_id": "Stripe's number for the monthly gift",
    }
    retention = (
        RetentionRule(
            name="donations.books",
            sentence=_("A donor's name and address are kept for the books, a set number of years after the last gift."),
            columns=(*PERSONAL_COLUMNS, "email_fingerprint"),
            due=out_of_the_books,
        ),
        RetentionRule(
            name="donations.never_given",
            sentence=_("Of a gift that was never paid, nothing about the person is kept."),
            columns=(*PERSONAL_COLUMNS, "email_fingerprint"),
            due=_never_given,
        ),
    )

    class Meta:
        verbose_name = _("donation")
        verbose_name_plural = _("donations")
        default_permissions = ("view",)
        permissions = [
            ("refund_donation", "Can give donations back"),
            ("end_donation", "Can end monthly donations"),
            ("add_offline_donation", "Can enter and correct donations that came another way"),
            ("export_donation", "Can export donations with their donors"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(currency=CURRENCY), name="donation_in_cad"),
            models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="donation_of_something"),
        ]
        indexes = [
            models.Index(fields=["appeal", "state", "-created_at"], name="donation_appeal"),
            models.Index(fields=["state", "-created_at"], name="donation_state"),
            models.Index(fields=["-created_at"], name="donation_newest"),
            models.Index(fields=["appeal", "email_fingerprint"], name="donation_donor"),
            models.Index(fields=["last_paid_at"], name="donation_last_paid"),
            models.Index(fields=["erased_at"], condition=TO_FORGET, name="donation_to_forget"),
        ]

    def __str__(self) -> str:
        return f"Donation {self.pk}"

    @property
    def total_cents(self) -> int:
        """What is charged each time."""
        return self.amount_cents + self.fee_cover_cents

    @property
    def is_monthly(self) -> bool:
        return self.frequency == Frequency.MONTHLY

    @property
    def is_given(self) -> bool:
        return self.state in GIVEN

    @property
    def is_running(self) -> bool:
        """Whether it is a monthly gift that will be charged again."""
        return self.state in RUNNING

    @property
    def idempotency_key(self) -> str:
        """Under which Stripe makes one session, however often it is asked within a day."""
        return f"{self.attempt.hex}-{self.attempt_number}"
