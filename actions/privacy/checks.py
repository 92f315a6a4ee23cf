"""The start stops when personal data could not be protected."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from achk_site.env import PUBLISHED_KEY
from actions.privacy.keys import ring_problems


@register(Tags.security)
def key_ring_is_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An empty or malformed key ring is an error."""
    return [Error(problem, id="privacy.E001") for problem in ring_problems()]


@register(Tags.security, deploy=True)
def key_ring_is_secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The development key, which is in the source, must not protect real people."""
    if PUBLISHED_KEY in (settings.PERSONAL_DATA_KEYS or {}).values():
        return [Error("PERSONAL_DATA_KEYS holds the development key, which everyone can read.", id="privacy.E002")]
    return []
