"""Check SPF, DKIM, DMARC and the way back of bounces; see actions/outbox/sender_domain.py."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.outbox.dns_records import Lookup, look_up
from actions.outbox.sender_domain import Verdict, check_domain


class Command(BaseCommand):
    help = "Asks the domain name system whether mail from our domain will be believed, and says what is missing."
    look_up: Lookup = staticmethod(look_up)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("domain", nargs="?", default="", help="default: SENDER_DOMAIN")
        parser.add_argument("--selector", action="append", default=[], help="a DKIM selector; may be given repeatedly")

    def handle(self, *args: Any, **options: Any) -> None:
        domain = options["domain"] or settings.SENDER_DOMAIN
        selectors = options["selector"] or settings.DKIM_SELECTORS
        try:
            findings = check_domain(domain, selectors=selectors, look_up=self.look_up)
        except ValueError as error:
            raise CommandError("That is not a domain name.") from error
        for finding in findings:
            self.stdout.write(f"{finding.verdict:<5}  {finding.text}")
        faults = sum(finding.verdict == Verdict.FAULT for finding in findings)
        if faults:
            raise CommandError(f"{faults} to be mended: see “Your sender domain” in docs/deployment.md.")
