"""One of the two signals of the site: a wording was published, so freeze its version."""

from __future__ import annotations

from typing import Any

from wagtail.signals import published

from actions.wordings.models import Wording
from actions.wordings.publishing import note_publication


def freeze_published_wording(sender: type, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, Wording):
        note_publication(instance, revision)


def connect() -> None:
    published.connect(freeze_published_wording, dispatch_uid="wordings.freeze")
