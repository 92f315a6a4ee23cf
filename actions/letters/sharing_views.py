"""How a letter campaign is passed on: its share kit, its QR code and its picture for stories."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.letters.asks import Ask
from actions.letters.steps import get_ask
from actions.sharing.links import ShareKit
from actions.sharing.responses import qr_response, story_response
from home.site_settings import SiteSettings


def kit_of(ask: Ask) -> ShareKit:
    """Return what passes the campaign on, in the language of its texts."""
    return ShareKit(url=address_of(ask), text=(ask.wording.share_text if ask.wording else "") or ask.title)


def address_of(ask: Ask) -> str:
    return settings.SITE_URL + ask.url()


@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The QR code of the campaign's own page in the page's language."""
    return qr_response(url=address_of(get_ask(slug)), file_name=slug)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """The upright picture with title, address and QR code."""
    ask = get_ask(slug)
    return story_response(
        title=ask.title,
        call=_("Write to your MP in one minute.") if ask.writes_to_own_mp else _("Write a letter with us."),
        url=address_of(ask),
        organisation=SiteSettings.for_request(request).organisation_name,
        language=ask.wording.language if ask.wording else ask.language,
        file_name=slug,
    )
