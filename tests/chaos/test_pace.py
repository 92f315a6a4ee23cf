"""Thousands of letters to one MP, four workers, some killed: the office gets them at the set pace and loses none.

The pace is the highest that an editor may set, by a clock that runs CLOCK times as fast; all else is as in production.
CHAOS_PACED_LETTERS makes it longer.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections import Counter
from itertools import pairwise

import pytest
from django.db import connection

from actions.letters.models import LetterDelivery
from actions.outbox.models import PaceGate
from actions.outbox.states import DispatchState
from tests.chaos.killing import Killer, random_turns, run_until_settled

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

LETTERS = int(os.environ.get("CHAOS_PACED_LETTERS", "80"))
PACE_PER_HOUR = 3600
CLOCK = 20
SECONDS_APART = 3600 / PACE_PER_HOUR / CLOCK
KILLS = 3


def send_all(mail_server, workers, *, clock: int) -> list[float]:
    """Let four workers send everything to the one MP and return the seconds between one letter and the next."""
    workers.environment["CHAOS_CLOCK"] = str(clock)
    times: list[float] = []
    mail_server.behave = lambda _message_id: times.append(time.monotonic()) or "ok"
    killer = Killer(mail_server, turns=random_turns(random.Random(7), mails=LETTERS, kills=KILLS))
    run_until_settled(workers, seconds=60 + LETTERS * SECONDS_APART * 10)
    log.info(
        "%s: %s letters to one MP in %.0f s; killed at %s",
        *(connection.vendor, LETTERS, times[-1] - times[0], killer.killed),
    )
    return [after - before for before, after in pairwise(handed_over())]


def handed_over() -> list[float]:
    """Return when each letter was handed over, by the workers' own clock."""
    left = LetterDelivery.objects.exclude(handed_over_at=None).order_by("handed_over_at")
    return [at.timestamp() for at in left.values_list("handed_over_at", flat=True)]


def test_thousands_of_letters_to_one_mp_leave_at_no_more_than_the_set_pace_and_none_is_lost(
    mail_server, workers, write_letters
):
    write_letters(LETTERS, mps=1, pace_per_hour=PACE_PER_HOUR)
    gaps = send_all(mail_server, workers, clock=CLOCK)
    arrived = Counter(one.message_id for one in mail_server.accepted)
    for row in LetterDelivery.objects.all():
        assert arrived[row.message_id] == 1 or row.state == DispatchState.UNCERTAIN
        assert arrived[row.message_id] <= 1
    assert LetterDelivery.objects.count() == LETTERS
    assert PaceGate.objects.count() == 1
    assert len(gaps) >= LETTERS - KILLS - 1
    assert min(gaps) >= SECONDS_APART
