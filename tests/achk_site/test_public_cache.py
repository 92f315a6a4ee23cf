"""Public pages are the same for all and may be kept for a minute; what staff see is kept by nobody."""

from __future__ import annotations

import pytest
from django.conf import settings as project
from django.test import Client, RequestFactory

from achk_site.middleware.public_cache import NOBODY, SHARED, CookieOnPublicPage, PublicCacheMiddleware

PAGE = "/en/sample/page/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.cookies[project.SESSION_COOKIE_NAME] = "a" * 32
    return client


def test_a_public_page_may_be_kept_and_sets_no_cookie():
    response = Client().get(PAGE)
    assert response["Cache-Control"] == SHARED
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "Accept-Language" not in response.get("Vary", "")


def test_a_public_page_opens_no_session(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(PAGE)


def test_everyone_gets_the_same_bytes():
    first = Client().get(PAGE, headers={"accept-language": "fr"}, REMOTE_ADDR="198.51.100.1")
    second = Client().get(PAGE, headers={"accept-language": "zh-HK"}, REMOTE_ADDR="203.0.113.2")
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]


def test_an_unchanged_page_is_answered_by_304():
    etag = Client().get(PAGE)["ETag"]
    response = Client().get(PAGE, headers={"if-none-match": etag})
    assert response.status_code == 304
    assert response["Cache-Control"] == SHARED
    assert not response.content


def test_head_is_answered_like_get():
    assert Client().head(PAGE)["Cache-Control"] == SHARED


def test_a_request_with_a_session_cookie_is_kept_by_nobody(staff):
    response = staff.get(PAGE)
    assert response["Cache-Control"] == NOBODY
    assert "ETag" not in response


def test_a_view_that_says_how_it_is_cached_is_left_alone(staff):
    assert Client().get("/en/sample/token/")["Cache-Control"] == "no-store"
    assert Client().get("/en/sample/count.json")["Cache-Control"] == "public, max-age=10"
    assert staff.get("/en/sample/count.json")["Cache-Control"] == "public, max-age=10"


def test_a_page_that_read_the_session_is_not_shared():
    assert "Cache-Control" not in Client().get("/en/sample/session/")


def test_errors_and_other_kinds_of_answers_are_not_shared():
    assert Client().get("/en/no-such-page/").get("Cache-Control") != SHARED
    assert Client().get("/healthz")["Cache-Control"] != SHARED


def test_a_cookie_on_a_public_page_is_noticed_by_the_tests():
    with pytest.raises(CookieOnPublicPage):
        Client().get("/en/sample/cookie/")


def test_in_production_the_cookie_is_dropped_and_the_page_served(settings, caplog):
    settings.REFUSE_PUBLIC_COOKIES = False
    response = Client().get("/en/sample/cookie/")
    assert response.status_code == 200
    assert not response.cookies
    assert "seen" in caplog.text


def test_staff_addresses_and_previews_are_left_alone():
    assert Client().get("/admin/login/").get("Cache-Control") != SHARED
    request = RequestFactory().get(PAGE)
    request.is_dummy = True
    answer = object()
    assert PublicCacheMiddleware(lambda request: answer)(request) is answer
