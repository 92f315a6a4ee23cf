"""A new appeal with the settings and texts of another one, as drafts; nobody has given to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from actions.donations.models import Appeal
from actions.wordings.copying import copy_record, copy_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

NOT_COPIED = ("opens_at", "closes_at", "archived_at", "is_paused")


def copy_appeal(*, source: Appeal, name: str, slug: str, user: AbstractBaseUser | AnonymousUser | None) -> Appeal:
    """Make the copy and return it; gifts stay with the old one. Raises IntegrityError when the slug is taken."""
    with transaction.atomic():
        made: Appeal = copy_record(source, name=name, slug=slug, leaving_out=NOT_COPIED)
        made.save()
        log(made, "wagtail.create", user=user)
        copy_texts(source, made, link="appeal", user=user)
    return made
