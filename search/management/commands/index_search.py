"""Make the search index anew: after a restored backup or a data migration."""

from typing import Any

from django.core.management.base import BaseCommand

from search.indexing import index_all


class Command(BaseCommand):
    help = "Makes every entry of the search anew."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{index_all()} entries")
