"""The ledger: what was charged, given back, disputed and paid out. All sums are cents of CA$; times are UTC."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.donations.donation_models import CURRENCY, Donation
from actions.donations.states import CameBy, PaymentState, RefundState, Source

SUMS_ONLY = "sums, days and Stripe's own numbers"


class Payout(models.Model):
    """One transfer from Stripe to our bank account; its lines add up to ``amount_cents``."""

    holds_no_personal_data = SUMS_ONLY

    payout_id = models.CharField(max_length=60, unique=True)
    amount_cents = models.IntegerField()
    currency = models.CharField(max_length=3, default=CURRENCY)
    status = models.CharField(max_length=20)
    arrives_on = models.DateField()
    created_at = models.DateTimeField()
    livemode = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("payout")
        verbose_name_plural = _("payouts")
        ordering = ["-arrives_on", "-pk"]

    def __str__(self) -> str:
        return self.payout_id


class PayoutLine(models.Model):
    """One movement of a payout as Stripe books it: ``net_cents`` = ``amount_cents`` - ``fee_cents``.

    ``kind`` is Stripe's word (charge, payment, refund, adjustment, stripe_fee), ``source_id`` what it belongs to.
    """

    holds_no_personal_data = SUMS_ONLY

    payout = models.ForeignKey(Payout, on_delete=models.CASCADE, related_name="lines")
    balance_transaction_id = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=60, blank=True, db_index=True)
    amount_cents = models.IntegerField()
    fee_cents = models.IntegerField()
    net_cents = models.IntegerField()

    def __str__(self) -> str:
        return self.balance_transaction_id


class Payment(models.Model):
    """One charge, or money entered by staff. ``fee_cents`` and ``net_cents`` are empty until Stripe has booked it.

    ``receipt_asked_at`` is when its receipt was put into the outbox. ``booked_at`` is when the books count what was put
    right, or first heard of from Stripe, after its month was over; for all others that is ``paid_at``.
    """

    holds_no_personal_data = "sums, days and Stripe's own numbers; who gave stands in the donation"
    State = PaymentState

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="payments")
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.STRIPE)
    payment_intent_id = models.CharField(max_length=60, null=True, unique=True)
    charge_id = models.CharField(max_length=60, null=True, unique=True)
    invoice_id = models.CharField(max_length=60, null=True, unique=True)
    balance_transaction_id = models.CharField(max_length=60, blank=True)
    amount_cents = models.PositiveIntegerField()
    fee_cents = models.IntegerField(null=True)
    net_cents = models.IntegerField(null=True)
    currency = models.CharField(max_length=3, default=CURRENCY)
    refunded_cents = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=PaymentState.choices, default=PaymentState.PAID)
    paid_at = models.DateTimeField()
    booked_at = models.DateTimeField(null=True)
    payout = models.ForeignKey(Payout, on_delete=models.SET_NULL, null=True, related_name="payments")
    receipt_asked_at = models.DateTimeField(null=True)
    synced_at = models.DateTimeField(null=True)
    livemode = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-paid_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(currency=CURRENCY), name="payment_in_cad"),
            models.CheckConstraint(
                condition=models.Q(refunded_cents__lte=models.F("amount_cents")), name="refunds_within_the_payment"
            ),
        ]
        indexes = [
            models.Index(fields=["-paid_at"], name="payment_newest"),
            models.Index(
                fields=["booked_at"], condition=models.Q(booked_at__isnull=False), name="payment_booked_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Payment {self.pk}"

    @property
    def kept_cents(self) -> int:
        """What was not given back; the fee is not counted."""
        return self.amount_cents - self.refunded_cents


class Refund(models.Model):
    """Money given back, in part or in full; by whom, when it was asked for in the admin.

    ``undone_at`` is when one that failed came back to us: the months count it as given back until then.
    """

    holds_no_personal_data = "sums, days, Stripe's own numbers and a staff account"

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    refund_id = models.CharField(max_length=60, unique=True)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=RefundState.choices)
    reason = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.refund_id


class Dispute(models.Model):
    """A cardholder's bank takes the money back; evidence must be with Stripe by ``evidence_due_at``.

    ``status`` is Stripe's word: https://docs.stripe.com/api/disputes/object#dispute_object-status
    """

    holds_no_personal_data = SUMS_ONLY
    APPEALS = ("appeal_needs_response", "appeal_under_review")
    OPEN = ("needs_response", "under_review", "warning_needs_response", "warning_under_review", *APPEALS)
    ANSWERABLE = ("needs_response", "warning_needs_response", "appeal_needs_response")
    # The bank has taken the money: for now, or for good. A mere inquiry (warning_...) takes none.
    TAKEN = ("needs_response", "under_review", *APPEALS, "lost", "charge_refunded")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    dispute_id = models.CharField(max_length=60, unique=True)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=30)
    reason = models.CharField(max_length=60, blank=True)
    evidence_due_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.dispute_id

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN


class DisputeEntry(models.Model):
    """What a dispute moved on our balance, as Stripe booked it: negative when taken, positive when given back.

    Written once and never changed: the books count each in the month in which it happened, however the dispute ends.
    """

    holds_no_personal_data = SUMS_ONLY

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="entries")
    entry_id = models.CharField(max_length=60)
    amount_cents = models.IntegerField()
    moved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id"], name="dispute_entry_once")]

    def __str__(self) -> str:
        return self.entry_id


class StripeEvent(models.Model):
    """That something happened at Stripe, stored once; what happened is asked anew by the worker, so no content is kept.

    ``lease_until`` says whose turn it is; ``outcome`` is one of our short words.
    """

    holds_no_personal_data = SUMS_ONLY

    event_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120, blank=True)
    livemode = models.BooleanField()
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    came_by = models.CharField(max_length=10, choices=CameBy.choices, default=CameBy.WEBHOOK)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    handled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        # Each webhook writes into all of these while Stripe waits: a unique field would bring one more, for LIKE.
        constraints = [models.UniqueConstraint(fields=["event_id"], name="stripe_event_once")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=models.Q(handled_at=None), name="stripe_event_waits"),
            models.Index(
                fields=["handled_at"], condition=models.Q(handled_at__isnull=False), name="stripe_event_handled"
            ),
        ]

    def __str__(self) -> str:
        return self.event_id


class Reconciliation(models.Model):
    """One time that we asked Stripe what we have missed (events, sessions) or compared everything (full).

    ``until`` is up to when it is known to be complete (UTC). ``difference_cents`` adds the sizes of all differences, so
    that two of them never cancel out; ``details`` names Stripe's numbers, never people.
    """

    class Kind(models.TextChoices):
        EVENTS = "events", _("events")
        SESSIONS = "sessions", _("payment pages")
        FULL = "full", _("everything, to the cent")

    holds_no_personal_data = SUMS_ONLY

    kind = models.CharField(max_length=10, choices=Kind.choices)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    looked_at = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    stripe_cents = models.BigIntegerField(default=0)
    ledger_cents = models.BigIntegerField(default=0)
    difference_cents = models.BigIntegerField(default=0)
    details = models.JSONField(default=list)
    alarmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("check against Stripe")
        verbose_name_plural = _("checks against Stripe")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["kind", "-until"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.started_at:%Y-%m-%d %H:%M}"


class ComparedMonth(models.Model):
    """What the daily comparison last found in one calendar month (UTC) of charges.

    ``ledger`` are the sums of our own books at that moment: where they have changed since, the month is compared again.
    """

    holds_no_personal_data = SUMS_ONLY

    on = models.DateField()
    livemode = models.BooleanField(default=False)
    compared_at = models.DateTimeField()
    charges = models.PositiveIntegerField(default=0)
    stripe_cents = models.BigIntegerField(default=0)
    ledger_cents = models.BigIntegerField(default=0)
    difference_cents = models.BigIntegerField(default=0)
    ledger = models.JSONField(default=list)
    details = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "livemode"], name="compared_month_once")]

    def __str__(self) -> str:
        return f"{self.on:%Y-%m}"
