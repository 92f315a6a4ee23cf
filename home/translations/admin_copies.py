"""Copies of pages: none stands under another language, and none makes a half-done translation a text of its own.

A copy belongs to no translation, so nothing would ask any more what of it is translated.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from home.translations.guarded import draft_words_left


def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before "Copy": Wagtail keeps the language of a page that is copied below pages of another one."""
    place = request.POST.get("new_parent_page", "")
    parent = Page.objects.filter(pk=place).first() if place.isascii() and place.isdecimal() else None
    if parent is not None and parent.locale_id != page.locale_id:
        return _refused(request, page, other_language())
    with_pages_below = "copy_subpages" in request.POST
    for one in page.get_descendants(inclusive=True).specific() if with_pages_below else [page.specific]:
        if draft_words_left(one):
            return _refused(
                request, page, _("Not copied: the translation “%(title)s” is not finished.") % {"title": one}
            )
    return None


def refuse_conversion(request: HttpRequest, alias: Page) -> HttpResponse | None:
    """Hook before "Convert": the other way round, an ordinary page with the words of another language."""
    original = alias.alias_of
    if original is None or original.locale_id == alias.locale_id:
        return None
    return _refused(request, alias, other_language())


def other_language() -> str:
    return _("A copy in another language is not shown on this site. Translate the page instead.")


def _refused(request: HttpRequest, page: Page, words: str) -> HttpResponse:
    messages.error(request, words)
    parent = page.get_parent()
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[parent.pk if parent else page.pk]))
