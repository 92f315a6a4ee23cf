"""Letters per MP: every riding alike, numbers that add up, data that needs mending, and a file that is safe to open."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.representatives.freshness import Flaw, flaws_of
from actions.representatives.models import Representative
from tests.factories.deliveries import confirmed_letter, delivery
from tests.factories.letters import LetterCampaignFactory
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory


@pytest.fixture
def page(db) -> str:
    return reverse("letters_totals")


@pytest.fixture
def letter(letter_campaign, riding):
    return confirmed_letter(letter_campaign, riding)


@pytest.fixture
def member(riding):
    return riding.representatives.get()


def rows(client, page: str, **query) -> list:
    answer = client.get(page, query)
    assert answer.status_code == 200
    return list(answer.context["object_list"])


def test_the_numbers_of_a_member_add_up(editor, page, letter, member):
    states = ["queued", "sending", "sent", "delivered", "delivered", "failed", "held", "uncertain"]
    for state in states:
        delivery(letter, to=member, state=state)
    delivery(letter, to=member, state="failed", held_reason="withdrawn")
    delivery(letter, to=member, state="delivered", answer="yes")
    delivery(letter, to=member, state="delivered", answer="no")
    (row,) = rows(editor, page)
    names = ("letters", "waiting", "sent", "delivered", "failed", "held", "uncertain", "yes", "no")
    assert [row.total.number(name) for name in names] == [10, 2, 1, 4, 1, 1, 1, 1, 1]


def test_ridings_stand_by_name_whatever_their_party_and_number(editor, page, letter_campaign, letter, member):
    other = LetterCampaignFactory(name="Committee")
    for name, number, count in (("Zorra", 35900, 3), ("Élan", 35901, 1), ("Abbey", 35902, 2)):
        riding = RidingFactory(fed_num=number, name_en=name)
        person = RepresentativeFactory(riding=riding, party_name_en=f"Party of {name}")
        for _letter in range(count):
            delivery(confirmed_letter(other, riding), to=person)
    delivery(letter, to=member)
    assert [row.riding_name for row in rows(editor, page)] == ["Abbey", "Élan", "Ottawa Centre", "Zorra"]
    assert [row.riding_name for row in rows(editor, page, letter_campaign=letter_campaign.pk)] == ["Ottawa Centre"]
    assert [row.riding_name for row in rows(editor, page, party="Party of Zorra")] == ["Zorra"]
    assert [row.riding_name for row in rows(editor, page, riding=35902)] == ["Abbey"]


def test_ridings_without_letters_are_one_filter_away(editor, page, letter, member):
    delivery(letter, to=member)
    RidingFactory(fed_num=48001, name_en="Banff—Airdrie")
    assert [row.riding_name for row in rows(editor, page, letters="none")] == ["Banff—Airdrie"]
    assert len(rows(editor, page, letters="all")) == 2


def test_letters_to_others_are_told_below(editor, page, letter, member):
    delivery(letter, to=RepresentativeFactory(former=True))
    delivery(letter, to=RecipientFactory())
    delivery(letter, to=RecipientFactory())
    shown = editor.get(page).content.decode()
    assert "1 letter to a former member, 2 letters to other recipients" not in shown  # nobody else is listed
    delivery(letter, to=member)
    shown = editor.get(page).content.decode()
    assert "1 letter to a former member, 2 letters to other recipients" in shown


NOW = timezone.now()


@pytest.mark.parametrize(
    ("changes", "looked_at", "flaws"),
    [
        ({"fetched_at": NOW - timedelta(days=6)}, None, []),
        ({"fetched_at": NOW - timedelta(days=8)}, None, [Flaw.NOT_CHECKED]),
        ({"fetched_at": None}, None, [Flaw.NOT_CHECKED]),
        ({"fetched_at": NOW, "email": ""}, None, [Flaw.NO_EMAIL]),
        ({"fetched_at": NOW - timedelta(days=80), "locked_by_editor": True}, None, []),
        ({"fetched_at": NOW - timedelta(days=91), "locked_by_editor": True}, None, [Flaw.LONG_BY_HAND]),
        ({"fetched_at": NOW - timedelta(days=91), "locked_by_editor": True}, NOW - timedelta(days=2), []),
        ({"fetched_at": None, "locked_by_editor": True}, None, [Flaw.LONG_BY_HAND]),
    ],
)
def test_old_or_missing_data_is_flagged(changes, looked_at, flaws):
    person = Representative(**{"email": "a@parl.example", **changes})
    assert flaws_of(person, looked_at=looked_at, now=NOW) == flaws
    assert flaws_of(None, looked_at=None, now=NOW) == [Flaw.VACANT]


def test_a_flag_leads_moderators_to_the_form_and_editors_only_see_it(moderator, editor, page, letter, member):
    delivery(letter, to=member)
    form = reverse("wagtailsnippets_actions_representative:edit", args=[member.pk])
    assert "not checked in the last 7 days" in editor.get(page).content.decode()
    assert form not in editor.get(page).content.decode()
    assert form in moderator.get(page).content.decode()
    assert len(rows(moderator, page, flaws="any", letters="all")) == 1
    Representative.objects.update(fetched_at=timezone.now())
    assert rows(moderator, page, flaws="any", letters="all") == []


def test_an_edit_by_hand_counts_as_a_look(moderator, page, letter, member):
    delivery(letter, to=member)
    Representative.objects.update(locked_by_editor=True, fetched_at=timezone.now() - timedelta(days=100))
    assert len(rows(moderator, page, flaws="any")) == 1
    viewset = Representative.snippet_viewset
    form = moderator.get(reverse(viewset.get_url_name("edit"), args=[member.pk])).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields} | {"first_name": "Jordana", "email": member.email}
    answer = moderator.post(reverse(viewset.get_url_name("edit"), args=[member.pk]), posted)
    assert answer.status_code == 302
    assert rows(moderator, page, flaws="any") == []


def downloaded(client, **query) -> list[list[str]]:
    answer = client.get(reverse("letters_totals_csv"), query)
    assert answer.streaming
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_file_holds_the_same_rows_and_no_cell_is_a_formula(editor, page, letter, member):
    Representative.objects.update(first_name="=HYPERLINK(1)", last_name="", party_name_en="@SUM(1)")
    for _letter in range(60):
        delivery(letter, to=member)
    heads, row = downloaded(editor)
    assert row[:6] == ["35079", "Ottawa Centre", "Ontario", "'=HYPERLINK(1)", "'@SUM(1)", "60"]
    assert len(heads) == len(row)
    assert downloaded(editor, letters="none") == [heads]


@pytest.mark.parametrize("query", [{"letters": "x"}, {"riding": "9" * 30}, {"letter_campaign": "x"}, {"p": "999"}])
def test_nonsense_in_the_address_breaks_nothing(editor, page, letter, query):
    for name in ("letters_totals", "letters_totals_results", "letters_totals_csv"):
        assert editor.get(reverse(name), query).status_code == 200


def test_who_neither_makes_nor_decides_letters_is_turned_away(editor, client, page):
    editor.user.groups.first().permissions.exclude(codename="access_admin").delete()
    for visitor in (editor, client):
        for name in ("letters_totals", "letters_totals_results", "letters_totals_csv"):
            assert visitor.get(reverse(name)).status_code in (302, 403)
