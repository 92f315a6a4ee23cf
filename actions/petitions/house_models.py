"""A petition's way to the House of Commons: the text of the paper sheet, and the official e-petition if there is one.

The sheet exists in English and French only, because the House takes no other language; so these texts stand side by
side in one record and are no translatable wording. The rules: https://www.ourcommons.ca/petitions/en/Home/AboutContent?guide=PIPaperGuide
and House of Commons Procedure and Practice, chapter 22
(https://www.ourcommons.ca/About/ProcedureAndPractice3rdEdition/ch_22_3-e.html).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from actions.petitions.house_checks import refusals
from actions.petitions.petition_models import NO_PERSONAL_DATA, Petition

SHEET_LANGUAGES = ("en", "fr")
OFFICIAL_HOSTS = frozenset(("www.ourcommons.ca", "petitions.ourcommons.ca"))
MAX_GRIEVANCES, MAX_REQUESTS = 8, 5  # with the lengths below, three rows for signatures always fit under the text


class Addressee(models.TextChoices):
    """To whom the House's guide lets a petition be addressed."""

    HOUSE = "house", _("the House of Commons in Parliament assembled")
    GOVERNMENT = "government", _("the Government of Canada")
    MINISTER = "minister", _("a minister (named below)")
    MEMBER = "member", _("a member of the House of Commons (named below)")


class EPetitionStatus(models.TextChoices):
    """Where an official e-petition stands; set by staff, who read it on the House's site::

    collecting --30 to 120 days--> closed --500 valid signatures--> certified --a member presents it--> presented
    presented --within 45 days--> answered;   any before presented --Parliament is dissolved--> withdrawn
    """

    COLLECTING = "collecting", _("can be signed")
    CLOSED = "closed", _("closed for signatures")
    CERTIFIED = "certified", _("certified")
    PRESENTED = "presented", _("presented in the House")
    ANSWERED = "answered", _("answered by the government")
    WITHDRAWN = "withdrawn", _("withdrawn, because Parliament was dissolved")


def check_official_address(value: str) -> None:
    """Raise ValidationError unless ``value`` is an https address of the House's own site."""
    try:
        parts = urlsplit(value)
        is_official = parts.scheme == "https" and parts.netloc.lower() in OFFICIAL_HOSTS
    except ValueError:
        is_official = False
    if not is_official:
        raise ValidationError(
            _("Only https://www.ourcommons.ca and https://petitions.ourcommons.ca are addresses of e-petitions.")
        )


class HousePetition(models.Model):
    """What goes to the House beside one petition. Names on this site are never signatures to the House.

    ``grievances`` and ``request`` hold one clause per line. ``is_offered``: visitors can download the sheet.
    """

    holds_no_personal_data = NO_PERSONAL_DATA

    petition = models.OneToOneField(
        Petition,
        verbose_name=_("petition"),
        on_delete=models.PROTECT,
        related_name="house",
        help_text=_("The petition of ours that the sheet goes with."),
    )
    addressee = models.CharField(
        _("addressed to"),
        max_length=12,
        choices=Addressee.choices,
        default=Addressee.HOUSE,
        help_text=_("Whom the House’s rules allow."),
    )
    addressee_en = models.CharField(
        _("minister or member (English)"),
        max_length=120,
        blank=True,
        help_text=_("With its article, such as: the Minister of Immigration."),
    )
    addressee_fr = models.CharField(
        _("minister or member (French)"),
        max_length=120,
        blank=True,
        help_text=_("With its article, such as: le ministre de l’Immigration."),
    )
    grievances_en = models.TextField(
        _("whereas (English)"),
        max_length=1500,
        blank=True,
        help_text=_("One reason per line, at most eight. The sheet puts “Whereas” before them."),
    )
    request_en = models.TextField(
        _("request (English)"),
        max_length=800,
        blank=True,
        help_text=_("One request per line, at most five. The sheet says “call upon … to:” before them."),
    )
    grievances_fr = models.TextField(
        _("whereas (French)"),
        max_length=1500,
        blank=True,
        help_text=_("One reason per line, at most eight. The sheet puts « Attendu que » before them."),
    )
    request_fr = models.TextField(
        _("request (French)"),
        max_length=800,
        blank=True,
        help_text=_("One request per line, at most five. The sheet says « prions … de : » before them."),
    )
    is_offered = models.BooleanField(
        _("offer the sheet"),
        default=False,
        help_text=_(
            "Visitors can download it. Have the text looked at by a member’s office first. From then on do not change "
            "it: sheets with another text are another petition."
        ),
    )
    e_petition_url = models.URLField(
        _("address of the official e-petition"),
        blank=True,
        validators=[check_official_address],
        help_text=_("Its page on the House’s own site, once a member has authorised it."),
    )
    e_petition_number = models.CharField(
        _("its number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^e-\d{1,6}$", _("The number of an e-petition looks like e-1234."))],
        help_text=_("As the House writes it, such as e-1234."),
    )
    e_petition_status = models.CharField(
        _("where it stands"),
        max_length=12,
        choices=EPetitionStatus.choices,
        blank=True,
        help_text=_("As the House’s site says; nothing is read from there by itself."),
    )
    e_petition_status_on = models.DateField(
        _("since"), null=True, blank=True, help_text=_("The day on which this became so. It is shown beside it.")
    )

    class Meta:
        verbose_name = _("petition to the House")
        verbose_name_plural = _("petitions to the House")
        ordering = ["petition__name"]

    def __str__(self) -> str:
        return self.petition.name

    def clean(self) -> None:
        super().clean()
        errors = {**self._errors_of_sheet(), **self._errors_of_e_petition()}
        if errors:
            raise ValidationError(errors)

    def _errors_of_sheet(self) -> dict[str, list[Any]]:
        errors: dict[str, list[Any]] = {}
        for language in SHEET_LANGUAGES:
            for part, most in (("addressee", 1), ("grievances", MAX_GRIEVANCES), ("request", MAX_REQUESTS)):
                found = refusals(getattr(self, f"{part}_{language}"), most_lines=most)
                if found:
                    errors[f"{part}_{language}"] = found
            if self.clauses("grievances", language) and not self.clauses("request", language):
                errors[f"request_{language}"] = [_("Reasons alone are no petition: it needs a request.")]
            is_named = self.addressee in (Addressee.HOUSE, Addressee.GOVERNMENT) or self.named(language)
            if self.clauses("request", language) and not is_named:
                errors[f"addressee_{language}"] = [_("Say whom the petition is addressed to.")]
        if self.is_offered and not self.languages:
            errors["is_offered"] = [_("There is nothing to offer yet: write a request first.")]
        return errors

    def _errors_of_e_petition(self) -> dict[str, list[Any]]:
        if self.e_petition_url:
            missing = [name for name in ("e_petition_status", "e_petition_status_on") if not getattr(self, name)]
            return {name: [_("Say where it stands, and since when.")] for name in missing}
        if self.e_petition_number or self.e_petition_status:
            return {"e_petition_url": [_("Give its address on the House’s site.")]}
        return {}

    def clauses(self, part: str, language: str) -> list[str]:
        """Return the lines of ``grievances`` or ``request`` in ``en`` or ``fr``."""
        text: str = getattr(self, f"{part}_{language}")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def named(self, language: str) -> str:
        """The minister or member in ``en`` or ``fr``."""
        name: str = getattr(self, f"addressee_{language}")
        return name.strip()

    def addressee_name(self, language: str) -> str:
        """To whom it goes, for a page in ``language``; who is named is named as on the sheet."""
        if self.addressee in (Addressee.HOUSE, Addressee.GOVERNMENT):
            return str(self.get_addressee_display())
        return (self.named("fr") if language == "fr" else "") or self.named("en") or self.named("fr")

    @property
    def languages(self) -> list[str]:
        """The languages in which there is a sheet."""
        return [language for language in SHEET_LANGUAGES if self.clauses("request", language)]

    @property
    def is_shown(self) -> bool:
        """Whether the petition has a page about the House."""
        return self.is_offered or bool(self.e_petition_url)

    def official_address(self, language: str) -> str:
        """The e-petition's address; the House's site has each page in English and, under /fr/, in French."""
        return self.e_petition_url.replace("/en/", "/fr/", 1) if language == "fr" else self.e_petition_url
