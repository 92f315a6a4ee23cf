"""A text that wagtail-localize keeps in step: publishing it after its source clears the mark, nothing else does."""

from __future__ import annotations

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Locale, ModelLogEntry
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from actions.petitions.models import PetitionWording
from actions.wordings.states import Change
from tests.actions.admin.test_petitions import TEXTS
from tests.actions.wordings.changing import changed, newest, text_in
from tests.behind import behind
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory, confirmed

FRENCH = "<p>Nous le demandons.</p>"


@pytest.fixture
def petition(moderator, riding, locales):
    """English, published and signed; French, submitted for translation, translated, published and signed."""
    petition = PetitionFactory(slug="open-door", texts=["en"])
    changed(petition, text="<p>We ask for it.</p>")
    button = reverse("wagtail_localize:submit_snippet_translation", args=["actions", "petitionwording", 1])
    button = button.replace("/1/", f"/{text_in(petition).pk}/")
    moderator.post(button, {"locales": [Locale.objects.get(language_code="fr").pk]})
    translate({"We ask for it.": "Nous le demandons."})
    publish(moderator, petition)
    confirmed(petition)
    confirmed(petition, language="fr", email="b@signer.example", name="Zoé")
    return petition


def translate(known: dict[str, str]) -> None:
    """Type a translation for each entry of the source as it was synchronised last."""
    translation = Translation.objects.get()
    for segment in translation.source.stringsegment_set.all():
        words = known.get(segment.string.data, f"FR {segment.string.data}")
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": words},
        )


def edit_url(petition) -> str:
    return reverse(
        f"{TEXTS}:edit", args=[PetitionWording.objects.get(petition=petition, locale__language_code="fr").pk]
    )


def publish(client, petition, **answer):
    """wagtail-localize publishes once its transaction has ended."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(edit_url(petition), {"action": "publish", **answer})


def synchronise(client, **fields) -> None:
    url = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert client.post(url, fields).status_code == 302


def test_a_translation_starts_up_to_date(petition):
    assert newest(petition, "fr").content["text"] == FRENCH
    assert list(behind()) == []


def test_it_is_behind_until_it_was_translated_and_published_after_the_change(moderator, petition):
    changed(petition, text="<p>We ask for more.</p>")
    assert [text.language for text in behind()] == ["fr"]
    publish(moderator, petition)  # nothing was synchronised: it still translates the former text
    assert [text.language for text in behind()] == ["fr"]
    synchronise(moderator)
    publish(moderator, petition)  # refused: one entry is not translated
    assert [text.language for text in behind()] == ["fr"]
    translate({"We ask for more.": "Nous demandons plus."})
    assert publish(moderator, petition).status_code == 302
    assert list(behind()) == []
    assert newest(petition, "fr").change == Change.MATERIAL
    french = text_in(petition, "fr")
    assert (french.text_before, french.acted_before) == (1, 2)
    assert text_in(petition).demand == french.demand


def test_a_translation_that_stays_the_same_counts_as_followed_once_it_was_published(moderator, petition):
    changed(petition, text="<p>We ask for this.</p>")
    synchronise(moderator)
    translate({"We ask for this.": "Nous le demandons."})
    publish(moderator, petition)
    assert list(behind()) == []
    assert newest(petition, "fr").number == 1
    assert text_in(petition, "fr").changed_at is None


def test_publishing_all_languages_at_once_clears_the_mark_when_all_is_translated(moderator, petition):
    changed(petition, text="<p>We ask for more.</p>")
    synchronise(moderator, publish_translations="on")
    assert [text.language for text in behind()] == ["fr"]
    translate({"We ask for more.": "Nous demandons plus."})
    synchronise(moderator, publish_translations="on")
    assert list(behind()) == []


def test_who_may_not_publish_does_not_publish_by_synchronising(editor, moderator, petition):
    translate({"We ask for it.": "Nous obéissons."})
    page = reverse("wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk])
    assert 'type="checkbox" name="publish_translations"' not in editor.get(page).content.decode()
    synchronise(editor, publish_translations="on")
    assert newest(petition, "fr").content["text"] == text_in(petition, "fr").text == FRENCH
    assert 'type="checkbox" name="publish_translations"' in moderator.get(page).content.decode()
    synchronise(moderator, publish_translations="on")
    assert text_in(petition, "fr").text == "<p>Nous obéissons.</p>"


def test_nor_does_an_editor_publish_a_page_by_it(editor, moderator, locales):
    pages = SiteTree().add_page(("en",))
    source, _is_new = TranslationSource.get_or_create_from_instance(pages["en"])
    page = reverse("wagtail_localize:update_translations", args=[source.pk])
    assert 'type="checkbox" name="publish_translations"' not in editor.get(page).content.decode()
    assert 'type="checkbox" name="publish_translations"' in moderator.get(page).content.decode()


def test_a_translator_who_mends_the_translation_is_asked_and_the_difference_shown(moderator, petition):
    translate({"We ask for it.": "Nous la demandons."})
    asked = publish(moderator, petition)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "It is not published yet." in page
    assert "<del>le</del><ins>la</ins>" in page
    assert newest(petition, "fr").content["text"] == FRENCH
    assert publish(moderator, petition, change="typo", since="1.1").status_code == 302
    assert newest(petition, "fr").change == Change.TYPO
    assert list(behind()) == []
    assert ModelLogEntry.objects.get(action="wordings.typo").user == moderator.user


def test_a_translator_may_change_what_people_sign_and_marks_the_source(moderator, petition):
    translate({"We ask for it.": "Nous demandons autre chose."})
    publish(moderator, petition, change="material", since="1.1")
    assert [text.language for text in behind()] == ["en"]


@pytest.mark.parametrize(
    "answer",
    [{"change": "typo"}, {"change": "typo", "since": "7.1"}, {"change": "x", "since": "1.1"}, {"since": "1.1"}],
)
def test_a_bent_answer_publishes_nothing(moderator, petition, answer):
    translate({"We ask for it.": "Nous la demandons."})
    assert publish(moderator, petition, **answer).status_code == 422
    assert newest(petition, "fr").number == 1


def test_an_editor_who_may_not_publish_learns_and_changes_nothing(editor, petition):
    translate({"We ask for it.": "Nous la demandons."})
    assert publish(editor, petition, change="typo", since="1.1").status_code in (302, 403)
    assert text_in(petition, "fr").said_change == ""
    assert newest(petition, "fr").number == 1


def test_the_translation_editor_says_that_it_is_behind_and_leads_to_keeping(moderator, petition):
    changed(petition, text="<p>We ask for more.</p>")
    page = moderator.get(edit_url(petition)).content.decode()
    assert "follows a former text; the newest one is in another language (English)" in page
    assert reverse("wordings_keep", args=["petitionwording", text_in(petition, "fr").pk]) in page


def test_a_text_whose_translation_was_stopped_is_asked_about_in_the_form(moderator, petition):
    moderator.post(reverse("wagtail_localize:stop_translation", args=[Translation.objects.get().pk]), {"next": "/"})
    assert "What kind of change is it?" in moderator.get(edit_url(petition)).content.decode()
