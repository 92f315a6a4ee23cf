"""When the index follows: after whatever editors publish, move or take away, and every night for all."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, published, unpublished

from actions import registry
from actions.wordings.models import Wording
from search.indexing import forget_wording, index_all, index_page, index_wording
from search.records import KINDS, wordings_on


def _follow_page(sender: type, instance: Page, **kwargs: Any) -> None:
    """After the commit, when Wagtail has noted which actions stand on the page."""
    before = wordings_on(instance)
    transaction.on_commit(partial(_index_page_and_actions, instance.pk, before))


def _index_page_and_actions(page_id: int, before: list[Wording]) -> None:
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return
    index_page(page)
    for wording in {(type(one), one.pk): one for one in (*before, *wordings_on(page))}.values():
        index_wording(wording)


def _follow_wording(sender: type, instance: Any, **kwargs: Any) -> None:
    transaction.on_commit(partial(index_wording, instance))


def _follow_deletion(sender: type, instance: Any, **kwargs: Any) -> None:
    transaction.on_commit(partial(forget_wording, instance))


def _index_all(_now: datetime) -> None:
    index_all()


def register() -> None:
    for signal in (page_published, page_unpublished):
        signal.connect(_follow_page, dispatch_uid="search")
    for kind in KINDS:
        for snippet_signal in (published, unpublished):
            snippet_signal.connect(_follow_wording, sender=kind.model, dispatch_uid="search")
        post_delete.connect(_follow_deletion, sender=kind.model, dispatch_uid="search")
    registry.register_job(registry.PeriodicJob("search.index", timedelta(days=1), _index_all))
