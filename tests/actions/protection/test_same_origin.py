"""Who may post to public forms: our own pages, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from actions.protection.same_origin import is_same_origin


def judge(*, secure: bool = False, host: str = "testserver", **headers: str) -> bool:
    request = RequestFactory().post("/en/", secure=secure, HTTP_HOST=host, headers=headers)
    return is_same_origin(request)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver"},
        {"origin": "http://TestServer:80"},
        {"sec-fetch-site": "same-origin"},
        {"referer": "http://testserver/en/act/"},
        {"origin": "http://testserver", "sec-fetch-site": "same-origin", "referer": "http://testserver/"},
    ],
)
def test_our_own_pages_may_post(headers):
    assert judge(**headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "null", "sec-fetch-site": "same-origin", "referer": "http://testserver/"},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://evil.example/testserver"},
        {"origin": "http://testserver:8080"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver@evil.example"},
        {"origin": "http://[::1"},
        {"origin": "http://testserver:99999999"},
        {"origin": "file://testserver"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
        {"origin": "https://evil.example", "referer": "http://testserver/"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "referer": "http://testserver/"},
        {"sec-fetch-site": "none"},
        {"referer": "https://evil.example/?http://testserver/"},
        {"referer": "testserver"},
    ],
)
def test_everyone_else_is_refused(headers):
    assert not judge(**headers)


def test_behind_a_proxy_the_scheme_is_the_visitors(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().post(
        "/en/", headers={"origin": "https://testserver", "x-forwarded-proto": "https", "host": "testserver"}
    )
    assert is_same_origin(request)


def test_a_secure_page_refuses_an_insecure_origin():
    assert judge(secure=True, origin="https://testserver")
    assert not judge(secure=True, origin="http://testserver")


@pytest.mark.django_db
def test_a_foreign_post_gets_a_page_that_says_what_to_do(visitor):
    response = visitor.send(headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert "open the page again" in response.text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_no_csrf_cookie_is_needed(visitor):
    assert visitor.send().status_code == 200
    assert not visitor.client.cookies
