"""What is to be said about a letter campaign before its page or text is published; one-sided recipients among it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from actions.letters.balance import warnings_about
from actions.letters.models import LetterCampaign, LetterWording
from actions.readiness.sentences import about_action
from actions.registry import Finding


def about_letter_campaign(letter_campaign: LetterCampaign) -> Iterator[Finding]:
    edit = LetterCampaign.snippet_viewset.get_url_name("edit")
    url = reverse(edit, args=[letter_campaign.pk])
    closes_at = letter_campaign.closes_at or letter_campaign.useless_after
    yield from about_action(letter_campaign, closes_at=closes_at, edit_url=url)
    yield from (Finding(sentence, url) for sentence in warnings_about(letter_campaign))


def about_text(wording: LetterWording) -> Iterator[Finding]:
    yield from about_letter_campaign(wording.letter_campaign)
