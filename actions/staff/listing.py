"""The frame of a long list in the admin: for whom, which page, how many rows at most are counted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import BaseListingView

from actions.staff.paging import MOST_COUNTED, Course, Leaf, leaf
from actions.staff.several import MOST_AT_ONCE


class LeafedView(BaseListingView):
    """A list for those with ``permission`` that is leafed through along ``course`` and never counted to its end."""

    permission: str
    course: Course = Course(("pk",))
    page_kwarg = "at"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """All rows that match the filters and the search."""
        return super().get_queryset()

    @cached_property
    def leaf(self) -> Leaf:
        return leaf(self.matching, self.request.GET.get(self.page_kwarg, ""), size=MOST_AT_ONCE, course=self.course)

    def get_queryset(self) -> list[Any]:
        return self.leaf.rows

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["leaf"] = self.leaf
        context["count"] = self.course.count_up_to(self.matching)
        context["most_counted"] = MOST_COUNTED
        return context


class PermittedItem(MenuItem):
    """A menu entry for those who may open its page."""

    def __init__(self, label: Any, url_name: str, *, permission: str, icon_name: str, order: int) -> None:
        super().__init__(label, reverse(url_name), name=url_name.replace("_", "-"), icon_name=icon_name, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))
