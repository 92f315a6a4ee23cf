"""The demo's petition: the record, its texts, and signatures of which only numbers are left."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content import petition as texts
from achk_site.demo.streams import Writer, demo_key
from actions.campaigns.models import Campaign
from actions.petitions.house_models import EPetitionStatus
from actions.petitions.models import HousePetition, MailDomain, Petition, PetitionWording, Signature, TallyDelta
from actions.petitions.petition_models import KEY_OWNER
from actions.petitions.states import CommentRefusal, CommentState, HeldReason, Place, SignatureState
from actions.petitions.tally import add_up
from actions.privacy.addresses import CURRENT_RULES
from actions.privacy.fingerprints import named_domain_fingerprint
from actions.privacy.record_keys import record_key_for
from actions.wordings.models import WordingVersion
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
    sign(petition, places[: texts.SIGNED_BEFORE])
    for language, writer in writers.items():
        _change(petition.wordings.get(locale__language_code=language), writer, user=user)
    sign(petition, places[texts.SIGNED_BEFORE :], voices=texts.VOICES)
    _hold(petition)
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


def sign(petition: Petition, places: list[int | None], *, voices: Iterable[texts.Voice] = ()) -> None:
    """Counted signatures as they are long after the end, a riding and a day; the first ones with what they say."""
    version = _version(petition)
    now, secret = timezone.now(), record_key_for(owner_kind=KEY_OWNER, owner_id=petition.pk)
    keys = itertools.cycle(named_domain_fingerprint(secret, domain) for domain in texts.MAIL_DOMAINS)
    rows = [_signature(petition, version, riding=riding, at=now, mail_domain_key=next(keys)) for riding in places]
    for row, voice in zip(rows, voices, strict=False):
        row.comment, row.comment_state, row.language = voice.comment, voice.state, voice.language
        row.name, row.show_name = voice.name, bool(voice.name)
        row.comment_refused_for = CommentRefusal.ADVERT if voice.state == CommentState.REFUSED else ""
    Signature.objects.bulk_create(rows)
    TallyDelta.objects.bulk_create(
        TallyDelta(petition=petition, riding_id=riding, is_abroad=riding is None, change=1, created_at=_on_some_day(at))
        for at, riding in enumerate(places)
    )


def _on_some_day(number: int) -> datetime:
    """Of the last two weeks, the later ones more: so that staff's chart looks like one."""
    return timezone.now() - timedelta(days=(number * 7919 % 97) ** 2 // 673)


def _hold(petition: Petition) -> None:
    """Signatures that wait for a person, a flood among them: nothing of these counts."""
    version, now = _version(petition), timezone.now()
    held = [
        _signature(petition, version, riding=riding, at=now - timedelta(hours=hours), held_reason=reason)
        for reason, riding, hours in texts.HELD
    ]
    secret = record_key_for(owner_kind=KEY_OWNER, owner_id=petition.pk)
    flood = _flood(petition, version, named_domain_fingerprint(secret, texts.FLOOD_DOMAIN))
    Signature.objects.bulk_create([*held, *flood])


def _version(petition: Petition) -> WordingVersion:
    return current_version(PetitionWording.objects.filter(petition=petition).order_by("pk")[0])


def _signature(
    petition: Petition,
    version: WordingVersion,
    *,
    riding: int | None,
    at: datetime,
    held_reason: str = "",
    mail_domain_key: str = "",
    address_key: str | None = None,
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
        mail_domain_key=mail_domain_key or secrets.token_hex(32),
        address_key=address_key,
        rules_version=CURRENT_RULES,
        slot=None if held_reason else 1,
        created_at=at,
        confirmed_at=at,
    )


def _flood(petition: Petition, version: WordingVersion, key: str) -> list[Signature]:
    """A flood from one mail domain and one address range that was held: nothing of it counts."""
    MailDomain.objects.create(petition=petition, key=key, name=texts.FLOOD_DOMAIN)
    known_by = {"mail_domain_key": key, "address_key": f"6{secrets.token_hex(20)[:39]}"}
    now, reason = timezone.now(), HeldReason.RANGE_BURST
    return [
        _signature(petition, version, riding=None, at=now, held_reason=reason, **known_by)
        for _ in range(texts.FLOOD_HELD)
    ]
