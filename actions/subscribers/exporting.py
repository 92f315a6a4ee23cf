"""The list as a file: people with a consent in force, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from django import forms
from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.campaigns.models import Campaign
from actions.exports.definitions import Choice, Export, Extent, Row
from actions.exports.forms import ExportForm
from actions.exports.reading import by_number
from actions.privacy.fields import EncryptedField
from actions.quick_select import QuickSelect
from actions.representatives.models import Riding
from actions.representatives.provinces import Province
from actions.subscribers.audience import Audience, members
from actions.subscribers.models import Subscriber
from actions.subscribers.states import ConsentSource
from home.languages import current_language

ALL = _("all")


class SubscribersForm(ExportForm):
    campaign = forms.ModelChoiceField(
        label=_("Agreed to mail about"),
        queryset=Campaign.objects.order_by("name"),
        required=False,
        empty_label=ALL,
        help_text=_("The campaign on whose page they agreed."),
    )
    source = forms.ChoiceField(
        label=_("Came by"),
        choices=[("", ALL), *ConsentSource.choices],
        required=False,
        help_text=_("Signers of a petition who asked for updates: choose its campaign, and “petition” here."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("", ALL), *settings.LANGUAGES], required=False)
    province = forms.ChoiceField(
        label=_("Province or territory"), choices=[("", ALL), *Province.choices], required=False
    )
    riding = forms.ModelChoiceField(
        label=_("Riding"),
        queryset=Riding.objects.order_by("name_en"),
        required=False,
        empty_label=ALL,
        widget=QuickSelect,
    )


class SubscribersExport(Export):
    """Name and address of those who agreed to be written to. Consent is read anew with each piece of the file."""

    name = "subscribers"
    label = _("Subscribers")
    explanation = _(
        "People who asked for updates and have not left: name, e-mail, language, riding, day. Nobody else: who signed "
        "or wrote without asking for updates is in no file."
    )
    permission = "actions.export_subscriber"
    is_personal = True
    form_class = SubscribersForm

    def headings(self) -> Sequence[str]:
        return (
            gettext("No."), gettext("Name"), gettext("E-mail"), gettext("Language"), gettext("Province or territory"),
            gettext("Riding"), gettext("On the list since"),
        )  # fmt: skip

    def measure(self, choice: Choice) -> Extent:
        found = members(audience_of(choice)).aggregate(count=Count("pk"), last=Max("pk"))
        return Extent(found["count"], found["last"] or 0)

    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        read_name, read_email = (cast(EncryptedField, _field(name)).reader() for name in ("name", "email"))
        language = current_language()
        ridings = {riding.pk: riding.localized_name(language) for riding in Riding.objects.all()}
        provinces = {str(code): str(label) for code, label in Province.choices}
        columns = ("row_key", "name", "email", "language", "province", "riding", "subscribed_at")
        found = by_number(members(audience_of(choice)), *columns, last=extent.last)
        for row_key, person, email, spoken, province, riding, since in found:
            yield Row(
                (
                    read_name(person, row_key),
                    read_email(email, row_key),
                    spoken,
                    provinces.get(province, ""),
                    ridings.get(riding, ""),
                    timezone.localtime(since).date(),
                )
            )

    def in_words(self, choice: Choice) -> str:
        return str(audience_of(choice))


def audience_of(choice: Choice) -> Audience:
    campaign, riding = choice["campaign"], choice["riding"]
    return Audience(
        campaign_id=campaign.pk if campaign else None,
        source=choice["source"],
        language=choice["language"],
        province=choice["province"],
        riding_id=riding.pk if riding else None,
    )


def _field(name: str) -> object:
    return Subscriber._meta.get_field(name)
