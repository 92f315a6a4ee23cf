"""A machine proposes, in Hong Kong's script; a person reads what it wrote before it goes anywhere."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import TestCase
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from achk_site import env
from blog.models import NewsPage
from home.translations.guarded import NotTranslated
from home.translations.missing import missing_entries
from tests.factories.translations import submitted, typed
from tests.stubs.machines import Machine, running_machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def machine():
    with running_machine() as machine:
        yield machine


@pytest.fixture
def deepl(settings, machine) -> Machine:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "home.translations.machines.TraditionalDeepL",
        "OPTIONS": {"AUTH_KEY": "secret:fx", "URL": f"{machine.url}/v2/translate"},
    }
    return machine


@pytest.fixture
def libre(settings, machine) -> Machine:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "home.translations.machines.TraditionalLibre",
        "OPTIONS": {"LIBRETRANSLATE_URL": machine.url, "API_KEY": "secret"},
    }
    return machine


def ask(client, translation):
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return client.post(url, {"next": "/admin/"}, follow=True)


def words(translation) -> set[str]:
    return set(StringTranslation.objects.filter(locale=translation.target_locale).values_list("data", flat=True))


@pytest.mark.parametrize(("code", "target"), [("fr", "FR"), ("zh-hant", "ZH-HANT")])
def test_deepl_is_asked_for_traditional_chinese(article, translator, deepl, code, target):
    translation = submitted(article, code)
    ask(translator, translation)
    (asked,) = deepl.asked
    assert (asked["source_lang"], asked["target_lang"]) == (["EN"], [target])
    assert deepl.headers[0]["Authorization"] == "DeepL-Auth-Key secret:fx"
    assert f"{target}: Good news" in words(translation)


@pytest.mark.parametrize(("code", "target"), [("fr", "fr"), ("zh-hant", "zt")])
def test_libretranslate_too(article, translator, libre, code, target):
    translation = submitted(article, code)
    ask(translator, translation)
    (asked,) = libre.asked
    assert (asked["source"], asked["target"]) == ("en", target)
    assert f"{target}: Good news" in words(translation)


def test_without_a_setting_there_is_none(article, translator):
    translation = submitted(article, "fr")
    url = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    assert translator.post(url, follow=True).status_code == 404
    assert words(translation) == set()
    page = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    assert "&quot;machineTranslator&quot;: null" in translator.get(page).content.decode()


@pytest.mark.parametrize(
    ("status", "body"),
    [(403, None), (456, b"{}"), (500, b"oops"), (200, b"[]"), (200, b"{}"), (200, b"<html>"), (302, b"")],
)
def test_a_machine_that_fails_changes_nothing_and_says_so(article, translator, deepl, status, body):
    deepl.status, deepl.body = status, body
    translation = submitted(article, "fr")
    answer = ask(translator, translation)
    assert answer.status_code == 200
    assert "The machine translator does not answer." in answer.content.decode()
    assert words(translation) == set()


def test_what_it_wrote_is_neither_published_nor_handed_over_unseen(article, moderator, translator, deepl):
    translation = submitted(article, "fr")
    ask(translator, translation)
    page = translation.get_target_instance()
    assert len(missing_entries(page)) == 3
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = moderator.post(edit, {"action": "publish"})
    assert answer.status_code == 422
    assert "FR: Good news" in answer.content.decode()
    handed = translator.post(reverse("translations_hand_over", args=[translation.pk]))
    assert handed.status_code == 422
    assert "Written by a machine" in handed.content.decode()
    revision = translation.source.get_ephemeral_translated_instance(translation.target_locale).save_revision()
    with pytest.raises(NotTranslated):
        revision.publish()
    assert not NewsPage.objects.get(pk=page.pk).live


def test_whoever_has_read_it_says_so_and_publishes(article, moderator, translator, deepl, client):
    translation = submitted(article, "fr")
    typed(translation, {"Good news": "Bonne nouvelle"})
    ask(translator, translation)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    asked = moderator.post(edit, {"action": "publish"})
    seen = [theirs for _mine, theirs in asked.context["written"]]
    assert len(seen) == 2
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderator.post(edit, {"action": "publish", "has_read": "1", "seen": seen})
    html = client.get("/fr/news/good/").content.decode()
    assert "Bonne nouvelle" in html
    assert "FR: What happened at the harbour yesterday." in html
    by = StringTranslation.objects.get(data="FR: What happened at the harbour yesterday.").last_translated_by
    assert by == moderator.user


def test_what_it_wrote_since_the_page_was_opened_is_asked_about_again(article, moderator, translator, deepl):
    translation = submitted(article, "fr")
    ask(translator, translation)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    answer = moderator.post(edit, {"action": "publish", "has_read": "1", "seen": ["FR: Good news"]})
    assert answer.status_code == 422
    assert "FR: Good news" not in answer.content.decode()


def test_an_entry_that_a_translator_saved_once_more_needs_no_question(article, moderator, translator, deepl, client):
    translation = submitted(article, "fr")
    ask(translator, translation)
    typed(translation)
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert moderator.post(edit, {"action": "publish"}).status_code == 302
    assert client.get("/fr/news/good/").status_code == 200


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"MACHINE_TRANSLATOR": "google"}, "MACHINE_TRANSLATOR must"),
        ({"MACHINE_TRANSLATOR": "deepl"}, "MACHINE_TRANSLATOR_KEY"),
        ({"MACHINE_TRANSLATOR": "libretranslate", "MACHINE_TRANSLATOR_KEY": "x"}, "MACHINE_TRANSLATOR_URL"),
    ],
)
def test_the_server_does_not_start_with_half_a_setting(monkeypatch, given, named):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=named):
        env.machine_translator()


def test_the_environment_names_one(monkeypatch):
    assert env.machine_translator() is None
    monkeypatch.setenv("MACHINE_TRANSLATOR", "deepl")
    monkeypatch.setenv("MACHINE_TRANSLATOR_KEY", " abc:fx ")
    assert env.machine_translator() == {
        "CLASS": "home.translations.machines.TraditionalDeepL",
        "OPTIONS": {"AUTH_KEY": "abc:fx"},
    }
