"""What editors set up: the petition, the same in every language, and the goals that it has reached."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.petitions.states import ACCEPTING, PetitionState
from actions.privacy.models import RecordKey

NO_PERSONAL_DATA = "set up by editors, about public affairs"
KEY_OWNER = "petition"  # of the key under which a petition's signers are recognised
SOON = timedelta(days=7)
# Whoever signed in the last minutes has a day to find the mail; the UK Parliament's site does the same:
# https://petition.parliament.uk/help
GRACE = timedelta(hours=24)
# From here on no confirmation can be under way any more, so the number stands.
FROZEN_AFTER = GRACE + timedelta(hours=1)
# Whoever mistypes a date in the past may find out after a weekend; until then nothing of it is for good.
PUT_RIGHT_WITHIN = timedelta(hours=72)
A_MOMENT_AGO = timedelta(hours=1)  # "ended now", typed to the minute, is no date in the past
DAYS_IN_A_MONTH = 30.5


class Petition(models.Model):
    """One demand that people sign. It has no drafts: its texts do (PetitionWording).

    ``goal`` is the first goal; each time it is reached it moves on by ``goal_step``. ``won_at`` and ``archived_at``
    (UTC) end it as ``closes_at`` does; ``end_set_at`` is when an editor last moved that end. ``paper_signatures`` are
    counted by hand and always shown apart. ``months_kept`` is how long after the end what is held of signers is kept.
    """

    holds_no_personal_data = NO_PERSONAL_DATA

    name = models.CharField(_("name for staff"), max_length=120, help_text=_("Only staff see this name."))
    slug = models.SlugField(
        _("short name in the address"),
        max_length=60,
        unique=True,
        help_text=_(
            "The page of its own is at /en/act/petitions/<short name>/. It cannot be changed without breaking links."
        ),
    )
    campaign = models.ForeignKey(
        "actions.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.PROTECT,
        related_name="petitions",
        help_text=_("The political goal: its bill, stage and next date are shown on the page."),
    )
    goal = models.PositiveIntegerField(
        _("first goal"),
        default=500,
        validators=[MinValueValidator(10), MaxValueValidator(10_000_000)],
        help_text=_("Take one that you can reach: the bar then moves on by itself."),
    )
    goal_step = models.PositiveIntegerField(
        _("step to the next goal"),
        default=500,
        validators=[MinValueValidator(10), MaxValueValidator(10_000_000)],
        help_text=_("Once a goal is reached, the bar shows the next one: this many signatures more."),
    )
    opens_at = models.DateTimeField(
        _("opens"), default=timezone.now, help_text=_("Before that moment the page says when it begins.")
    )
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "Links confirmed within 24 hours after it still count. "
            "A date in the past can be put right within three days."
        ),
    )
    end_set_at = models.DateTimeField(null=True, editable=False)
    is_paused = models.BooleanField(
        _("paused"), default=False, help_text=_("Nobody can sign; links that are on their way can be confirmed.")
    )
    asks_challenge = models.BooleanField(
        _("check against programs"),
        default=False,
        help_text=_(
            "For the hours in which a program fills in the form. People see a short check that runs by itself; whoever "
            "signs without it is held for you to decide."
        ),
    )
    won_at = models.DateTimeField(
        _("won"), null=True, blank=True, help_text=_("When the demand was met. The page says so, and nobody can sign.")
    )
    archived_at = models.DateTimeField(
        _("archived"), null=True, blank=True, help_text=_("The page stays for those who have its link.")
    )
    paper_signatures = models.PositiveIntegerField(
        _("signatures on paper"),
        default=0,
        help_text=_("Counted by hand. They are shown beside the others, never added to them."),
    )
    months_kept = models.PositiveSmallIntegerField(
        _("months kept"),
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text=_("So long after the end, all that is held about signers is deleted; the numbers stay."),
    )

    class Meta:
        verbose_name = _("petition")
        verbose_name_plural = _("petitions")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("The closing time must come after the opening time.")})
        before = Petition.objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None and before.is_frozen(timezone.now()) and not self.is_frozen(timezone.now()):
            raise ValidationError(_("This petition has ended and its number stands for good. Please make a new one."))
        if before is not None and before.ends_at != self.ends_at:
            self._check_that_nothing_is_forgotten_at_once(before)
            self._note_when_the_end_was_set(before, timezone.now())
        forgotten = RecordKey.objects.filter(owner_kind=KEY_OWNER, owner_id=self.pk).exclude(destroyed_at=None)
        if self.pk and not self.is_over(timezone.now()) and forgotten.exists():
            raise ValidationError(
                _("This petition has ended and its signers can no longer be recognised. Please make a new one.")
            )

    def _note_when_the_end_was_set(self, before: Petition, now: datetime) -> None:
        """From one date in the past to another one is no new mistake: the three days run on."""
        if not before.is_frozen(now) and not (before._was_over_when_set and self.is_over(now)):
            self.end_set_at = now

    def _check_that_nothing_is_forgotten_at_once(self, before: Petition) -> None:
        """A mistyped year must not delete what is held about signers within the hour."""
        now = timezone.now()
        is_at_once = self._kept_until is not None and now >= self._kept_until
        if is_at_once and not before.is_forgotten(now):
            raise ValidationError(
                _(
                    "By these dates the petition ended so long ago that all that is held about its signers would be "
                    "deleted now. Please check the year."
                )
            )

    @property
    def ends_at(self) -> datetime | None:
        """The moment from which nobody can sign (UTC); None while no end is set."""
        return min((end for end in (self.closes_at, self.won_at, self.archived_at) if end), default=None)

    @property
    def _kept_until(self) -> datetime | None:
        return self.ends_at + timedelta(days=DAYS_IN_A_MONTH * self.months_kept) if self.ends_at else None

    @property
    def forgotten_at(self) -> datetime | None:
        """The moment at which all that is held about signers goes (UTC); None while no end is set.

        Never while the end may still be put right.
        """
        if self._kept_until is None or self.frozen_at is None:
            return None
        return max(self._kept_until, self.frozen_at)

    @property
    def frozen_at(self) -> datetime | None:
        """The moment from which the number stands (UTC); later for an end that was set when it was over already."""
        if self.ends_at is None:
            return None
        frozen = self.ends_at + FROZEN_AFTER
        if self.end_set_at is None or not self._was_over_when_set:
            return frozen
        return max(frozen, self.end_set_at + PUT_RIGHT_WITHIN)

    @property
    def _was_over_when_set(self) -> bool:
        if self.ends_at is None or self.end_set_at is None:
            return False
        return self.end_set_at - self.ends_at >= A_MOMENT_AGO

    def is_over(self, now: datetime) -> bool:
        return self.ends_at is not None and now >= self.ends_at

    def counts_confirmations(self, now: datetime) -> bool:
        """Return whether a link that is confirmed at ``now`` (UTC) still counts.

        A day after the end; where it was set to a time in the past, a day after somebody could know of it.
        """
        return self.ends_at is None or now < max(self.ends_at, self.end_set_at or self.ends_at) + GRACE

    def is_frozen(self, now: datetime) -> bool:
        """Return whether the number stands at ``now`` (UTC), whoever withdraws after that.

        What a person decides still counts, until nothing is held about signers any more (``is_forgotten``).
        """
        return self.frozen_at is not None and now >= self.frozen_at

    def is_forgotten(self, now: datetime) -> bool:
        """Return whether nothing is held about signers any more: from then on the number is final for staff, too."""
        return self.forgotten_at is not None and now >= self.forgotten_at

    def state(self, now: datetime) -> PetitionState:
        """Return what visitors find at ``now`` (UTC)."""
        if self.archived_at and now >= self.archived_at:
            return PetitionState.ARCHIVED
        if self.won_at and now >= self.won_at:
            return PetitionState.WON
        if now < self.opens_at:
            return PetitionState.NOT_YET
        if self.is_over(now):
            return PetitionState.CLOSED
        if self.is_paused:
            return PetitionState.PAUSED
        is_soon = self.ends_at is not None and self.ends_at - now <= SOON
        return PetitionState.CLOSING_SOON if is_soon else PetitionState.OPEN

    def accepts(self, now: datetime) -> bool:
        """Return whether people can sign at ``now`` (UTC)."""
        return self.state(now) in ACCEPTING

    def goal_at(self, count: int) -> int:
        """Return the goal that is shown when ``count`` have signed: the lowest one that is not reached yet."""
        if count < self.goal:
            return self.goal
        return self.goal + ((count - self.goal) // self.goal_step + 1) * self.goal_step

    def goals_reached(self, count: int) -> list[int]:
        """Return the newest goals that ``count`` has reached, lowest first: at most a hundred."""
        if count < self.goal:
            return []
        last = self.goal_at(count) - self.goal_step
        return list(range(last, self.goal - 1, -self.goal_step))[:100][::-1]


class GoalReached(models.Model):
    """A goal that the count has reached, and when; the row goes again when the number falls below it."""

    holds_no_personal_data = "a number"

    petition = models.ForeignKey(Petition, on_delete=models.CASCADE, related_name="goals_passed")
    number = models.PositiveIntegerField()
    reached_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["petition", "number"], name="goal_reached_once")]

    def __str__(self) -> str:
        return str(self.number)
