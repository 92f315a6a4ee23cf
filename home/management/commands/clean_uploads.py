"""``manage.py clean_uploads [--dry-run]``: clean what was uploaded before files were cleaned on their way in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from home.uploads.stored import clean_stored


class Command(BaseCommand):
    help = "Cleans pictures and documents that are stored already. May be cut off and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would be replaced or refused.")

    def handle(self, *args: Any, **options: Any) -> None:
        replaced = refused = 0
        for result in clean_stored(dry_run=options["dry_run"]):
            replaced += result.state == "replaced"
            if result.state == "refused":
                refused += 1
                self.stdout.write(f"{result.what}: {result.reason}")
        self.stdout.write(f"{replaced} files replaced, {refused} cannot be cleaned")
        if refused:
            raise CommandError("Replace or delete in the admin what cannot be cleaned, then run this again.")
