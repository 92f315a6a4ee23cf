"""Who asked for updates: a sign-up that waits for its button, a place on the list, and what was agreed to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.privacy.addresses import CURRENT_RULES
from actions.privacy.fields import EncryptedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule
from actions.representatives.provinces import Province
from actions.subscribers.states import ConsentSource, HeldReason, SubscriberState

# One key for the whole list, so that a mailbox has one place on it.
KEY_OWNER, KEY_OWNER_ID = "subscribers", 1
UNCONFIRMED_FOR = timedelta(days=7)
ABOUT_THE_PERSON = ("name", "email", "language", "riding", "province")
WORDING_LENGTH, PAGE_LENGTH = 1_000, 200


def expiry() -> datetime:
    return timezone.now() + UNCONFIRMED_FOR


def _ended(now: datetime) -> models.QuerySet[Any]:
    return SignUp.objects.filter(models.Q(expires_at__lt=now) | models.Q(confirmed_at__isnull=False))


def _left(now: datetime) -> models.QuerySet[Any]:
    return Subscriber.objects.exclude(state=SubscriberState.SUBSCRIBED)


class SignUp(PersonalModel):
    """What somebody typed into the sign-up form, until the mailbox's owner presses the button in our mail.

    It is a row of its own, so that whoever types a known address changes nothing about its owner, and so that a new, a
    known and a former subscriber cost the same work. ``wording`` and ``page`` are what the form showed and where.
    """

    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    email_fingerprint = models.CharField(max_length=64, db_index=True)
    language = models.CharField(max_length=12)
    riding = models.ForeignKey("actions.Riding", on_delete=models.SET_NULL, null=True, related_name="+")
    province = models.CharField(max_length=2, choices=Province.choices, blank=True)
    wording = models.TextField(max_length=WORDING_LENGTH)
    page = models.CharField(max_length=PAGE_LENGTH)
    campaign = models.ForeignKey("actions.Campaign", on_delete=models.SET_NULL, null=True, related_name="+")
    held_reason = models.CharField(max_length=12, choices=HeldReason.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry, db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    plain_columns = {
        "email_fingerprint": "keyed hash; the key belongs to the list alone",
        "language": "a language code",
        "province": "two letters of a province",
        "wording": "our own words",
        "page": "the path of one of our pages",
        "held_reason": "one of our own words",
    }
    retention = (
        RetentionRule(
            name="sign_ups.ended",
            sentence=_("A sign-up for updates that is not confirmed within 7 days is deleted."),
            columns=("name", "email"),
            due=_ended,
        ),
    )

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")

    def __str__(self) -> str:
        return f"Sign-up {self.pk}"


class Subscriber(PersonalModel):
    """One mailbox's place on the list; whoever leaves and comes back has the same one.

    ``email_fingerprint`` stays after everything else was deleted, so that nobody who left is written to again by a list
    that is older than their leaving. ``leave_hash`` is the hash of the token in the links by which they leave
    (leaving.py). The postal code that the riding or province came from is not kept.
    """

    State = SubscriberState

    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    email_fingerprint = models.CharField(max_length=64, unique=True)
    fingerprint_rules = models.PositiveSmallIntegerField(default=CURRENT_RULES)
    leave_hash = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=12, blank=True)
    riding = models.ForeignKey("actions.Riding", on_delete=models.SET_NULL, null=True, related_name="+")
    province = models.CharField(max_length=2, choices=Province.choices, blank=True)
    state = models.CharField(max_length=12, choices=SubscriberState.choices, default=SubscriberState.SUBSCRIBED)
    subscribed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    plain_columns = {
        "email_fingerprint": "keyed hash; the key belongs to the list alone",
        "leave_hash": "hash of a random token",
        "language": "a language code",
        "province": "two letters of a province",
        "state": "a state",
    }
    retention = (
        RetentionRule(
            name="subscribers.left",
            sentence=_(
                "Name and address of somebody who gets our updates are kept until they leave or mail to them returns. "
                "Then they are deleted at once; a fingerprint that nobody can read stays, so that we do not write to "
                "them again."
            ),
            columns=ABOUT_THE_PERSON,
            due=_left,
        ),
    )

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ()
        permissions = [("export_subscriber", "Can export the list of subscribers")]
        indexes = [models.Index(fields=["state", "language"], name="subscriber_languages")]

    def __str__(self) -> str:
        return f"Subscriber {self.pk}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Adds rows, reads them and marks them withdrawn; nothing else."""

    def withdraw(self, now: datetime) -> int:
        return super().update(withdrawn_at=now)

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("Consents are append-only: use withdraw().")

    def delete(self) -> NoReturn:
        raise TypeError("Consents are append-only.")


class Consent(models.Model):
    """What one subscriber agreed to: the words as they were shown, in which language, where and when. Append-only.

    It proves, as CASL asks of whoever writes, that there was consent
    (https://laws-lois.justice.gc.ca/eng/acts/E-1.6/section-13.html). ``campaign`` is the one on whose action it was
    given, if any. Only ``withdrawn_at`` is ever written later.
    """

    holds_no_personal_data = "our own words, a page and times; the subscriber's row says whose, until it is blanked"
    wagtail_reference_index_ignore = True

    subscriber = models.ForeignKey(Subscriber, on_delete=models.PROTECT, related_name="consents")
    wording = models.TextField(max_length=WORDING_LENGTH)
    language = models.CharField(max_length=12)
    page = models.CharField(max_length=PAGE_LENGTH)
    source = models.CharField(max_length=12, choices=ConsentSource.choices)
    campaign = models.ForeignKey("actions.Campaign", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(fields=["subscriber", "campaign", "withdrawn_at"], name="consent_in_force")]

    def __str__(self) -> str:
        return f"Consent {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("Consents are append-only: use withdraw().")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Consents are append-only.")
