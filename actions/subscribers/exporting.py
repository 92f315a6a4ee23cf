"""The list as a file: people with a consent in force, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django import forms
from django.conf import settings
from django.db.models import DateField
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.campaigns.models import Campaign
from actions.exports.definitions import Choice, Export, Extent, Row
from actions.exports.forms import ExportForm
from actions.exports.reading import by_number
from actions.privacy.reading import RowKey, ciphertext, reader
from actions.representatives.models import Riding
from actions.representatives.provinces import Province
from actions.staff.quick_select import QuickSelect
from actions.subscribers.audience import Audience, listed, members
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
        # Whoever is on the list has agreed to something, so where it matters not to what, an index tells.
        audience = audience_of(choice)
        people = (members if audience.campaign_id or audience.source else listed)(audience)
        last = Subscriber.objects.order_by("-pk").values_list("pk", flat=True).first()
        return Extent(people.count(), last or 0)

    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        audience = audience_of(choice)
        read_name, read_email = reader(Subscriber, "name"), reader(Subscriber, "email")
        language = current_language()
        ridings = {riding.pk: riding.localized_name(language) for riding in Riding.objects.all()}
        provinces = {str(code): str(label) for code, label in Province.choices}
        columns = (
            RowKey(), ciphertext("name"), ciphertext("email"), "language", "province", "riding",
            Cast(TruncDate("subscribed_at"), DateField()),  # without the cast Django looks at each day once more
        )  # fmt: skip
        found = by_number(partial(members, audience), *columns, last=extent.last)
        for _number, key, person, email, spoken, province, riding, since in found:
            yield Row(
                (
                    read_name(person, key),
                    read_email(email, key),
                    spoken,
                    provinces.get(province, ""),
                    ridings.get(riding, ""),
                    since,
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
