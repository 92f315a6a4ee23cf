"""Staff find deliveries by what they are, never by who wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.letters.models import LetterDelivery
from actions.letters.services import confirm
from tests.factories.deliveries import confirmed_letter, delivery
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

CANARIES = ("Canary Writer", "canary@writer.example", "Canary Street", "canary words", "canary subject", "K1A")


@pytest.fixture
def page(db) -> str:
    return reverse("letters_deliveries")


@pytest.fixture
def letter(letter_campaign, riding):
    return confirmed_letter(letter_campaign, riding)


@pytest.fixture
def member(riding):
    return riding.representatives.get()


def listed(client, page: str, **query) -> list[int]:
    answer = client.get(page, query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["object_list"]]


def test_a_row_shows_the_official_and_the_course_but_never_the_writer(moderator, page, letter_campaign, riding):
    written = written_letter(
        letter_campaign, riding=riding, name="Canary Writer", email="canary@writer.example",
        street_address="9 Canary Street", own_words="canary words", subject="canary subject",
    )  # fmt: skip
    confirm(letter_id=written.pk)
    LetterDelivery.objects.update(state="failed", held_reason="bounced", last_code=550, last_status="5.1.1", attempts=3)
    shown = moderator.get(page).content.decode()
    for expected in ("Jordan Lee", "Ottawa Centre", "Second reading", "failed", "it came back", "550 5.1.1"):
        assert expected in shown
    assert not [canary for canary in CANARIES if canary in shown]


def test_each_filter_finds_its_own(moderator, page, letter, letter_campaign, member):
    away = RidingFactory(fed_num=48001, name_en="Banff—Airdrie")
    other_member = RepresentativeFactory(riding=away, party_name_en="Green Party", last_name="Verdi")
    minister = RecipientFactory(name="Robin Minister", party_name_en="Liberal")
    other_campaign = LetterCampaignFactory(name="Committee")
    first = delivery(letter, to=member, state="uncertain", at=datetime(2026, 3, 1, 3, tzinfo=UTC))
    second = delivery(confirmed_letter(other_campaign, away), to=other_member, state="held", held_reason="too-late")
    third = delivery(letter, to=minister, state="delivered")
    for query, found in (
        ({}, [third, second, first]),
        ({"letter_campaign": other_campaign.pk}, [second]),
        ({"state": "delivered"}, [third]),
        ({"state": "uncertain"}, [first]),
        ({"held_reason": "too-late"}, [second]),
        ({"representative": member.pk}, [first]),
        ({"recipient": minister.pk}, [third]),
        ({"party": "Green Party"}, [second]),
        ({"party": "Liberal"}, [third]),
        ({"riding": 48001}, [second]),
        ({"province": "ON"}, [third, first]),
        ({"created_at_from": "2026-02-28", "created_at_to": "2026-02-28"}, [first]),  # the evening in Ottawa
        ({"q": "verdi"}, [second]),
        ({"q": "robin"}, [third]),
        ({"q": str(first.pk)}, [first]),
        ({"q": first.message_id.strip("<>").partition("@")[0]}, [first]),
        ({"q": first.message_id}, [first]),
        ({"q": "nobody of that name"}, []),
        ({"state": "delivered", "party": "Green Party"}, []),
    ):
        assert sorted(listed(moderator, page, **query)) == sorted(one.pk for one in found), query


def test_a_party_of_many_is_found_as_one_of_few(moderator, page, letter):
    members = [RepresentativeFactory(party_name_en="Liberal") for _ in range(22)]
    rows = [delivery(letter, to=one) for one in (members[0], members[21])]
    delivery(letter, to=RepresentativeFactory(party_name_en="NDP"))
    assert sorted(listed(moderator, page, party="Liberal")) == sorted(row.pk for row in rows)


def test_long_lists_are_leafed_through_without_losing_or_repeating_a_row(moderator, page, letter):
    now = timezone.now()
    rows = [delivery(letter, at=now - timedelta(minutes=number // 3)).pk for number in range(120)]
    seen, place = [], ""
    for _leaf in range(3):
        answer = moderator.get(page, {"at": place} if place else {})
        seen += [row.pk for row in answer.context["object_list"]]
        place = answer.context["leaf"].on
    assert (len(seen), set(seen), place) == (120, set(rows), "")
    newer = moderator.get(page, {"at": answer.context["leaf"].back})
    assert [row.pk for row in newer.context["object_list"]] == seen[50:100]
    assert "120 deliveries" in answer.content.decode()


def test_days_are_walked_state_by_state_and_shown_in_the_order_of_time(moderator, page, letter):
    day = datetime(2026, 3, 2, 12, tzinfo=UTC)
    states = [("delivered", "held", "failed")[number % 3] for number in range(70)]
    rows = [delivery(letter, at=day + timedelta(minutes=n), state=state).pk for n, state in enumerate(states)]
    delivery(letter)
    query = {"created_at_from": "2026-03-02", "created_at_to": "2026-03-02"}
    answer = moderator.get(page, query)
    older = listed(moderator, page, **query, at=answer.context["leaf"].on)
    assert [row.pk for row in answer.context["object_list"]] + older == rows[::-1]
    assert answer.context["count"] == 70


def test_more_than_a_thousand_are_not_counted(moderator, page, letter, monkeypatch):
    monkeypatch.setattr("actions.staff.paging.Course.count_up_to", lambda course, rows: 1_001)
    delivery(letter)
    assert "More than 1,000 deliveries" in moderator.get(page).content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_the_page_asks_the_database_the_same_number_of_times_for_one_row_and_for_fifty(
    moderator, page, letter, count, django_assert_max_num_queries
):
    for _row in range(count):
        delivery(letter, state="held", held_reason="too-late")
    moderator.get(page)
    with django_assert_max_num_queries(22):
        moderator.get(page)


@pytest.mark.parametrize(
    "query",
    [
        {"at": "older-x"},
        {"at": "older-999999"},
        {"at": "newer-" + "9" * 30},
        {"at": "-1"},
        {"state": "exploded"},
        {"letter_campaign": "9" * 30},
        {"riding": "x"},
        {"representative": "' OR 1=1"},
        {"created_at_from": "0000-99-99"},
        {"created_at_from": "9999-12-31", "created_at_to": "9999-12-31"},
        {"q": "9" * 40},
        {"q": "%"},
        {"q": "<script>"},
    ],
)
def test_nonsense_in_the_address_breaks_nothing(moderator, page, letter, query):
    delivery(letter)
    assert moderator.get(page, query).status_code == 200
    assert moderator.get(reverse("letters_deliveries_results"), query).status_code == 200


def test_only_those_who_decide_see_the_list(editor, client, page, letter):
    row = delivery(letter, state="uncertain")
    for visitor in (editor, client):
        for address in (page, reverse("letters_deliveries_results")):
            assert visitor.get(address).status_code in (302, 403)
        assert visitor.post(page, {"delivery": row.pk, "decision": "arrived"}).status_code in (302, 403)
    assert page not in editor.get(reverse("wagtailadmin_home")).content.decode()
