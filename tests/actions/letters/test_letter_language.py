"""A letter is in one language from its greeting to its closing: the language of a live wording."""

from __future__ import annotations

import pytest

from actions.letters.models import Letter
from tests.actions.letters.reading import URL, WRITER, body_of, hidden_fields, post, words_of
from tests.factories.letters import LetterCampaignFactory


@pytest.fixture
def only_english(member):
    member.preferred_languages = ["fr"]
    member.save()
    return LetterCampaignFactory(slug="one-language", texts=["en"])


def url(language: str = "en") -> str:
    return f"/{language}/act/letters/one-language/"


@pytest.mark.parametrize("page_language", ["en", "fr", "zh-hant"])
def test_greeting_and_closing_follow_the_only_text_there_is(client, only_english, page_language):
    find = f"{url(page_language)}find/"
    page = post(client, find, {"postal_code": "K1A 0A6", "letter_language": "fr"}).content.decode()
    assert "As one of your constituents" in body_of(page)
    assert hidden_fields(page)["letter_language"] == "en"
    assert "Dear Jordan Lee," in page
    assert "Bonjour," not in page
    data = {**WRITER, "letter_language": "fr"}
    checked = post(client, f"{url(page_language)}write/", {**data, "intent": "check"}).content.decode()
    assert "I live in the riding of Ottawa Centre" in checked
    assert "Sincerely," in checked
    assert hidden_fields(checked)["letter_language"] == "en"
    post(client, f"{url(page_language)}write/", {**data, "intent": "send"})
    letter = Letter.objects.get()
    assert (letter.letter_language, letter.wording_version.language) == ("en", "en")
    assert letter.addressees[0]["salutation"] == "Dear Jordan Lee,"


def test_the_switch_stands_only_where_there_is_another_text(client, only_english, letter_campaign):
    page = post(client, f"{url()}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "language-fr" not in page
    assert "language-en" not in page
    both = post(client, "/en/act/letters/second-reading/find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert 'value="language-en"' in both  # the MP prefers French


def test_asking_for_a_text_that_was_taken_down_loses_nothing(client, only_english):
    data = {**WRITER, "body": "Edited by hand.", "intent": "language-fr"}
    page = post(client, f"{url()}write/", data).content.decode()
    assert body_of(page) == "Edited by hand."
    assert hidden_fields(page)["letter_language"] == "en"


@pytest.mark.parametrize("texts", [["zh-hant"], []])
def test_without_a_text_that_can_be_sent_the_campaign_is_not_open(client, member, texts):
    LetterCampaignFactory(slug="one-language", texts=texts)
    page = client.get(url())
    assert page.status_code == 200
    assert "Letters are paused for the moment." in page.content.decode()
    assert "<h1></h1>" not in page.content.decode()
    for path, data in (("find/", {"postal_code": "K1A 0A6"}), ("write/", {"intent": "check"})):
        answer = post(client, url() + path, {**WRITER, **data})
        assert answer.status_code == 409
        assert "Letters are paused for the moment." in words_of(answer.content.decode())
        assert WRITER["own_words"] in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "languages", "line"),
    [
        ("en", ["fr"], "Preferred language: French"),
        ("en", ["fr", "en"], "Preferred languages: French, English"),
        ("fr", ["en"], "Langue de préférence\u00a0: anglais"),
        ("zh-hant", ["en", "fr"], "首選語言：英文、法文"),
    ],
)
def test_the_members_card_says_what_its_languages_are(client, letter_campaign, member, page, languages, line):
    member.preferred_languages = languages
    member.save()
    answer = post(client, f"{URL.replace('/en/', f'/{page}/')}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert f'<p class="mp-card__line mp-card__line--quiet">{line}</p>' in answer
