"""Writing, confirming, withdrawing and releasing letters. Each function is one transaction and says what happened."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from actions.letters import emails
from actions.letters.campaign_models import KEY_OWNER
from actions.letters.compose import Addressee, LetterText, addressees, as_rows, from_rows
from actions.letters.letter_models import UNCONFIRMED_FOR
from actions.letters.models import Letter, LetterCampaign, LetterDelivery, LetterTally
from actions.letters.states import HeldReason, LetterState
from actions.outbox.messages import new_message_id
from actions.outbox.states import DispatchState
from actions.privacy.fingerprints import email_fingerprint, name_fingerprint, postal_fingerprint
from actions.privacy.record_keys import record_key_for
from actions.privacy.retention import blank
from actions.protection.tokens import spend_token
from actions.representatives.models import Riding
from actions.wordings.models import WordingVersion

SLOTS = (1, 2)


@dataclass(frozen=True)
class Submission:
    """A valid letter form; languages are codes, ``held_reason`` is blank when nothing speaks against the letter."""

    text: LetterText
    email: str
    subject: str
    riding: Riding | None
    language: str
    letter_language: str
    wants_copy: bool
    held_reason: str = ""
    attempt_id: uuid.UUID | None = None


def write(
    *, letter_campaign: LetterCampaign, wording_version: WordingVersion, people: list[Addressee], submission: Submission
) -> Letter | None:
    """Store the letter and the mail with its link; None when this attempt was accepted before."""
    key = record_key_for(owner_kind=KEY_OWNER, owner_id=letter_campaign.pk)
    text = submission.text
    with transaction.atomic():
        if not spend_token(submission.attempt_id):
            return None
        letter = Letter.objects.create(
            letter_campaign=letter_campaign,
            wording_version=wording_version,
            riding=submission.riding,
            riding_name=riding_name(submission),
            language=submission.language,
            letter_language=submission.letter_language,
            state=LetterState.HELD if submission.held_reason else LetterState.PENDING,
            held_reason=submission.held_reason,
            attempt_id=submission.attempt_id,
            name=text.name,
            email=submission.email,
            postal_code=text.postal_code,
            street_address=text.street_address,
            subject=submission.subject,
            own_words=text.own_words,
            body=text.body,
            wants_copy=submission.wants_copy,
            addressees=as_rows(people),
            email_fingerprint=email_fingerprint(key, submission.email),
            name_fingerprint=name_fingerprint(key, text.name),
            postal_fingerprint=postal_fingerprint(key, text.postal_code),
        )
        emails.send_confirm_link(letter)
    return letter


def riding_name(submission: Submission) -> str:
    """The name in the letter's language, frozen: a riding that is renamed later must not change a confirmed letter."""
    return submission.riding.localized_name(submission.letter_language) if submission.riding else ""


def confirm(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """Carry out the writer's confirmation and return the state the letter is in; doing it again changes nothing.

    The people are read again: when the MP, the seat or an address is not what the writer saw, the letter is held and
    the writer is told.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == LetterState.HELD and letter.confirmed_at is None:
            _stamp(letter, LetterState.HELD, now)
        elif letter.state == LetterState.PENDING:
            if not same_people(letter):
                letter.held_reason = HeldReason.MP_CHANGED
                _stamp(letter, LetterState.HELD, now)
                emails.send_trouble(letter, reason=HeldReason.MP_CHANGED)
            else:
                _queue(letter, now)
        return LetterState(letter.state)


def same_people(letter: Letter) -> bool:
    """Return whether today's addressees are the ones that the writer saw."""
    today = addressees(letter_campaign=letter.letter_campaign, riding=letter.riding, language=letter.letter_language)
    return {(one.key, one.email) for one in today} >= {(one["key"], one["email"]) for one in letter.addressees}


def _stamp(letter: Letter, state: LetterState, now: datetime) -> None:
    letter.state, letter.confirmed_at, letter.text_sha256 = state, now, letter.text_hash()
    letter.save(update_fields=["state", "held_reason", "confirmed_at", "text_sha256", "slot"])


def _queue(letter: Letter, now: datetime) -> None:
    """Make one delivery per recipient who does not have this writer's letter yet, and count the letter once."""
    made: list[LetterDelivery | None] = []
    for _attempt in SLOTS:  # somebody of the same household may have taken the first slot meanwhile
        letter.slot = _slot(letter)
        made = [_delivery(letter, person) for person in from_rows(letter.addressees)]
        if any(made):
            break
    else:
        _stamp(letter, LetterState.REPEATED, now)
        return
    _stamp(letter, LetterState.CONFIRMED, letter.confirmed_at or now)
    LetterTally.objects.get_or_create(letter_campaign_id=letter.letter_campaign_id)
    LetterTally.objects.filter(letter_campaign_id=letter.letter_campaign_id).update(confirmed=F("confirmed") + 1)


def _slot(letter: Letter) -> int:
    """Two people may share an address: another name at the same postal code gets the second place."""
    others = Letter.objects.filter(
        letter_campaign_id=letter.letter_campaign_id, email_fingerprint=letter.email_fingerprint, slot=1
    ).exclude(pk=letter.pk)
    first = others.first()
    shares = (
        first is not None
        and first.name_fingerprint != letter.name_fingerprint
        and first.postal_fingerprint == letter.postal_fingerprint
    )
    return SLOTS[1] if shares else SLOTS[0]


def _delivery(letter: Letter, person: Addressee) -> LetterDelivery | None:
    kind, _, pk = person.key.partition(":")
    try:
        with transaction.atomic():
            return LetterDelivery.objects.create(
                letter=letter,
                representative_id=int(pk) if kind == "mp" else None,
                recipient_id=int(pk) if kind == "recipient" else None,
                recipient_name=person.name,
                recipient_email=person.email,
                salutation=person.salutation,
                closing=person.closing,
                is_copy=person.is_copy,
                message_id=new_message_id(),
                pace_key=hashlib.sha256(person.email.lower().encode()).hexdigest(),
                dedupe_key=f"{letter.letter_campaign_id}:{letter.email_fingerprint}:{letter.slot}:{person.key}",
            )
    except IntegrityError:
        return None


def withdraw(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """Take the letter back: what has not left is not sent, and everything personal is deleted at once."""
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state in (LetterState.PENDING, LetterState.HELD, LetterState.CONFIRMED):
            letter.deliveries.filter(state__in=(DispatchState.QUEUED, DispatchState.HELD)).update(
                state=DispatchState.FAILED, held_reason=HeldReason.WITHDRAWN, settled_at=now
            )
            _end(letter, LetterState.WITHDRAWN, now)
        return LetterState(letter.state)


def release(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """A person looked at a held letter and lets it go on: to the recipients if the writer has confirmed.

    A letter whose text was deleted meanwhile stays held: there is nothing left to send.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == LetterState.HELD and letter.body:
            letter.held_reason = ""
            if letter.confirmed_at is None:
                letter.state = LetterState.PENDING
                letter.save(update_fields=["state", "held_reason"])
            elif same_people(letter):
                _queue(letter, now)
        return LetterState(letter.state)


def refuse(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """A person decided that a held letter is not sent; its text is deleted."""
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == LetterState.HELD:
            _end(letter, LetterState.REFUSED, now)
        return LetterState(letter.state)


def _end(letter: Letter, state: LetterState, now: datetime) -> None:
    letter.state, letter.ended_at = state, now
    letter.save(update_fields=["state", "ended_at"])
    blank(letter)


def expire_unconfirmed(now: datetime) -> None:
    """End letters whose link ran out; retention then deletes their text."""
    Letter.objects.filter(state=LetterState.PENDING, created_at__lt=now - UNCONFIRMED_FOR).update(
        state=LetterState.EXPIRED, ended_at=now
    )
