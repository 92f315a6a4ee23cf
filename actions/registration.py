"""Calls each room's ``register()`` once; the only list of rooms that have one."""

from importlib import import_module

ROOMS: tuple[str, ...] = (
    "confirmations",
    "donations",
    "events",
    "letters",
    "outbox",
    "petitions",
    "privacy",
    "protection",
    "readiness",
    "representatives",
    "subscribers",
    "wordings",
)


def register_rooms() -> None:
    for room in ROOMS:
        import_module(f"actions.{room}.registration").register()
