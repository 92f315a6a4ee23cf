"""One person's signature under one petition."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.petitions.petition_models import Petition
from actions.petitions.states import ENDED_STATES, CommentRefusal, CommentState, HeldReason, Place, SignatureState
from actions.privacy.fields import EncryptedTextField, SealedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule

UNCONFIRMED_FOR = timedelta(days=7)
READABLE_COLUMNS = ("name", "email", "postal_code", "comment")
PERSONAL_COLUMNS = (*READABLE_COLUMNS, "contact")
FINGERPRINTS = (
    *("email_fingerprint", "name_fingerprint", "postal_fingerprint"),
    *("mail_domain_key", "mailbox_key"),
)
ADDRESS_RANGE_KEPT = timedelta(hours=48)


def expiry() -> datetime:
    return timezone.now() + UNCONFIRMED_FOR


def _ended(now):  # type: ignore[no-untyped-def]
    return Signature.objects.filter(state__in=ENDED_STATES)


def _over(now):  # type: ignore[no-untyped-def]
    """Signatures whose petition ended so long ago that nothing about their signers is kept."""
    over = [one.pk for one in Petition.objects.all() if one.is_forgotten(now)]
    return Signature.objects.filter(petition__in=over)


def _range_is_old(now):  # type: ignore[no-untyped-def]
    return Signature.objects.filter(address_key__isnull=False, created_at__lt=now - ADDRESS_RANGE_KEPT)


class Signature(PersonalModel):
    """One signature. The row stays as a number; what is personal in it is encrypted and goes with the petition.

    Once confirmed, only a name that is to be shown stays readable; ``contact`` keeps name, address and postal code,
    sealed to the organisation's offline key where there is one. Who wants updates is on the list of subscribers then.
    ``pending_key`` makes the same form, sent again while it waits, the same signature. ``slot`` is the mailbox's place,
    taken by the confirmation. ``signed_at`` is when the form was last sent. Who wants updates agreed to
    ``consent_text``, as it stood beside the box in ``language``, on ``consent_page``. ``held_reason`` stays when a
    person has decided: it says why there was something to decide.

    What floods are known by (holding.py): ``mail_domain_key``, ``mailbox_key`` (the mailbox without tag and dots)
    and ``address_key`` (the address range, for two days). ``is_cleared``: a person has looked and let it count, so that
    no rule holds it again. ``invalidated_at`` is when staff had invalidated what its signer then withdrew: the decision
    stays known, although nothing about the signer does, and such a one is not in the number of a frozen petition.
    """

    State = SignatureState

    petition = models.ForeignKey(Petition, on_delete=models.PROTECT, related_name="signatures", db_index=False)
    wording_version = models.ForeignKey("actions.WordingVersion", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=SignatureState.choices, default=SignatureState.PENDING)
    held_reason = models.CharField(max_length=20, choices=HeldReason.choices, blank=True)
    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    postal_code = EncryptedTextField(blank=True)
    comment = EncryptedTextField(blank=True)
    contact = SealedTextField(blank=True)
    comment_state = models.CharField(max_length=8, choices=CommentState.choices, default=CommentState.NONE)
    comment_refused_for = models.CharField(max_length=12, choices=CommentRefusal.choices, blank=True)
    place = models.CharField(max_length=8, choices=Place.choices)
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    wants_updates = models.BooleanField(default=False)
    consent_text = models.CharField(max_length=400, blank=True)
    consent_page = models.CharField(max_length=200, blank=True)
    show_name = models.BooleanField(default=False)
    email_fingerprint = models.CharField(max_length=64)
    name_fingerprint = models.CharField(max_length=64)
    postal_fingerprint = models.CharField(max_length=64, blank=True)
    mail_domain_key = models.CharField(max_length=64)
    mailbox_key = models.CharField(max_length=64, blank=True)
    address_key = models.CharField(max_length=40, null=True)
    is_cleared = models.BooleanField(default=False)
    rules_version = models.PositiveSmallIntegerField()
    pending_key = models.CharField(max_length=64, null=True)
    slot = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    signed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry)
    reminded_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    invalidated_at = models.DateTimeField(null=True)

    plain_columns = {
        "language": "a language code",
        "state": "a state",
        "held_reason": "one of our own words",
        "comment_state": "a state",
        "comment_refused_for": "one of our own words",
        "consent_text": "our own words beside the box that was ticked",
        "consent_page": "the path of a page of ours",
        "place": "one of our own words",
        "email_fingerprint": "keyed hash; the key belongs to this petition alone",
        "name_fingerprint": "keyed hash; the key belongs to this petition alone",
        "postal_fingerprint": "keyed hash; the key belongs to this petition alone",
        "mail_domain_key": "keyed hash of the mail domain; the key belongs to this petition alone",
        "mailbox_key": "keyed hash; the key belongs to this petition alone",
        "address_key": "keyed hash of an address range under the salt of its day, gone after 48 hours",
        "pending_key": "keyed hash of a form that waits, gone when it is confirmed or ends",
    }
    retention = (
        RetentionRule(
            name="petitions.ended",
            sentence=_("A signature that was withdrawn or not confirmed within 7 days is deleted at once."),
            columns=PERSONAL_COLUMNS,
            due=_ended,
        ),
        RetentionRule(
            name="petitions.over",
            sentence=_("What is held about signers is deleted a set number of months after the petition has ended."),
            columns=PERSONAL_COLUMNS,
            due=_over,
        ),
        RetentionRule(
            name="petitions.address_range",
            sentence=_("What an address range can be recognised by, against floods, is deleted after 48 hours."),
            columns=("address_key",),
            due=_range_is_old,
        ),
    )

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        default_permissions = ("view",)
        permissions = [
            ("decide_signature", "Can decide on held signatures"),
            ("moderate_comment", "Can decide which comments are shown"),
            ("find_signature", "Can look for the signatures of an e-mail address"),
            ("invalidate_signature", "Can invalidate many signatures at once"),
            ("export_signature", "Can export signatures"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["petition", "email_fingerprint", "slot"], name="one_signature_per_slot"),
            # Not ``unique=True``: that brings PostgreSQL a second index, for LIKE, which nobody asks for.
            models.UniqueConstraint(
                fields=["pending_key"], condition=models.Q(pending_key__isnull=False), name="one_signature_per_form"
            ),
        ]
        indexes = [
            models.Index(fields=["petition", "state", "riding"], name="signature_ridings"),
            models.Index(fields=["petition", "mail_domain_key", "confirmed_at"], name="signature_domains"),
            models.Index(fields=["petition", "mailbox_key"], name="signature_mailboxes"),
            models.Index(
                fields=["petition", "address_key", "confirmed_at"],
                condition=models.Q(address_key__isnull=False),
                name="signature_ranges",
            ),
            models.Index(
                fields=["created_at"], condition=models.Q(address_key__isnull=False), name="signature_ranges_due"
            ),
            models.Index(fields=["state", "expires_at"], name="signature_expiry"),
            models.Index(
                fields=["petition", "-confirmed_at"],
                condition=models.Q(show_name=True, state="confirmed"),
                name="signature_shown",
            ),
            models.Index(fields=["created_at"], condition=models.Q(place="waiting"), name="signature_unsettled"),
            # What staff narrow their list down by (signature_filters.py); each ends in the order of that list.
            models.Index(fields=["petition", "created_at"], name="signature_of_petition"),
            models.Index(fields=["state", "created_at"], name="signature_in_state"),
            models.Index(fields=["riding", "created_at"], name="signature_in_riding"),
            models.Index(fields=["language", "created_at"], name="signature_in_language"),
            models.Index(
                fields=["held_reason", "created_at"], condition=~models.Q(held_reason=""), name="signature_doubted"
            ),
            models.Index(
                fields=["confirmed_at"],
                condition=models.Q(state="held", confirmed_at__isnull=False),
                name="signature_undecided",
            ),
            models.Index(
                fields=["comment_state", "confirmed_at"],
                condition=models.Q(state="confirmed") & ~models.Q(comment_state="none"),
                name="signature_commented",
            ),
            models.Index(
                fields=["petition", "-confirmed_at"],
                condition=models.Q(state="confirmed", comment_state="approved"),
                name="signature_comments",
            ),
        ]

    def __str__(self) -> str:
        return f"Signature {self.pk}"

    @property
    def is_shown(self) -> bool:
        """Return whether pages show something of this signature while it counts."""
        return self.show_name or self.comment_state == CommentState.APPROVED
