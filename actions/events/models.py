"""An event, the same in all languages, and who asked for a place at it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.events.states import ACTIVE, HeldReason, PlaceState, Zone
from actions.privacy.fields import EncryptedTextField
from actions.privacy.models import PersonalModel
from actions.privacy.retention import RetentionRule
from home.languages import in_language

KEY_OWNER = "event"
UNCONFIRMED_FOR = timedelta(days=7)
KEPT_AFTER = timedelta(days=30)
# What people who have a place are told when it changes.
TOLD = ("starts_at", "ends_at", "zone", "place_en", "place_fr", "place_zh", "online_link", "is_cancelled")


class Event(models.Model):
    """One gathering; pages in any language show it, and the places are counted here.

    Editors type the time as a clock at the place shows it, in ``zone``; ``starts_at`` and ``ends_at`` (UTC) follow from
    it in ``clean``. ``version`` counts the changes that people must hear of, ``changed_at`` is the latest;
    ``said_before`` has a digest of what each former version told them.
    """

    holds_no_personal_data = "what the organisation announces; who takes part stands in EventSignUp"

    name_en = models.CharField(_("name (English)"), max_length=120, help_text=_("Mails and calendars show it."))
    name_fr = models.CharField(
        _("name (French)"),
        max_length=120,
        blank=True,
        help_text=_("In French mails and calendars. Empty: the English one."),
    )
    name_zh = models.CharField(
        _("name (Chinese)"),
        max_length=120,
        blank=True,
        help_text=_("In Chinese mails and calendars. Empty: the English one."),
    )
    slug = models.SlugField(
        _("short name"), max_length=60, unique=True, help_text=_("Part of the event’s address. Never changed later.")
    )
    day = models.DateField(_("day"), help_text=_("On which it begins, there."))
    begins = models.TimeField(
        _("begins"), help_text=_("As a clock in the time zone below shows it, from 00:00 to 23:59: 7 p.m. is 19:00.")
    )
    ends = models.TimeField(_("ends"), help_text=_("Earlier than the beginning: it ends the next day."))
    zone = models.CharField(
        _("time zone"),
        max_length=40,
        choices=Zone.choices,
        default=Zone.EASTERN,
        help_text=_(
            "Where it is held; online, where most of the speakers are. Pages say the other zones of Canada as well."
        ),
    )
    place_en = models.CharField(
        _("place (English)"),
        max_length=200,
        blank=True,
        help_text=_("Everybody can read it. Empty: it is held online only."),
    )
    place_fr = models.CharField(
        _("place (French)"),
        max_length=200,
        blank=True,
        help_text=_("In French mails and calendars. Empty: the English one."),
    )
    place_zh = models.CharField(
        _("place (Chinese)"),
        max_length=200,
        blank=True,
        help_text=_("In Chinese mails and calendars. Empty: the English one."),
    )
    online_link = models.URLField(
        _("link to take part online"),
        max_length=500,
        blank=True,
        help_text=_(
            "It stands in the mails to those who have a place, and nowhere on the site. Use a meeting that lets people "
            "choose their name and hides who else is there."
        ),
    )
    takes_sign_ups = models.BooleanField(
        _("people can sign up"), default=True, help_text=_("Without the tick the page says that nobody needs a place.")
    )
    seats = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit. Whoever comes later is put on a waiting list."),
    )
    is_cancelled = models.BooleanField(
        _("cancelled"),
        default=False,
        help_text=_("Everybody who has a place is told by mail, five minutes after you save."),
    )
    starts_at = models.DateTimeField(editable=False, db_index=True)
    ends_at = models.DateTimeField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    said_before = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self) -> str:
        return self.name_en

    def clean(self) -> None:
        super().clean()
        if self.day and self.begins and self.ends and self.zone:
            self.set_times()
            self._refuse_skipped_time()
            self._refuse_second_life()
        if not self.place_en and not self.online_link:
            raise ValidationError({"place_en": _("Give a place, a link to take part online, or both.")})

    def set_times(self) -> None:
        """Work out ``starts_at`` and ``ends_at`` (UTC) from what the clock on the wall shows."""
        last_day = self.day + timedelta(days=1) if self.ends <= self.begins else self.day
        self.starts_at, self.ends_at = self._moment(self.day, self.begins), self._moment(last_day, self.ends)

    def _moment(self, day: Any, clock: time) -> datetime:
        return datetime.combine(day, clock, ZoneInfo(self.zone)).astimezone(UTC)

    def _refuse_skipped_time(self) -> None:
        """In spring the clocks skip an hour: what is typed in it would be told as another, and may end too early."""
        for name, moment in (("begins", self.starts_at), ("ends", self.ends_at)):
            if moment.astimezone(ZoneInfo(self.zone)).time() != getattr(self, name):
                raise ValidationError({name: _("The clocks are put forward that night and skip this time.")})

    def _refuse_second_life(self) -> None:
        """When its places were deleted the key went too, so nobody could sign up; and those who came would count."""
        before = Event.objects.filter(pk=self.pk, ends_at__lt=timezone.now() - KEPT_AFTER).first()
        if before is not None and (before.starts_at, before.ends_at) != (self.starts_at, self.ends_at):
            raise ValidationError(
                {"day": _("It was over 30 days ago, and who came is deleted. Plan a new event instead.")}
            )

    @property
    def digest(self) -> str:
        """Stands for what people are told of it: the same digest, the same words."""
        said = json.dumps([getattr(self, name) for name in TOLD], cls=DjangoJSONEncoder)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        """In the active language, else English."""
        return in_language(self, "name")

    @property
    def place(self) -> str:
        return in_language(self, "place")

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether somebody may sign up now: until it begins."""
        return self.takes_sign_ups and not self.is_cancelled and self.starts_at > timezone.now()


def expiry() -> datetime:
    return timezone.now() + UNCONFIRMED_FOR


def _unwanted(now: datetime) -> models.QuerySet[Any]:
    not_coming = models.Q(state__in=(PlaceState.CANCELLED, PlaceState.REPEATED))
    return EventSignUp.objects.filter(not_coming | models.Q(state=PlaceState.PENDING, expires_at__lt=now))


def _over(now: datetime) -> models.QuerySet[Any]:
    return EventSignUp.objects.filter(event__ends_at__lt=now - KEPT_AFTER)


class EventSignUp(PersonalModel):
    """Somebody who asked for a place, under any name.

    ``told`` is the event's version that they know of, ``reminders`` how many of the two reminders are done.
    """

    State = PlaceState

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sign_ups")
    name = EncryptedTextField(blank=True)
    email = EncryptedTextField(blank=True)
    access_needs = EncryptedTextField(blank=True)
    email_fingerprint = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=PlaceState.choices, default=PlaceState.PENDING)
    held_reason = models.CharField(max_length=12, choices=HeldReason.choices, blank=True)
    told = models.PositiveIntegerField(default=0)
    reminders = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=expiry, db_index=True)
    confirmed_at = models.DateTimeField(null=True)

    plain_columns = {
        "email_fingerprint": "keyed hash; the key belongs to the event alone",
        "language": "a language code",
        "state": "a state",
        "held_reason": "one of our own words",
    }
    retention = (
        RetentionRule(
            name="events.unwanted",
            sentence=_(
                "A sign-up for an event that is not confirmed within 7 days is deleted; of somebody who gives their "
                "place back name and address are deleted at once."
            ),
            columns=("name", "email", "access_needs"),
            due=_unwanted,
        ),
        RetentionRule(
            name="events.over",
            sentence=_("Who had a place at an event is deleted 30 days after it; only the number stays."),
            columns=("name", "email", "access_needs", "language"),
            due=_over,
        ),
    )

    class Meta:
        verbose_name = _("place at an event")
        verbose_name_plural = _("places at events")
        default_permissions = ()
        permissions = [("export_eventsignup", "Can export who comes to an event")]
        indexes = [models.Index(fields=["event", "state", "confirmed_at"], name="places_of_event")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_fingerprint"],
                condition=models.Q(state__in=ACTIVE),
                name="one_place_per_mailbox",
            )
        ]

    def __str__(self) -> str:
        return f"EventSignUp {self.pk}"
