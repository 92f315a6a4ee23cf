"""How a letter campaign goes: numbers, days in Ottawa and ridings, right with nothing and with a lot."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.charts import tiles
from actions.letters.admin_progress import said
from actions.letters.progress import days_of, letters_by_riding, numbers_of
from actions.letters.services import confirm
from actions.letters.states import LetterState
from actions.representatives.riding_tiles import riding_tiles
from tests.actions.letters.reading import words_of
from tests.factories.deliveries import confirmed_letter, delivery
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RidingFactory

# Half past midnight on 10 March in UTC is still the evening of the 9th in Ottawa, a day after its clocks changed.
EVENING = datetime(2026, 3, 10, 0, 30, tzinfo=UTC)


@pytest.fixture
def page(letter_campaign) -> str:
    return reverse("letters_progress", args=[letter_campaign.pk])


def test_a_new_letter_campaign_has_a_page_of_noughts(editor, page, letter_campaign):
    answer = editor.get(page)
    assert answer.status_code == 200
    assert "No letter was passed on in this time." in answer.content.decode()
    assert len(answer.context["days"]) == 7


def test_numbers_are_counted_by_what_happened(letter_campaign, riding):
    letter = confirmed_letter(letter_campaign, riding)
    confirmed_letter(letter_campaign, riding, state=LetterState.HELD)
    confirmed_letter(LetterCampaignFactory(), riding)
    for state in ("queued", "sending", "sent", "delivered", "failed", "held", "uncertain"):
        delivery(letter, state=state)
    delivery(letter, state="failed", held_reason="withdrawn")
    numbers = numbers_of(letter_campaign)
    assert (numbers.letters[LetterState.CONFIRMED], numbers.held_confirmed, numbers.confirmed) == (1, 1, 2)
    assert (numbers.waiting, numbers.deliveries["failed"], numbers.taken_back) == (2, 1, 1)
    assert numbers.all_deliveries == 7


def test_a_letter_that_its_writer_confirmed_and_that_is_held_counts_as_confirmed_and_as_waiting(
    moderator, page, letter_campaign, riding
):
    for number in range(3):
        held = written_letter(letter_campaign, riding=riding, email=f"h{number}@writer.example", held_reason="limit")
        if number:
            confirm(letter_id=held.pk)
    confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    rows = {label: (count, url) for label, count, url in moderator.get(page).context["letters"]}
    to_decide = reverse("letters_to_decide") + "?show=letters"
    assert rows == {
        "confirmed by their writers": (3, ""),
        "of these, passed on for sending": (1, ""),
        "of these, held for a person to decide": (2, to_decide),
        "waiting for their writers’ confirmation": (0, ""),
        "held, and not confirmed by their writers yet": (1, to_decide),
        "never confirmed": (0, ""),
    }


def test_one_of_anything_is_said_as_one(editor, page, letter_campaign, riding):
    shown = words_of(editor.get(page).content.decode())
    assert "0 letters from 0 of 1 riding " in shown
    assert "came from 0 of 1 riding." in shown
    RidingFactory(fed_num=35001, province="ON")
    confirmed_letter(letter_campaign, riding)
    shown = words_of(editor.get(page).content.decode())
    assert "1 letter from 1 of 2 ridings " in shown
    assert "came from 1 of 2 ridings." in shown


def test_days_are_ottawas_and_each_event_has_its_own(letter_campaign, riding):
    letter = confirmed_letter(letter_campaign, riding)
    delivery(letter, at=EVENING, settled_at=EVENING + timedelta(days=1))
    delivery(letter, at=EVENING, state="failed", settled_at=EVENING + timedelta(days=2))
    delivery(letter, at=EVENING, state="failed", held_reason="withdrawn")
    days = {day.on: day for day in days_of(letter_campaign, EVENING + timedelta(days=3))}
    told = {on.day: (day.confirmed, day.sent, day.failed) for on, day in days.items() if on >= date(2026, 3, 9)}
    assert told == {9: (3, 0, 0), 10: (0, 1, 0), 11: (0, 0, 1), 12: (0, 0, 0)}


def test_at_most_thirty_days_are_shown_and_an_ended_campaign_stops_at_its_last_event(letter_campaign, riding):
    letter = confirmed_letter(letter_campaign, riding)
    delivery(letter, at=EVENING - timedelta(days=50))
    delivery(letter, at=EVENING)
    running = days_of(letter_campaign, EVENING + timedelta(days=5))
    assert (len(running), running[-1].on) == (30, date(2026, 3, 14))
    letter_campaign.closes_at = EVENING
    assert days_of(letter_campaign, EVENING + timedelta(days=400))[-1].on == date(2026, 3, 9)


def test_every_riding_has_a_tile_in_its_province_from_west_to_east(letter_campaign, riding):
    banff = RidingFactory(fed_num=48001, name_en="Banff—Airdrie", name_fr="Banff—Airdrie", name_zh="班芙")
    RidingFactory(fed_num=24001, name_en="Abitibi")
    for _letter in range(12):
        confirmed_letter(letter_campaign, riding)
    confirmed_letter(letter_campaign, banff, state=LetterState.PENDING)
    letters = letters_by_riding(letter_campaign)
    drawn = riding_tiles(letters, language="zh-hant", say=said, draw=tiles, url_of=lambda number: f"/{number}/")
    assert [province.name for province in drawn.provinces] == ["Alberta", "Ontario", "Quebec"]
    assert (drawn.reached, drawn.ridings) == (1, 3)
    assert "班芙: 0 letters" in drawn.provinces[0].drawing
    assert 'href="/35079/" aria-label="Ottawa Centre: 12 letters"' in drawn.provinces[1].drawing


def test_the_page_says_the_numbers_in_a_table_too_and_leads_on(moderator, editor, page, letter_campaign, riding):
    letter = confirmed_letter(letter_campaign, riding)
    delivery(letter, to=riding.representatives.get(), state="uncertain")
    shown = moderator.get(page).content.decode()
    deliveries = reverse("letters_deliveries")
    assert f"{deliveries}?letter_campaign={letter_campaign.pk}&amp;state=uncertain" in shown
    assert "<td>Ottawa Centre</td><td>1</td>" in shown
    assert f"{reverse('letters_totals')}?letter_campaign={letter_campaign.pk}" in shown
    assert deliveries not in editor.get(page).content.decode()
    assert " style=" not in shown


def test_ten_thousand_letters_take_a_few_queries(editor, page, letter_campaign, riding, django_assert_max_num_queries):
    from actions.letters.models import LetterDelivery

    letter, now = confirmed_letter(letter_campaign, riding), timezone.now()
    LetterDelivery.objects.bulk_create(
        LetterDelivery(
            letter=letter, letter_campaign=letter_campaign, riding=riding, recipient_name="Jordan Lee", state="sent",
            message_id=f"<{number}@x>", dedupe_key=str(number), created_at=now - timedelta(minutes=number),
            settled_at=now - timedelta(minutes=number),
        )
        for number in range(10_000)
    )  # fmt: skip
    with django_assert_max_num_queries(30):
        answer = editor.get(page)
    assert sum(day.sent for day in answer.context["days"]) == 10_000
    assert "10,000" in answer.content.decode()


def test_the_page_is_one_click_from_the_list_and_the_front_page(editor, page):
    for address in (reverse("wagtailadmin_home"), reverse("wagtailsnippets_actions_lettercampaign:list")):
        assert f'href="{page}"' in editor.get(address).content.decode()


def test_who_neither_makes_nor_decides_letters_is_turned_away(editor, client, page):
    assert editor.get(reverse("letters_progress", args=[999_999])).status_code in (302, 404)
    editor.user.groups.first().permissions.exclude(codename="access_admin").delete()
    for visitor in (editor, client):
        assert visitor.get(page).status_code in (302, 403)
