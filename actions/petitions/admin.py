"""How editors see petitions and their texts. Signatures are no snippets: nobody browses them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn, LocaleColumn, NumberColumn, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn, NamePanel
from actions.petitions.admin_end import PetitionForm
from actions.petitions.models import Petition, PetitionWording, Tally
from actions.petitions.states import ACCEPTING, PetitionState
from actions.readiness.panel import ReadinessPanel
from actions.wordings.admin import UpToDateColumn
from actions.wordings.admin_approve import WordingEditView
from actions.wordings.admin_change import ChangePanel
from actions.wordings.admin_forms import RecordPanel, WordingForm
from actions.wordings.keeping import with_newest_demand


def state_of(petition: Petition) -> PetitionState:
    return petition.state(timezone.now())


def tally_of(petition: Petition) -> Tally:
    return getattr(petition, "tally", None) or Tally(petition=petition)


def what_the_check_found(petition: Petition) -> str:
    """Said only where the nightly check found the number to differ from the signatures."""
    drift = tally_of(petition).drift
    return _("off by %(number)+d") % {"number": drift} if drift else ""


class PetitionViewSet(SnippetViewSet):
    model = Petition
    icon = "edit"
    menu_label = _("Petitions")
    list_display = [
        "name",
        Column("campaign", label=_("Campaign"), sort_key="campaign__name"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=lambda record: state_of(record).label,
            primary=lambda record: state_of(record) in ACCEPTING,
        ),
        NumberColumn(
            "confirmed",
            label=_("Signatures"),
            accessor=lambda record: tally_of(record).confirmed,
            sort_key="tally__confirmed",
        ),
        NumberColumn("paper_signatures", label=_("On paper"), sort_key="paper_signatures"),
        Column("drift", label=_("Check of the count"), accessor=what_the_check_found),
        DayColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
    ]
    list_filter = ["campaign", "is_paused"]
    search_fields = ["name", "campaign__name", "campaign__bill_number"]
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [NamePanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("campaign")],
                heading=_("Petition"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("goal"), FieldPanel("goal_step")]),
                    FieldPanel("paper_signatures"),
                ],
                heading=_("Numbers"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
                    FieldPanel("is_paused"),
                    FieldPanel("asks_challenge"),
                    FieldRowPanel([FieldPanel("won_at"), FieldPanel("archived_at")]),
                ],
                heading=_("When"),
            ),
            MultiFieldPanel([FieldPanel("months_kept")], heading=_("After the end")),
        ],
        base_form_class=PetitionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Petition]:
        return Petition.objects.select_related("campaign", "tally")


class PetitionWordingForm(WordingForm):
    record_field = "petition"
    taken_message = _("This petition already has texts in this language.")


class PetitionWordingViewSet(SnippetViewSet):
    model = PetitionWording
    edit_view_class = WordingEditView
    icon = "doc-full"
    menu_label = _("Petition texts")
    list_display = [
        "title",
        Column("petition", label=_("Petition"), sort_key="petition__name"),
        LocaleColumn(label=_("Language")),
        LiveStatusTagColumn(label=_("Status")),
        UpToDateColumn("up_to_date", label=_("Up to date")),
    ]
    list_filter = ["petition", "live"]
    search_fields = ["title", "petition__name", "text"]
    ordering = ["petition__name", "title"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("title"), RecordPanel("petition")], heading=_("Title")),
            MultiFieldPanel([FieldPanel("target"), FieldPanel("text")], heading=_("What people sign")),
            MultiFieldPanel([FieldPanel("background"), FieldPanel("at_the_goal")], heading=_("Around it")),
            MultiFieldPanel(
                [FieldPanel("thank_you"), FieldPanel("share_text"), FieldPanel("updates")],
                heading=_("After signing"),
            ),
            ChangePanel(),
            ReadinessPanel(),
        ],
        base_form_class=PetitionWordingForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PetitionWording]:
        return with_newest_demand(PetitionWording.objects.select_related("petition"))


VIEWSETS: list[type[SnippetViewSet]] = [PetitionViewSet, PetitionWordingViewSet]
