"""The peer: django-tasks-db and the worker that it ships. Runs in the peers' own environment.

``python -m tests.bench.peer_worker fill <file with mails> <count>`` queues the mails anew; ``… work`` sends them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import django

from tests.bench.start_line import wait_at_the_start_line


def fill(mails: list[dict]) -> None:
    """Forget what was queued and enqueue one task for each mail."""
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    from tests.bench.peer_tasks import send_mail

    with transaction.atomic():
        DBTaskResult.objects.all().delete()
        for mail in mails:
            send_mail.enqueue(**mail)


def work() -> None:
    """Run the worker's loop as ``manage.py db_worker`` does."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0.1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="bench",
        excluded_queue_names=[],
    )
    worker.configure_signals()
    wait_at_the_start_line()
    worker.run()


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "fill":
        fill(json.loads(Path(sys.argv[2]).read_text())[: int(sys.argv[3])])
    else:
        work()
