"""A letter text is drafted, previewed, reviewed, published and translated without leaving the admin."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import OverridableSegment, StringTranslation, Translation, TranslationSource

from actions.letters.models import LetterWording
from actions.wordings.models import WordingVersion
from tests.factories.letters import LetterCampaignFactory

TEXTS = "wagtailsnippets_actions_letterwording"


@pytest.fixture
def empty_campaign(riding, locales):
    return LetterCampaignFactory(slug="second-reading", texts=[])


def rich(text: str) -> str:
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def text_form(record, **changes) -> dict[str, object]:
    form = {
        "title": "Vote for C-400",
        "letter_campaign": record.pk,
        "introduction": rich("What is happening."),
        "letter_subjects": "Please support {bill_number}",
        "letter_body": "I live in {riding}.",
        "thank_you": rich(""),
        "variants-count": 0,
    }
    return {**form, **changes}


def add(client, form, *, language="en"):
    return client.post(reverse(f"{TEXTS}:add") + f"?locale={language}", form)


def test_an_editor_drafts_and_submits_and_a_moderator_publishes(editor, moderator, empty_campaign):
    answer = add(editor, text_form(empty_campaign, **{"action-submit": "1"}))
    assert answer.status_code == 302
    wording = LetterWording.objects.get()
    assert not wording.live
    assert wording.current_workflow_state
    approve = reverse(f"{TEXTS}:workflow_action", args=[wording.pk, "approve", wording.current_workflow_task_state.pk])
    assert moderator.post(approve, {"comment": ""}).status_code in (200, 302)
    wording.refresh_from_db()
    assert wording.live
    assert WordingVersion.objects.get().content["letter_body"] == "I live in {riding}."


def test_the_phone_script_is_written_beside_the_letter_and_takes_its_fields(editor, empty_campaign):
    refused = add(editor, text_form(empty_campaign, phone_script="Call {nobody}."))
    assert "Unknown field: {nobody}" in refused.content.decode()
    assert add(editor, text_form(empty_campaign, phone_script="I live in {riding}.")).status_code == 302
    assert LetterWording.objects.get().phone_script == "I live in {riding}."


def test_an_editor_cannot_publish(editor, empty_campaign):
    add(editor, text_form(empty_campaign, **{"action-publish": "1"}))
    assert not LetterWording.objects.filter(live=True).exists()


def test_half_a_text_is_kept_as_a_draft_and_refused_for_publication(moderator, empty_campaign):
    half = text_form(empty_campaign, letter_subjects="", letter_body="")
    assert add(moderator, {**half, "action-publish": "1"}).status_code == 200
    assert not LetterWording.objects.exists()
    assert add(moderator, half).status_code == 302
    assert not LetterWording.objects.get().live


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"letter_body": "Dear {mp}"}, "Unknown field: {mp}"),
        ({"letter_subjects": "\n".join("abcdef")}, "one to five subject lines"),
        ({"letter_subjects": "x" * 151}, "one to five subject lines"),
        ({"letter_campaign": ""}, "This field is required."),
    ],
)
def test_a_text_that_cannot_be_sent_is_refused_with_a_reason(moderator, empty_campaign, changes, complaint):
    answer = add(moderator, text_form(empty_campaign, **{"action-publish": "1"}, **changes))
    assert answer.status_code == 200
    assert complaint in answer.content.decode()


def test_there_is_one_text_per_language(moderator, empty_campaign):
    add(moderator, text_form(empty_campaign))
    answer = add(moderator, text_form(empty_campaign))
    assert answer.status_code == 200
    assert "already has texts in this language" in answer.content.decode()


def test_a_language_begun_on_its_own_is_a_translation_of_the_others(moderator, empty_campaign):
    add(moderator, text_form(empty_campaign))
    assert add(moderator, text_form(empty_campaign), language="fr").status_code == 302
    assert LetterWording.objects.count() == 2
    assert LetterWording.objects.values("translation_key").distinct().count() == 1


def test_a_published_text_stays_with_its_letter_campaign(moderator, empty_campaign):
    other = LetterCampaignFactory(texts=[])
    add(moderator, text_form(empty_campaign, **{"action-publish": "1"}))
    wording = LetterWording.objects.get()
    edit = reverse(f"{TEXTS}:edit", args=[wording.pk])
    assert moderator.post(edit, text_form(other, title="New", **{"action-publish": "1"})).status_code == 302
    wording.refresh_from_db()
    assert (wording.title, wording.letter_campaign) == ("New", empty_campaign)


def test_list_history_usage_and_language_filter_answer(editor, letter_campaign):
    wording = letter_campaign.wordings.get(locale__language_code="en")
    for name in ("edit", "history", "usage"):
        assert editor.get(reverse(f"{TEXTS}:{name}", args=[wording.pk])).status_code == 200
    french = editor.get(reverse(f"{TEXTS}:list") + "?locale=fr").content.decode()
    assert "Un refuge sûr" in french
    assert "A safe harbour" not in french


@pytest.fixture
def translated(moderator, empty_campaign):
    """The English text, submitted for translation into French and Chinese with the editor's own button."""
    add(moderator, text_form(empty_campaign, **{"action-publish": "1"}))
    wording = LetterWording.objects.get()
    button = reverse("wagtail_localize:submit_snippet_translation", args=["actions", "letterwording", wording.pk])
    assert button in moderator.get(reverse(f"{TEXTS}:list")).content.decode()
    others = Locale.objects.exclude(language_code="en")
    answer = moderator.post(button, {"locales": [locale.pk for locale in others]})
    assert answer.status_code == 302
    return {text.language: text for text in LetterWording.objects.all()}


def test_a_translation_stays_a_draft_until_it_is_published(moderator, translated):
    assert {language: text.live for language, text in translated.items()} == {
        "en": True,
        "fr": False,
        "zh-hant": False,
    }
    french = translated["fr"]
    translation = Translation.objects.get(target_locale=french.locale)
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=french.locale,
            context=segment.context,
            data=f"FR {segment.string.data}",
        )
    edit = reverse(f"{TEXTS}:edit", args=[french.pk])
    assert moderator.get(edit).status_code == 200
    assert moderator.post(edit, {"action": "publish"}).status_code == 302
    french.refresh_from_db()
    assert french.live
    assert french.title == "FR Vote for C-400"
    assert french.letter_body == "FR I live in {riding}."


@pytest.mark.parametrize("way", ["editor", "update"])
def test_a_half_translated_text_is_not_published_and_the_reason_is_told(moderator, translated, way):
    french = translated["fr"]
    translation = Translation.objects.get(target_locale=french.locale)
    title, *others = translation.source.stringsegment_set.order_by("order")
    StringTranslation.objects.create(
        translation_of=title.string, locale=french.locale, context=title.context, data="Votez pour C-400"
    )
    if way == "editor":
        edit = reverse(f"{TEXTS}:edit", args=[french.pk])
        told = moderator.post(edit, {"action": "publish"}, follow=True).content.decode()
        assert f"Not published: {len(others)} entries have no translation yet" in told
    else:
        update = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
        assert moderator.post(update, {"publish_translations": "on"}).status_code == 302
    french.refresh_from_db()
    assert not french.live
    assert not WordingVersion.objects.filter(language="fr").exists()


def test_what_is_the_same_in_both_languages_counts_as_translated_once_it_was_typed(moderator, translated):
    french = translated["fr"]
    for segment in Translation.objects.get(target_locale=french.locale).source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=french.locale, context=segment.context, data=segment.string.data
        )
    moderator.post(reverse(f"{TEXTS}:edit", args=[french.pk]), {"action": "publish"})
    french.refresh_from_db()
    assert french.live


def test_the_link_to_the_record_cannot_be_overridden_in_a_translation(translated, empty_campaign):
    source = TranslationSource.objects.get()
    assert not OverridableSegment.objects.filter(source=source).exists()
    assert {text.letter_campaign for text in translated.values()} == {empty_campaign}


def test_the_preview_shows_the_text_and_stores_nothing(editor, empty_campaign):
    address = reverse(f"{TEXTS}:preview_on_add") + "?locale=en"
    answer = editor.post(address, text_form(empty_campaign, title="Only a preview"))
    assert answer.json()["is_valid"]
    shown = editor.get(address)
    assert shown.status_code == 200
    assert "Only a preview" in shown.content.decode()
    assert not LetterWording.objects.exists()


def test_an_editor_previews_a_published_text(editor, letter_campaign):
    wording = letter_campaign.wordings.get(locale__language_code="zh-hant")
    assert editor.get(reverse(f"{TEXTS}:preview_on_edit", args=[wording.pk])).status_code == 200


def test_a_text_of_several_lines_is_translated_line_by_line_and_keeps_its_paragraphs(moderator, empty_campaign):
    lines = {"letter_subjects": "One\nTwo", "letter_body": "First.\n\nSecond:\n1. yes;\n2. no."}
    add(moderator, text_form(empty_campaign, **lines, **{"action-publish": "1"}))
    wording = LetterWording.objects.get()
    button = reverse("wagtail_localize:submit_snippet_translation", args=["actions", "letterwording", wording.pk])
    moderator.post(button, {"locales": [Locale.objects.get(language_code="fr").pk]})
    translation = Translation.objects.get()
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"FR {segment.string.data}",
        )
    edit = reverse(f"{TEXTS}:edit", args=[LetterWording.objects.get(locale__language_code="fr").pk])
    page = moderator.get(edit)
    assert page.status_code == 200
    assert "&lt;br" not in page.content.decode()
    moderator.post(edit, {"action": "publish"})
    french = LetterWording.objects.get(locale__language_code="fr")
    assert french.subjects == ["FR One", "FR Two"]
    assert french.letter_body == "FR First.\n\nFR Second:\nFR 1. yes;\nFR 2. no."
