"""The demo's petition: the record, its texts, and signatures of which only numbers are left."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content import petition as texts
from achk_site.demo.streams import Writer, demo_key
from actions.campaigns.models import Campaign
from actions.petitions.models import Petition, PetitionWording, Signature, TallyDelta
from actions.petitions.states import Place, SignatureState
from actions.petitions.tally import add_up
from actions.privacy.addresses import CURRENT_RULES
from actions.wordings.services import current_version, versions_of
from actions.wordings.states import Change


def load_petition(goal: Campaign) -> Petition:
    made, _ = Petition.objects.get_or_create(
        slug=texts.SLUG,
        defaults={
            "name": texts.NAME,
            "campaign": goal,
            "goal": texts.GOAL,
            "goal_step": texts.GOAL,
            "paper_signatures": texts.PAPER_SIGNATURES,
            "opens_at": timezone.now() - timedelta(days=texts.OPEN_FOR_DAYS),
            "closes_at": timezone.now() + timedelta(days=texts.CLOSES_IN_DAYS),
        },
    )
    return made


def load_petition_wordings(petition: Petition, writers: dict[str, Writer], *, user: Any) -> None:
    """One wording per language, published like an editor would, and the signatures under its former text and this."""
    key = demo_key("petition")
    if petition.signatures.exists():
        return
    for language, writer in writers.items():
        wording, is_new = PetitionWording.objects.get_or_create(
            petition=petition,
            locale=Locale.objects.get(language_code=language),
            defaults={"translation_key": key, "live": False, **_wording(writer)},
        )
        if is_new:
            wording.save_revision(user=user).publish(user=user)
    places: list[int | None] = [riding for riding, number in texts.SIGNED.items() for _ in range(number)]
    places += [None] * texts.SIGNED_ABROAD
    _sign(petition, places[: texts.SIGNED_BEFORE])
    for language, writer in writers.items():
        _change(petition.wordings.get(locale__language_code=language), writer, user=user)
    _sign(petition, places[texts.SIGNED_BEFORE :])
    add_up(petition_id=petition.pk, now=timezone.now())


def _change(wording: PetitionWording, writer: Writer, *, user: Any) -> None:
    """Ask for more than before, as an editor says in the form, and some days ago."""
    wording.text = writer.rich(texts.TEXT)
    wording.said_change, wording.said_of = Change.MATERIAL, wording.answer_key(current_version(wording))
    wording.said_by = user
    wording.save_revision(user=user).publish(user=user)
    opened, changed = (timezone.now() - timedelta(days=days) for days in (texts.OPEN_FOR_DAYS, texts.CHANGED_DAYS_AGO))
    versions_of(wording).filter(number=1).update(created_at=opened)
    versions_of(wording).filter(number=2).update(created_at=changed)
    PetitionWording.objects.filter(pk=wording.pk).update(changed_at=changed)


def _wording(writer: Writer) -> dict[str, Any]:
    return {
        "title": writer.say(texts.TITLE),
        "target": writer.say(texts.TARGET),
        "text": writer.rich(texts.FORMER_TEXT),
        "background": writer.rich(texts.BACKGROUND),
        "at_the_goal": writer.say(texts.AT_THE_GOAL),
        "thank_you": writer.rich(texts.THANK_YOU),
        "share_text": writer.say(texts.SHARE_TEXT),
    }


def _sign(petition: Petition, places: list[int | None]) -> None:
    """Signatures as they are long after the end: a riding and a day, nothing about anybody."""
    version = current_version(PetitionWording.objects.filter(petition=petition).order_by("pk")[0])
    now = timezone.now()
    Signature.objects.bulk_create(
        Signature(
            petition=petition,
            wording_version=version,
            language="en",
            state=SignatureState.CONFIRMED,
            place=Place.RIDING if riding else Place.ABROAD,
            riding_id=riding,
            email_fingerprint=secrets.token_hex(32),
            name_fingerprint=secrets.token_hex(32),
            mail_domain_key=secrets.token_hex(32),
            rules_version=CURRENT_RULES,
            slot=1,
            created_at=now,
            confirmed_at=now,
        )
        for riding in places
    )
    TallyDelta.objects.bulk_create(
        TallyDelta(petition=petition, riding_id=riding, is_abroad=riding is None, change=1) for riding in places
    )
