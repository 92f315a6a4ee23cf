"""The political goal that actions belong to: a bill, where it stands, what comes next and where we stand."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class BillStage(models.TextChoices):
    """Where a bill stands; the order of https://www.ourcommons.ca/procedure/our-procedure/legislativeprocess."""

    ANNOUNCED = "announced", _("announced")
    FIRST_READING = "first_reading", _("first reading in the House")
    SECOND_READING = "second_reading", _("second reading in the House")
    COMMITTEE = "committee", _("in committee of the House")
    REPORT = "report", _("report stage in the House")
    THIRD_READING = "third_reading", _("third reading in the House")
    SENATE = "senate", _("before the Senate")
    ROYAL_ASSENT = "royal_assent", _("royal assent")
    DEFEATED = "defeated", _("defeated")


class Position(models.TextChoices):
    SUPPORT = "support", _("We support it")
    AMEND = "amend", _("We ask for changes")
    OPPOSE = "oppose", _("We oppose it")


class Campaign(models.Model):  # type: ignore[django-manager-missing]  # the other end is modelcluster's, untyped
    """One political goal, the same in every language; several petitions and letter campaigns may belong to it."""

    holds_no_personal_data = "about a bill, not about people"

    name = models.CharField(_("name for staff"), max_length=120, help_text=_("Only staff see this name."))
    slug = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_("A handle for staff that stays when the name changes. It stands in no address."),
    )
    bill_number = models.CharField(
        _("bill number"),
        max_length=10,
        blank=True,
        help_text=_("Such as C-400 or S-12. Leave blank when there is no bill yet."),
        validators=[RegexValidator(r"^[CS]-\d{1,4}$", _("A bill number looks like C-400 or S-12."))],
    )
    bill_title_en = models.CharField(
        _("title of the bill (English)"), max_length=255, blank=True, help_text=_("As Parliament writes it in English.")
    )
    bill_title_fr = models.CharField(
        _("title of the bill (French)"), max_length=255, blank=True, help_text=_("As Parliament writes it in French.")
    )
    bill_title_zh = models.CharField(
        _("title of the bill (Chinese)"),
        max_length=255,
        blank=True,
        help_text=_("Our own translation: Parliament has none."),
    )
    parliament_session = models.CharField(
        _("parliament and session"),
        max_length=6,
        blank=True,
        help_text=_("Such as 45-1: makes the link to LEGISinfo."),
        validators=[RegexValidator(r"^\d{2}-\d$", _("A session looks like 45-1."))],
    )
    stage = models.CharField(
        _("stage"),
        max_length=20,
        choices=BillStage.choices,
        blank=True,
        help_text=_("Shown on the page of each action: keep it up to date."),
    )
    next_stage = models.CharField(
        _("what comes next"),
        max_length=20,
        choices=BillStage.choices,
        blank=True,
        help_text=_("Shown together with the day on which it is expected."),
    )
    next_on = models.DateField(
        _("expected on"),
        null=True,
        blank=True,
        help_text=_("Leave it empty while it is not known: a wrong date costs trust."),
    )
    position = models.CharField(
        _("our position"),
        max_length=10,
        choices=Position.choices,
        blank=True,
        help_text=_("Shown with the bill. Empty: nothing is said about it."),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def bill_title(self) -> str:
        """The bill's title in the active language, else in English."""
        titles = {"fr": self.bill_title_fr, "zh-hant": self.bill_title_zh}
        return titles.get(get_language() or "en") or self.bill_title_en

    @property
    def legisinfo_url(self) -> str:
        """The bill's page at Parliament, blank without number and session; there is no Chinese page."""
        if not (self.bill_number and self.parliament_session):
            return ""
        language = "fr" if get_language() == "fr" else "en"
        return f"https://www.parl.ca/legisinfo/{language}/bill/{self.parliament_session}/{self.bill_number.lower()}"
