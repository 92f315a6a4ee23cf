"""The site's stop switches as far as letters are concerned; read afresh, so that they act within one worker tick."""

from __future__ import annotations

from home.site_settings import SiteSettings


def _column(name: str) -> bool:
    return bool(SiteSettings.objects.filter(site__is_default_site=True).values_list(name, flat=True).first())


def are_letters_stopped() -> bool:
    return _column("letters_stopped")


def is_parliament_dissolved() -> bool:
    return _column("parliament_dissolved")
