"""Staff see that there are signatures and what state they are in; whose they are is in no list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.petitions import services
from actions.petitions.models import Signature
from tests.factories.petitions import PetitionFactory, confirmed, many_signatures, signed, undecided
from tests.factories.representatives import RidingFactory

CANARIES = ("Canary Signer", "canary@signer.example", "canary words", "K1A0A6", "K1A 0A6")


@pytest.fixture
def page(db) -> str:
    return reverse("petitions_signatures")


@pytest.fixture
def petition(riding):
    return PetitionFactory(name="Open door")


def listed(client, page: str, **query) -> list[int]:
    answer = client.get(page, query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["object_list"]]


@pytest.mark.parametrize("who", ["moderator", "campaigner", "data_protection", "administrator"])
def test_a_row_shows_state_and_riding_but_never_the_signer(request, who, page, petition):
    canary = {"name": "Canary Signer", "email": "canary@signer.example", "comment": "canary words", "show_name": True}
    confirmed(petition, **canary)
    undecided(petition, **{**canary, "email": "canary@signer.example.ca"})
    shown = request.getfixturevalue(who).get(page).content.decode()
    for expected in ("Open door", "Ottawa Centre", "confirmed and counted", "many signatures from one address range"):
        assert expected in shown
    assert not [canary for canary in CANARIES if canary in shown]


def test_no_personal_column_is_read_for_the_list(moderator, page, petition, django_assert_max_num_queries):
    confirmed(petition, show_name=True, comment="words")
    with django_assert_max_num_queries(60) as seen:
        moderator.get(page)
    rows = [query["sql"] for query in seen.captured_queries if 'FROM "actions_signature"' in query["sql"]]
    assert rows
    for column in ("name", "email", "postal_code", "comment", "contact"):
        assert not [sql for sql in rows if f'"actions_signature"."{column}"' in sql], column


@pytest.mark.parametrize("who", ["editor", "finance"])
@pytest.mark.parametrize("page_of", ["signatures", "undecided", "comments", "find"])
def test_who_needs_none_of_it_sees_none_of_it(request, who, page_of, petition):
    client, address = request.getfixturevalue(who), reverse(f"petitions_{page_of}")
    assert client.get(address).status_code in (302, 403)
    assert client.post(address, {"email": "a@signer.example", "reason": "curious"}).status_code in (302, 403)
    assert address not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_each_filter_finds_its_own(moderator, page, petition):
    away = RidingFactory(fed_num=48001, name_en="Banff—Airdrie")
    other = PetitionFactory(name="Other")
    first = confirmed(petition)
    second = undecided(other, language="fr", name="Second")
    third = confirmed(petition, email="third@signer.example", postal_code="")
    services.invalidate(signature_id=third.pk)
    Signature.objects.filter(pk=first.pk).update(created_at=datetime(2026, 3, 1, 3, tzinfo=UTC), riding=away)
    for query, found in (
        ({}, [third.pk, second.pk, first.pk]),
        ({"petition": other.pk}, [second.pk]),
        ({"state": "invalidated"}, [third.pk]),
        ({"held_reason": "limit"}, [second.pk]),
        ({"language": "fr"}, [second.pk]),
        ({"riding": 48001}, [first.pk]),
        ({"created_at_from": "2026-02-28", "created_at_to": "2026-02-28"}, [first.pk]),  # the evening in Ottawa
        ({"petition": petition.pk, "state": "confirmed"}, [first.pk]),
        ({"petition": petition.pk, "language": "fr"}, []),
        ({"q": "canary"}, [third.pk, second.pk, first.pk]),
    ):
        assert listed(moderator, page, **query) == found, query


@pytest.mark.parametrize("query", [{}, {"state": "confirmed"}, {"created_at_from": "2020-01-01"}, {"language": "en"}])
def test_the_list_is_leafed_through_without_gaps_and_from_its_end(moderator, page, petition, query):
    rows = [row.pk for row in many_signatures(petition, 120)]
    seen, place = [], ""
    for _leaf in range(3):
        answer = moderator.get(page, {**query, "at": place})
        seen += [row.pk for row in answer.context["object_list"]]
        place = answer.context["leaf"].on
    assert seen == rows[::-1]
    assert place == ""
    last = moderator.get(page, {**query, "at": "end"})
    assert [row.pk for row in last.context["object_list"]] == rows[:50][::-1]
    before = moderator.get(page, {**query, "at": last.context["leaf"].back})
    assert [row.pk for row in before.context["object_list"]] == rows[50:100][::-1]


@pytest.mark.parametrize("at", ["older-0", "newer-999999999", "older-x", "end-", "-1", "older-" + "9" * 30, "\x00"])
def test_a_place_that_does_not_exist_is_the_beginning(moderator, page, petition, at):
    row = confirmed(petition)
    answer = moderator.get(page, {"at": at})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert [found.pk for found in answer.context["object_list"]] == [row.pk]


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("petitions_signatures", {}),
        ("petitions_undecided", {"state": "held"}),
        ("petitions_comments", {"comment": "Because", "comment_state": "hidden"}),
    ],
)
def test_pages_cost_the_same_queries_for_ten_rows_and_for_two_thousand(
    moderator, petition, name, columns, count_queries
):
    many_signatures(petition, 10, **columns)
    few = count_queries(moderator, reverse(name))
    many_signatures(PetitionFactory(), 1_990, **columns)
    assert len(moderator.get(reverse(name)).context["object_list"]) == 50
    assert count_queries(moderator, reverse(name)) == few <= 40
    assert count_queries(moderator, reverse(name) + "?at=end") <= few + 1


def test_more_than_a_thousand_are_not_counted(moderator, page, petition):
    many_signatures(petition, 1_100)
    assert "More than 1,000 signatures" in moderator.get(page).content.decode()


def test_an_empty_list_says_so(moderator, page):
    assert "Nobody has signed yet." in moderator.get(page).content.decode()
    assert "No signature matches these filters." in moderator.get(page, {"state": "held"}).content.decode()


def test_a_counted_one_is_invalidated_and_let_count_again_in_the_list(moderator, page, petition):
    row = confirmed(petition)
    for decision, state in (("invalidate", "invalidated"), ("release", "confirmed")):
        answer = moderator.post(f"{page}?state=confirmed", {"signature": row.pk, "decision": decision})
        assert (answer.status_code, answer["Location"]) == (302, f"{page}?state=confirmed")
        row.refresh_from_db()
        assert row.state == state


@pytest.mark.parametrize("who", ["campaigner", "data_protection"])
def test_who_only_looks_cannot_decide(request, who, page, petition):
    client, row = request.getfixturevalue(who), confirmed(petition)
    assert 'name="decision"' not in client.get(page).content.decode()
    assert client.post(page, {"signature": row.pk, "decision": "invalidate"}).status_code in (302, 403)
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_one_that_waits_for_its_signer_says_so(moderator, page, petition):
    signed(petition, held_reason="limit")
    assert "not confirmed by its signer" in moderator.get(page).content.decode()
    Signature.objects.update(confirmed_at=timezone.now() - timedelta(days=3))
    assert "3\xa0days" in moderator.get(page).content.decode()
