"""The demo as an app, so that Django finds its commands, templates and styles; installed in settings.dev only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "achk_site.demo"
    label = "demo"
    verbose_name = "Demo"
