"""How staff write updates. Subscribers are no snippets: nobody browses them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.campaigns.admin import DayColumn
from actions.subscribers.update_models import Update, UpdateRun
from home.languages import SUFFIXES

LANGUAGE_HEADINGS = {"en": gettext_lazy("English"), "fr": gettext_lazy("French"), "zh": gettext_lazy("Chinese")}


class UpdateForm(WagtailAdminModelForm):
    """Wants a whole text in one language at least, and leaves what is on its way as it is."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and UpdateRun.objects.filter(pk=self.instance.pk).exists():
            raise ValidationError(_("This update is on its way or was sent: it cannot be changed any more."))
        parts = ("subject", "body")
        halves = {code: [bool(cleaned.get(f"{part}_{code}")) for part in parts] for code in SUFFIXES.values()}
        for suffix, (has_subject, has_body) in halves.items():
            if has_subject != has_body:
                missing = "body" if has_subject else "subject"
                self.add_error(f"{missing}_{suffix}", _("Subject and text belong together: fill in both or neither."))
        if not any(any(half) for half in halves.values()):
            raise ValidationError(_("Write a subject and a text in one language at least."))
        return cleaned


def state_of(update: Update) -> str:
    run = getattr(update, "run", None)
    return run.get_state_display() if run else _("draft")


class UpdateViewSet(SnippetViewSet):
    model = Update
    icon = "mail"
    menu_label = gettext_lazy("Updates")
    list_display = [
        "name",
        Column("campaign", label=gettext_lazy("Campaign"), sort_key="campaign__name"),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        DayColumn("created_at", label=gettext_lazy("Begun on"), sort_key="created_at"),
    ]
    list_filter = ["campaign"]
    search_fields = ["name", "subject_en", "subject_fr", "subject_zh"]
    ordering = ["-created_at"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            HelpPanel(template="actions/admin/update_link.html"),
            FieldPanel("name"),
            *(
                MultiFieldPanel([FieldPanel(f"subject_{suffix}"), FieldPanel(f"body_{suffix}")], heading=heading)
                for suffix, heading in LANGUAGE_HEADINGS.items()
            ),
            MultiFieldPanel(
                [
                    FieldPanel("campaign"),
                    FieldRowPanel([FieldPanel("language"), FieldPanel("province")]),
                    FieldPanel("riding"),
                ],
                heading=gettext_lazy("To whom"),
                help_text=gettext_lazy(
                    "Everything empty: to everybody on the list. You see the number before you send."
                ),
            ),
        ],
        base_form_class=UpdateForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Update]:
        return Update.objects.select_related("campaign", "run")


VIEWSETS: list[type[SnippetViewSet]] = [UpdateViewSet]
