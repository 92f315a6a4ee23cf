"""``manage.py load_demo``: put the demo's content into the database; what is there already stays as it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from achk_site.demo.loader import load_demo


class Command(BaseCommand):
    help = "Loads the demo site in three languages. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo is loaded with achk_site.settings.dev only: its passwords are known.")
        load_demo()
        self.stdout.write("The demo is loaded.")
