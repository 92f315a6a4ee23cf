"""Who may translate what, and who does nothing else."""

from __future__ import annotations

from typing import Any

from wagtail.models import DraftStateMixin, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

SUBMIT = "wagtail_localize.submit_translation"
# What a translator holds besides the right to change each kind of text.
_BESIDES = frozenset({"wagtailadmin.access_admin", SUBMIT})


def may_translate(user: Any, model: type[Any]) -> bool:
    """Whether the user may change texts of this kind, and so type translations of them."""
    if issubclass(model, Page):
        return bool(PagePermissionPolicy().user_has_any_permission(user, {"change"}))
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "change"))


def may_publish_kind(user: Any, model: type[Any]) -> bool:
    """Whether the user may let texts of this kind go live; for pages, somewhere in the tree."""
    if issubclass(model, Page):
        return bool(PagePermissionPolicy().user_has_any_permission(user, {"publish"}))
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "publish"))


def may_publish(user: Any, record: Any) -> bool:
    """Whether the user may let the record go live."""
    if isinstance(record, Page):
        return bool(record.permissions_for_user(user).can_publish())
    word = "publish" if isinstance(record, DraftStateMixin) else "change"
    return bool(policy_registry.get_by_type(type(record)).user_has_permission(user, word))


def only_translates(user: Any) -> bool:
    """Whether translating is all that the user's roles are about: they add and publish nothing."""
    if not user.is_active or user.is_superuser or not user.has_perm(SUBMIT):
        return False
    if PagePermissionPolicy().user_has_any_permission(user, {"add", "publish"}):
        return False
    held = user.get_all_permissions() - _BESIDES
    return all(name.partition(".")[2].startswith("change_") for name in held)
