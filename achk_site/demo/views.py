"""The demo's mailbox: every mail that would have left, so that a newcomer can press the link in it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from achk_site.demo.mailbox import newest_mails, read_mail

_FRONT_PAGES = {code: f"/{code}/" for code, _name in settings.LANGUAGES}


@require_safe
@cache_control(private=True, no_store=True)
def mailbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": newest_mails(), "alternates": _FRONT_PAGES})


@require_safe
@cache_control(private=True, no_store=True)
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = read_mail(name, hosts={request.get_host(), urlsplit(settings.SITE_URL).netloc})
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found, "alternates": _FRONT_PAGES})
