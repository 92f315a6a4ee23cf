"""Gathers what the rooms add to the admin: one menu, the front page, the page of letters to decide."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from actions.campaigns import admin as campaigns
from actions.desk import admin_start
from actions.desk.panel import CampaignsPanel
from actions.donations import admin as donations
from actions.donations import admin_copy as donations_copy
from actions.donations import (
    admin_deposits,
    admin_donation,
    admin_donations,
    admin_end,
    admin_offline,
    admin_overview,
    admin_refund,
)
from actions.donations import admin_find as donations_find
from actions.events import admin as events
from actions.events import admin_places as events_places
from actions.exports import admin as exports
from actions.front_page import WaitingPanel
from actions.front_page_work import WorkPanel
from actions.letters import admin as letters
from actions.letters import admin_addresses
from actions.letters import admin_copy as letters_copy
from actions.letters import admin_deliveries as deliveries
from actions.letters import admin_progress as progress
from actions.letters import admin_share as letters_share
from actions.letters import admin_site_stop as letters_stop_all
from actions.letters import admin_steering as letters_steering
from actions.letters import admin_stop as letters_stop
from actions.letters import admin_totals as totals
from actions.letters import admin_trial as letters_trial
from actions.letters import admin_views as letters_to_decide
from actions.outbox.admin import WorkerItem, WorkerPanel
from actions.petitions import admin as petitions
from actions.petitions import admin_comments, admin_find, admin_floods, admin_invalidate, admin_signatures
from actions.petitions import admin_copy as petitions_copy
from actions.petitions import admin_end as petitions_end
from actions.petitions import admin_house as petitions_house
from actions.petitions import admin_share as petitions_share
from actions.privacy import admin as privacy
from actions.readiness import alone, telling
from actions.representatives import admin as representatives
from actions.subscribers import admin as subscribers
from actions.subscribers import admin_list as subscribers_list
from actions.subscribers import admin_send as subscribers_send
from actions.wordings import admin as wordings
from actions.wordings import admin_keep as wordings_keep
from actions.wordings.log_entries import register_log_entries

SUBMENU_HOOK = "register_campaigns_menu_item"
DONATIONS_HOOK = "register_donations_menu_item"
GRANTABLE = (
    *("resolve_letterdelivery", "send_update", "view_signature", "decide_signature", "moderate_comment"),
    *("find_signature", "invalidate_signature", "export_signature", "export_subscriber", "export_eventsignup"),
    *("view_accesslog", "erase_person"),
    *("view_donation", "refund_donation", "end_donation", "add_offline_donation", "export_donation"),
)


@register_snippet
class CampaignsGroup(SnippetViewSetGroup):
    menu_label = _("Campaigns")
    menu_name = "campaigns"
    menu_icon = "crosshairs"
    menu_order = 150
    submenu_hook = SUBMENU_HOOK
    items = (
        *campaigns.VIEWSETS,
        *letters.VIEWSETS,
        *petitions.VIEWSETS,
        *donations.VIEWSETS,
        *petitions_house.VIEWSETS,
        *events.VIEWSETS,
        *subscribers.VIEWSETS,
        *representatives.VIEWSETS,
        *campaigns.POSITION_VIEWSETS,
    )


hooks.register(SUBMENU_HOOK, letters_to_decide.LettersToDecideItem)
hooks.register(SUBMENU_HOOK, deliveries.menu_item)
hooks.register(SUBMENU_HOOK, totals.TotalsItem)
hooks.register(SUBMENU_HOOK, admin_signatures.list_item)
hooks.register(SUBMENU_HOOK, admin_signatures.undecided_item)
hooks.register(SUBMENU_HOOK, admin_comments.menu_item)
hooks.register(SUBMENU_HOOK, admin_find.menu_item)
hooks.register(SUBMENU_HOOK, subscribers_list.SubscribersItem)
hooks.register(SUBMENU_HOOK, exports.ExportsItem)
for finance in (admin_overview, admin_donations, admin_deposits, admin_offline, donations_find):
    hooks.register(DONATIONS_HOOK, finance.menu_item)
hooks.register("register_admin_menu_item", WorkerItem)
hooks.register("register_reports_menu_item", privacy.erase_item)
hooks.register("register_reports_menu_item", privacy.log_item)
hooks.register("register_snippet_listing_buttons", letters_stop.listing_button)
hooks.register("register_snippet_listing_buttons", letters_trial.listing_button)
# Before wagtail-localize's own, which answers with its editor; after home's, which refuse what is half translated.
hooks.register("before_edit_snippet", wordings.ask_about_translation, order=-2)
hooks.register("before_edit_snippet", wordings.tell_when_behind, order=-1)
# After our questions about the text, before wagtail-localize's editor.
hooks.register("before_edit_snippet", alone.before_editing, order=-1)
hooks.register("before_edit_page", alone.before_editing, order=-1)
hooks.register("before_create_page", alone.before_making_a_page)
hooks.register("before_copy_page", alone.before_making_a_page)
hooks.register("before_publish", alone.before_publishing)
hooks.register("before_publish_page", alone.before_publishing)
hooks.register("before_publish_translation", alone.before_publishing)
hooks.register("before_bulk_action", alone.before_bulk)
hooks.register("after_publish", telling.after_publishing)
hooks.register("after_publish_page", telling.after_publishing)
hooks.register("after_edit_page", telling.after_approving)
hooks.register("after_edit_snippet", telling.after_approving)
hooks.register("after_edit_snippet", events.say_who_hears)
hooks.register("register_log_actions", alone.register_log_entry)
hooks.register("register_snippet_listing_buttons", wordings_keep.listing_button)
hooks.register("register_log_actions", register_log_entries)
hooks.register("register_log_actions", petitions_end.register_log_entry)
hooks.register("after_create_snippet", letters_steering.warn_when_one_sided)
hooks.register("after_edit_snippet", letters_steering.warn_when_one_sided)
hooks.register("after_create_snippet", petitions_house.tell_what_the_check_found)
hooks.register("after_edit_snippet", petitions_house.tell_what_the_check_found)
hooks.register("after_edit_snippet", petitions_end.tell_how_long_it_can_be_changed)
hooks.register("register_snippet_listing_buttons", letters_copy.listing_button)
hooks.register("register_snippet_listing_buttons", petitions_copy.CopyView.listing_button)
hooks.register("register_snippet_listing_buttons", donations_copy.CopyView.listing_button)
hooks.register("register_snippet_listing_buttons", progress.listing_button)
hooks.register("register_snippet_listing_buttons", subscribers_send.listing_button)
hooks.register("register_snippet_listing_buttons", events_places.listing_button)
hooks.register("register_snippet_listing_buttons", letters_share.listing_button)
hooks.register("register_snippet_listing_buttons", petitions_share.listing_button)
hooks.register("register_snippet_listing_buttons", admin_floods.listing_button)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    return [
        *admin_start.URLS,
        *letters_to_decide.URLS,
        *deliveries.URLS,
        *progress.URLS,
        *totals.URLS,
        *letters_stop.URLS,
        *letters_stop_all.URLS,
        *letters_copy.URLS,
        *petitions_copy.URLS,
        *donations_copy.URLS,
        *letters_trial.URLS,
        *admin_addresses.URLS,
        *admin_signatures.URLS,
        *admin_comments.URLS,
        *admin_find.URLS,
        *events_places.URLS,
        *privacy.URLS,
        *admin_floods.URLS,
        *admin_invalidate.URLS,
        *subscribers_send.URLS,
        *subscribers_list.URLS,
        *letters_share.URLS,
        *petitions_share.URLS,
        *petitions_house.URLS,
        *wordings_keep.URLS,
        *exports.URLS,
        *admin_overview.URLS,
        *admin_donations.URLS,
        *admin_deposits.URLS,
        *admin_offline.URLS,
        *admin_refund.URLS,
        *admin_end.URLS,
        *donations_find.URLS,
        *admin_donation.URLS,
    ]


@hooks.register("register_admin_menu_item")
def donations_menu() -> SubmenuMenuItem:
    """Shown to who may open one of its pages."""
    menu = Menu(register_hook_name=DONATIONS_HOOK)
    return SubmenuMenuItem(_("Donations"), menu, name="donations", icon_name="pick", order=130)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an administrator can grant to a group beyond the snippets' own permissions."""
    return Permission.objects.filter(content_type__app_label="actions", codename__in=GRANTABLE)


@hooks.register("construct_homepage_panels")
def front_page(request: HttpRequest, panels: list[Any]) -> None:
    ours = (
        *(WorkerPanel, WaitingPanel, CampaignsPanel, WorkPanel),
        *(letters_stop_all.SiteStopPanel, letters_stop.StopPanel),
    )
    panels.extend(panel() for panel in ours)
