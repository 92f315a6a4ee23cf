"""Kills at the moments that matter, a mail server that fails as real ones do, and a crew that is kept up."""

from __future__ import annotations

import os
import random
import signal
import threading
import zlib
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from actions.letters.models import LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from tests.chaos.workers import Crew, wait_until
from tests.stubs.smtp import SmtpStub

WORKERS = 4
HOOKS = ("on_mail", "on_text", "after_yes")
OPEN = (DispatchState.QUEUED, DispatchState.SENDING)


class Killer:
    """Kills the client that the server is talking to, at the given turns of the given hooks."""

    def __init__(self, mail_server: SmtpStub, *, turns: set[tuple[str, int]]) -> None:
        self.turns, self.passed, self.killed = turns, Counter(), []
        self.lock = threading.Lock()
        for hook in HOOKS:
            setattr(mail_server, hook, partial(self.pass_by, hook))

    def pass_by(self, hook: str, client: str) -> None:
        with self.lock:
            self.passed[hook] += 1
            is_turn = (hook, self.passed[hook]) in self.turns
        if is_turn:
            with suppress(ProcessLookupError):  # killed at another hook just now
                os.kill(int(client.removeprefix("pid").partition(".")[0]), signal.SIGKILL)
                self.killed.append(hook)


def random_turns(dice: random.Random, *, mails: int, kills: int) -> set[tuple[str, int]]:
    """Return at which mail to kill at which hook, spread over the first four fifths of the run."""
    return {(dice.choice(HOOKS), turn) for turn in dice.sample(range(1, int(mails * 0.8)), kills)}


def fails_sometimes(seed: int) -> Callable[[str], str]:
    """2 % of the mails are put off with 451 once, 1 % are taken and the connection dropped."""
    seen: Counter = Counter()

    def behave(message_id: str) -> str:
        seen[message_id] += 1
        lot = zlib.crc32(f"{seed}{message_id}".encode()) % 100
        return "ok" if seen[message_id] > 1 else {0: "data-451", 1: "data-451", 2: "drop"}.get(lot, "ok")

    return behave


def run_until_settled(workers: Crew, *, unprotected: str = "", seconds: float) -> None:
    """Keep the crew at its strength until nothing waits."""

    def is_settled() -> bool:
        while sum(worker.is_running for worker in workers.everyone) < WORKERS:
            workers.hire(unprotected=unprotected)
        waiting = LetterDelivery.objects.filter(state__in=OPEN).exists()
        return not waiting and not OutboxMessage.objects.filter(state__in=OPEN).exists()

    wait_until(is_settled, seconds=seconds)
