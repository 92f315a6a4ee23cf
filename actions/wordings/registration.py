"""What the wordings room does when the app is ready."""

from actions.wordings.signals import connect


def register() -> None:
    connect()
