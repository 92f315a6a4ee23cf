"""What a new action still needs before people can take part: shown on its own row of the front page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from actions.pages import ActionPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MOST_PAGES = 20


@dataclass(frozen=True)
class Step:
    text: str
    url: str


def with_first_text(rows: Any) -> Any:
    """Add ``is_out``, whether a text is published: else nobody can take part; ``first_text`` is the oldest one."""
    field = rows.model._meta.get_field("wordings")
    texts = field.related_model._default_manager.filter(**{field.field.name: OuterRef("pk")})
    first = texts.order_by("pk").values("pk")[:1]
    return rows.annotate(is_out=Exists(texts.filter(live=True)), first_text=Subquery(first))


def steps_of(user: AbstractBaseUser, record: Any) -> list[Step]:
    """Return what the user may do about an action that is not out; ``record`` comes from ``with_first_text``."""
    if record.is_out:
        return []
    text = record._meta.get_field("wordings").related_model
    found = []
    if record.first_text is None:
        if _may(user, text, "add"):
            found.append(Step(_("Write its text"), reverse(text.snippet_viewset.get_url_name("add"))))
    elif _may(user, text, "change"):
        found.append(Step(_("Finish its text"), _edit_url(text, record.first_text)))
    if _may(user, type(record), "change"):
        found.append(Step(_("Look through its settings"), _edit_url(type(record), record.pk)))
    return found


def page_drafts(user: AbstractBaseUser, campaigns: Collection[int]) -> QuerySet[ActionPage]:
    """Return the pages of these campaigns that were never published in any language and that the user may change."""
    mine = PagePermissionPolicy(ActionPage).instances_user_has_any_permission_for(user, {"change"})
    live = ActionPage.objects.filter(translation_key=OuterRef("translation_key"), first_published_at__isnull=False)
    drafts = mine.filter(campaign__in=campaigns, first_published_at=None, alias_of=None).exclude(Exists(live))
    found: QuerySet[ActionPage] = drafts.order_by("pk")[:MOST_PAGES]
    return found


def _may(user: AbstractBaseUser, model: type[Any], word: str) -> bool:
    return bool(policy_registry.get_by_type(model).user_has_permission(user, word))


def _edit_url(model: type[Any], pk: int) -> str:
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[pk])
