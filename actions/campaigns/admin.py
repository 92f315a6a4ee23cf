"""How editors see campaigns: a name, and the bill with its stage and date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.models import Campaign
from actions.campaigns.positions import BillPosition


class NamePanel(TitleFieldPanel):
    """Fills in the short name while a new record is typed, never afterwards: a changed one breaks links."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_should_apply(self) -> bool:
            return self.instance is None or self.instance.pk is None


class DayColumn(Column):
    """The day itself: Wagtail's date column says how long ago it was, and of days to come "just now"."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        if isinstance(value, datetime):
            value = timezone.localtime(value)
        return date_format(value) if value else ""


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "crosshairs"
    menu_label = _("Campaigns")
    list_display = [
        "name",
        Column("bill_number", label=_("Bill"), sort_key="bill_number"),
        Column("stage", label=_("Stage"), accessor="get_stage_display", sort_key="stage"),
        DayColumn("next_on", label=_("Next date"), sort_key="next_on"),
    ]
    list_filter = ["stage", "position"]
    search_fields = ["name", "bill_number", "bill_title_en", "bill_title_fr", "bill_title_zh"]
    ordering = ["name"]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel([NamePanel("name", placeholder=False), FieldPanel("slug")], heading=_("Campaign")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("bill_number"), FieldPanel("parliament_session")]),
                FieldPanel("bill_title_en"),
                FieldPanel("bill_title_fr"),
                FieldPanel("bill_title_zh"),
                FieldPanel("position"),
            ],
            heading=_("The bill"),
            help_text=_(
                "Leave everything blank when there is no bill. What you fill in is shown on the action's page."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel("stage"), FieldRowPanel([FieldPanel("next_stage"), FieldPanel("next_on")])],
            heading=_("Where it stands"),
        ),
    ]


class BillPositionViewSet(SnippetViewSet):
    model = BillPosition
    icon = "thumbtack"
    menu_label = _("Positions on bills")
    list_display = [
        "__str__",
        Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
        Column("stand", label=_("Position"), accessor="get_stand_display", sort_key="stand"),
        DayColumn("noted_on", label=_("Noted on"), sort_key="noted_on"),
    ]
    list_filter = ["campaign", "stand"]
    search_fields = ["representative__first_name", "representative__last_name", "recipient__name", "campaign__name"]
    ordering = ["-noted_on"]
    copy_view_enabled = False
    panels = [
        HelpPanel(_("Note it for people of all parties alike, and only what they have said or done in public.")),
        MultiFieldPanel(
            [FieldPanel("campaign"), FieldPanel("representative"), FieldPanel("recipient")], heading=_("Who")
        ),
        MultiFieldPanel([FieldPanel("stand"), FieldPanel("source_url"), FieldPanel("noted_on")], heading=_("Position")),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BillPosition]:
        return BillPosition.objects.select_related("campaign", "representative", "recipient")


VIEWSETS: list[type[SnippetViewSet]] = [CampaignViewSet]
POSITION_VIEWSETS: list[type[SnippetViewSet]] = [BillPositionViewSet]
