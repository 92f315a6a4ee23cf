"""How editors plan an event. Who comes is no snippet: the list shows numbers, and names leave as an export alone."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn, NamePanel
from actions.events.models import Event
from actions.events.states import ACTIVE, PlaceState
from actions.events.telling import must_hear, note_change
from actions.readiness.panel import ReadinessPanel


class EventForm(WagtailAdminModelForm):
    """Notes when something changes that people with a place must hear of."""

    def save(self, commit: bool = True) -> Event:
        event: Event = self.instance
        before = Event.objects.filter(pk=event.pk).first() if event.pk else None
        note_change(event, before=before, now=timezone.now())
        saved: Event = super().save(commit)
        return saved


class EventViewSet(SnippetViewSet):
    model = Event
    icon = "date"
    menu_label = _("Events")
    list_display = [
        "name_en",
        DayColumn("day", label=_("Day"), sort_key="starts_at"),
        Column("places", label=_("Have a place"), accessor="places_taken"),
        Column("waiting", label=_("Wait for one"), accessor="places_waiting"),
    ]
    search_fields = ["name_en", "name_fr", "name_zh", "slug"]
    ordering = ["-starts_at"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(template="actions/admin/event_help.html"),
            MultiFieldPanel(
                [
                    NamePanel("name_en", placeholder=False),
                    FieldPanel("name_fr"),
                    FieldPanel("name_zh"),
                    FieldPanel("slug"),
                ],
                heading=_("Event"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("day"),
                    FieldRowPanel([FieldPanel("begins"), FieldPanel("ends")]),
                    FieldPanel("zone"),
                ],
                heading=_("When"),
            ),
            MultiFieldPanel(
                [FieldPanel("place_en"), FieldPanel("place_fr"), FieldPanel("place_zh"), FieldPanel("online_link")],
                heading=_("Where"),
            ),
            MultiFieldPanel([FieldPanel("takes_sign_ups"), FieldPanel("seats")], heading=_("Places")),
            FieldPanel("is_cancelled"),
            ReadinessPanel(),
        ],
        base_form_class=EventForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return Event.objects.annotate(
            places_taken=Count("sign_ups", filter=Q(sign_ups__state=PlaceState.CONFIRMED)),
            places_waiting=Count("sign_ups", filter=Q(sign_ups__state=PlaceState.WAITING)),
        )


def say_who_hears(request: HttpRequest, instance: Any) -> None:
    """Wagtail's hook after a record was saved: how many are written to because of it, while a slip can be mended."""
    if not isinstance(instance, Event) or instance.ends_at <= timezone.now():
        return
    behind = instance.sign_ups.filter(state__in=ACTIVE, told__lt=instance.version).only("told")
    hears = [must_hear(row, instance) for row in behind.iterator()]
    words = ngettext(
        "%(count)d person gets a mail about the change in five minutes.",
        "%(count)d people get a mail about the change in five minutes.",
        sum(hears),
    )
    if any(hears):
        messages.info(request, words % {"count": sum(hears)})
    elif hears:
        messages.info(request, _("All is again as people were told: nobody gets a mail about it."))


VIEWSETS: list[type[SnippetViewSet]] = [EventViewSet]
