"""How editors see letter campaigns and their texts. Letters themselves are no snippets: nobody browses them."""

from __future__ import annotations

from django.db.models import Case, QuerySet, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, NumberColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn, NamePanel
from actions.campaigns.models import BillStage
from actions.letters.admin_forms import LetterCampaignForm, LetterWordingForm
from actions.letters.admin_outlook import WaitingColumn
from actions.letters.admin_state import StateColumn
from actions.letters.admin_steering import BalancePanel, steering_panels
from actions.letters.models import LetterCampaign, LetterWording
from actions.readiness.panel import ReadinessPanel
from actions.wordings.admin import UpToDateColumn
from actions.wordings.admin_approve import WordingEditView
from actions.wordings.admin_change import ChangePanel
from actions.wordings.admin_forms import RecordPanel
from actions.wordings.keeping import with_newest_demand


def confirmed_letters(letter_campaign: LetterCampaign) -> int:
    tally = getattr(letter_campaign, "tally", None)
    return tally.confirmed if tally else 0


class LetterCampaignViewSet(SnippetViewSet):
    model = LetterCampaign
    icon = "mail"
    menu_label = _("Letter campaigns")
    list_display = [
        "name",
        Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
        Column("stage", label=_("Stage"), accessor="get_stage_display", sort_key="stage_order"),
        StateColumn("availability", label=_("State")),
        NumberColumn(
            "confirmed", label=_("Letters passed on"), accessor=confirmed_letters, sort_key="tally__confirmed"
        ),
        WaitingColumn("waiting", label=_("Waiting")),
        DayColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
    ]
    list_filter = ["campaign", "stage", "is_paused", "is_stopped"]
    search_fields = ["name", "campaign__name", "campaign__bill_number"]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [NamePanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("campaign"), FieldPanel("stage")],
                heading=_("Letter campaign"),
            ),
            InlinePanel(
                "targets",
                heading=_("Whom the letters go to"),
                label=_("Recipient"),
                min_num=1,
                help_text=_(
                    "Each person gets a letter of their own. Persons other than MPs are kept under “Other recipients”. "
                    "Who stands in is written to while nobody sits for the riding: choose people of several parties."
                ),
                panels=[FieldPanel("kind"), FieldPanel("recipient"), FieldPanel("delivery")],
            ),
            BalancePanel(),
            *steering_panels(),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]), FieldPanel("useless_after")],
                heading=_("When"),
            ),
            MultiFieldPanel(
                [FieldPanel("asks_street_address"), FieldPanel("may_edit_text"), FieldPanel("asks_challenge")],
                heading=_("The form"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("pace_per_hour"),
                    FieldPanel("is_in_office_hours"),
                    FieldRowPanel([FieldPanel("office_opens"), FieldPanel("office_closes")]),
                    HelpPanel(template="actions/admin/stop_link.html"),
                ],
                heading=_("Pace and stop"),
            ),
            MultiFieldPanel([FieldPanel("asks_for_answers")], heading=_("After the letter")),
        ],
        base_form_class=LetterCampaignForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterCampaign]:
        order = Case(*(When(stage=stage, then=number) for number, stage in enumerate(BillStage)), default=-1)
        return LetterCampaign.objects.select_related("campaign", "tally").annotate(stage_order=order)


class LetterWordingViewSet(SnippetViewSet):
    model = LetterWording
    edit_view_class = WordingEditView
    icon = "doc-full"
    menu_label = _("Letter texts")
    list_display = [
        "title",
        Column("letter_campaign", label=_("Letter campaign"), sort_key="letter_campaign__name"),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(label=_("Status")),
        UpToDateColumn("up_to_date", label=_("Up to date")),
    ]
    list_filter = ["letter_campaign", "live"]
    search_fields = ["title", "letter_campaign__name", "letter_subjects", "letter_body"]
    ordering = ["letter_campaign__name", "title"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), RecordPanel("letter_campaign")],
                heading=_("Title"),
            ),
            MultiFieldPanel(
                [FieldPanel("introduction"), FieldPanel("talking_points")],
                heading=_("Before the letter"),
            ),
            MultiFieldPanel([FieldPanel("letter_subjects"), FieldPanel("letter_body")], heading=_("The letter")),
            MultiFieldPanel([FieldPanel("phone_script")], heading=_("On the phone")),
            MultiFieldPanel([FieldPanel("variants", heading=_("Other texts"))], heading=_("For some recipients")),
            MultiFieldPanel([FieldPanel("thank_you"), FieldPanel("share_text")], heading=_("After the letter")),
            ChangePanel(),
            ReadinessPanel(),
        ],
        base_form_class=LetterWordingForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[LetterWording]:
        return with_newest_demand(LetterWording.objects.select_related("letter_campaign"))


VIEWSETS: list[type[SnippetViewSet]] = [LetterCampaignViewSet, LetterWordingViewSet]
