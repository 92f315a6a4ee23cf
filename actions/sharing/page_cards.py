"""The picture beside a link to any page of the site: its title, drawn, and a line under it.

A kind of page may say that line in ``card_line``, and other words than its title in ``card_title``. What has a picture
of its own (an article's photograph, an action's preview) needs no card.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from actions.listing import listed_apart
from actions.sharing.asks import Preview
from actions.sharing.responses import drawn_response
from home.languages import current_language


def card_of(page: Any) -> Preview | None:
    """Return a page's card, or None for what is no page of the tree yet. No query beyond those of ``card_line``."""
    if not isinstance(page, Page) or not page.pk:
        return None
    title, line = _words(page)
    alt = listed_apart(filter(None, (title, line)))
    mark = hashlib.sha256(alt.encode()).hexdigest()[:8]
    return Preview(f"{settings.SITE_URL}{reverse('actions:page_card', args=[page.pk])}?v={mark}", line, alt)


def card_address(page: Page) -> str:
    """Return the absolute address of the card of a page of the tree."""
    card = card_of(page)
    return card.url if card else ""


@require_safe
def page_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the card of a page that anybody may read, in its language; 404 for any other, so that no draft shows."""
    pages = Page.objects.live().public().filter(locale__language_code=current_language())
    page = pages.filter(pk=pk, depth__gt=1).first()
    if page is None:
        raise Http404
    title, line = _words(page.specific)
    return drawn_response(request, title=title, line=line, language=current_language())


def _words(page: Page) -> tuple[str, str]:
    return str(getattr(page, "card_title", "") or page.title), str(getattr(page, "card_line", ""))


urlpatterns = [path("cards/<int:pk>.png", page_card, name="page_card")]
