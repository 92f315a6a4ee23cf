"""Nobody deletes ridings or people in office, since letters refer to them; editors untick “sits now” or “in office”."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from actions.representatives.models import Recipient, Representative, Riding


class KeptPolicy(ModelPermissionPolicy):
    """Adding and changing as usual; never deleting, not even for superusers."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and bool(super().user_has_permission(user, action))


def register_policies() -> None:
    for model in (Riding, Representative, Recipient):
        register_permission_policy(model, KeptPolicy(model), exact_class=True)
