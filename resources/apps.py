"""Toolkits, guides, recordings and events."""

from django.apps import AppConfig


class ResourcesConfig(AppConfig):
    name = "resources"
    verbose_name = "Resources"

    def ready(self) -> None:
        from resources import registration

        registration.register()
