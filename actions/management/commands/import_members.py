"""``manage.py import_members``: fetch who sits where; see ``actions.representatives.imports.members``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.representatives.imports.house import MEMBERS_URL
from actions.representatives.imports.members import import_members
from actions.representatives.imports.outcome import ImportFailed


class Command(BaseCommand):
    help = (
        "Imports the Members of Parliament: who sits where from the House of Commons, published addresses from "
        "Represent. Meant to run once a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--file", default="", help="The House's XML or CSV of members.")
        where.add_argument("--url", default="", help=f"The same at an address. Default: {MEMBERS_URL}")
        parser.add_argument(
            "--contacts",
            default="",
            help="Represent's list of members as a file or address. Default: Represent itself.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--accept-large-change", action="store_true", help="Take a set that changes over a tenth.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_members(
                house=options["file"] or options["url"],
                contact_list=options["contacts"],
                is_dry_run=options["dry_run"],
                accept_large_change=options["accept_large_change"],
            )
        except ImportFailed as error:
            for line in error.lines:
                self.stdout.write(line)
            raise CommandError(f"{error} The last good data were kept.") from error
        for line in report.lines:
            self.stdout.write(line)
        self.stdout.write(f"{report.rows} members placed.")
