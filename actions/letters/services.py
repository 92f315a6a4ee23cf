"""Writing, confirming, withdrawing and releasing letters. Each function is one transaction and says what happened."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.letters import emails
from actions.letters.answer_mail import answer_keys
from actions.letters.campaign_models import KEY_OWNER, LetterCampaign
from actions.letters.compose import Addressee, LetterText, as_rows
from actions.letters.dissolution import hold_letters_to_mps, tell_like_others
from actions.letters.letter_models import STUCK_FOR, TEXT_KEPT_FOR
from actions.letters.models import Letter, LetterDelivery
from actions.letters.queueing import (
    addressees_unchanged,
    give_up,
    queue_deliveries,
    stamp,
    stop_deliveries,
    tell_trouble,
    what_changed,
)
from actions.letters.states import HeldReason, LetterState
from actions.letters.suspicions import doubt_about
from actions.letters.too_late import TOLD_LETTERS, is_too_late
from actions.outbox.services import discard
from actions.outbox.states import DispatchState
from actions.privacy.fingerprints import email_fingerprint, name_fingerprint, postal_fingerprint
from actions.privacy.record_keys import record_key_for
from actions.privacy.retention import blank
from actions.protection.tokens import spend_token
from actions.representatives.models import Riding
from actions.subscribers.services import offer
from actions.subscribers.states import ConsentSource
from actions.wordings.models import WordingVersion

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Submission:
    """A valid letter form; languages are codes, ``held_reason`` is blank when nothing speaks against the letter.

    ``consent_text`` are the words beside the box for updates as they were shown, ``consent_page`` the page's path.
    ``further_texts`` are those of the addressees for whom the writer's text does not fit, by their ``text`` number.
    """

    text: LetterText
    email: str
    subject: str
    riding: Riding | None
    language: str
    letter_language: str
    wants_copy: bool
    wants_updates: bool = False
    consent_text: str = ""
    consent_page: str = ""
    held_reason: str = ""
    further_texts: dict[str, dict[str, str]] = field(default_factory=dict)
    attempt_id: uuid.UUID | None = None


def write(
    *, letter_campaign: LetterCampaign, wording_version: WordingVersion, people: list[Addressee], submission: Submission
) -> Letter | None:
    """Store the letter and the mail with its link; None when this attempt was accepted before."""
    key = record_key_for(owner_kind=KEY_OWNER, owner_id=letter_campaign.pk)
    text = submission.text
    sender = email_fingerprint(key, submission.email)
    doubt = doubt_about(
        letter_campaign=letter_campaign,
        version=wording_version,
        key=key,
        text=text,
        email=submission.email,
        riding=submission.riding,
        people=people,
        email_fingerprint=sender,
    )
    held_reason = submission.held_reason or doubt.reason
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
            state=LetterState.HELD if held_reason else LetterState.PENDING,
            held_reason=held_reason,
            name=text.name,
            email=submission.email,
            postal_code=text.postal_code,
            street_address=text.street_address,
            subject=submission.subject,
            own_words=text.own_words,
            body=text.body,
            further_texts=submission.further_texts,
            wants_copy=submission.wants_copy,
            wants_updates=submission.wants_updates,
            consent_text=submission.consent_text if submission.wants_updates else "",
            consent_page=submission.consent_page if submission.wants_updates else "",
            addressees=as_rows(people),
            email_fingerprint=sender,
            name_fingerprint=name_fingerprint(key, text.name),
            postal_fingerprint=postal_fingerprint(key, text.postal_code),
            own_text_sketch=doubt.sketch,
        )
        letter.expires_at = emails.send_confirm_link(letter)
        letter.save(update_fields=["expires_at"])
    return letter


def riding_name(submission: Submission) -> str:
    """The name in the letter's language, frozen: a riding that is renamed later must not change a confirmed letter."""
    return submission.riding.localized_name(submission.letter_language) if submission.riding else ""


def confirm(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """Carry out the writer's confirmation and return the state the letter is in; doing it again changes nothing.

    The people are read again: when the MP, the seat or an address is not what the writer saw, the letter is held and
    the writer is told; so it is when the letter would come too late.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == LetterState.HELD and letter.confirmed_at is None:
            stamp(letter, LetterState.HELD, now)
            if not is_too_late(letter.letter_campaign, now) and addressees_unchanged(letter):
                tell_like_others(letter)
        elif letter.state == LetterState.PENDING:
            if is_too_late(letter.letter_campaign, now):
                _hold_and_tell(letter, HeldReason.TOO_LATE, now)
            elif addressees_unchanged(letter):
                _queue(letter, now)
            else:
                _hold_and_tell(letter, what_changed(letter), now)
            _put_on_the_list(letter, now)
        return LetterState(letter.state)


def _put_on_the_list(letter: Letter, now: datetime) -> None:
    """The mailbox is proven and the box was ticked: updates go to the list of subscribers, whatever the letter's fate.

    The words are handed over, so that a second look at the letter never brings back who has left the list since.
    """
    if not (letter.wants_updates and letter.consent_text):
        return
    offer(
        email=letter.email,
        name=letter.name,
        language=letter.language,
        riding=letter.riding,
        consent_text=letter.consent_text,
        page=letter.consent_page,
        source=ConsentSource.LETTER,
        campaign=letter.letter_campaign.campaign,
        now=now,
    )
    letter.consent_text = letter.consent_page = ""
    letter.save(update_fields=["consent_text", "consent_page"])


def _queue(letter: Letter, now: datetime) -> None:
    """While Parliament is dissolved what goes to an MP is held at once, and the writer told."""
    queue_deliveries(letter, now)
    hold_letters_to_mps(letter.deliveries.all(), now)


def _hold_and_tell(letter: Letter, reason: HeldReason, now: datetime) -> None:
    letter.held_reason = reason
    stamp(letter, LetterState.HELD, now)
    emails.send_trouble(letter, reason=reason)


def withdraw(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """Take the letter back: what has not left is not sent, and everything personal is deleted at once."""
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state in (LetterState.PENDING, LetterState.HELD, LetterState.CONFIRMED):
            stop_deliveries(letter, now)
            discard(
                [
                    emails.confirm_key(letter),
                    emails.copy_key(letter),
                    *answer_keys(letter),
                    *emails.trouble_keys(letter),
                ]
            )
            _end(letter, LetterState.WITHDRAWN, now)
        return LetterState(letter.state)


def erase(letter: Letter) -> None:
    """Forget the letter's writer: as a withdrawal, and whatever an ended letter still holds."""
    withdraw(letter_id=letter.pk)
    blank(letter)


def release(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """A person looked at a held letter and lets it go on: to the recipients if the writer has confirmed.

    Where the people have changed meanwhile it stays held for that reason, and its writer is told, once. A letter whose
    text was deleted meanwhile stays held: there is nothing left to send. So does one that would come too late, until an
    editor moves the moment from which it does.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        is_late = letter.confirmed_at is not None and is_too_late(letter.letter_campaign, now)
        if letter.state == LetterState.HELD and is_late and letter.body:
            if letter.held_reason not in TOLD_LETTERS:
                _hold_and_tell(letter, HeldReason.TOO_LATE, now)
        elif letter.state == LetterState.HELD and letter.body:
            letter.held_reason = ""
            if letter.confirmed_at is None:
                letter.state = LetterState.PENDING
                letter.save(update_fields=["state", "held_reason"])
            else:
                _put_on_the_list(letter, now)
                if addressees_unchanged(letter):
                    _queue(letter, now)
                else:
                    _hold_and_tell(letter, what_changed(letter), now)
        return LetterState(letter.state)


def refuse(*, letter_id: int, now: datetime | None = None) -> LetterState:
    """A held letter is not sent. A writer who had confirmed it is told and gets the text back; then it is deleted."""
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.state == LetterState.HELD:
            if letter.confirmed_at:
                is_late = is_too_late(letter.letter_campaign, now)  # then its writer has been told, or is told that
                tell_trouble(letter, reason=HeldReason.TOO_LATE if is_late else letter.held_reason)
            _end(letter, LetterState.REFUSED, now)
        return LetterState(letter.state)


def _end(letter: Letter, state: LetterState, now: datetime) -> None:
    letter.state, letter.ended_at = state, now
    letter.save(update_fields=["state", "ended_at"])
    blank(letter)


def expire_unconfirmed(now: datetime) -> None:
    """End the letters whose link ran out, held ones too; retention then deletes their text."""
    waiting = Letter.objects.filter(state__in=(LetterState.PENDING, LetterState.HELD), confirmed_at=None)
    waiting.filter(expires_at__lt=now).update(state=LetterState.EXPIRED, ended_at=now)


def end_stuck_letters(now: datetime) -> None:
    """Give up what has waited too long for a person or a stop switch, and tell the writers, before the text goes."""
    held = Letter.objects.filter(state=LetterState.HELD, confirmed_at__lt=now - TEXT_KEPT_FOR)
    for pk in held.values_list("pk", flat=True):
        _insist(partial(refuse, letter_id=pk, now=now))
    waiting = (DispatchState.QUEUED, DispatchState.HELD, DispatchState.UNCERTAIN)
    stuck = LetterDelivery.objects.filter(state__in=waiting, letter__confirmed_at__lt=now - STUCK_FOR)
    for pk in stuck.values_list("pk", flat=True):
        _insist(partial(give_up, delivery_id=pk, now=now))


def _insist(end: Callable[[], Any]) -> None:
    """One row that cannot be ended now must not keep the others; its turn comes again."""
    try:
        end()
    except Exception as error:  # noqa: BLE001
        log.error("a stuck letter was not ended: %s", type(error).__name__)
