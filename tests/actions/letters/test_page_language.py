"""Changing the page's language in the middle of a letter: nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest

from actions.representatives.models import Riding
from tests.actions.letters.reading import URL, WRITER, body_of, post, words_of
from tests.factories.representatives import RidingFactory


def language_buttons(page: str) -> dict[str, str]:
    """Where each language's button of the header sends the form, by html tag."""
    header = re.search(r"<header.*?</header>", page, re.S)[0]
    buttons = re.findall(r'<button[^>]*form="letter-form"[^>]*formaction="([^"]*)"[^>]*lang="([^"]*)"', header)
    return {lang: path for path, lang in buttons}


@pytest.mark.parametrize("intent", ["check", "edit"])
def test_the_other_languages_post_the_form_instead_of_leaving_it(client, letter_campaign, intent):
    page = post(client, f"{URL}write/", {**WRITER, "intent": intent}).content.decode()
    assert 'id="letter-form"' in page
    assert language_buttons(page) == {
        "fr-CA": "/fr/act/letters/second-reading/write/",
        "zh-Hant-HK": "/zh-hant/act/letters/second-reading/write/",
    }


@pytest.mark.parametrize("language", ["fr", "zh-hant"])
def test_what_was_typed_goes_along_to_the_other_language(client, letter_campaign, language):
    there = URL.replace("/en/", f"/{language}/")
    half_written = {**WRITER, "email": "", "name": "", "intent": "page-language", "body": "My own text, half done"}
    page = post(client, f"{there}write/", half_written)
    assert page.status_code == 200
    text = page.content.decode()
    assert body_of(text) == "My own text, half done"
    assert "我的家人在香港。" in text
    assert 'value="1 Invented Street"' in text
    assert "error-summary" not in text


def test_a_reader_of_the_choice_of_ridings_gets_the_same_choice_in_the_other_language(client, letter_campaign, riding):
    RidingFactory(fed_num=35081, name_en="Ottawa—Vanier")
    page = post(client, f"{URL}find/", {"postal_code": "H0H 0H0", "province": "ON"}).content.decode()
    assert language_buttons(page)["fr-CA"] == "/fr/act/letters/second-reading/find/"
    again = {"postal_code": "H0H 0H0", "riding": "", "own_words": "加油", "intent": "page-language"}
    other = post(client, "/fr/act/letters/second-reading/find/", again)
    assert other.status_code == 200
    assert "加油" in other.content.decode()
    assert "Choisissez votre circonscription" not in words_of(other.content.decode())


def first_button(page: str) -> str:
    """What the Enter key presses: the first button that belongs to the form."""
    return re.search(r'<button[^>]*form="letter-form"[^>]*>', page)[0]


def test_the_enter_key_checks_the_letter_and_does_not_change_the_language(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "intent": "edit"}).content.decode()
    assert "formaction" not in first_button(page)
    assert "name=" not in first_button(page)  # without an intent the letter is checked
    choice = post(client, f"{URL}find/", {"postal_code": "H0H 0H0"}).content.decode()
    assert "formaction" not in first_button(choice)


def test_pages_that_hold_nothing_keep_plain_links(client, letter_campaign):
    page = client.get(URL).content.decode()
    assert "formaction" not in page
    assert 'href="/fr/act/letters/second-reading/"' in page
    assert Riding.objects.exists()
