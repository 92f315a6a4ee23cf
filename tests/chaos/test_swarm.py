"""Four workers, a mail server that fails as real ones do, and kills at random moments: nothing lost, nothing twice.

CHAOS_MAILS and CHAOS_KILLS make it longer, CHAOS_SEED repeats a run.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import threading
import zlib
from collections import Counter
from contextlib import suppress
from functools import partial

import pytest

from actions.letters.models import LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.chaos.workers import wait_until
from tests.factories.outbox import REPEATABLE, queued_mail

log = logging.getLogger(__name__)
pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

MAILS = int(os.environ.get("CHAOS_MAILS", "300"))
KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
WORKERS = 4
HOOKS = ("on_mail", "on_text", "after_yes")
OPEN = (DispatchState.QUEUED, DispatchState.SENDING)


@pytest.fixture
def seed(record_property) -> int:
    seed = int(os.environ.get("CHAOS_SEED", random.randrange(10**6)))
    record_property("seed", seed)
    log.info("CHAOS_SEED=%s", seed)
    return seed


class Killer:
    """Kills the client that the server is talking to, at the given turns of the given hooks."""

    def __init__(self, mail_server, *, turns: set[tuple[str, int]]) -> None:
        self.turns, self.passed, self.killed = turns, Counter(), []
        self.lock = threading.Lock()
        for hook in HOOKS:
            setattr(mail_server, hook, partial(self.pass_by, hook))

    def pass_by(self, hook: str, client: str) -> None:
        with self.lock:
            self.passed[hook] += 1
            is_turn = (hook, self.passed[hook]) in self.turns
        if is_turn:
            self.killed.append(hook)
            with suppress(ProcessLookupError):  # killed at another hook just now
                os.kill(int(client.removeprefix("pid").partition(".")[0]), signal.SIGKILL)


def fails_sometimes(seed: int):
    """2 % of the mails are put off with 451 once, 1 % are taken and the connection dropped."""
    seen: Counter = Counter()

    def behave(message_id: str) -> str:
        seen[message_id] += 1
        lot = zlib.crc32(f"{seed}{message_id}".encode()) % 100
        return "ok" if seen[message_id] > 1 else {0: "data-451", 1: "data-451", 2: "drop"}.get(lot, "ok")

    return behave


def run_until_settled(workers, *, unprotected: str = "", seconds: float) -> None:
    """Keep the crew at its strength until nothing waits."""

    def is_settled() -> bool:
        while sum(worker.is_running for worker in workers.everyone) < WORKERS:
            workers.hire(unprotected=unprotected)
        waiting = LetterDelivery.objects.filter(state__in=OPEN).exists()
        return not waiting and not OutboxMessage.objects.filter(state__in=OPEN).exists()

    wait_until(is_settled, seconds=seconds)


def test_nothing_is_lost_and_nothing_leaves_twice(mail_server, workers, write_letters, seed):
    dice = random.Random(seed)
    write_letters(MAILS // 2)
    for _ in range(MAILS // 2):
        queued_mail(kind=REPEATABLE)
    mail_server.behave = fails_sometimes(seed)
    killer = Killer(
        mail_server, turns={(dice.choice(HOOKS), turn) for turn in dice.sample(range(1, int(MAILS * 0.8)), KILLS)}
    )
    run_until_settled(workers, seconds=60 + MAILS / 10)
    arrived = Counter(one.message_id for one in mail_server.accepted)
    log.info("killed at %s", killer.killed)
    assert len(killer.killed) == KILLS
    for row in LetterDelivery.objects.all():
        assert row.state in (DispatchState.SENT, DispatchState.UNCERTAIN)
        assert arrived[row.message_id] <= 1, "twice"
        assert arrived[row.message_id] == 1 or row.state == DispatchState.UNCERTAIN, "lost"
    for row in OutboxMessage.objects.filter(kind=REPEATABLE):
        assert row.state in (DispatchState.SENT, DispatchState.UNCERTAIN)
        assert row.repeats <= 1
        assert arrived[row.message_id] <= 1 + row.repeats
        assert arrived[row.message_id] >= 1 or row.state == DispatchState.UNCERTAIN, "lost"
    assert LetterDelivery.objects.filter(state=DispatchState.UNCERTAIN).count() <= KILLS + MAILS / 20


def test_without_the_protection_the_same_kills_send_letters_twice(mail_server, workers, write_letters):
    write_letters(20)
    killer = Killer(mail_server, turns={("on_text", turn) for turn in (3, 8, 13)})
    run_until_settled(workers, unprotected="requeue", seconds=60)
    arrived = Counter(one.message_id for one in mail_server.accepted)
    assert len(killer.killed) == 3
    assert max(arrived.values()) > 1
