"""What happens to a post on a public form: accepted, held, or stopped with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from actions.protection import limits, verdicts
from actions.protection.models import LimitWindow
from actions.protection.tokens import issue_token
from tests.actions.protection.conftest import FORM, Visitor

pytestmark = pytest.mark.django_db
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def ripe(monkeypatch):
    monkeypatch.setattr(verdicts.FormToken, "is_ripe", True)


def verdict_of(response) -> tuple[str, list[str]]:
    assert response.status_code == 200, response.text
    return response.json()["verdict"], response.json()["reasons"]


def test_a_person_without_script_is_accepted(visitor):
    assert verdict_of(visitor.send()) == ("accept", [])


def test_a_person_with_script_brings_an_attempt(visitor):
    response = visitor.send({"name": "May", "form_token": issue_token("letter")})
    assert response.json()["has_token"]
    assert verdict_of(response) == ("accept", [])


def test_a_wrong_token_counts_as_none_and_refuses_nobody(visitor):
    response = visitor.send({"name": "May", "form_token": issue_token("petition")})
    assert not response.json()["has_token"]
    assert verdict_of(response) == ("accept", [])


def test_a_filled_honeypot_is_held_with_the_same_answer(visitor):
    assert verdict_of(visitor.send({"name": "May", "website": "https://spam.example"})) == ("hold", ["honeypot"])


def test_a_rally_table_gets_sixty_people_an_hour_through_one_address(visitor):
    assert {verdict_of(visitor.send())[0] for _ in range(60)} == {"accept"}


def test_beyond_the_limit_people_are_held_not_refused(visitor, settings):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(2, 3600)}
    assert [verdict_of(visitor.send())[0] for _ in range(4)] == ["accept", "accept", "hold", "hold"]
    assert verdict_of(visitor.send()) == ("hold", ["limit"])
    assert verdict_of(Visitor("203.0.113.9").send())[0] == "accept"


def test_a_token_raises_the_limit_once_it_is_ripe(visitor, settings, ripe):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(1, 3600, hits_with_token=3)}
    answers = [verdict_of(visitor.send({"name": "May", "form_token": issue_token("letter")}))[0] for _ in range(4)]
    assert answers == ["accept", "accept", "accept", "hold"]


def test_a_token_that_is_too_young_raises_nothing(visitor, settings):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(1, 3600, hits_with_token=3)}
    answers = [verdict_of(visitor.send({"name": "May", "form_token": issue_token("letter")}))[0] for _ in range(2)]
    assert answers == ["accept", "hold"]


def test_field_errors_do_not_use_up_the_limit(visitor, settings):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(1, 3600)}
    assert {visitor.send({"name": ""}).status_code for _ in range(10)} == {422}
    assert verdict_of(visitor.send())[0] == "accept"


def test_a_forged_forwarded_address_does_not_escape_the_limit(visitor, settings):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(1, 3600)}
    answers = [verdict_of(visitor.send(headers={"x-forwarded-for": f"203.0.113.{n}"}))[0] for n in range(3)]
    assert answers == ["accept", "hold", "hold"]


def test_a_flood_is_told_to_come_back(visitor, settings):
    settings.PROTECTION_LIMITS = {"flood": limits.Limit(3, 600)}
    for _ in range(3):
        assert visitor.send({"name": ""}).status_code == 422
    response = visitor.send()
    assert response.status_code == 429
    assert response["Retry-After"] == "600"
    assert "wait ten minutes" in response.text


def test_reading_a_page_is_counted_by_nobody(visitor):
    assert visitor.client.get(FORM).status_code == 200
    assert not LimitWindow.objects.exists()


def test_answers_to_posts_are_never_stored(visitor):
    assert "no-store" in visitor.send()["Cache-Control"]
    assert "no-store" in visitor.send({"name": ""})["Cache-Control"]


def raw(visitor, body: bytes, content_type: str, **extra):
    extra.setdefault("headers", {"origin": "http://testserver"})
    return visitor.client.post(FORM, body, content_type=content_type, **extra)


MULTIPART = "multipart/form-data; boundary=b"
BASE64_NUL = (
    b'--b\r\nContent-Disposition: form-data; name="name"\r\nContent-Transfer-Encoding: base64\r\n\r\nAGE=\r\n--b--\r\n'
)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"name=" + b"x" * 10_000_000, URLENCODED, 413),
        (b"name=" + b"x" * 170_000, URLENCODED, 413),
        (b"&".join(b"f%d=1" % n for n in range(10_000)), URLENCODED, 400),
        (b"&".join(b"f%d=1" % n for n in range(100)), URLENCODED, 400),
        (b"name=a&" * 61, URLENCODED, 400),
        (b"name=%00", URLENCODED, 400),
        (b"na%00me=x", URLENCODED, 400),
        (b"name=a\0b", URLENCODED, 400),
        (b"name=%ff%fe", URLENCODED, 400),
        (b"name=%ed%a0%80", URLENCODED, 400),
        ("name=陳".encode("big5"), URLENCODED, 400),
        (b"name=x", f"{URLENCODED}; charset=iso-8859-1", 415),
        (b'{"name": "x"}', "application/json", 415),
        (b"name=x", "text/plain", 415),
        (b"<x/>", "application/xml", 415),
        (b"x", "multipart/form-data", 400),
        (b"x", MULTIPART, 422),
        (BASE64_NUL, MULTIPART, 400),
        (b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n\xff\r\n--b--\r\n', MULTIPART, 400),
        (b"", "", 422),
        (b"name=a&name=b", URLENCODED, 200),
        ("name=陳大文".encode(), URLENCODED, 200),
    ],
)
def test_a_body_that_no_form_of_ours_sends_is_stopped(visitor, body, content_type, status):
    assert raw(visitor, body, content_type).status_code == status


def test_files_are_refused(visitor):
    response = visitor.send({"name": "May", "photo": SimpleUploadedFile("me.jpg", b"x")})
    assert response.status_code == 400


@pytest.mark.parametrize("length", ["abc", "-1", "1e3", "٣"])
def test_an_absurd_length_is_stopped(visitor, length):
    assert raw(visitor, b"name=x", URLENCODED, CONTENT_LENGTH=length).status_code == 400


def test_an_oversized_body_is_refused_before_it_is_read(visitor):
    assert raw(visitor, b"name=x", URLENCODED, CONTENT_LENGTH="99999999999").status_code == 413


def test_an_odd_page_speaks_the_visitors_language(visitor):
    response = visitor.send(path="/zh-hant/sample/form/", headers={"origin": "null"})
    assert 'lang="zh-Hant-HK"' in response.text


def test_the_fields_hide_the_trap_from_people(visitor):
    html = visitor.client.get(FORM).text
    assert 'class="hp" aria-hidden="true"' in html
    assert 'tabindex="-1"' in html
    assert "style=" not in html
    assert 'name="form_token" value=""' in html


def test_two_hours_are_two_windows(visitor, settings, monkeypatch):
    settings.PROTECTION_LIMITS = {"submit": limits.Limit(1, 3600)}
    now, today = limits._database_now()
    assert verdict_of(visitor.send())[0] == "accept"
    assert verdict_of(visitor.send())[0] == "hold"
    monkeypatch.setattr(limits, "_database_now", lambda: (now + int(timedelta(hours=1).total_seconds()), today))
    assert verdict_of(visitor.send())[0] == "accept"
