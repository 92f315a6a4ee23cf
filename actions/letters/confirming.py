"""The page behind a letter's mailed link: the text to read, the button to send it, the way to take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.compose import from_rows
from actions.letters.emails import CONFIRM_PURPOSE, explanation, was_told
from actions.letters.models import Letter, LetterDelivery
from actions.letters.reading_copies import with_reading_copies
from actions.letters.rendering import sheets_of
from actions.letters.states import ENDED_STATES, HeldReason, LetterState
from actions.letters.switches import current_switches
from actions.letters.too_late import is_too_late
from actions.letters.wizard import Draft
from actions.listing import listed_apart
from actions.registry import ConfirmPage
from home.languages import current_language

WITHDRAW = "withdraw"


class LetterConfirmation:
    purpose = CONFIRM_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        letter = Letter.objects.select_related("letter_campaign__campaign", "riding").filter(pk=object_id).first()
        if letter is None:
            return None
        if letter.state in ENDED_STATES:
            return ConfirmPage("actions/letters/ended.html", ended_context(letter), is_done=True)
        is_done = letter.confirmed_at is not None
        late = late_deliveries(letter)
        is_lost = is_late(letter, late)
        ask = ask_of(letter)
        context = {
            "letter": letter,
            "ask": ask,
            "people": from_rows(letter.addressees),
            "is_waiting": ask.availability == Availability.STOPPED,
            "can_write_again": ask.availability == Availability.OPEN,
            "is_held_if_confirmed": would_be_held(letter),
            "late_names": listed_apart(row.recipient_name for row in late),
            **fate_of(letter),
        }
        if letter.body:
            context["sheets"] = with_reading_copies(draft_of(letter), sheets_of(letter, is_sent_by_us=not is_lost))
        if is_done and not context["is_waiting"]:
            context["phone"] = Draft(ask, letter.riding, "", letter.letter_language).phone
        return ConfirmPage(template_for(letter, context, is_late=is_lost), context, is_done=is_done)

    def act(self, object_id: int, request: HttpRequest) -> None:
        if request.POST.get("intent") == WITHDRAW:
            services.withdraw(letter_id=object_id)
        else:
            services.confirm(letter_id=object_id)


def is_waiting(letter_id: int) -> bool:
    """Return whether the letter still waits for its writer's button: else no mail with a link to it may leave."""
    waiting = Letter.objects.filter(state__in=(LetterState.PENDING, LetterState.HELD), confirmed_at=None)
    return waiting.filter(pk=letter_id, email__isblank=False).exists()


def late_deliveries(letter: Letter) -> list[LetterDelivery]:
    return list(letter.deliveries.filter(held_reason=HeldReason.TOO_LATE).order_by("pk"))


def is_late(letter: Letter, late: list[LetterDelivery]) -> bool:
    """Return whether the letter reaches nobody because its moment has passed; ``late`` are its late deliveries."""
    if letter.state == LetterState.CONFIRMED:
        return bool(late) and len(late) == letter.deliveries.count()
    if letter.held_reason in (HeldReason.TOO_LATE, HeldReason.MP_CHANGED):
        return letter.held_reason == HeldReason.TOO_LATE
    if was_told(letter, HeldReason.DISSOLVED):  # as for others: what waits for the election does so past its moment
        return False
    return is_too_late(letter.letter_campaign, timezone.now())


def is_not_taken_back(letter_id: int) -> bool:
    """Return whether the letter's writer has not withdrawn it: then no mail about it may leave any more."""
    return Letter.objects.filter(pk=letter_id).exclude(state=LetterState.WITHDRAWN).exists()


def would_be_held(letter: Letter) -> bool:
    """Return whether a letter that is confirmed now would wait for the election, in part at least."""
    is_to_mp = any(person.is_mp for person in from_rows(letter.addressees))
    return is_to_mp and current_switches().is_parliament_dissolved


def fate_of(letter: Letter) -> dict[str, Any]:
    """Return who gets a confirmed letter, who does not, and why it was held; nothing before deliveries were made.

    A letter in doubt has none, but its page must not tell it from the others.
    """
    people = from_rows(letter.addressees)
    deliveries = list(letter.deliveries.all())
    if deliveries:
        reached = {row.recipient_name for row in deliveries}
        held = [row for row in deliveries if row.held_reason in (HeldReason.DISSOLVED, HeldReason.AFTER_ELECTION)]
        return {
            "people": [person for person in people if person.name in reached],
            "missed": [person for person in people if person.name not in reached],
            **_held(
                [row.recipient_name for row in held], of=len(deliveries), reason=held[0].held_reason if held else ""
            ),
        }
    if has_changed(letter):
        return {"explanation": explanation(letter.held_reason)}
    if letter.state == LetterState.HELD and was_told(letter, HeldReason.DISSOLVED):
        return _held([person.name for person in people if person.is_mp], of=len(people), reason=HeldReason.DISSOLVED)
    return {}


def _held(names: list[str], *, of: int, reason: str) -> dict[str, Any]:
    return {
        "held": names,
        "is_held_for_election": len(names) == of,
        "explanation": explanation(reason) if names else "",
    }


def has_changed(letter: Letter) -> bool:
    return letter.state == LetterState.HELD and letter.held_reason in (HeldReason.MP_CHANGED, HeldReason.SEAT_FILLED)


def template_for(letter: Letter, context: dict[str, Any], *, is_late: bool) -> str:
    """Other held letters look like confirmed ones, so that the page tells a program nothing."""
    if is_late:
        return "actions/letters/too_late.html"
    if letter.confirmed_at is None:
        return "actions/letters/confirm.html"
    is_unsent = has_changed(letter) or context.get("is_held_for_election")
    return "actions/letters/changed.html" if is_unsent else "actions/letters/thank_you.html"


def ended_context(letter: Letter) -> dict[str, Any]:
    """A repeated letter was never sent: its writer may take the text along while it is still here."""
    context: dict[str, Any] = {"letter": letter, "ask": ask_of(letter)}
    if letter.state == LetterState.REPEATED and letter.body:
        context["sheets"] = sheets_of(letter, is_sent_by_us=False)
    return context


def draft_of(letter: Letter) -> Draft:
    """The letter as it was offered to its writer, on a page in the language in which it is read now."""
    ask = Ask(letter.letter_campaign, current_language())
    return Draft(ask, letter.riding, "", letter.letter_language, shown_version=str(letter.wording_version_id))


def ask_of(letter: Letter) -> Ask:
    return Ask(letter.letter_campaign, letter.language)
