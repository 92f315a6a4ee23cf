"""From a confirmed letter to one delivery per recipient: who already has it, and what frees the place again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from actions.letters import emails
from actions.letters.compose import Addressee, addressee, from_rows
from actions.letters.models import Letter, LetterDay, LetterDelivery, LetterTally
from actions.letters.rendering import rendered, subject_of
from actions.letters.states import HeldReason, LetterState
from actions.letters.whom import is_seat_filled_again, still_meant
from actions.outbox.dispatch import RELEASED
from actions.outbox.messages import new_message_id
from actions.outbox.states import DispatchState

log = logging.getLogger(__name__)

SLOTS = (1, 2)
# States in which nothing has left and nothing is on its way out.
AT_REST = (DispatchState.QUEUED, DispatchState.HELD)
# Held, and their writers were told; a newer letter to the same people takes the place of such a one.
WRITTEN_ANEW = (HeldReason.MP_CHANGED, HeldReason.SEAT_FILLED, HeldReason.DISSOLVED, HeldReason.TOO_LATE)


def todays_addressees(letter: Letter) -> dict[str, Addressee]:
    """Return by key everybody whom the letter may still go to."""
    meant = still_meant(letter.letter_campaign, letter.riding)
    return {one.key: addressee(one, language=letter.letter_language) for one in meant}


def addressees_unchanged(letter: Letter) -> bool:
    """Return whether everybody whom the writer addressed is still there at the same address; copies may fall away."""
    today = todays_addressees(letter)
    return all(_is_same(person, today) for person in from_rows(letter.addressees) if not person.is_copy)


def what_changed(letter: Letter) -> HeldReason:
    """Return why a letter whose addressees have changed is not sent."""
    keys = [person.key.partition(":") for person in from_rows(letter.addressees) if not person.is_copy]
    recipients = [int(pk) for kind, _, pk in keys if kind == "recipient"]
    if any(is_seat_filled_again(letter.letter_campaign, recipient_id=pk, riding=letter.riding) for pk in recipients):
        return HeldReason.SEAT_FILLED
    return HeldReason.MP_CHANGED


def _is_same(person: Addressee, today: dict[str, Addressee]) -> bool:
    return person.key in today and today[person.key].email == person.email


def stamp(letter: Letter, state: LetterState, now: datetime) -> None:
    letter.state, letter.confirmed_at = state, letter.confirmed_at or now
    letter.save(update_fields=["state", "held_reason", "confirmed_at", "slot"])


def queue_deliveries(letter: Letter, now: datetime) -> None:
    """Make one delivery per recipient who does not have this writer's letter yet, and count the letter once."""
    today = todays_addressees(letter)
    people = [person for person in from_rows(letter.addressees) if _is_same(person, today)]
    made: list[LetterDelivery | None] = []
    for _attempt in SLOTS:  # somebody of the same household may have taken the first slot meanwhile
        letter.slot = _slot(letter)
        made = [_delivery(letter, person, now) for person in people]
        if any(made):
            break
    else:
        stamp(letter, LetterState.REPEATED, now)
        return
    stamp(letter, LetterState.CONFIRMED, now)
    count(letter.letter_campaign_id, now)


def count(letter_campaign_id: int, now: datetime) -> None:
    """Count one letter in all and for its day, in the caller's transaction."""
    LetterTally.objects.get_or_create(letter_campaign_id=letter_campaign_id)
    LetterTally.objects.filter(letter_campaign_id=letter_campaign_id).update(confirmed=F("confirmed") + 1)
    # The tally's row is locked now, so nobody else makes the same day's row.
    day = LetterDay.objects.filter(letter_campaign_id=letter_campaign_id, on=timezone.localdate(now))
    if not day.update(confirmed=F("confirmed") + 1):
        LetterDay.objects.create(letter_campaign_id=letter_campaign_id, on=timezone.localdate(now), confirmed=1)


def _slot(letter: Letter) -> int:
    """Two people may share an address: another name at the same postal code gets the second place."""
    first = (
        Letter.objects.filter(
            letter_campaign_id=letter.letter_campaign_id,
            email_fingerprint=letter.email_fingerprint,
            state=LetterState.CONFIRMED,
            slot=SLOTS[0],
        )
        .exclude(pk=letter.pk)
        .first()
    )
    shares = (
        first is not None
        and first.name_fingerprint != letter.name_fingerprint
        and first.postal_fingerprint == letter.postal_fingerprint
    )
    return SLOTS[1] if shares else SLOTS[0]


def _delivery(letter: Letter, person: Addressee, now: datetime) -> LetterDelivery | None:
    """Queue the letter to one person; None when this writer's letter to them has left or is on its way."""
    delivery = delivery_to(letter, person)
    same = LetterDelivery.objects.filter(dedupe_key=delivery.dedupe_key)
    outdated = same.filter(state=DispatchState.HELD, held_reason__in=WRITTEN_ANEW)
    _end(outdated, HeldReason.MP_CHANGED, now)  # its writer was asked to write again, and has
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
    except IntegrityError:
        return None
    return delivery


def delivery_to(letter: Letter, person: Addressee) -> LetterDelivery:
    """Return the letter to one person as a row that is not stored yet."""
    kind, _, pk = person.key.partition(":")
    greeted = person
    if person.is_copy:  # a copy is one of the letter to the first addressee
        greeted = next((one for one in from_rows(letter.addressees) if not one.is_copy), person)
    delivery = LetterDelivery(
        letter=letter,
        letter_campaign_id=letter.letter_campaign_id,
        riding_id=letter.riding_id,
        representative_id=int(pk) if kind == "mp" else None,
        recipient_id=int(pk) if kind == "recipient" else None,
        recipient_name=person.name,
        recipient_email=person.email,
        salutation=greeted.salutation,
        closing=greeted.closing,
        is_copy=person.is_copy,
        text_number=person.text,
        message_id=new_message_id(),
        pace_key=pace_key_of(person.email),
        dedupe_key=f"{letter.letter_campaign_id}:{letter.email_fingerprint}:{letter.slot}:{person.key}",
    )
    delivery.text_sha256 = text_hash(letter, delivery)
    return delivery


def pace_key_of(address: str) -> str:
    """Return the key under which letters to one inbox keep their pace."""
    return hashlib.sha256(address.lower().encode()).hexdigest()


def text_hash(letter: Letter, delivery: LetterDelivery) -> str:
    """Return the SHA-256 of all that the recipient will read, together with the letter's random key."""
    subject, text = subject_of(letter, delivery), rendered(letter, delivery)
    parts = [str(letter.row_key), subject, letter.name, letter.email, text]
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()


def free_place(deliveries) -> None:  # type: ignore[no-untyped-def]
    """Let the writers of deliveries that ended without leaving write to the same people again."""
    ended = Concat("dedupe_key", Value(":ended:"), Cast("pk", CharField()))
    deliveries.exclude(dedupe_key__contains=":ended:").update(dedupe_key=ended)


def _end(deliveries, reason: str, now: datetime) -> None:  # type: ignore[no-untyped-def]
    # Locked, so that one that was handed over in this moment is seen to be on its way: its outcome is the worker's.
    pks = list(deliveries.select_for_update().values_list("pk", flat=True))
    ended = LetterDelivery.objects.filter(pk__in=pks)
    ended.update(state=DispatchState.FAILED, held_reason=reason, settled_at=now, **RELEASED)
    free_place(ended)


def stop_deliveries(letter: Letter, now: datetime) -> None:
    """Stop what has not been offered to a mail server yet; a worker that holds it loses its claim."""
    _end(letter.deliveries.filter(state__in=AT_REST), HeldReason.WITHDRAWN, now)
    _end(letter.deliveries.filter(state=DispatchState.SENDING, handed_over_at=None), HeldReason.WITHDRAWN, now)


def tell_trouble(
    letter: Letter, *, reason: str, delivery: LetterDelivery | None = None, names: Sequence[str] = ()
) -> None:
    """Tell the writer that the letter ends; an unreadable row cannot be told and must end all the same."""
    try:
        with transaction.atomic():
            if letter.body:
                emails.send_trouble(letter, reason=reason, delivery=delivery, names=names)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the row, its text is due and so are the others
        log.error("writer of letter %s not told: %s", letter.pk, type(error).__name__)


def give_up(*, delivery_id: int, now: datetime) -> None:
    """End one delivery that has waited too long, and tell its writer."""
    with transaction.atomic():
        row = LetterDelivery.objects.select_for_update(of=("self",)).select_related("letter").get(pk=delivery_id)
        if row.state not in (*AT_REST, DispatchState.UNCERTAIN):
            return
        reason = HeldReason.NOT_KNOWN if row.state == DispatchState.UNCERTAIN else HeldReason.GAVE_UP
        if row.state == DispatchState.HELD and row.held_reason == HeldReason.TOO_LATE:  # its writer knows already
            reason = HeldReason.TOO_LATE
        elif row.held_reason == HeldReason.DISSOLVED:
            reason = HeldReason.AFTER_ELECTION
        tell_trouble(row.letter, reason=reason, delivery=row)
        if row.state == DispatchState.UNCERTAIN:  # it may have arrived: the place stays taken
            LetterDelivery.objects.filter(pk=row.pk).update(
                state=DispatchState.FAILED, held_reason=reason, settled_at=now
            )
        else:
            _end(LetterDelivery.objects.filter(pk=row.pk), reason, now)


def readdressed(delivery: LetterDelivery) -> bool:
    """Take over a corrected address of the same person; False when the letter would reach somebody else or nobody.

    A person has decided that the letter may go on. The text stays as the writer confirmed it.
    """
    kind, pk = (
        ("mp", delivery.representative_id) if delivery.representative_id else ("recipient", delivery.recipient_id)
    )
    today = todays_addressees(delivery.letter).get(f"{kind}:{pk}")
    if today is None:
        return False
    delivery.recipient_email = today.email
    delivery.pace_key = pace_key_of(today.email)
    delivery.save(update_fields=["recipient_email", "pace_key"])
    return True
