"""What editors set up: an appeal for gifts, the same in every language."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actions.donations.money_fields import CentsField, CentsListField
from actions.donations.states import AppealState, Frequency

NO_PERSONAL_DATA = "set up by editors, about public affairs"
KEY_OWNER = "appeal"  # of the key under which an appeal's donors are recognised
LEAST_CENTS = 500  # less than that is what stolen cards are tried with
MOST_CENTS = 10_000_00
MOST_PRESETS = 6
TAKEN_SLUG = "manage"  # /act/donate/manage/ is the donors' own page


def once_presets() -> list[int]:
    return [25_00, 50_00, 100_00, 250_00]


def monthly_presets() -> list[int]:
    return [10_00, 20_00, 35_00, 50_00]


class Appeal(models.Model):
    """One call for gifts. It has no drafts: its texts do (AppealWording). All sums are cents of CA$.

    ``goal_cents`` empty shows no bar. ``suggests_monthly`` asks who gave once for a monthly gift afterwards.
    ``years_kept`` is how long after the year of the last payment name and address are kept for the books; the Canada
    Revenue Agency asks for six: https://www.canada.ca/en/revenue-agency/services/tax/businesses/topics/keeping-records.html
    """

    holds_no_personal_data = NO_PERSONAL_DATA

    name = models.CharField(_("name for staff"), max_length=120, help_text=_("Only staff see this name."))
    slug = models.SlugField(
        _("short name in the address"),
        max_length=60,
        unique=True,
        help_text=_(
            "The page of its own is at /en/act/donate/<short name>/. It cannot be changed without breaking links."
        ),
    )
    campaign = models.ForeignKey(
        "actions.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appeals",
        help_text=_("The political goal that the gifts serve. Empty: our work as a whole."),
    )
    goal_cents = CentsField(_("goal"), null=True, blank=True, help_text=_("In dollars. Empty: no bar is shown."))
    minimum_cents = CentsField(
        _("smallest gift"),
        default=LEAST_CENTS,
        validators=[
            MinValueValidator(LEAST_CENTS, _("Please take 5 dollars or more: stolen cards are tried with less."))
        ],
        help_text=_("In dollars."),
    )
    maximum_cents = CentsField(
        _("largest gift"),
        default=5_000_00,
        validators=[
            MaxValueValidator(
                MOST_CENTS, _("Please take 10,000 dollars or less; larger gifts are better agreed by mail.")
            )
        ],
        help_text=_("In dollars."),
    )
    once_presets = CentsListField(
        _("amounts to choose, one time"),
        default=once_presets,
        help_text=_("In dollars, with blanks between them: 25 50 100"),
    )
    once_default = CentsField(
        _("chosen beforehand, one time"), null=True, blank=True, help_text=_("One of the amounts, or empty for none.")
    )
    offers_monthly = models.BooleanField(
        _("monthly gifts too"),
        default=True,
        help_text=_("Donors change or end a monthly gift themselves, on a page of their own."),
    )
    monthly_presets = CentsListField(
        _("amounts to choose, monthly"),
        default=monthly_presets,
        blank=True,
        help_text=_("In dollars, with blanks between them: 10 20 50"),
    )
    monthly_default = CentsField(
        _("chosen beforehand, monthly"), null=True, blank=True, help_text=_("One of the amounts, or empty for none.")
    )
    default_frequency = models.CharField(
        _("shown first"),
        max_length=10,
        choices=Frequency.choices,
        default=Frequency.ONE_TIME,
        help_text=_("Which of the two is chosen when the page opens."),
    )
    offers_fee_cover = models.BooleanField(
        _("donors may add the payment fee"), default=True, help_text=_("The box is never ticked beforehand.")
    )
    suggests_monthly = models.BooleanField(
        _("suggest a monthly gift after a single one"), default=False, help_text=_("On the thank-you page.")
    )
    opens_at = models.DateTimeField(
        _("opens"), default=timezone.now, help_text=_("Before that moment the page says when it begins.")
    )
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True, help_text=_("From then on nobody can start a gift; monthly gifts go on.")
    )
    is_paused = models.BooleanField(
        _("paused"), default=False, help_text=_("Nobody can start a gift; monthly gifts go on.")
    )
    archived_at = models.DateTimeField(
        _("archived"), null=True, blank=True, help_text=_("The page stays for those who have its link.")
    )
    years_kept = models.PositiveSmallIntegerField(
        _("years kept"),
        default=7,
        validators=[MinValueValidator(6), MaxValueValidator(10)],
        help_text=_("So many years after the year of the last payment, donors' names and addresses are deleted."),
    )

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.closes_at and self.closes_at <= self.opens_at:
            errors["closes_at"] = _("The closing time must come after the opening time.")
        if self.slug == TAKEN_SLUG:
            errors["slug"] = _("This name is taken by the donors’ own page.")
        if None not in (self.minimum_cents, self.maximum_cents):
            errors |= self._wrong_amounts()
        if errors:
            raise ValidationError(errors)

    def _wrong_amounts(self) -> dict[str, Any]:
        if self.maximum_cents < self.minimum_cents:
            return {"maximum_cents": _("The largest gift must not be below the smallest.")}
        errors = {}
        for presets, default in (("once_presets", "once_default"), ("monthly_presets", "monthly_default")):
            chosen = getattr(self, presets)
            if any(not self.minimum_cents <= cents <= self.maximum_cents for cents in chosen):
                errors[presets] = _("Each amount must lie between the smallest and the largest gift.")
            elif len(chosen) > MOST_PRESETS:
                errors[presets] = _("Please give at most six amounts: more are hard to choose from.")
            elif getattr(self, default) is not None and getattr(self, default) not in chosen:
                errors[default] = _("Please take one of the amounts to choose.")
        return errors

    def state(self, now: datetime) -> AppealState:
        """Return what visitors find at ``now`` (UTC), as far as the record knows."""
        if self.archived_at and now >= self.archived_at:
            return AppealState.ARCHIVED
        if now < self.opens_at:
            return AppealState.NOT_YET
        if self.closes_at and now >= self.closes_at:
            return AppealState.CLOSED
        return AppealState.PAUSED if self.is_paused else AppealState.OPEN

    @property
    def frequencies(self) -> list[Frequency]:
        """What may be chosen, the one to show first in front."""
        if not self.offers_monthly:
            return [Frequency.ONE_TIME]
        return sorted(Frequency, key=lambda one: one != self.default_frequency)

    def presets(self, frequency: str) -> list[int]:
        return list(self.monthly_presets if frequency == Frequency.MONTHLY else self.once_presets)

    def default(self, frequency: str) -> int | None:
        return self.monthly_default if frequency == Frequency.MONTHLY else self.once_default
