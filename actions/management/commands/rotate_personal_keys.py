"""``manage.py rotate_personal_keys [--dry-run]``: encrypt everything again under the first key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from actions.privacy.rotation import rotate


class Command(BaseCommand):
    help = "Encrypts personal data again under the first key of PERSONAL_DATA_KEYS. May be cut off and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only count what stands under an older key.")

    def handle(self, *args: Any, **options: Any) -> None:
        results = rotate(dry_run=options["dry_run"])
        for result in results:
            self.stdout.write(f"{result.model}: {result.rows} rows under an older key, {result.failed} failed")
        if failed := sum(result.failed for result in results):
            raise CommandError(f"{failed} rows did not open. Keep the old key; the log names the rows.")
