"""Texts that people act on, the whole way: submitted, translated by a volunteer, handed over, published, kept."""

from __future__ import annotations

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from actions.petitions.models import PetitionWording
from home.translations.standing import WAITING, State, standings
from home.translations.waiting import translations, translations_waiting
from tests.actions.wordings.changing import changed, text_in
from tests.behind import behind
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.translations import published, submitted, typed

TEXTS = "wagtailsnippets_actions_petitionwording"


@pytest.fixture
def petition(riding, locales):
    petition = PetitionFactory(slug="open-door", texts=["en"])
    changed(petition, text="<p>We ask for it.</p>")
    return petition


@pytest.fixture
def translation(petition):
    return submitted(text_in(petition), "fr")


def state(code: str = "fr") -> State:
    (found,) = [one for one in standings(PetitionWording) if one.language == code]
    return found.state


def edit(record) -> str:
    return reverse(f"{TEXTS}:edit", args=[record.pk])


def hand_over(client, translation):
    return client.post(reverse("translations_hand_over", args=[translation.pk]), follow=True)


def test_a_volunteer_translates_a_text_and_a_moderator_publishes_it(translator, moderator, petition, translation):
    assert state() == State.UNFINISHED
    html = translator.get(edit(translation.get_target_instance())).content.decode()
    assert "Hand over for publication" in html
    typed(translation, {"We ask for it.": "Nous le demandons."})
    assert "no translation yet" in hand_over(translator, translation).content.decode()
    typed(translation)
    hand_over(translator, translation)
    french = translation.get_target_instance()
    assert not french.live
    assert french.workflow_in_progress
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderator.post(edit(french), {"action": "publish"})
    assert text_in(petition, "fr").text == "<p>fr: We ask for it.</p>"
    assert state() == State.CURRENT


def test_handing_over_a_live_text_leaves_it_live_as_it_was(translator, petition, translation):
    typed(translation)
    published(translation)
    typed(translation, {"We ask for it.": "Nous le demandons instamment."})
    hand_over(translator, translation)
    french = text_in(petition, "fr")
    assert (french.live, french.text) == (True, "<p>fr: We ask for it.</p>")


def test_a_material_change_is_in_the_list_at_once_until_it_is_translated(moderator, petition, translation):
    typed(translation)
    published(translation)
    confirmed(petition)
    changed(petition, text="<p>We ask for more.</p>")
    assert state() == State.CHANGED
    assert [text.language for text in behind()] == ["fr"]
    translation.refresh_from_db()
    typed(translation)
    assert state() == State.READY
    published(translation)
    assert list(behind()) == []
    assert state() == State.CURRENT


def test_one_that_is_kept_with_a_reason_is_no_longer_behind_and_needs_no_new_typing(moderator, petition, translation):
    typed(translation)
    published(translation)
    confirmed(petition)
    changed(petition, text="<p>We ask for it!</p>")
    french = text_in(petition, "fr")
    (line,) = [line for line in translations_waiting(moderator.user, language="fr") if line.keep_url]
    assert line.keep_url == reverse("wordings_keep", args=["petitionwording", french.pk])
    seen = moderator.get(line.keep_url).context["seen"]
    moderator.post(line.keep_url, {"reason": "It says the same in French.", "seen": seen})
    assert list(behind()) == []
    assert state() == State.KEPT
    assert StringTranslation.objects.filter(translation_of__data="We ask for it!", data="fr: We ask for it.").exists()


def test_small_changes_of_the_source_are_kept_on_the_other_page(moderator, petition, translation):
    typed(translation)
    published(translation)
    changed(petition, title="Keep the door open, please")
    assert state() == State.CHANGED
    (line,) = [line for line in translations_waiting(moderator.user, language="fr") if line.keep_url]
    assert line.keep_url == reverse("translations_keep", args=["actions.petitionwording", text_in(petition, "fr").pk])


def test_what_was_kept_is_kept_no_longer_when_a_third_language_changes(moderator, petition, translation):
    typed(translation)
    published(translation)
    typed(submitted(text_in(petition), "zh-hant"))
    chinese = published(Translation.objects.get(target_locale__language_code="zh-hant"))
    changed(petition, title="Keep the door open, please")
    page = reverse("translations_keep", args=["actions.petitionwording", text_in(petition, "fr").pk])
    seen = moderator.get(page).context["seen"]
    moderator.post(page, {"reason": "A title.", "seen": seen})
    assert state() == State.KEPT
    confirmed(petition)
    Translation.objects.filter(target_locale=chinese.locale).update(enabled=False)
    changed(petition, "zh-hant", text="<p>我們要求更多。</p>")
    assert "fr" in [text.language for text in behind()]
    assert state() in WAITING


def test_a_text_written_by_itself_is_behind_after_a_material_change(riding, locales, moderator):
    petition = PetitionFactory(slug="open-door", texts=["en", "fr"])
    confirmed(petition)
    assert state() == State.SEPARATE
    changed(petition, text="<p>We ask for more.</p>")
    assert state() == State.CHANGED


def test_the_volunteer_sees_texts_but_no_supporter(translator, petition):
    confirmed(petition, name="Canary Writer", email="canary@writer.example")
    lines = [line for line in translations(translator.user) if line.model_label == "actions.petitionwording"]
    assert {line.language for line in lines} == {"fr", "zh-hant"}
    for address in ("/admin/", "/admin/translations/?state=all", edit(text_in(petition))):
        html = translator.get(address, follow=True).content.decode()
        assert "Canary" not in html
        assert "canary@" not in html


@pytest.mark.parametrize("where", ["add", "delete", "unpublish", "history"])
def test_the_volunteer_neither_adds_nor_takes_away(translator, petition, translation, where):
    typed(translation)
    published(translation)
    french = text_in(petition, "fr")
    address = reverse(f"{TEXTS}:{where}", args=[] if where == "add" else [french.pk])
    answer = translator.post(address)
    assert answer.status_code in (302, 403, 405)
    assert text_in(petition, "fr").live
    assert PetitionWording.objects.count() == 2
    assert Locale.objects.count() == 3
