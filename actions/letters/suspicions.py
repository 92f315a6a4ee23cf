"""What speaks against a letter when it is written: it is then held for a person, and its writer sees no difference.

None of it proves anything. People share good sentences and names; so a doubt never refuses a letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Substr
from django.utils import timezone

from actions.letters.compose import Addressee, LetterText
from actions.letters.models import Letter, LetterCampaign
from actions.letters.own_text import filled_in_with, offered_texts, own_pieces
from actions.letters.sketches import BAND, bands, likeness, pieces, sketch, squeezed, weight
from actions.letters.states import HeldReason
from actions.privacy.addresses import untagged
from actions.representatives.matching import name_key
from actions.representatives.models import Recipient, Representative, Riding
from actions.wordings.models import WordingVersion

SHORTEST = 65  # letters, about 80 characters with the blanks: two people may well find the same sentence
ALIKE_FROM = 0.8
OTHERS_ALIKE = 2
LOOKED_BACK = timedelta(days=7)
MOST_LOOKED_AT = 20_000  # letters of one campaign, the newest
MOST_ALIKE = 500  # nobody needs to know of more


@dataclass(frozen=True)
class Doubt:
    """``reason`` is blank when nothing speaks against the letter; ``sketch`` is blank for a short own text."""

    reason: str = ""
    sketch: str = ""


def doubt_about(
    *,
    letter_campaign: LetterCampaign,
    version: WordingVersion,
    key: bytes,
    text: LetterText,
    email: str,
    riding: Riding | None,
    people: list[Addressee],
    email_fingerprint: str,
) -> Doubt:
    """Return what speaks against a letter that is about to be stored. Reads only; call it outside a transaction."""
    own = sketch_of_own_text(
        letter_campaign=letter_campaign, version=version, key=key, text=text, riding=riding, people=people
    )
    if is_official_address(email):
        return Doubt(HeldReason.SELF_MAIL, own)
    if is_name_in_office(text.name):
        return Doubt(HeldReason.IMPERSONATION, own)
    since = timezone.now() - LOOKED_BACK
    alike = letters_alike(letter_campaign_id=letter_campaign.pk, own_text_sketch=own, since=since)
    if len({row.email_fingerprint for row in alike} - {email_fingerprint}) >= OTHERS_ALIKE:
        return Doubt(HeldReason.NEAR_DUPLICATE, own)
    return Doubt("", own)


def sketch_of_own_text(
    *,
    letter_campaign: LetterCampaign,
    version: WordingVersion,
    key: bytes,
    text: LetterText,
    riding: Riding | None,
    people: list[Addressee],
) -> str:
    """Return the sketch of what the writer added or changed; blank when that is less than SHORTEST letters."""
    written = f"{text.own_words}\n{text.body}"
    if weight(pieces(squeezed(written))) < SHORTEST:
        return ""
    found = own_pieces(
        written,
        offered=offered_texts(letter_campaign, version),
        known=filled_in_with(letter_campaign, riding, people),
    )
    return sketch(key, found) if weight(found) >= SHORTEST else ""


def letters_alike(*, letter_campaign_id: int, own_text_sketch: str, since: datetime, besides: int = 0) -> list[Letter]:
    """Return the campaign's letters after ``since`` (UTC) with nearly the same own text, by their plain columns.

    The database passes over all but those that share a band of the sketch, reading the index alone.
    """
    if not own_text_sketch:
        return []
    recent = Letter.objects.filter(letter_campaign_id=letter_campaign_id, created_at__gt=since).order_by("-created_at")
    oldest = recent.values_list("created_at", flat=True)[MOST_LOOKED_AT : MOST_LOOKED_AT + 1].first()
    if oldest is not None:
        recent = recent.filter(created_at__gt=oldest)
    parts = {f"band_{at}": Substr("own_text_sketch", at + 1, BAND) for at, _part in bands(own_text_sketch)}
    shared = reduce(or_, (Q(**{f"band_{at}": part}) for at, part in bands(own_text_sketch)))
    pks = list(recent.alias(**parts).filter(shared).exclude(pk=besides).values_list("pk", flat=True)[:MOST_ALIKE])
    rows = Letter.objects.filter(pk__in=pks).only("own_text_sketch", "email_fingerprint", "postal_fingerprint")
    return [row for row in rows if likeness(row.own_text_sketch, own_text_sketch) >= ALIKE_FROM]


def is_official_address(email: str) -> bool:
    """Return whether the address is at Parliament, at our own mail domain, or one that letters go to."""
    if domain_is_one_of(email, [*settings.LETTER_DOMAINS, settings.SENDER_DOMAIN]):
        return True
    mailbox = untagged(email)
    return any(kind.objects.filter(email__iexact=mailbox).exists() for kind in (Representative, Recipient))


def domain_is_one_of(email: str, domains: list[str]) -> bool:
    """Return whether the address is at one of the domains or below one."""
    domain = email.rpartition("@")[2].lower().rstrip(".")
    return any(domain == name.lower() or domain.endswith(f".{name.lower()}") for name in domains)


def is_name_in_office(name: str) -> bool:
    """Return whether the whole name is that of a sitting member or of an active recipient, titles and order aside."""
    key = name_key(name)
    return bool(key) and key in _keys_in_office()


def _keys_in_office() -> set[str]:
    members = Representative.objects.filter(is_current=True).values_list("first_name", "last_name")
    names = [f"{first} {last}" for first, last in members]
    return {name_key(one) for one in (*names, *Recipient.objects.filter(is_active=True).values_list("name", flat=True))}
