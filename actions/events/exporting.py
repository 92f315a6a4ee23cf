"""Who comes to an event as a file, for the people at the door and those who prepare the room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actions.events.models import Event, EventSignUp
from actions.events.states import ACTIVE, PlaceState
from actions.exports.definitions import Choice, Export, Extent, Row
from actions.exports.forms import ExportForm
from actions.exports.reading import by_number
from actions.privacy.reading import RowKey, ciphertext, reader


class PlacesForm(ExportForm):
    event = forms.ModelChoiceField(label=_("Event"), queryset=Event.objects.order_by("-starts_at"))
    with_waiting = forms.BooleanField(label=_("Also who is on the waiting list"), required=False)


class PlacesExport(Export):
    """Names and what people need; their addresses stay here, since the mails go out by themselves."""

    name = "event-places"
    label = _("Places at an event")
    explanation = _(
        "Who has a place at one event: the name that they chose, their language, what they need to take part. No "
        "addresses: reminders and news go out by themselves. Delete the file after the event."
    )
    permission = "actions.export_eventsignup"
    is_personal = True
    form_class = PlacesForm

    def headings(self) -> Sequence[str]:
        return (
            gettext("No."), gettext("Name"), gettext("Language"), gettext("What they need"), gettext("State"),
        )  # fmt: skip

    def measure(self, choice: Choice) -> Extent:
        people = _people(choice)
        last = people.order_by("-pk").values_list("pk", flat=True).first()
        return Extent(people.count(), last or 0)

    def rows(self, choice: Choice, extent: Extent) -> Iterator[Row]:
        read_name, read_needs = reader(EventSignUp, "name"), reader(EventSignUp, "access_needs")
        columns = (RowKey(), ciphertext("name"), ciphertext("access_needs"), "language", "state")
        found = by_number(partial(_people, choice), *columns, last=extent.last)
        for _number, key, name, needs, language, state in found:
            yield Row((read_name(name, key), language, read_needs(needs, key), str(PlaceState(state).label)))

    def in_words(self, choice: Choice) -> str:
        waiting = " and who waits" if choice["with_waiting"] else ""
        return f"event {choice['event'].pk}{waiting}"


def _people(choice: Choice, after: int = 0) -> QuerySet[EventSignUp]:
    states = ACTIVE if choice["with_waiting"] else (PlaceState.CONFIRMED,)
    return EventSignUp.objects.filter(event=choice["event"], state__in=states, pk__gt=after)
