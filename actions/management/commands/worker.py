"""Send what waits in the outbox and run periodic jobs; see actions/outbox/worker.py."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from actions.outbox.worker import Worker


class Command(BaseCommand):
    help = "Sends mails and letters and runs periodic jobs until stopped. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker()
        if options["once"]:
            self.stdout.write(f"{worker.drain()} mails tried")
            return
        worker.stop_on_signals()
        self.stdout.write("worker started")
        worker.run()
