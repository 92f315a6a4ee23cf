"""What is to be said about an appeal before its page or text is published; many appeals have no end on purpose."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from actions.donations.models import Appeal, AppealWording
from actions.readiness.sentences import about_action
from actions.registry import Finding


def about_appeal(appeal: Appeal) -> Iterator[Finding]:
    """Of the end nothing is said where there is no goal either: such an appeal is meant to stay."""
    url = reverse(Appeal.snippet_viewset.get_url_name("edit"), args=[appeal.pk])  # type: ignore[attr-defined]
    closes_at = appeal.closes_at if appeal.goal_cents else timezone.now()
    yield from about_action(appeal, closes_at=closes_at, edit_url=url)


def about_text(wording: AppealWording) -> Iterator[Finding]:
    yield from about_appeal(wording.appeal)
