"""The pictures with which an appeal is passed on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actions.donations.views import get_ask
from actions.sharing.responses import preview_response, qr_png_response, qr_response, story_response


@require_safe
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    return qr_response(get_ask(slug), file_name=slug)


@require_safe
def qr_png(request: HttpRequest, slug: str) -> HttpResponse:
    return qr_png_response(get_ask(slug), file_name=slug)


@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    return preview_response(request, get_ask(slug))


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    return story_response(request, get_ask(slug), call=_("Give in one minute."), file_name=slug)
