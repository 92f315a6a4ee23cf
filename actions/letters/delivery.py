"""The queue of letters to recipients: what is checked at the last moment, and who is told when it does not leave."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from actions.letters import emails
from actions.letters.compose import LetterText, footer, from_rows, letter_text
from actions.letters.models import Letter, LetterDelivery
from actions.letters.services import same_people
from actions.letters.states import HeldReason, LetterState
from actions.letters.switches import current_switches
from actions.outbox.messages import build_message
from actions.outbox.queues import Hold, Queue, Refuse
from actions.outbox.safety import may_leave
from actions.outbox.states import DispatchState

# Other held letters wait for a person first; giving one up tells the writer then.
TOLD_WHEN_HELD = (HeldReason.MP_CHANGED, HeldReason.TOO_LATE)


class LetterQueue(Queue[LetterDelivery]):
    """Letters never leave twice: an uncertain one waits for the provider's word or a person."""

    name = "letters"
    model = LetterDelivery

    def leavable(self) -> QuerySet[LetterDelivery]:
        rows = LetterDelivery.objects.filter(letter__letter_campaign__is_stopped=False)
        switches = current_switches()
        if switches.are_letters_stopped:
            return rows.none()
        return rows.filter(representative=None) if switches.is_parliament_dissolved else rows

    def pace_seconds(self, row: LetterDelivery) -> float:
        return 3600 / row.letter.letter_campaign.pace_per_hour

    def prepare(self, row: LetterDelivery) -> EmailMessage:
        letter = Letter.objects.select_related("letter_campaign", "riding").get(pk=row.letter_id)
        self._check(letter, row)
        text = letter_text(
            LetterText(letter.name, letter.postal_code, letter.street_address, letter.own_words, letter.body),
            greeting=row.salutation,
            closing_line=row.closing,
            riding_name=letter.riding_name,
            language=letter.letter_language,
            copies=[person.name for person in from_rows(letter.addressees) if person.is_copy],
        )
        return build_message(
            to=row.recipient_email,
            subject=letter.subject,
            text=f"{text}\n--\n{footer(letter.letter_language)}\n",
            from_name=letter.name,
            reply_to=(letter.name, letter.email),
            message_id=row.message_id,
            language=letter.letter_language,
        )

    def _check(self, letter: Letter, row: LetterDelivery) -> None:
        """Everything that may have changed since the writer confirmed."""
        if letter.state != LetterState.CONFIRMED:
            raise Refuse(HeldReason.WITHDRAWN)
        if letter.text_hash() != letter.text_sha256:
            raise Hold(HeldReason.TEXT_CHANGED)
        if not same_people(letter):
            raise Hold(HeldReason.MP_CHANGED)
        useless_after = letter.letter_campaign.useless_after
        if useless_after and timezone.now() >= useless_after:
            raise Hold(HeldReason.TOO_LATE)
        if not may_leave(row.recipient_email):
            raise Refuse(HeldReason.SAFETY_CATCH)

    def settled(self, row: LetterDelivery, state: DispatchState, now: datetime) -> None:
        """Tell the writer what is known: a copy when it was taken, their own text when it was not."""
        letter = row.letter
        if not letter.email:
            return
        if state == DispatchState.SENT and letter.wants_copy:
            emails.send_copy(letter)
            return
        row.refresh_from_db(fields=["held_reason"])
        if state == DispatchState.FAILED or row.held_reason in TOLD_WHEN_HELD:
            emails.send_trouble(letter, reason=row.held_reason, delivery=row)
