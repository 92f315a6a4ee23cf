"""Calls of machines cost little: nothing that is there for people is done for them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from actions.donations.webhook import webhook

PATH = "/stripe/webhook/"


def test_each_path_of_a_machine_leads_to_its_view():
    assert {path: resolve(path).func for path in settings.MACHINE_PATHS} == {PATH: webhook}


@pytest.mark.django_db
def test_it_is_answered_before_everything_that_is_for_people(django_assert_num_queries):
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    with django_assert_num_queries(0):
        answer = browser.post(f"{PATH}?page=99999999", b"{}", content_type="application/json")
    assert answer.status_code == 503  # of the view: no key is set
    assert answer["Content-Type"].startswith("text/plain")
    assert not answer.cookies
    assert "Content-Security-Policy" not in answer
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_https_holds_for_machines_too(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().post(PATH).status_code == 301


@pytest.mark.parametrize("path", [f"{PATH}x", "/stripe/webhook", "/en/stripe/webhook/", "/stripe//webhook/"])
@pytest.mark.django_db
def test_what_only_looks_like_one_is_a_page_like_any_other(path):
    assert "Content-Security-Policy" in Client().get(path)
