"""Ridings, who sits for them, and other people in office who can be written to.

Everything here is published by Parliament and Elections Canada; nothing is about supporters.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from actions.listing import listed
from actions.outbox.safety import is_allowed_recipient
from actions.representatives.parties import chinese_party_name
from actions.representatives.provinces import Province

PUBLIC_DATA = "public officials' published contact data"


class Riding(models.Model):
    """A federal electoral district of the 2023 representation order; its number is the key, names change."""

    holds_no_personal_data = PUBLIC_DATA

    fed_num = models.PositiveIntegerField(
        _("federal number"),
        primary_key=True,
        help_text=_("Elections Canada's number, such as 35079. It never changes."),
    )
    name_en = models.CharField(
        _("English name"), max_length=120, help_text=_("As Elections Canada writes it in English.")
    )
    name_fr = models.CharField(
        _("French name"), max_length=120, blank=True, help_text=_("As Elections Canada writes it in French.")
    )
    name_zh = models.CharField(
        _("Chinese name"),
        max_length=120,
        blank=True,
        help_text=_("Optional. Empty means that the English name is shown."),
    )
    province = models.CharField(
        _("province or territory"),
        max_length=2,
        choices=Province.choices,
        db_index=True,
        help_text=_("The first two digits of the riding’s number say the same."),
    )
    aliases = models.JSONField(
        _("other names"),
        default=list,
        blank=True,
        help_text=_(
            "One per line: former names and other spellings. The import of members uses them to find the riding."
        ),
    )
    fetched_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("riding")
        verbose_name_plural = _("ridings")
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_en

    def localized_name(self, language: str) -> str:
        """The name for ``en``, ``fr`` or ``zh-hant``; the English one stands in for a missing one."""
        chosen = {"fr": self.name_fr, "zh": self.name_zh}.get(language[:2].lower(), "")
        return chosen or self.name_en


class Gender(models.TextChoices):
    """Only ever used for forms of address; empty means unknown, and then no gendered title is used."""

    WOMAN = "F", _("Woman")
    MAN = "M", _("Man")


class LetterLanguage(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


GENDER_HELP = _("Chooses « Madame » or « Monsieur » in French letters. Leave empty when you do not know.")
HONORIFIC_HELP = _("“Hon.” or “Right Hon.” for members of the Privy Council, else empty.")


def check_letter_address(address: str) -> None:
    """Raise ValidationError when letters may not be sent to the address; an empty one is fine."""
    if address and not is_allowed_recipient(address):
        message = _(
            "Letters only go to addresses at %(domains)s. Whoever runs the server can allow another domain "
            "(LETTER_DOMAINS)."
        )
        raise ValidationError({"email": message % {"domains": listed(settings.LETTER_DOMAINS)}})


class Representative(models.Model):
    """A Member of Parliament, present or past; at most one current one per riding.

    ``offices`` keeps Represent's shape: dicts with any of ``type`` (``legislature`` or ``constituency``), ``postal``,
    ``tel``, ``fax``. ``preferred_languages`` holds ``en`` and ``fr`` in the order in which they were listed.
    """

    holds_no_personal_data = PUBLIC_DATA

    riding = models.ForeignKey(
        Riding,
        verbose_name=_("riding"),
        on_delete=models.PROTECT,
        related_name="representatives",
        null=True,
        blank=True,
        help_text=_("The riding for which this person sits."),
    )
    person_id = models.PositiveIntegerField(
        _("House of Commons number"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("The number in the address of the member's page on ourcommons.ca."),
    )
    first_name = models.CharField(_("first name"), max_length=80, help_text=_("As the House of Commons writes it."))
    last_name = models.CharField(_("last name"), max_length=80, help_text=_("As the House of Commons writes it."))
    honorific = models.CharField(pgettext_lazy("person", "title"), max_length=20, blank=True, help_text=HONORIFIC_HELP)
    gender = models.CharField(
        _("form of address"), max_length=1, choices=Gender.choices, blank=True, help_text=GENDER_HELP
    )
    party_name_en = models.CharField(
        _("party, in English"), max_length=80, blank=True, help_text=_("As the House of Commons writes it in English.")
    )
    party_name_fr = models.CharField(
        _("party, in French"), max_length=80, blank=True, help_text=_("As the House of Commons writes it in French.")
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("Exactly as published. Leave empty when none is published: a made-up address loses letters."),
    )
    offices = models.JSONField(_("offices"), default=list, blank=True)
    preferred_languages = models.JSONField(_("preferred languages"), default=list, blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("photo"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("Only a photo that we may use."),
    )
    source = models.CharField(_("source"), max_length=60, blank=True, editable=False)
    fetched_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)
    is_current = models.BooleanField(
        _("sits now"), default=True, db_index=True, help_text=_("Untick when the seat was lost or given up.")
    )
    locked_by_editor = models.BooleanField(
        _("kept by hand"),
        default=False,
        help_text=_(
            "While ticked, imports leave this member exactly as you wrote it. It is ticked by itself when you change "
            "something here. Untick and save to let imports take over again."
        ),
    )

    class Meta:
        verbose_name = _("Member of Parliament")
        verbose_name_plural = _("Members of Parliament")
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["riding"],
                condition=models.Q(is_current=True),
                name="one_current_representative_per_riding",
                violation_error_message=_("Another member sits for this riding. Untick “sits now” there first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        check_letter_address(self.email)

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def display_name(self) -> str:
        """The name with the title that the House gives, in the active language; no Mr. or Ms."""
        titles = {"hon.": gettext("Hon. {name}"), "right hon.": gettext("Right Hon. {name}")}
        return titles.get(self.honorific.lower(), "{name}").format(name=self.name)

    @property
    def languages(self) -> list[str]:
        """``en`` and ``fr`` as preferred, best first; empty when nothing is known."""
        return [code for code in self.preferred_languages if code in LetterLanguage.values]

    @property
    def hill_phone(self) -> str:
        return str((self.office("legislature") or {}).get("tel", ""))

    @property
    def riding_phone(self) -> str:
        return str((self.office("constituency") or {}).get("tel", ""))

    @property
    def party_name_zh(self) -> str:
        return chinese_party_name(self.party_name_en)

    def office(self, kind: str) -> dict[str, Any] | None:
        """The first ``legislature`` or ``constituency`` office with a phone, else the first of that kind."""
        found: list[dict[str, Any]] = [
            office for office in self.offices if str(office.get("type", "")).startswith(kind)
        ]
        return next((office for office in found if office.get("tel")), found[0] if found else None)


class Recipient(models.Model):
    """Somebody other than the writer's own MP who gets letters; kept by editors."""

    class Role(models.TextChoices):
        PRIME_MINISTER = "prime_minister", _("Prime Minister")
        MINISTER = "minister", _("Minister")
        CRITIC = "critic", _("Critic")
        SENATOR = "senator", _("Senator")
        COMMITTEE = "committee", _("Committee member")
        OTHER = "other", _("Other")

    holds_no_personal_data = PUBLIC_DATA

    name = models.CharField(_("name"), max_length=160, help_text=_("First name and family name, without titles."))
    family_name = models.CharField(
        _("family name"), max_length=80, blank=True, help_text=_("For “Dear Senator Doe”. Empty means the whole name.")
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=Role.choices,
        db_index=True,
        help_text=_("What this person is to us; lists are sorted by it."),
    )
    honorific = models.CharField(pgettext_lazy("person", "title"), max_length=20, blank=True, help_text=HONORIFIC_HELP)
    gender = models.CharField(
        _("form of address"), max_length=1, choices=Gender.choices, blank=True, help_text=GENDER_HELP
    )
    title_en = models.CharField(
        _("office, in English"), max_length=160, help_text=_("Such as “Minister of Foreign Affairs”.")
    )
    title_fr = models.CharField(
        _("office, in French"),
        max_length=160,
        help_text=_("For letters in French, such as « ministre des Affaires étrangères »."),
    )
    title_zh = models.CharField(
        _("office, in Chinese"),
        max_length=160,
        blank=True,
        help_text=_("Shown on Chinese pages. Empty: the English one."),
    )
    party_name_en = models.CharField(
        _("party, in English"), max_length=80, blank=True, help_text=_("Empty for somebody without a party.")
    )
    party_name_fr = models.CharField(
        _("party, in French"), max_length=80, blank=True, help_text=_("Empty for somebody without a party.")
    )
    province = models.CharField(
        _("province or territory"),
        max_length=2,
        choices=Province.choices,
        blank=True,
        help_text=_("Where a senator comes from. Empty for who stands for all of Canada."),
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Exactly as published. Leave empty when none is published.")
    )
    preferred_language = models.CharField(
        _("letters in"),
        max_length=2,
        choices=LetterLanguage.choices,
        default=LetterLanguage.ENGLISH,
        help_text=_("The language in which letters reach this person."),
    )
    is_active = models.BooleanField(
        _("in office"),
        default=True,
        help_text=_("Untick when they leave the office: no more letters are sent to them."),
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("other recipient")
        verbose_name_plural = _("other recipients")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.title_en})"

    def clean(self) -> None:
        super().clean()
        check_letter_address(self.email)

    @property
    def languages(self) -> list[str]:
        return [self.preferred_language]

    def localized_title(self, language: str) -> str:
        """The office for ``en``, ``fr`` or ``zh-hant``; the English one stands in for a missing one."""
        chosen = {"fr": self.title_fr, "zh": self.title_zh}.get(language[:2].lower(), "")
        return chosen or self.title_en

    @property
    def party_name_zh(self) -> str:
        return chinese_party_name(self.party_name_en)


def letter_language(person: Representative | Recipient) -> str:
    """``en`` or ``fr``: the language listed first; where none is listed, French for Quebec ridings, else English."""
    if person.languages:
        return person.languages[0]
    riding = getattr(person, "riding", None)
    return "fr" if riding is not None and riding.province == Province.QUEBEC else "en"
