"""A page or text was published: its translations are asked for what is new at once, without anybody pressing "Sync".

wagtail-localize keeps a frozen copy of what was submitted. Left alone, French and Chinese would go on translating the
former text, and nobody would see that something is missing.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from wagtail.models import TranslatableMixin
from wagtail.signals import published
from wagtail_localize.models import TranslationSource

log = logging.getLogger(__name__)


def follow(record: Any) -> None:
    """Read the published record into its translations' source; what it said before stays translated."""
    source = TranslationSource.objects.filter(object_id=record.translation_key, locale_id=record.locale_id).first()
    if source is None or not source.translations.filter(enabled=True).exists():
        return
    try:
        with transaction.atomic():
            source.update_from_db()
    except Exception as error:  # noqa: BLE001 - what cannot be cut into entries must not stop a publication
        log.error("translations of %s do not follow it: %s", record._meta.label, type(error).__name__)


def follow_published(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, TranslatableMixin) and instance.live:
        follow(instance)


def connect() -> None:
    published.connect(follow_published, dispatch_uid="translations.follow")
