"""What staff see of the outbox: a warning when no worker is running, and how much waits since when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from actions.outbox.services import is_worker_silent, last_seen, waiting


class WorkerPanel(Component):
    """The banner on the admin's front page; empty while a worker runs."""

    name = "worker_silent"
    template_name = "actions/admin/worker_silent.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"last_seen": last_seen(), **waiting()}

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        return super().render_html(parent_context) if is_worker_silent(timezone.now()) else ""


class WorkerItem(MenuItem):
    """The same warning in the menu of every admin page, leading to the banner."""

    def __init__(self) -> None:
        super().__init__(
            _("No mail leaves"), reverse("wagtailadmin_home"), name="worker-silent", icon_name="warning", order=-10
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return is_worker_silent(timezone.now())
