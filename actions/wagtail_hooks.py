"""Gathers the rooms' admin pages into one menu; nothing else lives here."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from actions.representatives.admin import VIEWSETS as REPRESENTATIVES


class CampaignsGroup(SnippetViewSetGroup):
    menu_label = _("Campaigns")
    menu_icon = "form"
    menu_order = 150
    items = tuple(REPRESENTATIVES)


register_snippet(CampaignsGroup)
