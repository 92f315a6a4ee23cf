"""``manage.py import_ridings``: fetch the 343 ridings; see ``actions.representatives.imports.ridings``."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.representatives.imports.outcome import ImportFailed
from actions.representatives.imports.ridings import import_ridings


class Command(BaseCommand):
    help = (
        "Imports the federal ridings. Without --file or --url they come from Represent (REPRESENT_API_URL); the first "
        "time this takes about ten minutes, because the French names come one by one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--file", default="", help="CSV, JSON or GeoJSON with FED_NUM, ED_NAMEE and ED_NAMEF.")
        where.add_argument("--url", default="", help="The same at an address of the House or of Represent.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and write nothing.")
        parser.add_argument("--accept-large-change", action="store_true", help="Take a set that changes over a tenth.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_ridings(
                source=options["file"] or options["url"],
                is_dry_run=options["dry_run"],
                accept_large_change=options["accept_large_change"],
            )
        except ImportFailed as error:
            for line in error.lines:
                self.stdout.write(line)
            raise CommandError(f"{error} The last good data were kept.") from error
        for line in report.lines:
            self.stdout.write(line)
        self.stdout.write(f"{report.rows} ridings read.")
