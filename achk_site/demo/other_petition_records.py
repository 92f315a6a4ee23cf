"""The demo's other petitions: each with a campaign and texts of its own, as far as they have come."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content.other_petitions import OTHERS, OtherPetition
from achk_site.demo.petition_records import sign
from achk_site.demo.streams import Writer, demo_key
from actions.campaigns.models import Campaign
from actions.petitions.models import Petition, PetitionWording
from actions.petitions.tally import add_up


def load_other_petitions(writers: dict[str, Writer], *, user: Any) -> None:
    """Add those that are missing."""
    known = set(Petition.objects.values_list("slug", flat=True))
    for texts in OTHERS:
        if texts.slug not in known:
            _load(texts, writers, user=user)


def _load(texts: OtherPetition, writers: dict[str, Writer], *, user: Any) -> None:
    now = timezone.now()
    goal = Campaign.objects.create(slug=texts.slug, name=texts.campaign)
    petition = Petition.objects.create(
        slug=texts.slug,
        name=texts.title.en,
        campaign=goal,
        goal=texts.goal,
        opens_at=now + timedelta(days=texts.opens_in_days),
    )
    for language, writer in writers.items():
        wording = PetitionWording(
            petition=petition,
            locale=Locale.objects.get(language_code=language),
            translation_key=demo_key(f"petition/{texts.slug}"),
            live=False,
            title=writer.say(texts.title),
            target=writer.say(texts.target),
            text=writer.rich(texts.text),
            background=writer.rich(texts.background),
            thank_you=writer.rich(texts.thank_you),
        )
        wording.save()
        wording.save_revision(user=user).publish(user=user)
    if texts.signed:
        sign(petition, [riding for riding, number in texts.signed.items() for _ in range(number)])
        add_up(petition_id=petition.pk, now=now)
    if texts.won_days_ago is not None:
        Petition.objects.filter(pk=petition.pk).update(won_at=now - timedelta(days=texts.won_days_ago))
