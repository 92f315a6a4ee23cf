"""The page behind a letter's mailed link: the text to read, the button to send it, the way to take it back."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from actions.letters import services
from actions.letters.compose import from_rows
from actions.letters.emails import CONFIRM_PURPOSE, full_text
from actions.letters.models import Letter
from actions.letters.states import ENDED_STATES
from actions.letters.wizard import Ask
from actions.registry import ConfirmPage

WITHDRAW = "withdraw"


class LetterConfirmation:
    purpose = CONFIRM_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        letter = Letter.objects.select_related("letter_campaign__campaign", "riding").filter(pk=object_id).first()
        if letter is None:
            return None
        if letter.state in ENDED_STATES:
            return ConfirmPage("actions/letters/ended.html", {"letter": letter, "ask": ask_of(letter)}, is_done=True)
        is_done = letter.confirmed_at is not None
        template = "actions/letters/thank_you.html" if is_done else "actions/letters/confirm.html"
        ask = ask_of(letter)
        context = {
            "letter": letter,
            "ask": ask,
            "people": from_rows(letter.addressees),
            "share_url": settings.SITE_URL + ask.url(),
        }
        if letter.body:
            context["text"] = full_text(letter)
        return ConfirmPage(template, context, is_done=is_done)

    def act(self, object_id: int, request: HttpRequest) -> None:
        if request.POST.get("intent") == WITHDRAW:
            services.withdraw(letter_id=object_id)
        else:
            services.confirm(letter_id=object_id)


def ask_of(letter: Letter) -> Ask:
    return Ask(letter.letter_campaign, letter.language)
