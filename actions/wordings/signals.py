"""One of the two signals of the site: a wording was published, so freeze its version."""

from __future__ import annotations

from typing import Any

from wagtail.signals import published

from actions.wordings.models import Wording
from actions.wordings.services import freeze


def freeze_published_wording(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Wording):
        freeze(instance)


def connect() -> None:
    published.connect(freeze_published_wording, dispatch_uid="wordings.freeze")
