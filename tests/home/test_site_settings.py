"""Texts in three languages in one record, and the addresses that mail leaves from."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from home.models import SiteSettings


@pytest.mark.parametrize(
    ("code", "title"),
    [("en", "Privacy officer"), ("zh-hant", "私隱主任"), ("de", "Privacy officer")],
)
def test_a_text_follows_the_language(code, title):
    with translation.override(code):
        assert SiteSettings().privacy_officer_title == title


def test_an_empty_text_falls_back_to_english():
    with translation.override("fr"):
        assert SiteSettings(organisation_name_en="Alliance", organisation_name_fr="").organisation_name == "Alliance"


def test_a_notice_is_silent_until_it_is_shown():
    assert SiteSettings(notice_en="Closed today").notice == ""
    assert SiteSettings(notice_en="Closed today", notice_shown=True).notice == "Closed today"


def test_nothing_is_stopped_at_first():
    settings = SiteSettings()
    assert not settings.letters_stopped
    assert not settings.parliament_dissolved


def test_settings_are_read_once_for_a_request(tree, django_assert_max_num_queries):
    SiteSettings.for_site(tree.site)
    request = RequestFactory().get("/en/", headers={"host": "testserver"})
    first = SiteSettings.current(request)
    with django_assert_max_num_queries(0):
        assert SiteSettings.current(request) is first


def test_settings_are_there_without_a_request(tree):
    assert SiteSettings.current().site_id == tree.site.pk
