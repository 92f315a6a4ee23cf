"""The page behind a letter's mailed link: the text to read, the button to send it, the way to take it back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.compose import from_rows
from actions.letters.emails import CONFIRM_PURPOSE
from actions.letters.models import Letter
from actions.letters.rendering import rendered
from actions.letters.states import ENDED_STATES, HeldReason, LetterState
from actions.letters.wizard import Draft
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
        ask = ask_of(letter)
        context = {
            "letter": letter,
            "ask": ask,
            "people": from_rows(letter.addressees),
            "is_waiting": ask.availability in (Availability.STOPPED, "dissolved"),
            "share_url": settings.SITE_URL + ask.url(),
        }
        if letter.body:
            context["text"] = rendered(letter)
        if is_done and not context["is_waiting"]:
            context["phone"] = Draft(ask, letter.riding, "", letter.letter_language).phone
        return ConfirmPage(template_for(letter), context, is_done=is_done)

    def act(self, object_id: int, request: HttpRequest) -> None:
        if request.POST.get("intent") == WITHDRAW:
            services.withdraw(letter_id=object_id)
        else:
            services.confirm(letter_id=object_id)


def is_waiting(letter_id: int) -> bool:
    """Return whether the letter still waits for its writer's button: else no mail with a link to it may leave."""
    waiting = Letter.objects.filter(state__in=(LetterState.PENDING, LetterState.HELD), confirmed_at=None)
    return waiting.filter(pk=letter_id, email__isblank=False).exists()


def template_for(letter: Letter) -> str:
    """Other held letters look like confirmed ones, so that the page tells a program nothing."""
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
