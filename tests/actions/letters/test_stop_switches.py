"""A stop acts before the next letter: what a worker has in hand is finished, and nothing after it."""

from __future__ import annotations

import pytest
from django.core import mail

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.stopping import Switch, switch
from actions.outbox.clock import database_now
from actions.outbox.dispatch import deliver
from actions.outbox.models import PaceGate
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport
from actions.outbox.worker import Worker
from home.site_settings import SiteSettings
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.outbox import claim
from tests.factories.representatives import RecipientFactory


@pytest.fixture
def minister(db):
    return RecipientFactory(email="minister@parl.example")


@pytest.fixture
def campaign(member, minister):
    return LetterCampaignFactory(recipients=[minister])


@pytest.fixture
def queued(campaign, riding) -> list[int]:
    """Three letters to an MP and to a minister each: six deliveries."""
    letters = [written_letter(campaign, riding=riding, email=f"w{number}@writer.example") for number in range(3)]
    for letter in letters:
        services.confirm(letter_id=letter.pk)
    return [letter.pk for letter in letters]


def throw(name: str, campaign: LetterCampaign, *, is_on: bool) -> None:
    if name == "campaign":
        switch(letter_campaign_id=campaign.pk, to=Switch.STOP if is_on else Switch.RESUME, user=None)
        return
    column = "letters_stopped" if name == "site" else "parliament_dissolved"
    SiteSettings.objects.update_or_create(site=SiteSettings.current().site, defaults={column: is_on})


def gates_open() -> None:
    PaceGate.objects.all().delete()


def letters_sent() -> list[str]:
    return [message.to[0] for message in mail.outbox if message.to[0].endswith("@parl.example")]


class Stopping(BackendTransport):
    """A mail server, and somebody who throws a switch while the first letter is under way."""

    def __init__(self, thrown: str, campaign: LetterCampaign) -> None:
        self.thrown, self.campaign = thrown, campaign

    def send(self, message, *, hand_over):
        if self.thrown:
            throw(self.thrown, self.campaign, is_on=True)
            self.thrown = ""
        super().send(message, hand_over=hand_over)


@pytest.mark.parametrize("name", ["campaign", "site"])
def test_the_letter_in_hand_is_finished_and_no_other_leaves(queued, campaign, name):
    worker = Worker(transport=Stopping(name, campaign))
    worker.tick()
    for _tick in range(5):
        gates_open()
        worker.tick()
    assert len(letters_sent()) == 1
    states = list(LetterDelivery.objects.order_by("state").values_list("state", flat=True))
    assert states == [DispatchState.QUEUED] * 5 + [DispatchState.SENT]
    throw(name, campaign, is_on=False)
    for _round in range(6):
        gates_open()
        worker.drain()
    assert len(letters_sent()) == 6
    assert len(set(LetterDelivery.objects.values_list("message_id", flat=True))) == 6


def test_dissolution_stops_what_goes_to_mps_and_nothing_else(queued, campaign, minister, member):
    worker = Worker(transport=Stopping("dissolved", campaign))
    worker.tick()
    for _round in range(6):
        gates_open()
        worker.drain()
    in_hand = len([address for address in letters_sent() if address == member.email])
    assert in_hand <= 1
    assert letters_sent().count(minister.email) == 3
    assert LetterDelivery.objects.filter(representative=member).exclude(state=DispatchState.SENT).count() == 3 - in_hand


@pytest.mark.parametrize("name", ["campaign", "site"])
def test_other_workers_stop_at_the_same_moment(queued, campaign, name):
    assert claim(LetterQueue(), database_now()) is not None
    throw(name, campaign, is_on=True)
    assert [claim(LetterQueue(), database_now()) for _worker in range(3)] == [None] * 3


def test_a_stop_of_one_campaign_leaves_another_alone(queued, campaign, riding, member):
    other = LetterCampaignFactory()
    throw("campaign", campaign, is_on=True)
    services.confirm(letter_id=written_letter(other, riding=riding).pk)
    Worker().drain()
    assert letters_sent() == [member.email]


def test_a_row_claimed_before_the_stop_goes_back_as_if_untried(queued, campaign):
    row = claim(LetterQueue(), database_now())
    throw("site", campaign, is_on=True)
    assert deliver(LetterQueue(), row, BackendTransport()) == DispatchState.QUEUED
    assert LetterDelivery.objects.get(pk=row.pk).attempts == 0
    Worker().drain()
    assert letters_sent() == []


def test_a_pause_keeps_writers_out_and_lets_letters_leave(client, queued, campaign):
    from tests.actions.letters.reading import WRITER, post

    switch(letter_campaign_id=campaign.pk, to=Switch.PAUSE, user=None)
    answer = post(client, f"/en/act/letters/{campaign.slug}/write/", {**WRITER, "intent": "send"})
    assert answer.status_code == 409
    Worker().drain()
    assert letters_sent()
