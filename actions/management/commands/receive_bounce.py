"""Take one returned mail from standard input: for a mail server that pipes what arrives at ``bounce+…``."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError

from actions.outbox.bounce_mails import MAX_BYTES, read_bounce
from actions.outbox.bounces import record_bounce

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and calls once more


class Command(BaseCommand):
    help = "Records the returned mail on standard input. Ends with 75 when the mail should be offered again later."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--recipient", default="", help="the address that the mail was sent to (the envelope's)")

    def handle(self, *args: Any, **options: Any) -> None:
        report = read_bounce(sys.stdin.buffer.read(MAX_BYTES), recipient=options["recipient"])
        while sys.stdin.buffer.read(65_536):  # a mail server whose pipe breaks calls the mail undeliverable
            pass
        if report is None:
            return
        try:
            record_bounce(token=report.token, kind=report.kind, status=report.status, code=report.code)
        except (OperationalError, InterfaceError):
            sys.exit(TRY_AGAIN)
