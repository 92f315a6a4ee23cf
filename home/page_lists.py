"""Flat lists of one type of page in the admin's menu."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.pages import PageListingViewSet


class PageListMenuItem(MenuItem):
    """Shown to who may open the list; Wagtail's own is shown to everybody and sends them back."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(user_has_any_page_permission(request.user))


class PageListViewSet(PageListingViewSet):
    menu_item_class = PageListMenuItem
