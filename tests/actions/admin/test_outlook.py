"""Staff see how many letters wait, when the last one leaves, and whom they would reach too late: officials only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.letters import services
from actions.letters.admin_outlook import about
from actions.letters.models import LetterCampaign
from actions.letters.outlook import outlooks
from tests.actions.letters.reading import words_of
from tests.actions.letters.test_leaving_in_time import confirmed
from tests.factories.clock import Clock, ottawa
from tests.factories.letters import LetterCampaignFactory, written_letter

LIST = "wagtailsnippets_actions_lettercampaign:list"


@pytest.fixture
def waiting(letter_campaign, riding, monkeypatch) -> LetterCampaign:
    """Seven letters to one MP at six an hour, on a Monday at ten."""
    clock = Clock(monkeypatch, ottawa("2026-03-09 10:00"))
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(pace_per_hour=6, opens_at=clock.now)
    confirmed(letter_campaign, riding, clock, count=7)
    monkeypatch.undo()
    monkeypatch.setattr("actions.letters.admin_stop.timezone.now", lambda: clock.now)
    letter_campaign.refresh_from_db()
    return letter_campaign


def pages(client, letter_campaign) -> list[str]:
    """The stop page, the front page and the list, as words."""
    stop = reverse("letters_stop", args=[letter_campaign.pk])
    return [
        words_of(client.get(address).content.decode())
        for address in (stop, reverse("wagtailadmin_home"), reverse(LIST))
    ]


def test_how_many_wait_and_until_when(editor, waiting):
    stop, front, listed = pages(editor, waiting)
    for shown in (stop, front):
        assert "7 letters wait. The last one leaves about March 9, 2026 11:00." in shown
    assert "until about March 9, 2026 11:00" in listed
    assert "too late" not in stop + front + listed


def test_what_comes_too_late_is_a_warning_with_the_people_most_behind(editor, waiting):
    LetterCampaign.objects.update(useless_after=ottawa("2026-03-09 10:35"))
    stop, front, listed = pages(editor, waiting)
    for shown in (stop, front):
        assert "3 letters to 1 person would come too late, after March 9, 2026 10:35." in shown
        assert "Jordan Lee, M.P.: 3 letters too late" in shown
    assert "3 too late" in listed
    for shown in (stop, front, listed):
        assert "writer.example" not in shown
        assert "陳大文" not in shown


def test_while_letters_are_stopped_no_end_is_promised(editor, waiting):
    LetterCampaign.objects.update(is_stopped=True)
    stop, front, listed = pages(editor, waiting)
    assert "None leaves while the emergency stop is on." in stop
    assert "None leaves while the emergency stop is on." in front
    assert "The last one leaves" not in stop + front
    assert "until about" not in listed


def test_a_campaign_that_is_over_stays_on_the_front_page_while_letters_wait(editor, waiting):
    LetterCampaignFactory(name="Long over", closes_at=timezone.now() - timedelta(days=999))
    LetterCampaign.objects.filter(pk=waiting.pk).update(closes_at=ottawa("2026-03-09 09:00"))
    front = pages(editor, waiting)[1]
    assert "Second reading: closed." in front
    assert "Long over" not in front


def test_nothing_waits(editor, letter_campaign):
    assert "No letter waits." in pages(editor, letter_campaign)[0]
    assert about(None) == ""


def test_the_list_reckons_once_whatever_its_length(editor, waiting, riding, monkeypatch):
    for _number in range(3):
        letter = written_letter(LetterCampaignFactory(), riding=riding)
        services.confirm(letter_id=letter.pk)
    reckoned = []
    monkeypatch.setattr("actions.letters.admin_outlook.outlooks", lambda *args: reckoned.append(1) or outlooks(*args))
    assert editor.get(reverse(LIST)).status_code == 200
    assert reckoned == [1]
