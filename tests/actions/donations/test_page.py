"""The appeal's own page: the same for everybody, in each state; the address may fill the form in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from achk_site.middleware.public_cache import SHARED
from actions.donations.models import Appeal, Donation
from actions.donations.states import AppealState
from actions.wordings.models import WordingVersion
from tests.actions.donations.reading import URL, hidden, post, text_of
from tests.factories.donations import TITLES, AppealFactory

NOW = timezone.now()
DAY = timedelta(days=1)


def checked(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"[^>]* checked', page)


def other(page: str) -> str:
    return re.search(r'type="text" name="amount" id="[^"]*" value="([^"]*)"', page)[1]


@pytest.mark.usefixtures("with_key")
class TestWithPaymentsByCard:
    @pytest.mark.parametrize(
        ("dates", "state"),
        [
            ({}, AppealState.OPEN),
            ({"opens_at": NOW + DAY}, AppealState.NOT_YET),
            ({"is_paused": True}, AppealState.PAUSED),
            ({"closes_at": NOW - DAY, "opens_at": NOW - 2 * DAY}, AppealState.CLOSED),
            ({"archived_at": NOW - DAY}, AppealState.ARCHIVED),
        ],
    )
    def test_each_state_has_its_words(self, client, appeal, dates, state):
        Appeal.objects.filter(pk=appeal.pk).update(**dates)
        appeal.refresh_from_db()
        assert appeal.state(timezone.now()) == state
        for code, title in TITLES.items():
            answer = client.get(URL.replace("/en/", f"/{code}/"))
            assert answer.status_code == 200
            assert answer["Cache-Control"] == SHARED
            assert title in answer.content.decode()
            assert ('data-action="donation"' in answer.content.decode()) == (state == AppealState.OPEN)

    def test_the_page_is_the_same_bytes_for_everybody_and_costs_the_same_queries(
        self, client, appeal, django_assert_num_queries
    ):
        first = client.get(URL)
        with django_assert_num_queries(5):
            second = client.get(URL, headers={"accept-language": "fr"}, REMOTE_ADDR="203.0.113.9")
        assert first.content == second.content
        assert not second.cookies

    @pytest.mark.parametrize(
        ("query", "frequency", "amount", "monthly", "typed"),
        [
            ("", "one_time", ["50"], ["20"], ""),
            ("?amount=100", "one_time", ["100"], ["20"], ""),
            ("?amount=42&frequency=monthly", "monthly", ["50"], ["20"], "42"),
            ("?amount=35&frequency=monthly", "monthly", ["50"], ["35"], ""),
            ("?amount=1e3&frequency=weekly", "one_time", ["50"], ["20"], ""),
            ("?amount=4.99", "one_time", ["50"], ["20"], ""),
            ("?amount=%22%3E%3Cscript%3E", "one_time", ["50"], ["20"], ""),
            ("?amount=" + "9" * 500, "one_time", ["50"], ["20"], ""),
        ],
    )
    def test_the_address_fills_the_form_in_and_what_is_odd_is_left_out(
        self, client, appeal, query, frequency, amount, monthly, typed
    ):
        page = client.get(URL + query).content.decode()
        assert checked(page, "frequency") == [frequency]
        assert checked(page, "amount") == amount
        assert checked(page, "amount_monthly") == monthly
        assert other(page) == typed

    def test_sums_are_written_for_their_readers(self, client, appeal):
        assert "CA$50" in text_of(client.get(URL))
        assert "50\u00a0$" in text_of(client.get(URL.replace("/en/", "/fr/")))
        assert "50加元" in text_of(client.get(URL.replace("/en/", "/zh-hant/")))

    @pytest.mark.parametrize(
        ("amount", "words"),
        [
            ("NaN", "Write the amount"),
            ("Infinity", "Write the amount"),
            ("-5", "Write the amount"),
            ("0", "The smallest gift is CA$5."),
            ("4.99", "The smallest gift is CA$5."),
            ("1e3", "Write the amount"),
            ("5_0", "Write the amount"),
            (str(2**63), "The largest gift by card is CA$5,000."),
            ("", "Choose an amount"),
            ("25.505", "Write the amount"),
        ],
    )
    def test_an_odd_amount_gets_one_clear_error_and_is_kept(self, client, appeal, amount, words):
        answer = post(client, amount=amount)
        assert answer.status_code == 422
        assert words in text_of(answer)
        assert other(answer.content.decode()) == amount
        assert not Donation.objects.exists()

    @pytest.mark.parametrize(
        ("language", "amount", "cents"),
        [
            ("fr", "25,00", 2500),
            ("fr", "25 $", 2500),
            ("en", "２５", 2500),
            ("zh-hant", "２５", 2500),
            ("en", "$1,000", 100000),
        ],
    )
    def test_an_amount_typed_as_people_do_is_understood(self, client, appeal, language, amount, cents):
        answer = post(client, URL.replace("/en/", f"/{language}/") + "give/", token=None, amount=amount)
        assert answer.status_code == 200
        assert hidden(answer, "amount") == str(cents // 100)

    def test_the_box_counts_when_it_is_filled_in_and_hidden_choices_do_not(self, client, appeal):
        both = post(client, token=None, amount=["50", "42"])
        assert hidden(both, "amount") == "42"
        monthly = post(client, token=None, amount=["50", ""], amount_monthly="10", frequency="monthly")
        assert hidden(monthly, "amount") == "10"
        assert hidden(monthly, "frequency") == "monthly"
        unchosen = post(client, token=None, amount=["50", ""], frequency="monthly")
        assert unchosen.status_code == 422

    def test_without_script_a_page_between_says_what_will_be_paid_and_carries_the_attempt(self, client, appeal):
        answer = post(client, token=None, amount="25", covers_fee="on", wording="1")
        assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
        assert "CA$26.06, once" in text_of(answer)
        assert hidden(answer, "form_token")
        assert hidden(answer, "covers_fee") == "on"
        assert not Donation.objects.exists()
        back = post(client, token=None, intent="edit", amount="42")
        assert other(back.content.decode()) == "42"

    def test_changing_the_language_keeps_what_was_typed_and_judges_nothing(self, client, appeal):
        answer = post(client, URL.replace("/en/", "/fr/") + "give/", intent="page-language", amount="nonsense")
        assert answer.status_code == 200
        assert other(answer.content.decode()) == "nonsense"
        assert "error-summary" not in answer.content.decode()

    @pytest.mark.parametrize("changes", [{"frequency": "yearly"}, {"frequency": "monthly"}])
    def test_what_the_appeal_does_not_offer_is_refused(self, client, appeal, changes):
        Appeal.objects.filter(pk=appeal.pk).update(offers_monthly=False)
        assert post(client, **changes).status_code == 422

    def test_a_tampered_currency_or_minimum_changes_nothing(self, client, appeal):
        answer = post(client, amount="4", currency="HKD", minimum_cents="1")
        assert answer.status_code == 422

    def test_a_closed_appeal_takes_nothing(self, client, appeal):
        Appeal.objects.filter(pk=appeal.pk).update(is_paused=True)
        assert post(client).status_code == 409
        assert not Donation.objects.exists()

    def test_another_site_cannot_send_the_form(self, client, appeal):
        assert client.post(f"{URL}give/", {"amount": "25"}, HTTP_ORIGIN="https://evil.example").status_code == 403
        assert client.get(f"{URL}give/").status_code == 302


def test_without_a_key_the_page_offers_the_other_ways(client, appeal):
    page = client.get(URL)
    assert "not possible at the moment" in text_of(page)
    assert "By cheque" in text_of(page)
    assert post(client).status_code == 409


def test_an_appeal_without_texts_has_a_page_that_takes_nothing(client, db, with_key):
    AppealFactory(slug="lights", texts=[])
    assert "paused for the moment" in text_of(client.get(URL))


def test_publishing_freezes_what_people_give_to(appeal):
    wording = appeal.wordings.get(locale__language_code="en")
    wording.text = "<p>And for a harbour.</p>"
    wording.save_revision().publish()
    assert set(WordingVersion.objects.get().content) == {"title", "text"}


@pytest.mark.parametrize(
    "changes",
    [
        {"once_presets": [100]},
        {"once_default": 12_00},
        {"minimum_cents": 600_000},
        {"monthly_presets": [1000, 1100, 1200, 1300, 1400, 1500, 1600]},
        {"closes_at": NOW - 3 * DAY, "opens_at": NOW},
    ],
)
def test_amounts_that_contradict_each_other_are_refused_with_a_reason(appeal, changes):
    for name, value in changes.items():
        setattr(appeal, name, value)
    with pytest.raises(ValidationError):
        appeal.full_clean()
