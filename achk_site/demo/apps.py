"""The demo as an app, so that Django finds its commands, templates and styles; installed in settings.dev only."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    name = "achk_site.demo"
    label = "demo"
    verbose_name = "Demo"

    def ready(self) -> None:
        """Let one person try out many gifts in a row; the tests of the limits set their own."""
        from actions.protection.limits import Limit

        if settings.DEMO:
            settings.PROTECTION_LIMITS = {name: Limit(300, 600) for name in ("payment", "payment-day")}
