"""Our contestant: the worker exactly as ``manage.py worker`` runs it. ``python -m tests.bench.our_worker``"""

from __future__ import annotations

import django

from tests.bench.start_line import wait_at_the_start_line


def main() -> None:
    """Work until the process is told to stop."""
    django.setup()
    from actions.outbox.worker import Worker

    worker = Worker()
    worker.stop_on_signals()
    wait_at_the_start_line()
    worker.run()


if __name__ == "__main__":
    main()
