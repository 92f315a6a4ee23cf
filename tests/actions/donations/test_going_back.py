"""Going back after an error, or after paying: what was typed is kept, the token is good, nobody gives twice."""

from __future__ import annotations

import re

import pytest

from actions.donations.models import Donation, Payment
from actions.protection.tokens import issue_token
from tests.actions.donations.reading import hear, hidden, post, text_of, work

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "1 million", "30"


def refused(client, token: str):
    """The form as it is shown again after an error."""
    answer = post(client, token=token, amount=["", WRONG], is_anonymous="on")
    assert answer.status_code == 422
    return answer


def test_an_error_keeps_what_was_typed_and_the_token_however_often_it_is_loaded_anew(client, appeal, stripe):
    token = issue_token("donation")
    for _load in range(2):
        shown = refused(client, token)
        assert hidden(shown, "form_token") == token
        assert f'value="{WRONG}"' in shown.content.decode()
        assert re.search(r'name="is_anonymous"[^>]*checked', shown.content.decode())
        assert "no-store" in shown["Cache-Control"]
    assert not Donation.objects.exists()
    first = post(client, token=token, amount=RIGHT)
    assert first.status_code == 303
    assert post(client, token=token, amount=RIGHT)["Location"] == first["Location"]
    assert Donation.objects.count() == 1


def test_back_to_the_error_after_paying_leads_to_the_gift_that_was_paid(client, appeal, stripe):
    token = issue_token("donation")
    location = post(client, token=token, amount=RIGHT)["Location"]
    stripe.pay(Donation.objects.get().session_id)
    hear(client, stripe)
    shown = refused(client, token)
    again = post(client, token=hidden(shown, "form_token"), amount=RIGHT)
    assert again["Location"] == location
    assert "checkout" not in client.get(location).content.decode()
    work()
    assert (Donation.objects.count(), Payment.objects.count()) == (1, 1)


def test_another_amount_with_the_token_of_a_paid_gift_is_asked_for_anew_in_true_words(client, appeal, stripe):
    token = issue_token("donation")
    post(client, token=token, amount=RIGHT)
    stripe.pay(Donation.objects.get().session_id)
    hear(client, stripe)
    shown = post(client, token=token, amount="45")
    assert shown.status_code == 409
    assert "Nothing was charged for the new amount." in text_of(shown)
    assert 'value="45"' in shown.content.decode()
    assert hidden(shown, "form_token") == ""
    assert Donation.objects.count() == 1
    assert post(client, amount="45").status_code == 303
    assert sorted(Donation.objects.values_list("amount_cents", flat=True)) == [30_00, 45_00]


def test_without_a_script_the_page_before_paying_makes_one_gift_however_often_it_is_sent(client, appeal, stripe):
    assert post(client, token=None, amount=["", WRONG]).status_code == 422
    review = post(client, token=None, amount=RIGHT)
    token = hidden(review, "form_token")
    sent = [post(client, token=token, amount=RIGHT) for _press in range(3)]
    assert {answer.status_code for answer in sent} == {303}
    assert len({answer["Location"] for answer in sent}) == Donation.objects.count() == 1
