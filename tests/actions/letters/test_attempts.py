"""One attempt makes one letter; whoever comes back to mend something makes another attempt."""

from __future__ import annotations

from actions.letters.models import Letter
from actions.outbox.models import OutboxMessage
from actions.protection.tokens import issue_token, read_token
from tests.actions.letters.reading import URL, WRITER, hidden_fields, post


def check_page(client, **changes) -> dict[str, str]:
    """The hidden fields of the check step, which the last button posts."""
    page = post(client, f"{URL}write/", {**WRITER, **changes, "intent": "check"}).content.decode()
    return hidden_fields(page)


def test_a_double_click_makes_one_letter_and_both_get_the_same_answer(client, letter_campaign):
    fields = {**check_page(client), "intent": "send"}
    answers = [post(client, f"{URL}write/", fields) for _ in range(2)]
    assert [(one.status_code, one["Location"]) for one in answers] == [(303, "/en/act/check-your-inbox/")] * 2
    assert Letter.objects.count() == OutboxMessage.objects.count() == 1


def test_a_mistyped_address_can_be_mended_after_sending(client, letter_campaign):
    sent = check_page(client, email="tai-man@mistyped.example")
    post(client, f"{URL}write/", {**sent, "intent": "send"})
    edited = hidden_fields(post(client, f"{URL}write/", {**sent, "intent": "edit"}).content.decode())
    assert edited["form_token"] != sent["form_token"]
    mended = check_page(client, form_token=edited["form_token"])
    assert mended["form_token"] == edited["form_token"]
    assert post(client, f"{URL}write/", {**mended, "intent": "send"}).status_code == 303
    assert {letter.email for letter in Letter.objects.all()} == {"tai-man@mistyped.example", "tai-man@writer.example"}


def test_going_back_two_pages_after_sending_makes_another_attempt_too(client, letter_campaign):
    sent = check_page(client)
    post(client, f"{URL}write/", {**sent, "intent": "send"})
    assert check_page(client, form_token=sent["form_token"])["form_token"] != sent["form_token"]


def test_the_token_of_the_look_up_never_becomes_the_letters(client, letter_campaign):
    data = {"postal_code": "K1A 0A6", "form_token": issue_token("letter-lookup")}
    fields = hidden_fields(post(client, f"{URL}find/", data).content.decode())
    assert fields["form_token"] != data["form_token"]
    assert read_token(fields["form_token"], "letter")


def test_what_is_no_token_is_replaced(client, letter_campaign):
    for raw in ("", "x", "x" * 5_000, issue_token("petition")):
        assert read_token(check_page(client, form_token=raw)["form_token"], "letter")
