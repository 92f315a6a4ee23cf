"""Four workers, a mail server that fails as real ones do, and kills at random moments: nothing lost, nothing twice.

CHAOS_MAILS and CHAOS_KILLS make it longer, CHAOS_CONTROL_MAILS the run without the protection; CHAOS_SEED repeats one.
"""

from __future__ import annotations

import logging
import os
import random
import time
from collections import Counter

import pytest
from django.db import connection

from actions.letters.models import LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.chaos.killing import Killer, fails_sometimes, random_turns, run_until_settled
from tests.factories.outbox import REPEATABLE, queued_mail

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

MAILS = int(os.environ.get("CHAOS_MAILS", "300"))
KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
CONTROL_MAILS = int(os.environ.get("CHAOS_CONTROL_MAILS", "60"))
ENDED = (DispatchState.SENT, DispatchState.UNCERTAIN)


def swarm(mail_server, workers, *, seed: int, mails: int, kills: int, unprotected: str = "") -> Counter:
    """Let the workers send ``mails`` under fire and return how often each Message-ID arrived."""
    mail_server.behave = fails_sometimes(seed)
    killer = Killer(mail_server, turns=random_turns(random.Random(seed), mails=mails, kills=kills))
    began = time.monotonic()
    run_until_settled(workers, unprotected=unprotected, seconds=60 + mails / 5)
    seconds = time.monotonic() - began
    hit = dict(Counter(killer.killed))
    log.info(
        "%s: %s mails in %.0f s, %.0f a second; killed at %s; letters %s",
        *(connection.vendor, mails, seconds, mails / seconds, hit, Counter(row.state for row in letters())),
    )
    assert kills - 2 <= len(killer.killed) <= kills  # two turns may strike the same worker
    return Counter(one.message_id for one in mail_server.accepted)


def letters():
    return LetterDelivery.objects.only("state", "message_id").iterator()


def test_nothing_is_lost_and_nothing_leaves_twice(mail_server, workers, write_letters, seed):
    confirm_mails = MAILS // 10
    write_letters(MAILS)
    for _ in range(confirm_mails):
        queued_mail(kind=REPEATABLE)
    arrived = swarm(mail_server, workers, seed=seed, mails=MAILS + confirm_mails, kills=KILLS)
    for row in letters():
        assert row.state in ENDED
        assert arrived[row.message_id] <= 1, "twice"
        assert arrived[row.message_id] == 1 or row.state == DispatchState.UNCERTAIN, "lost"
    for row in OutboxMessage.objects.filter(kind=REPEATABLE):
        assert row.state in ENDED
        assert row.repeats <= 1
        assert arrived[row.message_id] <= 1 + row.repeats
        assert arrived[row.message_id] >= 1 or row.state == DispatchState.UNCERTAIN, "lost"
    assert LetterDelivery.objects.filter(state=DispatchState.UNCERTAIN).count() <= KILLS + MAILS / 20
    assert LetterDelivery.objects.count() == MAILS


def test_without_the_protection_the_same_kills_send_letters_twice(mail_server, workers, write_letters, seed):
    write_letters(CONTROL_MAILS)
    kills = max(6, KILLS * CONTROL_MAILS // MAILS)
    arrived = swarm(mail_server, workers, seed=seed, mails=CONTROL_MAILS, kills=kills, unprotected="requeue")
    twice = sum(times > 1 for times in arrived.values())
    log.info("without the protection %s letters left twice", twice)
    assert twice > 0
