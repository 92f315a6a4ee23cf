"""How editors see appeals and their texts. Donations are no snippets: the finance role has pages of its own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn, NamePanel
from actions.donations.amounts import format_amount
from actions.donations.models import Appeal, AppealWording
from actions.donations.states import AppealState
from actions.readiness.panel import ReadinessPanel
from actions.wordings.admin import UpToDateColumn
from actions.wordings.admin_approve import WordingEditView
from actions.wordings.admin_change import ChangePanel
from actions.wordings.admin_forms import RecordPanel, WordingForm
from actions.wordings.keeping import with_newest_demand


def state_of(appeal: Appeal) -> AppealState:
    return appeal.state(timezone.now())


def goal_of(appeal: Appeal) -> str:
    return format_amount(appeal.goal_cents) if appeal.goal_cents else ""


class AppealViewSet(SnippetViewSet):
    model = Appeal
    icon = "pick"
    menu_label = _("Appeals")
    list_display = [
        "name",
        Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda record: state_of(record).label,
            primary=lambda record: state_of(record) == AppealState.OPEN,
        ),
        Column("goal", label=_("Goal"), accessor=goal_of, sort_key="goal_cents"),
        DayColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
    ]
    list_filter = ["campaign", "is_paused"]
    search_fields = ["name", "campaign__name"]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [NamePanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("campaign")],
                heading=_("Appeal"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("goal_cents"),
                    FieldRowPanel([FieldPanel("minimum_cents"), FieldPanel("maximum_cents")]),
                    FieldRowPanel([FieldPanel("once_presets"), FieldPanel("once_default")]),
                ],
                heading=_("Amounts"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("offers_monthly"),
                    FieldRowPanel([FieldPanel("monthly_presets"), FieldPanel("monthly_default")]),
                    FieldPanel("default_frequency"),
                    FieldPanel("suggests_monthly"),
                ],
                heading=_("Monthly gifts"),
            ),
            MultiFieldPanel([FieldPanel("offers_fee_cover")], heading=_("Payment fee")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("is_paused"),
                    FieldPanel("archived_at"),
                ],
                heading=_("When"),
            ),
            MultiFieldPanel([FieldPanel("years_kept")], heading=_("After the end")),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        return Appeal.objects.select_related("campaign")


class AppealWordingForm(WordingForm):
    record_field = "appeal"
    taken_message = _("This appeal already has texts in this language.")


class AppealWordingViewSet(SnippetViewSet):
    model = AppealWording
    edit_view_class = WordingEditView
    icon = "doc-full"
    menu_label = _("Appeal texts")
    list_display = [
        "title",
        Column("appeal", label=_("Appeal"), sort_key="appeal__name"),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(label=_("Status")),
        UpToDateColumn("up_to_date", label=_("Up to date")),
    ]
    list_filter = ["appeal", "live"]
    search_fields = ["title", "appeal__name", "text"]
    ordering = ["appeal__name", "title"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), RecordPanel("appeal")], heading=_("Title")),
            MultiFieldPanel([FieldPanel("text"), FieldPanel("background")], heading=_("What the money is for")),
            MultiFieldPanel([FieldPanel("other_ways")], heading=_("Other ways to give")),
            MultiFieldPanel([FieldPanel("thank_you"), FieldPanel("share_text")], heading=_("After giving")),
            ChangePanel(),
            ReadinessPanel(),
        ],
        base_form_class=AppealWordingForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[AppealWording]:
        return with_newest_demand(AppealWording.objects.select_related("appeal"))


VIEWSETS: list[type[SnippetViewSet]] = [AppealViewSet, AppealWordingViewSet]
