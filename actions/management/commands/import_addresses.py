"""``manage.py import_addresses``: load the address register; see ``actions.representatives.imports.addresses``."""

from __future__ import annotations

import argparse
import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.representatives.imports.addresses import import_addresses
from actions.representatives.imports.outcome import ImportFailed


class Command(BaseCommand):
    help = (
        "Imports Statistics Canada's National Address Register, so that postal codes are looked up here and nobody "
        "else is asked. Meant to run once per release, about once a year."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "source",
            nargs="+",
            help="The register's zip archive, several of them, or a folder with Address_….csv and Location_….csv.",
        )
        parser.add_argument(
            "--release", type=_month, help="The register's date as YYYY-MM, when its name does not tell."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--accept-large-change", action="store_true", help="Take a set that changes over a tenth.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_addresses(
                options["source"],
                is_dry_run=options["dry_run"],
                accept_large_change=options["accept_large_change"],
                release=options["release"] or "",
                progress=self._say,
            )
        except ImportFailed as error:
            for line in error.lines:
                self.stdout.write(line)
            raise CommandError(f"{error} The last good data were kept.") from error
        for line in report.lines:
            self.stdout.write(line)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _month(text: str) -> str:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError("give the month as YYYY-MM, such as 2025-07")
    return text
