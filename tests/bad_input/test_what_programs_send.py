"""Requests that no browser of a visitor makes, at every public address: an answer each time, and never a crash."""

from __future__ import annotations

import io
import itertools
import re
from typing import Any

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client

from achk_site.wsgi import application
from actions.letters.models import Letter
from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from actions.protection.models import SpentToken
from actions.protection.tokens import issue_token
from tests.bad_input import corpus
from tests.bad_input.conftest import ACTION, INBOX, WRITER
from tests.bad_input.reading import dangers
from tests.factories.pages import CODES

pytestmark = pytest.mark.django_db

UNKNOWN_LINK = f"/en/act/confirm/{'a' * 64}/"
PAGES = [
    "/", "/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt", "/nowhere/", INBOX,
    "/en/act/form-token/?action=letter", UNKNOWN_LINK, "/en/", "/en/about/", "/en/actions/", "/en/actions/safe/",
    ACTION, f"{ACTION}find/", f"{ACTION}write/", f"{ACTION}pdf/",
]  # fmt: skip
FORMS = [f"{ACTION}find/", f"{ACTION}write/", f"{ACTION}pdf/", UNKNOWN_LINK]


def is_answer(response: Any) -> bool:
    """Whether the server knew what to say: under our policy, with nothing in it that acts, and without a new cookie."""
    if response.get("Content-Type", "").startswith("text/html"):
        policy = response.get("Content-Security-Policy", "").split("; ")
        if not {"default-src 'none'", "script-src 'self'"} <= set(policy) or dangers(response.content.decode()):
            return False
    return response.status_code < 500 and set(response.cookies) <= set(response.wsgi_request.COOKIES)


def poisons(response: Any, plain: dict[str, bytes]) -> bool:
    """Whether a cache in front would now give others a page that this request has changed."""
    page = plain.setdefault(response.request["PATH_INFO"], response.content)
    return "s-maxage" in response.get("Cache-Control", "") and response.content != page


def leads_away(response: Any) -> bool:
    return not re.match(r"(?!//)/[^\\]*$|$", response.get("Location", ""))


def test_an_odd_path_is_answered_and_leads_nowhere_else(stranger, site):
    for path in corpus.PATHS:
        for response in (stranger.get(path), stranger.post(path, WRITER), stranger.client.generic("HEAD", path)):
            assert is_answer(response), path
            assert not leads_away(response), path


def test_an_odd_query_is_answered(stranger, site):
    plain: dict[str, bytes] = {}
    for path, query in itertools.product(PAGES, ["", *corpus.QUERIES]):
        response = stranger.get(f"{path}{'&' if '?' in path else '?'}{query}")
        assert is_answer(response), (path, query)
        assert not poisons(response, plain), (path, query)
        assert "Canary" not in response.content.decode()


def test_an_odd_header_is_answered(stranger, site):
    headers = [(name, value) for name, values in corpus.HEADERS.items() for value in values]
    plain = {path.partition("?")[0]: stranger.get(path).content for path in PAGES}
    for number, (name, value) in enumerate(headers):
        for path in PAGES[number % 3 :: 3]:
            response = stranger.get(path, headers={name: value})
            assert is_answer(response), (path, name, value)
            assert not poisons(response, plain), (path, name, value)
            assert not leads_away(response), (path, name, value)


@pytest.mark.parametrize("path", FORMS)
def test_an_odd_header_does_not_open_a_form(stranger, letter_campaign, path):
    for name in ("Origin", "Referer", "Sec-Fetch-Site"):
        for value in [*corpus.HEADERS[name], ""]:
            response = stranger.client.post(path, {**WRITER, "intent": "send"}, headers={name: value})
            assert response.status_code == 403, (name, value)
    assert not Letter.objects.exists()


def test_other_methods_are_refused(stranger, site):
    for path in PAGES:
        for method in corpus.METHODS_REFUSED:
            assert stranger.client.generic(method, path).status_code == 405, (method, path)
        assert is_answer(stranger.client.generic("OPTIONS", path)), path
        assert stranger.client.generic("HEAD", path).content == b"", path


def test_a_foreign_host_is_refused(stranger, site):
    for path, host in itertools.product(PAGES, corpus.HOSTS_REFUSED):
        assert stranger.get(path, HTTP_HOST=host).status_code == 400, (path, host)


def test_mailed_links_begin_with_our_address_whatever_the_request_says(stranger, letter_campaign):
    headers = {"HTTP_HOST": "localhost", "HTTP_ORIGIN": "http://localhost", "HTTP_X_FORWARDED_HOST": "evil.example"}
    response = stranger.post(f"{ACTION}write/", {**WRITER, "intent": "send"}, **headers)
    assert (response.status_code, response["Location"]) == (303, INBOX)
    mail = OutboxQueue().prepare(OutboxMessage.objects.get()).message().as_string()
    assert "http://testserver/en/act/confirm/" in mail
    assert "evil.example" not in mail
    assert "localhost" not in mail


def test_a_body_that_none_of_our_forms_sends_is_refused(stranger, site):
    stranger.client.cookies["csrftoken"] = "a" * 32
    for path, (kind, body) in itertools.product([*FORMS, "/", "/en/", ACTION, INBOX], corpus.BODIES):
        response = stranger.client.generic("POST", path, body, content_type=kind, HTTP_ORIGIN="http://testserver")
        assert response.status_code in (400, 403, 404, 405, 413, 415, 422), (path, kind, body[:40])
        assert is_answer(response), (path, kind, body[:40])
        if path in FORMS:
            assert "<h1" in response.content.decode(), (path, kind, body[:40])
    assert not Letter.objects.exists()


def test_a_length_that_lies_is_answered(stranger, letter_campaign):
    for length in ("9" * 5_000, "99999999999", "-1", "1e3", "", "１２", "5"):
        assert is_answer(stranger.post(f"{ACTION}write/", {**WRITER, "intent": "send"}, CONTENT_LENGTH=length)), length
    assert not Letter.objects.exists()


def test_a_form_may_come_in_either_encoding_and_with_what_we_did_not_ask(stranger, letter_campaign):
    more = {f"extra{number}": "x" for number in range(40)}
    urlencoded = "&".join(f"{name}={value}" for name, value in {**WRITER, **more, "intent": "send"}.items())
    response = stranger.client.generic(
        "POST", f"{ACTION}write/", urlencoded.encode(), HTTP_ORIGIN="http://testserver",
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert response.status_code == 303
    assert stranger.write("send", **more).status_code == 303
    assert stranger.write("send", **more, **dict.fromkeys("abcdefghijklmnopqrst", "x")).status_code == 400
    assert Letter.objects.count() == 2


def test_a_charset_that_is_not_ours_is_answered(letter_campaign):
    """Django reads it before any middleware, so these go to the server's own entry."""
    kinds = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
    for kind, charset in itertools.product(kinds, corpus.CHARSETS):
        content_type = f"{kind}; charset={charset}"
        assert called("GET", "/readyz", content_type=content_type, query="x=%ff1") == 400, content_type
        assert called("GET", "/readyz", content_type=content_type, query="x=1") == 200, content_type
        assert called("POST", f"{ACTION}write/", content_type=content_type, query="x=1") == 415, content_type


def test_utf_8_may_be_named(letter_campaign):
    for name in ("utf-8", "UTF-8", '"utf-8"', "utf8"):
        kind = f"application/x-www-form-urlencoded; charset={name}"
        assert called("POST", f"{ACTION}find/", content_type=kind, body=b"postal_code=K1A+0A6") == 200
        assert called("GET", "/readyz", content_type=kind, query="&".join(["f=1"] * 6_000)) == 400


def called(method: str, path: str, *, content_type: str, query: str = "", body: bytes = b"x=1") -> int:
    """The status with which the WSGI application answers."""
    answers: list[str] = []
    environ = {
        **Client()._base_environ(REQUEST_METHOD=method, PATH_INFO=path, QUERY_STRING=query),
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_ORIGIN": "http://testserver",
        "wsgi.input": io.BytesIO(body),
    }
    request_started.disconnect(close_old_connections)  # as Django's own test client does
    try:
        application(environ, lambda status, headers, exc_info=None: answers.append(status))
    finally:
        request_started.connect(close_old_connections)
    return int(answers[0][:3])


def test_a_form_token_is_for_our_pages_and_plain_names(stranger, db):
    ours = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    assert stranger.get("/en/act/form-token/?action=letter", **ours).status_code == 200
    for action in ["", "LETTER", "letter ", "x" * 100, "../x", "%00", "letter&action=", "<b>", "陳", *corpus.TEXTS]:
        assert stranger.client.get("/en/act/form-token/", {"action": action}, **ours).status_code == 400, action
    assert stranger.get("/en/act/form-token/?action=letter").status_code == 403


def test_a_form_token_that_is_none_changes_nothing_for_the_writer(stranger, letter_campaign):
    token = issue_token("letter")
    others = [issue_token("petition"), token[:-1], token.upper(), "x" * 60_000, ":::", "陳", *corpus.TEXTS[:9]]
    for number, raw in enumerate(others):
        response = stranger.write("send", form_token=raw, email=f"t{number}@writer.example")
        assert (response.status_code, response["Location"]) == (303, INBOX), raw[:50]
    assert Letter.objects.count() == len(others)
    assert not SpentToken.objects.exists()


@pytest.mark.parametrize("code", CODES)
def test_every_language_refuses_with_a_page_of_its_own(stranger, site, code):
    lang = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}[code]
    url = ACTION.replace("/en/", f"/{code}/")
    answers = [
        stranger.get(f"/{code}/nowhere/"),
        stranger.get(f"/{code}/%00/"),
        stranger.client.generic("PUT", url),
        stranger.client.post(f"{url}write/", WRITER),
        stranger.client.generic("POST", f"{url}find/", b"{}", "application/json", HTTP_ORIGIN="http://testserver"),
        stranger.get(UNKNOWN_LINK.replace("/en/", f"/{code}/")),
        stranger.write("send", url=url, name=""),
    ]
    assert [answer.status_code for answer in answers] == [404, 400, 405, 403, 415, 404, 422]
    for answer in answers:
        html = answer.content.decode()
        assert f'lang="{lang}"' in html
        assert "<h1" in html
        assert dangers(html) == []
