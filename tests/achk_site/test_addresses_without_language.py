"""The way in, health, robots.txt and security.txt."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from achk_site.well_known import SECURITY_TXT_EXPIRES


@pytest.mark.parametrize(
    ("browser", "home"),
    [
        ("", "/en/"),
        ("de", "/en/"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "/fr/"),
        ("zh-HK", "/zh-hant/"),
        ("zh-TW,en;q=0.5", "/zh-hant/"),
        ("zh-Hant-HK", "/zh-hant/"),
        ("en-CA", "/en/"),
        ("x" * 5_000, "/en/"),
        (",;q=", "/en/"),
    ],
)
def test_the_root_leads_to_the_browsers_language(browser, home):
    response = Client().get("/", headers={"accept-language": browser})
    assert response.status_code == 302
    assert response["Location"] == home
    assert response["Vary"] == "Accept-Language"
    assert "private" in response["Cache-Control"]
    assert not response.cookies


def test_the_process_says_that_it_lives_without_asking_the_database():
    assert Client().get("/healthz").text == "ok\n"


@pytest.mark.django_db
def test_the_process_is_ready_with_its_database():
    assert Client().get("/readyz").status_code == 200


@pytest.mark.django_db
def test_without_database_it_is_alive_but_not_ready(monkeypatch):
    def fail():
        raise DatabaseError("password=secret")

    monkeypatch.setattr(connection, "cursor", fail)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert "secret" not in response.text
    assert Client().get("/healthz").status_code == 200


def test_robots_are_kept_from_staff_and_personal_addresses():
    text = Client().get("/robots.txt").text
    assert "Disallow: /admin/\n" in text
    assert "Disallow: /*/my-data/\n" in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text


def test_finders_of_a_weakness_know_whom_to_tell():
    response = Client().get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "Contact: mailto:" in response.text
    assert f"Expires: {SECURITY_TXT_EXPIRES}\n" in response.text


def test_security_txt_is_renewed_in_time():
    left = datetime.fromisoformat(SECURITY_TXT_EXPIRES) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=366), "Set SECURITY_TXT_EXPIRES to a day within the next year."


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_none_of_them_takes_a_post(path):
    assert Client().post(path).status_code == 405
