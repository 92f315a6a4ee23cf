"""Adds resources and events to the admin's menu."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column

from actions.campaigns.admin import DayColumn
from home.page_lists import PageListViewSet
from resources.library import ResourcePage


class ResourcesViewSet(PageListViewSet):
    """A flat list, the latest version first."""

    model = ResourcePage
    icon = "folder-open-inverse"
    menu_label = _("Resources")
    name = "resources"
    add_to_admin_menu = True
    menu_order = 145
    ordering = ["-version_on"]
    list_filter = {"kind": ["exact"], "version_on": ["gte", "lte"], "locale": ["exact"]}
    columns = [
        *PageListViewSet.columns[:2],
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="12%"),
        Column("version", label=_("Version"), width="8%"),
        DayColumn("version_on", label=_("Date"), sort_key="version_on", width="12%"),
        *PageListViewSet.columns[-1:],
    ]


@hooks.register("register_admin_viewset")
def resources() -> ResourcesViewSet:
    return ResourcesViewSet()
