"""The demo's petition: the record, its texts, and signatures of which only numbers are left."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content import petition as texts
from achk_site.demo.streams import Writer, demo_key
from actions.campaigns.models import Campaign
from actions.petitions.house_models import EPetitionStatus
from actions.petitions.models import HousePetition, Petition, PetitionWording, Signature, TallyDelta
from actions.petitions.states import CommentRefusal, CommentState, Place, SignatureState
from actions.petitions.tally import add_up
from actions.privacy.addresses import CURRENT_RULES
from actions.wordings.models import WordingVersion
from actions.wordings.services import current_version


def load_petition(goal: Campaign) -> Petition:
    made, _ = Petition.objects.get_or_create(
        slug=texts.SLUG,
        defaults={
            "name": texts.NAME,
            "campaign": goal,
            "goal": texts.GOAL,
            "goal_step": texts.GOAL,
            "paper_signatures": texts.PAPER_SIGNATURES,
            "opens_at": timezone.now() - timedelta(days=14),
            "closes_at": timezone.now() + timedelta(days=texts.CLOSES_IN_DAYS),
        },
    )
    HousePetition.objects.get_or_create(
        petition=made,
        defaults={
            **texts.HOUSE,
            "is_offered": True,
            "e_petition_url": texts.E_PETITION_URL,
            "e_petition_status": EPetitionStatus.COLLECTING,
            "e_petition_status_on": timezone.localdate() - timedelta(days=texts.E_PETITION_DAYS),
        },
    )
    return made


def load_petition_wordings(petition: Petition, writers: dict[str, Writer], *, user: Any) -> None:
    """One wording per language, published like an editor would, and then the signatures."""
    key = demo_key("petition")
    for language, writer in writers.items():
        wording, is_new = PetitionWording.objects.get_or_create(
            petition=petition,
            locale=Locale.objects.get(language_code=language),
            defaults={"translation_key": key, "live": False, **_wording(writer)},
        )
        if is_new:
            wording.save_revision(user=user).publish(user=user)
    if not petition.signatures.exists():
        _sign(petition)


def _wording(writer: Writer) -> dict[str, Any]:
    return {
        "title": writer.say(texts.TITLE),
        "target": writer.say(texts.TARGET),
        "text": writer.rich(texts.TEXT),
        "background": writer.rich(texts.BACKGROUND),
        "at_the_goal": writer.say(texts.AT_THE_GOAL),
        "thank_you": writer.rich(texts.THANK_YOU),
        "share_text": writer.say(texts.SHARE_TEXT),
    }


def _sign(petition: Petition) -> None:
    """Signatures as they are long after the end, a riding and a day; a few comments, and some that were held."""
    version = current_version(PetitionWording.objects.filter(petition=petition).order_by("pk")[0])
    places: list[int | None] = [riding for riding, number in texts.SIGNED.items() for _ in range(number)]
    places += [None] * texts.SIGNED_ABROAD
    now = timezone.now()
    counted = [_signature(petition, version, riding=riding, at=now) for riding in places]
    for row, voice in zip(counted, texts.VOICES, strict=False):
        row.comment, row.comment_state, row.language = voice.comment, voice.state, voice.language
        row.name, row.show_name = voice.name, bool(voice.name)
        row.comment_refused_for = CommentRefusal.ADVERT if voice.state == CommentState.REFUSED else ""
    held = [
        _signature(petition, version, riding=riding, at=now - timedelta(hours=hours), held_reason=reason)
        for reason, riding, hours in texts.HELD
    ]
    Signature.objects.bulk_create([*counted, *held])
    TallyDelta.objects.bulk_create(
        TallyDelta(petition=petition, riding_id=riding, is_abroad=riding is None, change=1) for riding in places
    )
    add_up(petition_id=petition.pk, now=now)


def _signature(
    petition: Petition, version: WordingVersion, *, riding: int | None, at: datetime, held_reason: str = ""
) -> Signature:
    return Signature(
        petition=petition,
        wording_version=version,
        language="en",
        state=SignatureState.HELD if held_reason else SignatureState.CONFIRMED,
        held_reason=held_reason,
        place=Place.RIDING if riding else Place.ABROAD,
        riding_id=riding,
        email_fingerprint=secrets.token_hex(32),
        name_fingerprint=secrets.token_hex(32),
        mail_domain_key=secrets.token_hex(32),
        rules_version=CURRENT_RULES,
        slot=None if held_reason else 1,
        created_at=at,
        confirmed_at=at,
    )
