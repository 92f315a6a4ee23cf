"""What is to be said about a petition before its page or text is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from actions.petitions.models import Petition, PetitionWording
from actions.readiness.sentences import about_action
from actions.registry import Finding


def about_petition(petition: Petition) -> Iterator[Finding]:
    url = reverse(Petition.snippet_viewset.get_url_name("edit"), args=[petition.pk])  # type: ignore[attr-defined]
    yield from about_action(petition, closes_at=petition.ends_at, edit_url=url)


def about_text(wording: PetitionWording) -> Iterator[Finding]:
    yield from about_petition(wording.petition)
