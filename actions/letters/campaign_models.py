"""What editors set up: the letter campaign, and whom it goes to."""

from __future__ import annotations

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from actions.campaigns.models import BillStage
from actions.privacy.models import RecordKey

NO_PERSONAL_DATA = "set up by editors, about public affairs"
KEY_OWNER = "letter_campaign"  # of the key under which a campaign's writers are recognised


class Availability(models.TextChoices):
    """Whether a letter can be written now."""

    OPEN = "open", _("open")
    NOT_YET = "not-yet", _("opens later")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")
    STOPPED = "stopped", _("stopped")


class LetterCampaign(ClusterableModel):
    """One ask to one set of recipients, the same in every language. It has no drafts: its texts do (LetterWording).

    ``pace_per_hour`` is the most letters that one recipient gets in an hour, never exceeded; ``useless_after`` is the
    moment (UTC) from which a letter would come too late and is held instead of sent. Office hours are Ottawa's, Monday
    to Friday; they give way where a recipient's letters would else come too late.
    """

    class WhenDissolved(models.TextChoices):
        HOLD = "hold", _("nobody can write until there are MPs again")
        SWITCH = "switch", _("letters go to those who stand in for the MP")

    holds_no_personal_data = NO_PERSONAL_DATA

    name = models.CharField(_("name for staff"), max_length=120, help_text=_("Only staff see this name."))
    slug = models.SlugField(
        _("short name in the address"),
        max_length=60,
        unique=True,
        help_text=_(
            "Names these letters in the address of their own page, which visitors see and share in every language: "
            "/en/act/letters/<short name>/. Small letters, digits and hyphens, such as second-reading. Choose it well: "
            "when it is changed later, links that are out already break."
        ),
    )
    campaign = models.ForeignKey(
        "actions.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.PROTECT,
        related_name="letter_campaigns",
        help_text=_("The political goal: its bill, stage and next date are shown on the page."),
    )
    stage = models.CharField(
        _("stage of the bill"),
        max_length=20,
        choices=BillStage.choices,
        blank=True,
        help_text=_("For which stage these letters are. A closed page leads on to the campaign's next open letters."),
    )
    opens_at = models.DateTimeField(
        _("opens"), default=timezone.now, help_text=_("Before that moment the page says when it begins.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("From then on nobody can write; letters that wait still leave.")
    )
    useless_after = models.DateTimeField(
        _("useless after"),
        null=True,
        blank=True,
        help_text=_("Usually the vote. Letters that could only leave later are held, and their writers are told."),
    )
    is_paused = models.BooleanField(_("paused"), default=False, help_text=_("Nobody can write; letters still leave."))
    is_stopped = models.BooleanField(
        _("emergency stop"), default=False, help_text=_("Nobody can write and no letter leaves until it is lifted.")
    )
    asks_street_address = models.BooleanField(
        _("ask for the street address"),
        default=True,
        help_text=_("Offices set aside letters from people who may not live in the riding."),
    )
    may_edit_text = models.BooleanField(
        _("supporters may edit subject and text"),
        default=True,
        help_text=_("Leave it on: letters in people’s own words are read with more care."),
    )
    pace_per_hour = models.PositiveSmallIntegerField(
        _("letters an hour to one recipient"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(3600)],
        help_text=_("Never more than this, whatever waits."),
    )
    is_in_office_hours = models.BooleanField(
        _("only in office hours"),
        default=True,
        help_text=_("Monday to Friday, Ottawa time. Where letters would else come too late, they leave at any hour."),
    )
    office_opens = models.TimeField(_("from"), default=time(8), help_text=_("As the clocks in Ottawa show it."))
    office_closes = models.TimeField(_("until"), default=time(18), help_text=_("As the clocks in Ottawa show it."))
    when_dissolved = models.CharField(
        _("when Parliament is dissolved"),
        max_length=8,
        choices=WhenDissolved.choices,
        default=WhenDissolved.HOLD,
        help_text=_("Between the dissolution and the election nobody is an MP."),
    )
    asks_challenge = models.BooleanField(
        _("check against programs"),
        default=False,
        help_text=_(
            "For the hours in which a program fills in the form. People see a short check that runs by itself; a "
            "letter sent without it is held for you to decide."
        ),
    )
    asks_for_answers = models.BooleanField(
        _("ask writers whether an answer came"),
        default=True,
        help_text=_("By mail 14 days after the letter was delivered, and once more when they do not say."),
    )

    class Meta:
        verbose_name = _("letter campaign")
        verbose_name_plural = _("letter campaigns")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The closing time must come after the opening time.")})
        if self.office_closes <= self.office_opens:
            raise ValidationError({"office_closes": _("The office must close after it opens.")})
        forgotten = RecordKey.objects.filter(owner_kind=KEY_OWNER, owner_id=self.pk).exclude(destroyed_at=None)
        if self.pk and not self.is_over(timezone.now()) and forgotten.exists():
            raise ValidationError(
                _("This letter campaign has ended and its writers can no longer be recognised. Please make a new one.")
            )

    def is_over(self, now: datetime) -> bool:
        """Return whether the end has come at ``now`` (UTC), whatever the switches say."""
        return any(end and now >= end for end in (self.closes_at, self.useless_after))

    def availability(self, now: datetime) -> Availability:
        """Return whether a letter can be written at ``now`` (UTC)."""
        if self.is_stopped:
            return Availability.STOPPED
        if now < self.opens_at:
            return Availability.NOT_YET
        if self.is_over(now):
            return Availability.CLOSED
        return Availability.PAUSED if self.is_paused else Availability.OPEN


class LetterTarget(Orderable):
    """One line of "whom it goes to": the writer's own MP, or a person in office; as addressee or as copy."""

    class Kind(models.TextChoices):
        OWN_MP = "own_mp", _("the writer's own MP")
        RECIPIENT = "recipient", _("a minister, critic, senator or other person")

    class Delivery(models.TextChoices):
        TO = "to", _("addressee")
        COPY = "copy", _("gets a copy (cc)")
        FALLBACK = "fallback", _("stands in for the MP (vacant seat, Parliament dissolved)")

    holds_no_personal_data = NO_PERSONAL_DATA

    letter_campaign = ParentalKey(LetterCampaign, on_delete=models.CASCADE, related_name="targets")
    kind = models.CharField(
        _("who"),
        max_length=12,
        choices=Kind.choices,
        default=Kind.OWN_MP,
        help_text=_("The writer’s own MP is found by postal code; anybody else is chosen below."),
    )
    recipient = models.ForeignKey(
        "actions.Recipient",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Kept under “Other recipients”. Leave it empty for the writer’s own MP."),
    )
    delivery = models.CharField(
        _("how"),
        max_length=8,
        choices=Delivery.choices,
        default=Delivery.TO,
        help_text=_("Each person gets a mail of their own; who gets a copy is named under the letter."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")

    def __str__(self) -> str:
        return str(self.recipient) if self.recipient else self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        if self.kind == self.Kind.RECIPIENT and self.recipient is None:
            raise ValidationError({"recipient": _("Choose the person.")})
        if self.kind == self.Kind.OWN_MP and self.recipient is not None:
            raise ValidationError({"recipient": _("Leave this empty when the letter goes to the writer's own MP.")})
        if self.kind == self.Kind.OWN_MP and self.delivery == self.Delivery.FALLBACK:
            raise ValidationError({"delivery": _("The MP cannot stand in for the MP: choose a person.")})


class LetterTally(models.Model):
    """How many letters were confirmed; kept apart so that an editor's save can never write an old number back."""

    holds_no_personal_data = "a number"

    letter_campaign = models.OneToOneField(
        LetterCampaign, on_delete=models.CASCADE, related_name="tally", primary_key=True
    )
    confirmed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.confirmed)


class LetterDay(models.Model):
    """How many letters were passed on for sending on one day of the organisation's own time zone."""

    holds_no_personal_data = "a number"

    letter_campaign = models.ForeignKey(LetterCampaign, on_delete=models.CASCADE, related_name="days", db_index=False)
    on = models.DateField()
    confirmed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter_campaign", "on"], name="one_letter_tally_per_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.confirmed}"
