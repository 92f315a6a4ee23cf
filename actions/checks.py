"""System checks of the rooms, gathered so that Django finds them."""

from actions.outbox import checks as outbox_checks  # noqa: F401
from actions.privacy import checks as privacy_checks  # noqa: F401
