"""Publishing a translation opens no page, and closes none that is public: who may read it is decided for that page.

wagtail-localize writes the original's restriction over the translation's whenever it makes or publishes one: a page
that was private in one language alone became public, and one for a group was left to nobody
(``TranslationSource.sync_view_restrictions`` in https://github.com/wagtail/wagtail-localize, models.py). Here a
translation takes its original's restriction once, before it is public for the first time; afterwards whoever publishes
is told where the two differ.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_save
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import TranslationSource

from home.translations.missing import translation_of

READERS_URL = "translations_readers"


def take_over(original: Page, page: Page, *, user: Any = None) -> None:
    """Close a translation like its original, or like what stands above that, unless it is closed as much already.

    A reader has to pass every restriction on the way to a page, so groups go before "whoever is logged in".
    """
    theirs = original.get_view_restrictions().order_by("restriction_type", "-page__depth").first()  # "groups", "login"
    if theirs is None:
        return
    as_strict = {theirs.restriction_type, PageViewRestriction.GROUPS}
    if page.get_view_restrictions().filter(restriction_type__in=as_strict).exists():
        return
    mine = page.view_restrictions.first() or PageViewRestriction(page=page)
    mine.restriction_type, mine.password = theirs.restriction_type, theirs.password
    mine.save(user=user)
    mine.groups.set(theirs.groups.all())


@transaction.atomic
def adopt(*, original: Page, page: Page, user: Any) -> None:
    """Somebody decided that who may read the original may read the translation; the history names them."""
    for own in page.view_restrictions.all():
        own.delete(user=user)
    take_over(original, page, user=user)


def before_first_publication(source: TranslationSource, original: Any, translation: Any) -> None:
    """In place of ``sync_view_restrictions``: a page that is public stays as it is."""
    if isinstance(translation, Page) and not translation.live:
        take_over(original, translation)


def on_first_publication(sender: type, instance: Any, *, raw: bool = False, **kwargs: Any) -> None:
    """By workflow or at a set time: the original may have been closed since the translation was begun.

    Before the page is written as public, so that it is not open for a moment, nor for good where its process dies.
    """
    if raw or not isinstance(instance, Page) or instance.pk is None or not instance.live:
        return
    if instance.first_published_at is None or instance.first_published_at != instance.last_published_at:
        return
    is_first = Page.objects.filter(pk=instance.pk, live=False, first_published_at=None).exists()
    if is_first and (original := original_of(instance)) is not None:
        take_over(original, instance)


def original_of(page: Page) -> Page | None:
    """Return the page of which this one is a translation that is kept in step, if it is one."""
    translation = translation_of(page)
    found = translation.source.get_source_instance() if translation else None
    return found if isinstance(found, Page) else None


def who_may_read(page: Any) -> str:
    """Say who may read a published translation where that is not everybody, or not as with its original; else blank."""
    original = original_of(page) if isinstance(page, Page) else None
    if original is None:
        return ""
    is_private, original_is = (one.get_view_restrictions().exists() for one in (page, original))
    if is_private and original_is:
        return _("This page is private, as its original is.")
    if is_private:
        return _("This page is private, although everybody may read its original.")
    return _("Everybody may read this page, although its original is private.") if original_is else ""


def tell(request: HttpRequest, page: Any, *, before: str = "") -> None:
    """Also a hook: after a page was published."""
    if words := who_may_read(page):
        button = messages.button(reverse(READERS_URL, args=[page.pk]), _("Who may read it"))
        messages.warning(request, before + words, buttons=[button])


def connect() -> None:
    TranslationSource.sync_view_restrictions = before_first_publication
    pre_save.connect(on_first_publication, dispatch_uid="translations.restrictions")
