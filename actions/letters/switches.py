"""The site's stop switches as far as letters are concerned; read afresh, so that they act within one worker tick."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from home.site_settings import SiteSettings


class Switches(NamedTuple):
    """``are_letters_stopped`` stops everything; ``is_parliament_dissolved`` only what goes to MPs."""

    are_letters_stopped: bool = False
    is_parliament_dissolved: bool = False


def site_switches() -> QuerySet[SiteSettings]:
    """Return the one row that holds the switches; none while nobody has touched the settings."""
    return SiteSettings.objects.filter(site__is_default_site=True)


def switches_of(settings: SiteSettings) -> Switches:
    """Return how the switches stood when ``settings`` were read, a moment ago for a page."""
    return Switches(settings.letters_stopped, settings.parliament_dissolved)


def current_switches() -> Switches:
    """Return how the switches stand now; one query."""
    return Switches(*(site_switches().values_list("letters_stopped", "parliament_dissolved").first() or ()))
