"""Letters as the worker reads, checks and sends them: many read at once, each claimed as it stands at that moment."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.models import LetterDelivery
from actions.outbox import worker as worker_module
from actions.outbox.clock import database_now
from actions.outbox.dispatch import take
from actions.outbox.line import next_in_line
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from home.site_settings import SiteSettings
from tests.actions.outbox.test_dispatch import Desk
from tests.factories.letters import LetterCampaignFactory, confirmed_letters
from tests.factories.representatives import RepresentativeFactory

pytestmark = pytest.mark.django_db


def write(count: int) -> None:
    """Letters to as many MPs, so that no pace holds one back."""
    ridings = [person.riding for person in RepresentativeFactory.create_batch(min(count, 5))]
    confirmed_letters(LetterCampaignFactory(), ridings=ridings, count=count)
    LetterDelivery.objects.update(pace_key="")


def states() -> list[str]:
    return sorted(LetterDelivery.objects.values_list("state", flat=True))


def test_letters_in_bulk_are_letters_like_any_other():
    write(12)
    desk = Desk()
    Worker(transport=desk).drain()
    assert states() == [DispatchState.SENT] * 12
    assert sorted(desk.taken) == sorted(LetterDelivery.objects.values_list("message_id", flat=True))


def test_a_letter_that_was_taken_back_after_it_was_read_does_not_leave():
    write(2)
    queue, now = LetterQueue(), database_now()
    first, second = next_in_line(queue, now)
    services.withdraw(letter_id=first.letter_id)
    assert [take(queue, row, now) for row in (first, second)] == [False, True]


@pytest.mark.parametrize("switch", ["letters_stopped", "parliament_dissolved"])
def test_a_switch_thrown_while_letters_leave_stops_them_within_one_turn(monkeypatch, switch):
    monkeypatch.setattr(worker_module, "TURN_SECONDS", 0)
    write(5)
    site = SiteSettings.current()
    desk = Desk(lambda: SiteSettings.objects.filter(pk=site.pk).update(**{switch: True}))
    Worker(transport=desk).drain()
    assert states() == [DispatchState.QUEUED] * 4 + [DispatchState.SENT]


def test_a_stopped_campaign_stops_within_one_turn(monkeypatch):
    monkeypatch.setattr(worker_module, "TURN_SECONDS", 0)
    write(5)
    campaign = LetterDelivery.objects.first().letter.letter_campaign
    desk = Desk(lambda: type(campaign).objects.update(is_stopped=True))
    Worker(transport=desk).drain()
    assert states() == [DispatchState.QUEUED] * 4 + [DispatchState.SENT]


def test_a_letter_without_a_pace_costs_three_statements_and_one_look_besides_what_is_read_for_all():
    write(10)
    worker, counts = Worker(transport=Desk()), []
    worker.drain()
    for waiting in (4, 10):
        chosen = LetterDelivery.objects.order_by("pk").values_list("pk", flat=True)[:waiting]
        LetterDelivery.objects.filter(pk__in=list(chosen)).update(
            state=DispatchState.QUEUED, next_attempt_at=database_now(), claim_id=None, handed_over_at=None
        )
        with CaptureQueriesContext(connection) as queries:
            worker.drain()
        counts.append(len([query for query in queries if not query["sql"].startswith(("PRAGMA", "SELECT clock"))]))
    assert counts[1] - counts[0] == 6 * (3 + 1)
