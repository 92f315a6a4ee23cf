"""What one supporter wrote, and each copy of it on its way to one recipient."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.letters.states import ENDED_STATES, HeldReason, LetterState
from actions.outbox.models import Dispatch
from actions.outbox.states import OPEN_STATES
from actions.privacy.fields import EncryptedJSONField, EncryptedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule

UNCONFIRMED_FOR = timedelta(days=7)
TEXT_KEPT_FOR = timedelta(days=28)
STUCK_FOR = timedelta(days=60)
PERSONAL_COLUMNS = ("name", "email", "postal_code", "street_address", "subject", "own_words", "body", "further_texts")
# The sketch cannot be read, but it says which texts were alike: it goes when the text goes.
DELETED_COLUMNS = (*PERSONAL_COLUMNS, "own_text_sketch")


def expiry() -> datetime:
    return timezone.now() + UNCONFIRMED_FOR


def _ended(now):  # type: ignore[no-untyped-def]
    return Letter.objects.filter(state__in=ENDED_STATES)


def _delivered(now):  # type: ignore[no-untyped-def]
    """Letters of which nothing waits, TEXT_KEPT_FOR after the last mail settled; STUCK_FOR after confirming at most."""
    deliveries = LetterDelivery.objects.filter(letter=OuterRef("pk"))
    is_recent = Exists(deliveries.filter(settled_at__gt=now - TEXT_KEPT_FOR))
    return Letter.objects.filter(
        ~Q(is_recent) | Q(confirmed_at__lt=now - STUCK_FOR),
        ~Exists(deliveries.filter(state__in=OPEN_STATES)),
        state=LetterState.CONFIRMED,
        confirmed_at__lt=now - TEXT_KEPT_FOR,
    )


def _held_too_long(now):  # type: ignore[no-untyped-def]
    return Letter.objects.filter(state=LetterState.HELD, created_at__lt=now - STUCK_FOR)


class Letter(PersonalModel):
    """One supporter's letter. Name, contact and text are encrypted and short-lived; the row stays as a number.

    ``addressees`` is the frozen list of whom the writer saw: dicts with ``key``, ``name``, ``email``, ``salutation``,
    ``closing``, ``is_copy`` and ``text``: 0 for the text that the writer edited, else a number in ``further_texts``,
    ``{"1": {"subject": …, "body": …}}``. ``expires_at``: seven days after the mail with the link may leave.
    Who wants updates agreed to ``consent_text``, as it stood beside the box in ``language``, on ``consent_page``; the
    confirmation hands both over to the list of subscribers, once.
    ``own_text_sketch`` tells texts that are nearly the same; ``answer_asked`` is how often we asked about an answer.
    """

    State = LetterState

    letter_campaign = models.ForeignKey("actions.LetterCampaign", on_delete=models.PROTECT, related_name="letters")
    wording_version = models.ForeignKey("actions.WordingVersion", on_delete=models.PROTECT, related_name="+")
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, null=True, related_name="+")
    riding_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12)
    letter_language = models.CharField(max_length=2)
    state = models.CharField(max_length=12, choices=LetterState.choices, default=LetterState.PENDING)
    held_reason = models.CharField(max_length=20, choices=HeldReason.choices, blank=True)
    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    postal_code = EncryptedTextField(blank=True)
    street_address = EncryptedTextField(blank=True)
    subject = EncryptedTextField(blank=True)
    own_words = EncryptedTextField(blank=True)
    body = EncryptedTextField(blank=True)
    further_texts = EncryptedJSONField(blank=True, default=dict)
    wants_copy = models.BooleanField(default=False)
    wants_updates = models.BooleanField(default=False)
    consent_text = models.CharField(max_length=400, blank=True)
    consent_page = models.CharField(max_length=200, blank=True)
    addressees = models.JSONField(default=list)
    email_fingerprint = models.CharField(max_length=64)
    name_fingerprint = models.CharField(max_length=64)
    postal_fingerprint = models.CharField(max_length=64)
    own_text_sketch = models.CharField(max_length=160, blank=True)
    slot = models.PositiveSmallIntegerField(null=True)
    answer_asked = models.PositiveSmallIntegerField(default=0)
    answer_asked_at = models.DateTimeField(null=True)
    wants_no_questions = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    plain_columns = {
        "riding_name": "the riding's name as the writer saw it",
        "language": "a language code",
        "letter_language": "a language code",
        "state": "a state",
        "held_reason": "one of our own words",
        "consent_text": "our own words beside the box that was ticked, until the writer is on the list",
        "consent_page": "the path of a page of ours",
        "addressees": "public officials and how they are greeted",
        "email_fingerprint": "keyed hash; the key belongs to this campaign alone",
        "name_fingerprint": "keyed hash; the key belongs to this campaign alone",
        "postal_fingerprint": "keyed hash; the key belongs to this campaign alone",
        "own_text_sketch": "keyed hashes of pieces of the text; the key belongs to this campaign alone",
    }
    retention = (
        RetentionRule(
            name="letters.ended",
            sentence=_("A letter that was withdrawn, refused or not confirmed within 7 days is deleted at once."),
            columns=DELETED_COLUMNS,
            due=_ended,
        ),
        RetentionRule(
            name="letters.delivered",
            sentence=_("Name, address and text of a letter are deleted 28 days after it was delivered."),
            columns=DELETED_COLUMNS,
            due=_delivered,
        ),
        RetentionRule(
            name="letters.held",
            sentence=_("A letter that waits for a decision or for its turn is given up and deleted after 60 days."),
            columns=DELETED_COLUMNS,
            due=_held_too_long,
        ),
    )

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["state", "created_at"], name="letter_state_age"),
            models.Index(fields=["letter_campaign", "email_fingerprint"], name="letter_sender"),
            models.Index(fields=["letter_campaign", "state", "riding"], name="letter_ridings"),
            models.Index(fields=["letter_campaign", "created_at", "own_text_sketch"], name="letter_alike"),
        ]

    def __str__(self) -> str:
        return f"Letter {self.pk}"


class LetterDelivery(Dispatch):
    """One letter to one recipient. ``recipient_*`` are frozen as the writer saw them and compared before sending.

    ``text_sha256`` covers all that the recipient reads; it is taken at confirmation and checked before sending.
    ``dedupe_key`` holds the writer's place with this recipient, until the delivery ends without having left.
    ``answer`` is what the writer said when we asked whether one came. ``letter_campaign`` and ``riding`` are the
    letter's own, which never change: staff list and count a million rows by them without touching a letter.
    """

    class Answer(models.TextChoices):
        YES = "yes", _("an answer came")
        NO = "no", _("no answer came")

    holds_no_personal_data = "public officials' addresses; the letter's own row holds the supporter's data"
    wagtail_reference_index_ignore = True

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    letter_campaign = models.ForeignKey(
        "actions.LetterCampaign", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    riding = models.ForeignKey("actions.Riding", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    representative = models.ForeignKey(
        "actions.Representative", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recipient = models.ForeignKey(
        "actions.Recipient", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recipient_name = models.CharField(max_length=160)
    recipient_email = models.EmailField()
    salutation = models.CharField(max_length=255)
    closing = models.CharField(max_length=255)
    is_copy = models.BooleanField(default=False)
    text_number = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=3, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    text_sha256 = models.CharField(max_length=64)
    dedupe_key = models.CharField(max_length=160, unique=True)

    class Meta(Dispatch.Meta):
        verbose_name = _("letter delivery")
        verbose_name_plural = _("letter deliveries")
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="letterdelivery_due"),
            models.Index(fields=["pace_key", "state"], name="letterdelivery_inbox"),
            # Staff's list, newest first, by what it is filtered by. There is none of created_at alone: PostgreSQL takes
            # it for the shortest way to an old campaign's newest letter and walks all that came later.
            models.Index(fields=["letter_campaign", "created_at"], name="delivery_campaign_new"),
            models.Index(fields=["letter_campaign", "state", "created_at"], name="delivery_campaign_state_new"),
            models.Index(fields=["state", "created_at"], name="delivery_state_new"),
            models.Index(fields=["held_reason", "created_at"], name="delivery_reason_new"),
            models.Index(fields=["riding", "created_at"], name="delivery_riding_new"),
            models.Index(fields=["representative", "created_at"], name="delivery_mp_new"),
            models.Index(fields=["recipient", "created_at"], name="delivery_recipient_new"),
            # Staff's numbers, read from the index alone.
            models.Index(fields=["letter_campaign", "settled_at", "state"], name="delivery_settled"),
            models.Index(fields=["letter_campaign", "representative", "state", "answer"], name="delivery_totals"),
        ]
        permissions = [("resolve_letterdelivery", "Can decide on held and uncertain letters")]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"
