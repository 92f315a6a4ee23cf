"""A new petition with the settings and texts of another one, as drafts; nobody has signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from actions.petitions.models import Petition
from actions.wordings.copying import copy_record, copy_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

# Dates, switches and numbers belong to the one that people signed.
NOT_COPIED = (
    "opens_at",
    "closes_at",
    "end_set_at",
    "won_at",
    "archived_at",
    "is_paused",
    "asks_challenge",
    "paper_signatures",
)


def copy_petition(*, source: Petition, name: str, slug: str, user: AbstractBaseUser | AnonymousUser | None) -> Petition:
    """Make the copy and return it; its updates begin empty. Raises IntegrityError when the slug is taken."""
    with transaction.atomic():
        made: Petition = copy_record(source, name=name, slug=slug, leaving_out=NOT_COPIED)
        made.save()
        log(made, "wagtail.create", user=user)
        copy_texts(source, made, link="petition", user=user, leaving_out=("updates",))
    return made
