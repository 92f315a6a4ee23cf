"""System checks of the rooms, gathered so that Django finds them."""

from actions.privacy import checks as privacy_checks  # noqa: F401
