"""Registers what the admin has about translations and uploads; each thing lives in the file that names it."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.views.account import AvatarSettingsPanel

from home.translations import (
    admin_copies,
    admin_editor,
    admin_instead,
    admin_keep,
    admin_list,
    admin_readers,
    desk,
    keeping,
    restrictions,
)
from home.uploads.forms import PortraitForm

# Before wagtail-localize's own, which answers with its editor, and before the questions about changed texts.
for name in ("before_edit_page", "before_edit_snippet"):
    hooks.register(name, admin_editor.keep_to_translations, order=-5)
    hooks.register(name, admin_editor.refuse_half_translated, order=-4)
for name in ("before_delete_page", "before_move_page", "before_copy_page", "before_unpublish_page"):
    hooks.register(name, admin_editor.refuse_translators)
hooks.register("before_convert_alias_page", admin_editor.refuse_translators)
hooks.register("before_convert_alias_page", admin_copies.refuse_conversion)
hooks.register("before_copy_page", admin_copies.refuse_copy)
for name in ("before_publish", "before_publish_page"):
    hooks.register(name, admin_editor.refuse_source_words, order=-1)
hooks.register("after_publish_page", restrictions.tell)
hooks.register("before_bulk_action", admin_editor.refuse_in_bulk)
hooks.register("register_admin_menu_item", admin_list.menu_item)
hooks.register("register_log_actions", keeping.register_log_entries)
hooks.register("construct_main_menu", desk.shorten_menu)
hooks.register("construct_reports_menu", desk.without_their_report)
hooks.register("construct_page_action_menu", desk.without_copies)
hooks.register("construct_homepage_panels", desk.show, order=100)  # after every other panel
hooks.register("construct_homepage_summary_items", desk.without_summary, order=100)  # after every other item
# Before wagtail-localize's own addresses.
hooks.register("register_admin_urls", lambda: admin_instead.URLS, order=-1)
hooks.register(
    "register_admin_urls", lambda: [*admin_list.URLS, *admin_keep.URLS, *admin_editor.URLS, *admin_readers.URLS]
)


@hooks.register("insert_global_admin_js")
def name_fields() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/admin-names.js"))


# Wagtail has a setting for the forms of pictures and documents, but none for this one.
AvatarSettingsPanel.form_class = PortraitForm
