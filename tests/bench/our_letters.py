"""Confirmed letters in the queue of a fresh database.

``python -m tests.bench.our_letters write <count> <folder>`` writes them and leaves
in the folder one of them as bytes (``mail.eml``) and all of them as data (``mails.json``) for the peers.
``python -m tests.bench.our_letters again`` queues the same letters once more.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

OWN_WORDS = "我的家人在香港。" * 12
BODY = "\n\n".join(["As one of your constituents I ask you to stand with the people of an invented harbour. " * 4] * 4)


def write(count: int, folder: Path) -> None:
    """Write and confirm the letters; their pace is off."""
    from actions.letters.delivery import LetterQueue
    from actions.letters.models import LetterDelivery
    from actions.outbox.smtp import wire_text
    from tests.factories.letters import LetterCampaignFactory, confirmed_letters
    from tests.factories.representatives import RepresentativeFactory

    ridings = [person.riding for person in RepresentativeFactory.create_batch(10)]
    confirmed_letters(LetterCampaignFactory(), ridings=ridings, count=count, own_words=OWN_WORDS, body=BODY)
    LetterDelivery.objects.update(pace_key="")
    queue = LetterQueue()
    messages = [queue.prepare(row) for row in queue.complete().order_by("pk")]
    (folder / "mail.eml").write_bytes(wire_text(messages[0]).removesuffix(b".\r\n"))
    (folder / "mails.json").write_text(json.dumps([as_data(message) for message in messages]))


def as_data(message) -> dict:
    """Return what a task needs in order to build the same mail."""
    return {
        "to": message.to[0],
        "from_email": message.from_email,
        "reply_to": message.reply_to[0],
        "subject": message.subject,
        "body": message.body,
        "headers": message.extra_headers,
    }


def again() -> None:
    """Put all letters back as they were before they left."""
    from django.utils import timezone

    from actions.letters.models import LetterDelivery
    from actions.outbox.dispatch import RELEASED
    from actions.outbox.states import DispatchState

    LetterDelivery.objects.update(
        state=DispatchState.QUEUED, attempts=0, settled_at=None, last_code=0, next_attempt_at=timezone.now(), **RELEASED
    )


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "write":
        write(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        again()
