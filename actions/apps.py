"""The actions app: rooms register what they offer when Django is ready."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Actions"

    def ready(self) -> None:
        """Let each room register its handlers; imports stay here because models are not loaded earlier."""
        from actions import checks, registration  # noqa: F401

        registration.register_rooms()
