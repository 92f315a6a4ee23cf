"""Calling the office instead: numbers that can be dialled, and the editor's half minute in the letter's language."""

from __future__ import annotations

import re

import pytest

from actions.letters.models import LetterWording
from actions.outbox.worker import Worker
from tests.actions.letters.reading import URL, WRITER, post, words_of
from tests.actions.letters.test_after_confirming import confirmed_page
from tests.factories.letters import another_script, message_instead, note_position, with_variants, written_letter

SCRIPTS = {
    "en": "I live in {riding}. Please vote for {bill_number}, {mp_name}. <b>",
    "fr": "Je vis dans {riding}. Votez pour {bill_number}.",
    "zh-hant": "請{mp_name}支持{bill_number}。",
}


@pytest.fixture
def scripts(letter_campaign):
    for language, script in SCRIPTS.items():
        LetterWording.objects.filter(letter_campaign=letter_campaign, locale__language_code=language).update(
            phone_script=script
        )


def write_step(client, language: str = "en") -> str:
    url = URL.replace("/en/", f"/{language}/")
    return post(client, f"{url}find/", {"postal_code": "K1A 0A6"}).content.decode()


def block_of(page: str) -> str:
    return re.search(r'<details class="phone".*?</details>', page, re.S)[0]


def test_the_write_and_check_steps_say_how_to_call(client, scripts):
    checked = post(client, f"{URL}write/", {**WRITER, "intent": "check"}).content.decode()
    for page in (write_step(client), checked):
        block = block_of(page)
        assert '<a class="phone__number" href="tel:+1-613-555-0100">1 613 555-0100</a>' in block
        assert 'href="tel:+1-604-555-0100"' in block
        assert "Parliament Hill" in block
        assert "I live in Ottawa Centre. Please vote for C-400, Jordan Lee. &lt;b&gt;" in block
        assert 'lang="en-CA"' in block


def test_the_script_follows_the_letters_language_and_chinese_pages_add_a_reading_aid(client, scripts, member):
    member.preferred_languages = ["fr"]
    member.save()
    block = block_of(write_step(client, "zh-hant"))
    assert "Je vis dans Ottawa-Centre. Votez pour C-400." in block
    assert 'lang="fr-CA"' in block
    assert "請Jordan Lee支持C-400。" in block
    assert "I live in" not in block
    assert "請Jordan Lee" not in block_of(write_step(client, "en"))


def test_without_a_script_there_are_only_the_numbers(client, letter_campaign):
    block = block_of(write_step(client))
    assert "tel:+1-613-555-0100" in block
    assert "What you could say" not in block
    assert "phone__script" not in block


def test_a_number_that_cannot_be_dialled_is_shown_without_a_link(client, scripts, member):
    member.offices = [{"type": "legislature", "tel": "ask <the> switchboard"}]
    member.save()
    block = block_of(write_step(client))
    assert "ask &lt;the&gt; switchboard" in block
    assert "href" not in block


@pytest.mark.parametrize("offices", [[], [{"type": "legislature"}], [{"type": "legislature", "tel": " "}]])
def test_without_a_number_there_is_nothing_to_call(client, scripts, member, offices):
    member.offices = offices
    member.save()
    assert 'class="phone"' not in write_step(client)


def test_who_has_no_mail_can_be_called(client, scripts, member):
    member.email = ""
    member.save()
    assert "Please vote for C-400" in block_of(write_step(client))


def test_the_thank_you_page_says_how_to_call_too(client, scripts, letter_campaign, riding):
    page = confirmed_page(client, written_letter(letter_campaign, riding=riding))
    assert "I live in Ottawa Centre. Please vote for C-400, Jordan Lee." in words_of(block_of(page))


def test_who_cannot_vote_at_the_moment_is_not_called(client, scripts, letter_campaign, riding, monkeypatch):
    from actions.letters import asks, wizard
    from actions.letters.switches import Switches

    letter = written_letter(letter_campaign, riding=riding)
    Worker().drain()
    for module in (asks, wizard):
        monkeypatch.setattr(module, "current_switches", lambda: Switches(is_parliament_dissolved=True))
    assert 'class="phone"' not in confirmed_page(client, letter)


def test_a_vacant_seat_is_not_called(client, scripts, member):
    member.is_current = False
    member.save()
    assert 'class="phone"' not in write_step(client)


THANKS = {
    "en": "Thank {mp_name} for supporting {bill_number}.",
    "fr": "Merci à {mp_name}.",
    "zh-hant": "多謝{mp_name}。",
}


@pytest.fixture
def supporter(scripts, letter_campaign, member):
    for language, script in THANKS.items():
        with_variants(letter_campaign, [another_script("position:supports", script)], language=language)
    note_position(letter_campaign, member, "supports")
    return member


def test_an_mp_who_supports_the_bill_is_thanked_on_the_phone(client, supporter):
    block = block_of(write_step(client))
    assert "Thank Jordan Lee for supporting C-400." in block
    assert "Please vote" not in block
    chinese = block_of(write_step(client, "zh-hant"))
    assert "Thank Jordan Lee for supporting C-400." in chinese
    assert "多謝Jordan Lee。" in chinese
    assert "請Jordan Lee" not in chinese


def test_any_other_mp_is_asked_as_before(client, supporter, letter_campaign):
    letter_campaign.campaign.bill_positions.update(stand="opposes")
    block = block_of(write_step(client))
    assert "Please vote for C-400" in block
    assert "Thank" not in block


def test_who_gets_a_message_instead_of_a_letter_is_called_with_the_thanks(client, supporter, letter_campaign):
    letter_campaign.exclusions.create(attribute="position:supports")
    blocks = [message_instead("position:supports", "<p>With us.</p>"), another_script("position:supports", "Thanks!")]
    with_variants(letter_campaign, blocks)
    assert "Thanks!" in block_of(write_step(client))


def test_a_chinese_page_shows_no_reading_aid_of_another_script(client, supporter, letter_campaign):
    with_variants(letter_campaign, [], language="zh-hant")
    block = block_of(write_step(client, "zh-hant"))
    assert "Thank Jordan Lee" in block
    assert "中文閱讀本" not in block
    assert "以下講稿為英文。" in block


@pytest.mark.parametrize(
    ("page", "letter", "note"),
    [
        ("fr", "en", "Ce texte est en anglais."),
        ("en", "fr", "These words are in French."),
        ("en", "en", ""),
        ("fr", "fr", ""),
    ],
)
def test_a_script_in_another_language_than_the_page_says_so(client, scripts, member, page, letter, note):
    member.preferred_languages = [letter]
    member.save()
    found = re.findall(r'<p class="muted">(.*?)</p>', block_of(write_step(client, page)))
    assert found == ([note] if note else [])
