"""What an administrator sets once for the whole site: who we are, who answers for privacy, and the stop switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Site

from home.admin_forms import SiteSettingsForm
from home.languages import in_language, language_of

if TYPE_CHECKING:
    from django.http import HttpRequest

GIVING_FEATURES = ["h3", "bold", "link", "ul", "ol"]


@register_setting(icon="cog", order=100)
class SiteSettings(BaseSiteSetting):
    """One row for a site, the same in all languages; texts stand side by side in English, French and Chinese.

    The two stop switches are not in its form: a page of their own throws them, one column at a time.
    """

    select_related = ["site__navigationsettings"]  # every page shows both: one query instead of two

    organisation_name_en = models.CharField(
        _("name (English)"),
        max_length=120,
        default="Alliance Canada Hong Kong",
        help_text=_("As it stands on every page and in every mail in English."),
    )
    organisation_name_fr = models.CharField(
        _("name (French)"),
        max_length=120,
        default="Alliance Canada Hong Kong",
        help_text=_("As it stands on every page and in every mail in French."),
    )
    organisation_name_zh = models.CharField(
        _("name (Chinese)"),
        max_length=120,
        default="Alliance Canada Hong Kong",
        help_text=_("As it stands on every page and in every mail in Chinese."),
    )
    sender_name = models.CharField(
        _("sender of our mail"),
        max_length=80,
        default="Alliance Canada Hong Kong",
        help_text=_("The name beside our address in people’s inboxes."),
    )
    replies_address = models.EmailField(
        _("address for replies to our mail"), blank=True, help_text=_("Empty: the contact address below.")
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=300,
        blank=True,
        help_text=_("At the foot of each page and mail: the law asks for it in mails to many."),
    )
    contact_email = models.EmailField(
        _("contact address"), blank=True, help_text=_("Where people reach us. It is shown to everybody.")
    )

    privacy_officer_name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Who answers when people ask what we hold about them.")
    )
    privacy_officer_title_en = models.CharField(
        _("title (English)"),
        max_length=120,
        default="Privacy officer",
        help_text=_("Shown after the name on English pages."),
    )
    privacy_officer_title_fr = models.CharField(
        _("title (French)"),
        max_length=120,
        default="Responsable de la protection des renseignements personnels",
        help_text=_("Shown after the name on French pages."),
    )
    privacy_officer_title_zh = models.CharField(
        _("title (Chinese)"), max_length=120, default="私隱主任", help_text=_("Shown after the name on Chinese pages.")
    )
    privacy_officer_email = models.EmailField(
        _("address"), blank=True, help_text=_("Where people write to see or delete what we hold about them.")
    )

    other_ways_to_give_en = RichTextField(
        _("other ways to give (English)"),
        features=GIVING_FEATURES,
        blank=True,
        help_text=_("For appeals whose own English text does not say."),
    )
    other_ways_to_give_fr = RichTextField(
        _("other ways to give (French)"),
        features=GIVING_FEATURES,
        blank=True,
        help_text=_("For appeals whose own French text does not say."),
    )
    other_ways_to_give_zh = RichTextField(
        _("other ways to give (Chinese)"),
        features=GIVING_FEATURES,
        blank=True,
        help_text=_("For appeals whose own Chinese text does not say."),
    )

    letters_stopped = models.BooleanField(_("stop all letters"), default=False)
    parliament_dissolved = models.BooleanField(
        _("Parliament is dissolved"),
        default=False,
        help_text=_("Nobody is an MP until the election: letters to MPs stop, and the pages say why."),
    )

    allows_publishing_alone = models.BooleanField(
        _("one person may publish alone"),
        default=True,
        help_text=_(
            "Who may publish does so also with what nobody else has looked at; the history says so. Switch it off once "
            "there are two of you: then somebody else must have saved or submitted a page or text before it goes out."
        ),
    )

    notice_shown = models.BooleanField(
        _("show the notice on every page"), default=False, help_text=_("At the top of every page, until you untick it.")
    )
    notice_en = models.CharField(
        _("notice (English)"),
        max_length=240,
        blank=True,
        help_text=_("One sentence. It stands in for a language that is left empty."),
    )
    notice_fr = models.CharField(
        _("notice (French)"), max_length=240, blank=True, help_text=_("One sentence. Empty: the English one.")
    )
    notice_zh = models.CharField(
        _("notice (Chinese)"), max_length=240, blank=True, help_text=_("One sentence. Empty: the English one.")
    )

    who_panels = [
        MultiFieldPanel(
            [FieldPanel(f"organisation_name_{suffix}") for suffix in ("en", "fr", "zh")], heading=_("Organisation")
        ),
        MultiFieldPanel([FieldPanel("sender_name"), FieldPanel("replies_address")], heading=_("Mail")),
        MultiFieldPanel([FieldPanel("postal_address"), FieldPanel("contact_email")], heading=_("Contact")),
        MultiFieldPanel(
            [
                FieldPanel("privacy_officer_name"),
                *(FieldPanel(f"privacy_officer_title_{suffix}") for suffix in ("en", "fr", "zh")),
                FieldPanel("privacy_officer_email"),
            ],
            heading=_("Who answers for personal data"),
        ),
    ]
    giving_panels = [
        HelpPanel(template="actions/admin/other_ways_help.html"),
        *(FieldPanel(f"other_ways_to_give_{suffix}") for suffix in ("en", "fr", "zh")),
    ]
    stop_panels = [
        MultiFieldPanel([HelpPanel(template="actions/admin/stop_all_link.html")], heading=_("Stop switches")),
        MultiFieldPanel(
            [FieldPanel("notice_shown"), *(FieldPanel(f"notice_{suffix}") for suffix in ("en", "fr", "zh"))],
            heading=_("Public notice"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(who_panels, heading=_("Who we are")),
            ObjectList(giving_panels, heading=_("Other ways to give")),
            ObjectList(stop_panels, heading=_("Stop and notice")),
            ObjectList([FieldPanel("allows_publishing_alone")], heading=_("Publishing")),
        ],
        base_form_class=SiteSettingsForm,
    )

    class Meta:
        verbose_name = _("site settings")

    @classmethod
    def current(cls, request: HttpRequest | None = None) -> SiteSettings:
        """The request's settings, read once for a request; without one (worker, commands) the default site's."""
        if request is not None:
            return cls.for_request(request)
        return cls.for_site(Site.objects.get(is_default_site=True))

    @property
    def organisation_name(self) -> str:
        return in_language(self, "organisation_name")

    @property
    def privacy_officer_title(self) -> str:
        return in_language(self, "privacy_officer_title")

    @property
    def notice(self) -> str:
        """The public notice in the visitor's language; empty when none is shown."""
        return in_language(self, "notice") if self.notice_shown else ""

    @property
    def other_ways_to_give(self) -> str:
        """How to give by e-transfer or cheque, in the visitor's language, for appeals whose own text does not say."""
        return in_language(self, "other_ways_to_give")

    @property
    def other_ways_language(self) -> str:
        return language_of(self, "other_ways_to_give")

    @property
    def postal_line(self) -> str:
        """The postal address in one line."""
        return ", ".join(line.strip() for line in self.postal_address.splitlines() if line.strip())

    @property
    def can_be_reached(self) -> bool:
        """Whether a mail to many can say where we are, as CASL asks of whoever sends one.

        https://laws-lois.justice.gc.ca/eng/acts/E-1.6/section-6.html (2)
        """
        return bool(self.postal_line and self.contact_email)

    @property
    def reply_address(self) -> str:
        return self.replies_address or self.contact_email
