"""The queue of letters to recipients: what is checked at the last moment, and who is told when it does not leave."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from actions.letters import emails
from actions.letters.address_evidence import note_bounce, note_refusal
from actions.letters.hours import SECONDS_PER_HOUR
from actions.letters.last_look import last_look
from actions.letters.leaving import in_their_hours, slowest_pace
from actions.letters.models import Letter, LetterDelivery
from actions.letters.queueing import free_place, text_hash
from actions.letters.rendering import rendered, subject_of
from actions.letters.states import HeldReason, LetterState
from actions.letters.switches import current_switches
from actions.letters.too_late import is_too_late
from actions.letters.whom import is_seat_filled_again
from actions.outbox.messages import build_message
from actions.outbox.queues import Hold, NotNow, Queue, Refuse
from actions.outbox.safety import is_allowed_recipient, may_leave
from actions.outbox.states import DispatchState
from actions.representatives.dead_addresses import note_success

# Other held letters wait for a person first; giving one up tells the writer then.
TOLD_WHEN_HELD = (
    HeldReason.MP_CHANGED,
    HeldReason.SEAT_FILLED,
    HeldReason.DISSOLVED,
    HeldReason.DEAD_ADDRESS,
)


class LetterQueue(Queue[LetterDelivery]):
    """Letters never leave twice: an uncertain one waits for the provider's word or a person."""

    name = "letters"
    model = LetterDelivery

    def leavable(self) -> QuerySet[LetterDelivery]:
        rows = in_their_hours(LetterDelivery.objects.all(), timezone.now())
        switches = current_switches()
        if switches.are_letters_stopped:
            return rows.none()
        return rows.filter(representative=None) if switches.is_parliament_dissolved else rows

    def pace_seconds(self, row: LetterDelivery) -> float:
        return SECONDS_PER_HOUR / slowest_pace(row)

    def complete(self) -> QuerySet[LetterDelivery]:
        # Many letters have the same campaign and MP: those are read once for all of them.
        rows = LetterDelivery.objects.select_related("letter")
        return rows.prefetch_related("letter__letter_campaign", "letter__riding", "representative", "recipient")

    def prepare(self, row: LetterDelivery) -> EmailMessage:
        letter = row.letter
        self._check(letter, row)
        return build_message(
            to=row.recipient_email,
            subject=subject_of(letter, row),
            text=rendered(letter, row),
            from_name=letter.name,
            reply_to=(letter.name, letter.email),
            message_id=row.message_id,
            language=letter.letter_language,
        )

    def _check(self, letter: Letter, row: LetterDelivery) -> None:
        """Everything that may have changed since the writer confirmed."""
        look = last_look(row)
        if look.is_stopped:
            raise NotNow
        if letter.state != LetterState.CONFIRMED or not letter.body:
            raise Refuse(HeldReason.WITHDRAWN)
        if text_hash(letter, row) != row.text_sha256:
            raise Hold(HeldReason.TEXT_CHANGED)
        if row.representative_id and look.is_parliament_dissolved:
            raise Hold(HeldReason.DISSOLVED)
        if not is_still_there(row):
            raise Hold(HeldReason.MP_CHANGED)
        if row.recipient_id and is_seat_filled_again(
            letter.letter_campaign, recipient_id=row.recipient_id, riding=letter.riding
        ):
            raise Hold(HeldReason.SEAT_FILLED)
        if is_too_late(letter.letter_campaign, timezone.now()):
            raise NotNow  # the job holds all that wait of the letter and tells its writer once
        if not is_allowed_recipient(row.recipient_email):
            raise Hold(HeldReason.FOREIGN_DOMAIN)
        if not may_leave(row.recipient_email):
            raise Refuse(HeldReason.SAFETY_CATCH)
        if look.is_address_dead:
            raise Hold(HeldReason.DEAD_ADDRESS)

    def may_send_again(self, row: LetterDelivery) -> bool:
        confirmed = Letter.objects.filter(pk=row.letter_id, state=LetterState.CONFIRMED)
        return confirmed.filter(body__isblank=False).exists()

    def in_time(self, row: LetterDelivery, later: datetime, now: datetime) -> datetime:
        """Half of the time that is left, when the usual wait would be too long."""
        end = row.letter_campaign.useless_after
        return min(later, now + (end - now) / 2) if end and now < end else later

    def bounced(self, row: LetterDelivery, *, is_for_good: bool, left_at: datetime | None, now: datetime) -> None:
        note_bounce(row, is_for_good=is_for_good, left_at=left_at, now=now)

    def arrived(self, rows: QuerySet[LetterDelivery], now: datetime) -> None:
        note_success(rows.values_list("recipient_email", flat=True).distinct())

    def follows_up(self, row: LetterDelivery, state: DispatchState) -> bool:
        return state != DispatchState.SENT or row.letter.wants_copy

    def settled(self, row: LetterDelivery, state: DispatchState, now: datetime) -> None:
        """Tell the writer what is known: a copy when it was taken, their own text when it was not."""
        row.refresh_from_db(fields=["held_reason", "last_status"])
        if row.held_reason == HeldReason.COMPLAINT:
            return  # they have it, and asked for no more: nothing to tell, and no place for another
        if state == DispatchState.FAILED and row.held_reason != HeldReason.BOUNCED:
            note_refusal(row, now)
        if state == DispatchState.FAILED and row.held_reason != HeldReason.NOT_KNOWN:
            free_place(LetterDelivery.objects.filter(pk=row.pk))
        letter = Letter.objects.select_related("letter_campaign", "riding").get(pk=row.letter_id)
        if letter.state != LetterState.CONFIRMED or not letter.body:
            return
        if state == DispatchState.SENT and letter.wants_copy:
            emails.send_copy(letter)
        elif state == DispatchState.FAILED or row.held_reason in TOLD_WHEN_HELD:
            emails.send_trouble(letter, reason=row.held_reason, delivery=row)


def is_still_there(row: LetterDelivery) -> bool:
    """Return whether the person still holds the seat or the office, at the same address."""
    if row.recipient is not None:
        return row.recipient.is_active and row.recipient.email == row.recipient_email
    sitting = row.representative
    if sitting is None or not sitting.is_current or sitting.riding_id != row.letter.riding_id:
        return False
    return sitting.email == row.recipient_email
