"""A supporter writes to their MP, step by step, without any script."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.core import mail

from actions.letters.models import Letter, LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from tests.actions.letters import reading
from tests.actions.letters.reading import ORIGIN, URL, post

WRITER = {**reading.WRITER, "wants_copy": "on"}


def confirm_link() -> str:
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_the_whole_way_from_postal_code_to_the_mps_inbox(client, letter_campaign, language):
    url = URL.replace("/en/", f"/{language}/")
    assert client.get(url).status_code == 200
    found = post(client, f"{url}find/", {"postal_code": "k1a0a6"})
    assert found.status_code == 200
    assert "Jordan Lee" in found.content.decode()
    checked = post(client, f"{url}write/", {**WRITER, "intent": "check"})
    assert checked.status_code == 200
    assert "I live in the riding of Ottawa Centre (K1A 0A6)." in checked.content.decode()
    assert Letter.objects.count() == 0
    sent = post(client, f"{url}write/", {**WRITER, "intent": "send"})
    assert (sent.status_code, sent["Location"]) == (303, f"/{language}/act/check-your-inbox/")
    Worker().drain()
    link = confirm_link()
    shown = client.get(link)
    assert "我的家人在香港。" in shown.content.decode()
    assert LetterDelivery.objects.count() == 0
    assert post(client, link, {}).status_code == 303
    Worker().drain()
    letter = next(message for message in mail.outbox if message.to == ["jordan.lee@parl.example"])
    assert letter.subject == "Please support C-400"
    assert letter.extra_headers["From"].endswith("<no-reply@mail.achk.test>")
    assert letter.from_email.startswith("bounce+")
    assert "tai-man@writer.example" in letter.reply_to[0]
    assert letter.body.startswith("Dear Jordan Lee,\n\nI live in the riding of Ottawa Centre")
    assert "我的家人在香港。" in letter.body
    assert "Please vote for C-400." in letter.body
    Worker().drain()
    assert [message.to[0] for message in mail.outbox].count("tai-man@writer.example") == 2
    assert not OutboxMessage.objects.filter(payload__isblank=False).exists()


def test_a_postal_code_in_two_ridings_is_never_guessed(client, letter_campaign, riding):
    from tests.factories.postal import load_postal_codes
    from tests.factories.representatives import RidingFactory

    RidingFactory(fed_num=35081, name_en="Ottawa—Vanier")
    load_postal_codes(("K1A0A1", 35079, 3), ("K1A0A1", 35081, 9))
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A1"}).content.decode()
    assert page.index("Ottawa—Vanier") < page.index("Ottawa Centre")
    assert "seat vacant" in page
    chosen = post(client, f"{URL}find/", {"postal_code": "K1A 0A1", "riding": "35079"}).content.decode()
    assert "Jordan Lee" in chosen


def test_a_vacant_seat_gets_an_honest_answer_and_keeps_the_text(client, letter_campaign, member):
    member.is_current = False
    member.save()
    response = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", "own_words": "My very own words"})
    page = response.content.decode()
    assert "Nobody sits for Ottawa Centre" in page
    assert "My very own words" in page


def test_an_mp_without_a_published_address_is_never_given_one(client, letter_campaign, member):
    member.email = ""
    member.save()
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "no published e-mail address" in page
    assert "1 613 555-0100" in page
    response = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert response.status_code == 422
    assert Letter.objects.count() == 0


def test_an_unknown_code_leads_to_province_and_riding(client, letter_campaign):
    page = post(client, f"{URL}find/", {"postal_code": "H0H 0H0"}).content.decode()
    assert 'name="province"' in page
    page = post(client, f"{URL}find/", {"postal_code": "H0H 0H0", "province": "ON"}).content.decode()
    assert '<option value="35079">Ottawa Centre</option>' in page
    page = post(client, f"{URL}find/", {"postal_code": "H0H 0H0", "riding": "35079"}).content.decode()
    assert "Jordan Lee" in page


def test_the_letter_can_be_switched_to_french_and_own_words_stay(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "intent": "language-fr"}).content.decode()
    assert "Je vous demande de voter pour le projet de loi C-400." in page
    assert "我的家人在香港。" in page
    assert "Please vote for C-400." not in page


def test_a_french_speaking_mp_is_offered_the_french_letter_first(client, letter_campaign, member):
    member.preferred_languages = ["fr"]
    member.save()
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "Je vous demande de voter" in page
    assert "Bonjour," in page


def test_chinese_pages_show_the_reading_copy_but_never_send_it(client, letter_campaign):
    url = URL.replace("/en/", "/zh-hant/")
    page = post(client, f"{url}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "本人懇請閣下支持 C-400 號法案。" in page
    assert "As one of your constituents in Ottawa Centre" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Enter your name."),
        ({"name": "http://evil.example"}, "A name cannot hold a web address."),
        ({"name": "\u200b \ufeff"}, "Enter your name."),
        ({"email": "not an address"}, "Check the e-mail address"),
        ({"email": "a@b.example,victim@c.example"}, "Check the e-mail address"),
        ({"email": "jordan.lee@parl.example"}, "the recipient&#x27;s own address"),
        ({"email": "letters@mail.achk.test"}, "this one is ours"),
        ({"body": " "}, "Your letter is empty."),
        ({"subject": "s" * 151}, "Please shorten the subject"),
        ({"own_words": "x" * 2001}, "Please shorten your own words"),
        ({"postal_code": "D1A 1A1"}, "never use the letters"),
    ],
)
def test_bad_input_gets_one_clear_error_and_keeps_what_was_typed(client, letter_campaign, changes, message):
    response = post(client, f"{URL}write/", {**WRITER, **changes, "intent": "send"})
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "我的家人在香港。" in page or "own_words" in changes
    assert Letter.objects.count() == 0


def test_a_typo_is_hinted_at_and_does_not_block(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "email": "tai@gmial.com", "intent": "check"}).content.decode()
    assert "tai@gmail.com" in page
    assert post(client, f"{URL}write/", {**WRITER, "email": "tai@gmial.com", "intent": "send"}).status_code == 303


def test_where_editors_lock_the_text_a_posted_one_does_not_count(client, letter_campaign):
    letter_campaign.may_edit_text = False
    letter_campaign.save()
    post(client, f"{URL}write/", {**WRITER, "body": "Something quite different", "intent": "send"})
    letter = Letter.objects.get()
    assert letter.body == "As one of your constituents in Ottawa Centre I ask you to vote for C-400."
    assert letter.subject == "Please support C-400"


def test_a_token_counts_once_and_both_posts_get_the_same_answer(client, letter_campaign):
    from actions.protection.tokens import issue_token

    data = {**WRITER, "intent": "send", "form_token": issue_token("letter")}
    answers = [post(client, f"{URL}write/", data) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, "/en/act/check-your-inbox/")] * 2
    assert Letter.objects.count() == 1


def test_a_filled_honeypot_holds_the_letter_and_answers_the_same(client, letter_campaign):
    response = post(client, f"{URL}write/", {**WRITER, "website": "spam", "intent": "send"})
    assert (response.status_code, response["Location"]) == (303, "/en/act/check-your-inbox/")
    assert Letter.objects.get().state == Letter.State.HELD


def test_a_post_from_elsewhere_is_refused(client, letter_campaign):
    response = client.post(f"{URL}write/", {**WRITER, "intent": "send"}, HTTP_ORIGIN="https://evil.example")
    assert response.status_code == 403
    assert Letter.objects.count() == 0


def test_nothing_personal_stands_in_an_address_or_a_cacheable_page(client, letter_campaign):
    response = post(client, f"{URL}write/", {**WRITER, "intent": "check"})
    assert "no-store" in response["Cache-Control"]
    assert "K1A" not in response.request["PATH_INFO"] + response.request["QUERY_STRING"]
    page = client.get(URL)
    assert "s-maxage" in page["Cache-Control"]
    assert not page.cookies


@pytest.mark.parametrize("path", ["find/", "write/"])
def test_reading_a_posting_address_leads_back_to_the_page(client, letter_campaign, path):
    assert client.get(URL + path)["Location"] == URL


@pytest.mark.parametrize("state", ["is_paused", "is_stopped"])
def test_a_paused_campaign_takes_no_letter_and_gives_the_text_back(client, letter_campaign, state):
    setattr(letter_campaign, state, True)
    letter_campaign.save()
    assert "paused for the moment" in client.get(URL).content.decode()
    response = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert response.status_code == 409
    assert "我的家人在香港。" in response.content.decode()


def test_the_letter_keeps_the_version_of_the_text_that_its_writer_saw(client, letter_campaign):
    from actions.wordings.services import current_version, freeze

    wording = letter_campaign.wordings.get(locale__language_code="en")
    seen = current_version(wording)
    wording.letter_body = "A new text."
    wording.save()
    newest = freeze(wording)
    post(client, f"{URL}write/", {**WRITER, "wording": seen.pk, "intent": "send"})
    post(client, f"{URL}write/", {**WRITER, "wording": "999999999999999999999", "intent": "send"})
    assert [letter.wording_version for letter in Letter.objects.order_by("pk")] == [seen, newest]


def test_a_campaign_that_closed_meanwhile_gives_back_what_was_typed_before_the_riding(client, letter_campaign):
    letter_campaign.is_paused = True
    letter_campaign.save()
    response = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", "own_words": "Precious", "body": "Text"})
    assert response.status_code == 409
    assert "paused for the moment" in response.content.decode()
    assert "Precious" in response.content.decode()


@pytest.mark.parametrize("letter", ["香", "🏮"])
def test_the_longest_letter_that_the_form_takes_fits_into_a_post(client, letter_campaign, letter):
    data = {**WRITER, "own_words": letter * 2_000, "body": letter * 10_000, "subject": letter * 150, "intent": "check"}
    kind = "application/x-www-form-urlencoded"
    response = client.post(f"{URL}write/", urlencode(data), content_type=kind, **ORIGIN)
    assert response.status_code == 200
    assert letter * 10_000 in response.content.decode()


def test_the_suggested_address_is_taken_over_by_a_button_and_shown_again(client, letter_campaign):
    typed = {**WRITER, "email": "tai@gmial.com"}
    assert 'name="corrected_email" value="tai@gmail.com"' in post(client, f"{URL}write/", typed).content.decode()
    page = post(client, f"{URL}write/", {**typed, "corrected_email": "tai@gmail.com"}).content.decode()
    assert '<p class="big-address">tai@gmail.com</p>' in page
    assert 'name="email" value="tai@gmail.com"' in page
    assert Letter.objects.count() == 0


def test_a_letter_confirmed_while_letters_are_stopped_is_said_to_wait(client, letter_campaign):
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    Worker().drain()
    link = confirm_link()
    type(letter_campaign).objects.filter(pk=letter_campaign.pk).update(is_stopped=True)
    post(client, link, {})
    assert "Yours is kept and leaves when they go on" in client.get(link).content.decode()


def test_a_letter_in_the_mps_language_says_why_on_a_page_in_the_other(client, letter_campaign):
    page = post(client, f"{URL.replace('/en/', '/fr/')}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "<textarea" in page
    assert page.count("notice--info") == 1


def test_an_mp_without_an_address_is_still_greeted_in_the_text_to_post(client, letter_campaign, member):
    member.email = ""
    member.save()
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "Dear Jordan Lee," in page
    assert 'value="language-fr"' in page
