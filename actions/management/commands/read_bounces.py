"""Read the mailbox of returned mail by hand; the worker does it every five minutes."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.outbox.bounce_mailbox import MailboxUnavailable, read_mailbox


class Command(BaseCommand):
    help = "Records and deletes the mails in the mailbox that BOUNCE_MAILBOX_URL names, until it is empty."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="read one batch, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.BOUNCE_MAILBOX is None:
            raise CommandError("BOUNCE_MAILBOX_URL is not set: see docs/deployment.md.")
        while True:
            try:
                reading = read_mailbox(settings.BOUNCE_MAILBOX)
            except MailboxUnavailable as error:
                raise CommandError(f"The mailbox could not be read to the end ({error}).") from error
            self.stdout.write(f"{reading.read} mails read, {reading.recorded} recorded, {reading.left} left")
            if options["once"] or not reading.left or not reading.read:
                return
