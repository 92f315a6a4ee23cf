"""Each kind of page carries its policy; none lets an injected script run."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput

from achk_site.middleware.security_headers import SecurityHeadersMiddleware

PAGE = "/en/sample/page/"
pytestmark = pytest.mark.django_db


def policy_of(response) -> dict[str, list[str]]:
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def answer(path: str, html: str = "", **attributes) -> HttpResponse:
    request = RequestFactory().get(path)
    vars(request).update(attributes)
    return SecurityHeadersMiddleware(lambda request: HttpResponse(html))(request)


def test_public_pages_load_from_ourselves_only():
    policy = policy_of(Client().get(PAGE))
    assert policy.pop("img-src") == ["'self'", "data:"]
    assert {name for name, sources in policy.items() if sources == ["'none'"]} == {
        "default-src",
        "frame-ancestors",
        "base-uri",
    }
    assert {tuple(sources) for sources in policy.values()} == {("'self'",), ("'none'",)}
    assert {"script-src", "style-src", "connect-src", "form-action"} <= policy.keys()


@pytest.mark.parametrize("path", [PAGE, "/en/nowhere/", "/healthz", "/?q=%00", "/robots.txt"])
def test_every_public_answer_carries_all_headers(path):
    response = Client().get(path)
    assert "script-src" in policy_of(response)
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_admin_runs_no_script_without_nonce():
    policy = policy_of(Client().get("/admin/login/"))
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(policy["script-src"])
    assert policy["frame-ancestors"] == ["'self'"]


def test_a_preview_is_strict_but_may_be_framed_by_the_admin():
    response = answer(PAGE, is_dummy=True)
    policy = policy_of(response)
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["script-src"] == ["'self'"]
    assert response.get("X-Frame-Options") != "DENY"


@pytest.mark.parametrize("widget", [AdminDateInput(), AdminTimeInput(), AdminDateTimeInput(), AdminPageChooser()])
def test_wagtails_inline_scripts_carry_the_nonce_of_the_page(widget):
    def page(request):
        return HttpResponse(widget.render("field", None, {"id": "field"}))

    response = SecurityHeadersMiddleware(page)(RequestFactory().get("/admin/"))
    nonces = re.findall(r'<script nonce="([^"]+)">', response.text)
    assert response.text.count("<script") == len(nonces) == 1
    assert f"'nonce-{nonces[0]}'" in policy_of(response)["script-src"]


def test_each_page_has_its_own_nonce():
    def page(request):
        return HttpResponse(AdminDateInput().render("field", None, {"id": "field"}))

    texts = {SecurityHeadersMiddleware(page)(RequestFactory().get("/admin/")).text for _ in range(3)}
    assert len(texts) == 3


def test_widgets_render_outside_a_request():
    assert "<script >" in AdminDateInput().render("field", None, {"id": "field"})


def test_no_admin_screen_has_an_inline_script_without_nonce():
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    client = Client()
    client.force_login(admin)
    for path in ["/admin/", "/admin/account/", "/admin/images/", "/admin/reports/site-history/", "/admin/pages/"]:
        html = client.get(path, follow=True).text
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)(?![^>]*text/template)([^>]*)>", html)
        assert all("nonce=" in attributes for attributes in inline), (path, inline)
