"""The page behind a letter's mailed link: the text to read, the button to send it, the way to take it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.compose import from_rows
from actions.letters.emails import CONFIRM_PURPOSE
from actions.letters.models import Letter, LetterDelivery
from actions.letters.rendering import rendered
from actions.letters.states import ENDED_STATES, HeldReason, LetterState
from actions.letters.too_late import is_too_late
from actions.registry import ConfirmPage

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
            "is_waiting": ask.availability in (Availability.STOPPED, "dissolved"),
            "late_names": ", ".join(row.recipient_name for row in late),
            "share_url": settings.SITE_URL + ask.url(),
        }
        if letter.body:
            context["text"] = rendered(letter, is_sent_by_us=not is_lost)
        return ConfirmPage(template_for(letter, is_late=is_lost), context, is_done=is_done)

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
    return is_too_late(letter.letter_campaign, timezone.now())


def template_for(letter: Letter, *, is_late: bool) -> str:
    """Other held letters look like confirmed ones, so that the page tells a program nothing."""
    if is_late:
        return "actions/letters/too_late.html"
    if letter.confirmed_at is None:
        return "actions/letters/confirm.html"
    has_changed = letter.state == LetterState.HELD and letter.held_reason == HeldReason.MP_CHANGED
    return "actions/letters/changed.html" if has_changed else "actions/letters/thank_you.html"


def ended_context(letter: Letter) -> dict[str, Any]:
    """A repeated letter was never sent: its writer may take the text along while it is still here."""
    context: dict[str, Any] = {"letter": letter, "ask": ask_of(letter)}
    if letter.state == LetterState.REPEATED and letter.body:
        context["text"] = rendered(letter, is_sent_by_us=False)
    return context


def ask_of(letter: Letter) -> Ask:
    return Ask(letter.letter_campaign, letter.language)
