"""Letters leave in office hours and at the pace; where that is too slow, at any hour, and still at the pace."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.hurrying import refresh_hurries
from actions.letters.models import Hurry, LetterCampaign, LetterDelivery
from actions.letters.outlook import outlooks
from actions.letters.too_late import hold_too_late
from actions.outbox import dispatch
from actions.outbox.messages import new_message_id
from actions.outbox.states import DispatchState
from tests.factories.clock import Clock, ottawa
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.outbox import claim
from tests.factories.representatives import RepresentativeFactory, RidingFactory

QUEUE = LetterQueue()
MONDAY = "2026-03-09 10:00"


class Desk:
    """Takes every mail, ``slowness`` after it was claimed, and notes when it was handed over."""

    def __init__(self, clock: Clock, slowness: timedelta = timedelta(0)) -> None:
        self.clock, self.slowness, self.taken = clock, slowness, []

    def send(self, message, *, hand_over):
        self.clock.now += self.slowness
        hand_over()
        self.taken.append(self.clock.now)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch, ottawa(MONDAY))


@pytest.fixture
def office(letter_campaign) -> LetterCampaign:
    return changed(letter_campaign, is_in_office_hours=True, pace_per_hour=60)


def changed(letter_campaign, **columns) -> LetterCampaign:
    LetterCampaign.objects.filter(pk=letter_campaign.pk).update(**columns)
    letter_campaign.refresh_from_db()
    return letter_campaign


def confirmed(letter_campaign, riding, clock, count=1) -> list[LetterDelivery]:
    """``count`` letters to the riding's MP: the first is written, the others are its like."""
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk, now=clock.now)
    first = letter.deliveries.get()
    rows = [first]
    for number in range(count - 1):
        row = LetterDelivery.objects.get(pk=first.pk)
        row.pk, row.message_id, row.dedupe_key = None, new_message_id(), f"{letter.pk}:{number}"
        rows.append(row)
    LetterDelivery.objects.bulk_create(rows[1:])
    LetterDelivery.objects.update(next_attempt_at=clock.now)
    return rows


def send_one(desk: Desk) -> bool:
    row = claim(QUEUE, desk.clock.now)
    if row is not None:
        dispatch.deliver(QUEUE, row, desk)
    return row is not None


def run(desk: Desk, until: datetime, *, step: timedelta = timedelta(seconds=20), workers: int = 1) -> None:
    """Let workers look every ``step``, with the minute's jobs, until the clock shows ``until``."""
    while desk.clock.now < until:
        refresh_hurries(desk.clock.now)
        hold_too_late(desk.clock.now)
        for _worker in range(workers):
            send_one(desk)
        desk.clock.now += step


def test_outside_office_hours_a_letter_waits_and_is_not_lost(office, riding, clock):
    confirmed(office, riding, clock)
    desk = Desk(clock)
    for closed in ("2026-03-09 07:59", "2026-03-09 18:00", "2026-03-14 12:00"):
        clock.turn_to(ottawa(closed))
        LetterDelivery.objects.update(next_attempt_at=clock.now)
        assert not send_one(desk)
    clock.turn_to(ottawa("2026-03-16 08:00"))
    assert send_one(desk)
    assert LetterDelivery.objects.get().state == DispatchState.SENT


def test_a_campaign_without_office_hours_is_not_kept_by_another_ones(office, riding, clock):
    clock.turn_to(ottawa("2026-03-09 22:00"))
    elsewhere = RidingFactory()
    other = RepresentativeFactory(riding=elsewhere)
    confirmed(office, riding, clock)
    any_hour = LetterCampaignFactory()
    services.confirm(letter_id=written_letter(any_hour, riding=elsewhere).pk, now=clock.now)
    LetterDelivery.objects.update(next_attempt_at=clock.now)
    desk = Desk(clock)
    assert [send_one(desk), send_one(desk)] == [True, False]
    assert LetterDelivery.objects.get(state=DispatchState.SENT).recipient_email == other.email


def test_the_poll_of_an_idle_worker_is_a_bounded_number_of_queries(
    office, riding, clock, django_assert_max_num_queries
):
    clock.turn_to(ottawa("2026-03-09 22:00"))
    confirmed(office, riding, clock, count=50)
    with django_assert_max_num_queries(3):
        assert not send_one(Desk(clock))


def test_letters_leave_at_night_when_they_would_else_come_too_late_and_no_more_than_must(office, riding, clock):
    clock.turn_to(ottawa("2026-03-09 17:00"))
    changed(office, useless_after=ottawa("2026-03-10 09:00"), pace_per_hour=6)
    confirmed(office, riding, clock, count=15)  # six this evening, six tomorrow, three more
    desk = Desk(clock)
    run(desk, ottawa("2026-03-10 09:30"), step=timedelta(minutes=2))
    assert set(LetterDelivery.objects.values_list("state", flat=True)) == {DispatchState.SENT}
    at_night = [at for at in desk.taken if ottawa("2026-03-09 18:00") <= at < ottawa("2026-03-10 08:00")]
    assert 3 <= len(at_night) <= 6
    assert all(later - earlier >= timedelta(minutes=10) for earlier, later in pairwise(desk.taken))
    assert not Hurry.objects.exists()


def test_only_the_inbox_with_too_many_letters_is_hurried(office, riding, clock):
    elsewhere = RidingFactory()
    RepresentativeFactory(riding=elsewhere)
    clock.turn_to(ottawa("2026-03-09 17:00"))
    changed(office, useless_after=ottawa("2026-03-10 09:00"))
    busy = confirmed(office, riding, clock, count=150)[0]
    quiet = written_letter(office, riding=elsewhere, email="quiet@writer.example")
    services.confirm(letter_id=quiet.pk, now=clock.now)
    refresh_hurries(clock.now)
    assert Hurry.objects.get().pace_key == busy.pace_key
    changed(office, useless_after=None)
    refresh_hurries(clock.now)
    assert not Hurry.objects.exists()


@pytest.mark.parametrize("workers", [1, 4])
def test_many_letters_to_one_mp_keep_the_pace_whatever_the_number_of_workers(office, riding, clock, workers):
    changed(office, is_in_office_hours=False)
    confirmed(office, riding, clock, count=80)
    desk = Desk(clock, slowness=timedelta(seconds=7))
    run(desk, clock.now + timedelta(hours=1.6), workers=workers)
    assert len(desk.taken) == LetterDelivery.objects.filter(state=DispatchState.SENT).count() == 80
    for start in desk.taken:
        assert len([at for at in desk.taken if start <= at < start + timedelta(hours=1)]) <= 60


def test_two_campaigns_with_one_inbox_never_go_faster_than_the_slower_one(office, riding, clock):
    changed(office, is_in_office_hours=False, pace_per_hour=30)
    quick = LetterCampaignFactory(pace_per_hour=600)
    confirmed(quick, riding, clock, count=4)
    confirmed(office, riding, clock, count=4)
    desk = Desk(clock)
    run(desk, clock.now + timedelta(minutes=20), step=timedelta(seconds=6))
    slow_ones = [row.handed_over_at for row in LetterDelivery.objects.filter(letter__letter_campaign=office)]
    assert len(desk.taken) == 8
    for at in slow_ones:
        near = [other for other in desk.taken if other != at and abs(other - at) < timedelta(minutes=2)]
        assert near == []


def test_the_expected_finish_is_when_the_last_letter_leaves(office, riding, clock):
    clock.turn_to(ottawa("2026-03-09 17:30"))
    changed(office, pace_per_hour=12)
    confirmed(office, riding, clock, count=15)
    outlook = outlooks(clock.now)[office.pk]
    assert (outlook.waiting, outlook.too_late) == (15, 0)
    desk = Desk(clock)
    run(desk, ottawa("2026-03-10 10:00"), step=timedelta(minutes=5))
    assert len(desk.taken) == 15
    assert abs(desk.taken[-1] - outlook.finishes_at) < timedelta(minutes=6)


def test_what_no_night_can_save_is_told_with_the_people_most_behind(office, riding, member, clock):
    elsewhere = RidingFactory()
    other = RepresentativeFactory(riding=elsewhere)
    confirmed(office, riding, clock, count=10)
    for number in range(9):
        letter = written_letter(office, riding=elsewhere, email=f"w{number}@writer.example")
        services.confirm(letter_id=letter.pk, now=clock.now)
    changed(office, useless_after=clock.now + timedelta(hours=1), pace_per_hour=6)
    outlook = outlooks(clock.now)[office.pk]
    assert outlook.waiting == 19
    assert [line.too_late for line in outlook.most_behind] == [4, 3]
    assert [line.name.split()[-2].strip(",") for line in outlook.most_behind] == [member.last_name, other.last_name]
    assert outlook.finishes_at > office.useless_after


def test_the_outlook_costs_the_same_whatever_waits(office, riding, clock, django_assert_num_queries):
    confirmed(office, riding, clock, count=3)
    services.confirm(letter_id=written_letter(LetterCampaignFactory(), riding=riding).pk)
    with django_assert_num_queries(3):
        assert len(outlooks(clock.now)) == 2
