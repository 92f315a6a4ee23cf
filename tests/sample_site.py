"""A small site of our own for the request tests: a public page, a protected form, a page that misbehaves."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template
from django.urls import path

from achk_site.urls import urlpatterns as site_patterns
from actions.protection.decorators import public_form

handler400 = "actions.protection.stop_pages.bad_request"

PAGE = Template(
    """{% load protection_tags static %}<!doctype html><html lang="en"><title>Sample</title>
    <form method="post" action="/en/sample/form/" data-action="letter">{% protection_fields "letter" %}
    <label>Name <input name="name"></label>
    <label>Words <textarea name="body" maxlength="20" data-count="#left"></textarea></label>
    <span id="left" data-left="{n} characters left"></span>
    <button name="step" value="send">Send</button></form>
    <p><button type="button" data-copy="#link" data-copied="Copied" data-not-copied="Please copy it by hand" hidden>
    Copy</button> <output></output></p><p id="link">https://example.org/</p>
    <script type="module" src="{% static 'js/action-form.js' %}"></script></html>"""
)


def page(request: HttpRequest) -> HttpResponse:
    # With the request in the context all of the project's context processors run, as on real pages.
    return HttpResponse(PAGE.render(RequestContext(request)))


@public_form("letter")
def form(request: HttpRequest) -> HttpResponse:
    """Accepts whatever has a name; the answer names the verdict so that tests can see it."""
    if request.method != "POST":
        return page(request)
    if not request.POST.get("name"):
        return HttpResponse("Please say your name.", status=422)
    protection = request.protection
    return JsonResponse(
        {"verdict": protection.verdict, "reasons": list(protection.reasons), "has_token": protection.token is not None}
    )


def count(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"count": 100}, headers={"Cache-Control": "public, max-age=10"})


def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("<p>hello</p>")
    response.set_cookie("seen", "1")
    return response


def with_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>{request.session.get('name', 'nobody')}</p>")


def token_page(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("<p>secret</p>")
    response["Cache-Control"] = "no-store"
    return response


urlpatterns = [
    *i18n_patterns(
        path("sample/page/", page),
        path("sample/form/", form),
        path("sample/count.json", count),
        path("sample/cookie/", with_cookie),
        path("sample/session/", with_session),
        path("sample/token/", token_page),
    ),
    *site_patterns,
]
