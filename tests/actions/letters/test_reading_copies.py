"""Chinese pages: what the letter says can be read in Chinese where it is checked and where it is confirmed."""

from __future__ import annotations

import re

import pytest

from actions.letters.models import Letter
from tests.actions.letters.reading import URL, WRITER, body_of, post, words_of
from tests.actions.letters.test_after_confirming import link_of
from tests.factories.letters import LetterCampaignFactory, another_text, note_position, with_variants, written_letter
from tests.factories.representatives import RecipientFactory

CHINESE = URL.replace("/en/", "/zh-hant/")
COPY = "本人懇請閣下支持 C-400 號法案。"


def copies(page: str) -> list[str]:
    return re.findall(r'<details class="reading-copy".*?</details>', page, re.S)


def offered(client, url: str = CHINESE) -> dict[str, str]:
    page = post(client, f"{url}find/", {"postal_code": "K1A 0A6"}).content.decode()
    return {**WRITER, "body": body_of(page)}


def checked(client, data, url: str = CHINESE) -> str:
    return post(client, f"{url}write/", {**data, "intent": "check"}).content.decode()


def confirm_page(client, data) -> str:
    post(client, f"{CHINESE}write/", {**data, "intent": "send"})
    return client.get(link_of(Letter.objects.get())).content.decode()


def test_the_check_step_and_the_confirm_page_show_it(client, letter_campaign):
    data = offered(client)
    for page in (checked(client, data), confirm_page(client, data)):
        [copy] = copies(page)
        assert COPY in copy
        assert " open>" in copy
        assert 'lang="zh-Hant-HK"' in copy


def test_a_text_with_changes_still_has_one_and_a_rewritten_text_has_none(client, letter_campaign):
    data = offered(client)
    changed = {**data, "body": data["body"].replace("I ask you to vote", "I urge you to vote")}
    assert COPY in copies(checked(client, changed))[0]
    assert copies(checked(client, {**data, "body": "Something else altogether, about my own street."})) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_in_the_letters_languages_have_none(client, letter_campaign, language):
    url = URL.replace("/en/", f"/{language}/")
    assert copies(checked(client, offered(client, url), url)) == []
    letter = written_letter(letter_campaign, riding=Letter._meta.get_field("riding").related_model.objects.get())
    assert copies(client.get(link_of(letter)).content.decode()) == []


def test_a_long_one_is_folded(client, letter_campaign):
    wording = letter_campaign.wordings.get(locale__language_code="zh-hant")
    wording.letter_body = "本人懇請閣下支持法案。" * 30
    wording.save_revision().publish()
    [copy] = copies(checked(client, offered(client)))
    assert "open" not in copy.split(">")[0]


def test_each_text_of_a_letter_has_its_own(client, member, riding):
    campaign = LetterCampaignFactory(slug="second-reading", recipients=[RecipientFactory(name="Pat Critic")])
    critic = campaign.targets.get(kind="recipient").recipient
    note_position(campaign, critic, "opposes")
    english = another_text("position:opposes", subjects="Think again", body="You spoke against this bill; think again.")
    with_variants(campaign, [english])
    with_variants(
        campaign, [another_text("position:opposes", subjects="三思", body="請再三考慮。")], language="zh-hant"
    )
    data = offered(client)
    for page in (checked(client, data), confirm_page(client, data)):
        first, second = copies(page)
        assert COPY in first
        assert "請再三考慮。" in second
        assert "不會寄出" in words_of(second)
