"""The front page shows each live campaign with its numbers, to each role what is its business, at a set price."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.users.models import UserProfile

from actions.desk.days import DAYS, last_days
from actions.desk.live import MOST_CAMPAIGNS, live_campaigns
from actions.donations.models import Appeal, Dispute, Payment
from actions.letters import services
from actions.letters.models import LetterCampaign, LetterDay, LetterTally
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import DayTally, Petition, Tally, TallyDelta
from actions.petitions.tally import add_up
from home.models import HomePage
from tests.factories.donations import AppealFactory, DonationFactory
from tests.factories.letters import CampaignFactory, LetterCampaignFactory, written_letter
from tests.factories.petitions import PetitionFactory, confirmed

HOME = "wagtailadmin_home"


def panel(client) -> str:
    """The campaigns' panel alone; empty when it is not there."""
    shown = client.get(reverse(HOME)).content.decode()
    _before, found, rest = shown.partition('id="campaigns-now-section"')
    return rest.split("w-panel--dashboard")[0] if found else ""


def live(client) -> dict[str, dict[str, tuple[int, int]]]:
    """Campaign -> course -> (total, sum of its days)."""
    today = timezone.localdate()
    told, _more = live_campaigns(user=client.user, now=timezone.now(), days=last_days(today))
    return {
        one.campaign.name: {course.name: (course.total, sum(course.values)) for course in one.courses} for one in told
    }


@pytest.fixture
def harbour(riding):
    """A campaign with a petition that two have signed, one letter, and a gift."""
    campaign = CampaignFactory(name="Harbour")
    petition = PetitionFactory(campaign=campaign, name="Keep it open")
    for number in range(2):
        confirmed(petition, email=f"signer{number}@signer.example", name=f"Signer {number}")
    add_up(petition_id=petition.pk, now=timezone.now())
    letters = LetterCampaignFactory(campaign=campaign, name="Second reading")
    services.confirm(letter_id=written_letter(letters, riding=riding).pk)
    paid(AppealFactory(campaign=campaign, name="Lights"), cents=25_00)
    return campaign


def paid(appeal: Appeal, *, cents: int, days_ago: int = 0) -> Payment:
    donation = DonationFactory(appeal=appeal, amount_cents=cents, source="cheque")
    at = timezone.now() - timedelta(days=days_ago)
    return Payment.objects.create(donation=donation, amount_cents=cents, source="cheque", paid_at=at)


def test_an_editor_sees_signatures_and_letters_and_no_gifts(editor, harbour):
    assert live(editor) == {"Harbour": {"signatures": (2, 2), "letters": (1, 1)}}
    shown = panel(editor)
    for text in ("Harbour", "Keep it open", "Second reading", "signatures that count", "letters passed on"):
        assert text in shown
    assert "Lights" not in shown
    assert "given in 30 days" not in shown


def test_finance_sees_gifts_alone(finance, harbour):
    assert live(finance) == {"Harbour": {"gifts": (25_00, 25_00)}}
    shown = panel(finance)
    assert "CA$25" in shown
    for text in ("Keep it open", "signatures that count", "Start a new action"):
        assert text not in shown


def test_campaigners_see_numbers_and_start_nothing(campaigner, harbour):
    assert set(live(campaigner)["Harbour"]) == {"signatures", "letters"}
    assert "Start a new action" not in panel(campaigner)


def test_data_protection_sees_no_numbers(data_protection, harbour):
    assert panel(data_protection) == ""


def test_who_may_see_everything_sees_all_three(superuser, harbour):
    assert set(live(superuser)["Harbour"]) == {"signatures", "letters", "gifts"}


def test_a_campaign_whose_actions_are_over_is_not_live(editor, harbour):
    over = timezone.now() - timedelta(hours=1)
    Petition.objects.update(won_at=over)
    assert "Harbour" in panel(editor)
    LetterCampaign.objects.update(useless_after=over)
    assert "Harbour" not in panel(editor)


def test_an_action_without_a_published_text_is_not_called_open(editor, harbour):
    assert "no text is published" not in panel(editor)
    Petition.objects.get().wordings.update(live=False)
    assert "no text is published" in panel(editor)


def test_an_unfinished_action_has_its_next_steps_on_its_own_row(editor, campaigner, harbour):
    petition = Petition.objects.get()
    assert "Finish its text" not in panel(editor)
    petition.wordings.update(live=False)
    first = petition.wordings.order_by("pk")[0]
    shown = panel(editor)
    assert f'href="{reverse("wagtailsnippets_actions_petitionwording:edit", args=[first.pk])}">Finish its text' in shown
    assert reverse("wagtailsnippets_actions_petition:edit", args=[petition.pk]) in shown
    assert "Finish its text" not in panel(campaigner)
    petition.wordings.all().delete()
    assert f'href="{reverse("wagtailsnippets_actions_petitionwording:add")}">Write its text' in panel(editor)


def test_a_page_that_was_never_published_is_a_row_of_its_campaign(editor, finance, harbour, locales):
    home = Page.objects.get(depth=1).add_child(
        instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"])
    )
    index = home.add_child(instance=ActionIndexPage(title="Act", slug="act-now"))
    page = ActionPage(title="A story", slug="story", introduction="I", campaign=harbour, live=False)
    index.add_child(instance=page)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert f'href="{edit}">A story' in panel(editor)
    assert "A story" not in panel(finance)
    page.save_revision().publish()
    assert "A story" not in panel(editor)


def test_what_was_signed_before_still_counts_for_a_live_campaign(editor, harbour):
    Petition.objects.update(archived_at=timezone.now() - timedelta(hours=1))
    assert live(editor)["Harbour"]["signatures"] == (2, 2)


def test_the_newest_campaigns_are_shown_and_the_others_counted(editor):
    for number in range(MOST_CAMPAIGNS + 2):
        PetitionFactory(name=f"P{number}", opens_at=timezone.now() - timedelta(days=number), texts=[])
    shown = panel(editor)
    assert "P0" in shown
    assert f"P{MOST_CAMPAIGNS + 1}" not in shown
    assert "2 more campaigns" in shown


def test_a_day_on_which_more_was_taken_back_is_told_in_the_table(editor, harbour):
    petition = Petition.objects.get()
    DayTally.objects.create(petition=petition, on=timezone.localdate() - timedelta(days=3), change=-4)
    shown = panel(editor)
    assert "<td>-4</td>" in shown


def test_each_delta_counts_on_its_own_day(harbour):
    petition, yesterday = Petition.objects.get(), timezone.now() - timedelta(days=1)
    TallyDelta.objects.create(petition=petition, change=3, created_at=yesterday)
    TallyDelta.objects.create(petition=petition, change=-1)
    add_up(petition_id=petition.pk, now=timezone.now())
    days = dict(DayTally.objects.values_list("on", "change"))
    assert days == {timezone.localdate(): 1, timezone.localdate(yesterday): 3}
    assert Tally.objects.get().confirmed == sum(days.values())


def test_letters_are_counted_by_day_and_in_all(harbour):
    assert LetterTally.objects.get().confirmed == 1
    assert list(LetterDay.objects.values_list("on", "confirmed")) == [(timezone.localdate(), 1)]


def test_gifts_older_than_the_chart_are_left_out(finance, harbour):
    paid(Appeal.objects.get(), cents=100_00, days_ago=DAYS + 1)
    paid(Appeal.objects.get(), cents=10_00, days_ago=2)
    assert live(finance)["Harbour"]["gifts"] == (35_00, 35_00)


@pytest.mark.parametrize("role", ["editor", "moderator", "finance", "superuser"])
def test_the_front_page_costs_the_same_for_one_campaign_and_for_many_signatures(request, role, harbour, count_queries):
    client = request.getfixturevalue(role)
    before = count_queries(client, reverse(HOME))
    today = timezone.localdate()
    for number in range(MOST_CAMPAIGNS):
        campaign = CampaignFactory(name=f"Other {number}")
        petition = PetitionFactory(campaign=campaign, texts=[])
        Tally.objects.create(petition=petition, confirmed=1_000_000)
        DayTally.objects.bulk_create(
            DayTally(petition=petition, on=today - timedelta(days=day), change=33_333) for day in range(DAYS)
        )
        AppealFactory(campaign=campaign, texts=[])
    assert count_queries(client, reverse(HOME)) <= before + 1


def test_numbers_come_from_tallies_and_never_from_the_rows_of_people(superuser, harbour):
    """However many have signed or written: no statement looks at their rows."""
    days = last_days(timezone.localdate())
    with CaptureQueriesContext(connection) as seen:
        told, _more = live_campaigns(user=superuser.user, now=timezone.now(), days=days)
    assert len(told[0].courses) == 3
    assert len(seen) <= 13
    tables = set(re.findall(r'"(actions_\w+)"', " ".join(one["sql"] for one in seen)))
    assert {"actions_daytally", "actions_letterday", "actions_payment"} <= tables
    assert not tables & {"actions_signature", "actions_letter", "actions_letterdelivery", "actions_tallydelta"}


def test_a_dispute_waits_for_finance_alone(finance, moderator, harbour):
    payment = Payment.objects.get()
    Dispute.objects.create(
        payment=payment, dispute_id="dp_1", amount_cents=25_00, status="needs_response", created_at=timezone.now(),
        evidence_due_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    assert "1 payment is disputed." in finance.get(reverse(HOME)).content.decode()
    assert "disputed" not in moderator.get(reverse(HOME)).content.decode()


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_the_panel_speaks_the_language_of_the_user(editor, harbour, code):
    UserProfile.objects.create(user=editor.user, preferred_language=code)
    shown = panel(editor)
    assert "Start a new action" not in shown
    assert "signatures that count" not in shown
