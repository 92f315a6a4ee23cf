"""The page behind the link of a sign-up: what was agreed to, and the button."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from actions.registry import ConfirmPage
from actions.subscribers import services
from actions.subscribers.emails import CONFIRM_PURPOSE
from actions.subscribers.models import SignUp


class SubscribeConfirmation:
    purpose = CONFIRM_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        sign_up = SignUp.objects.filter(pk=object_id).first()
        if sign_up is None or sign_up.expires_at < timezone.now():
            return None
        is_done = sign_up.confirmed_at is not None
        template = "actions/subscribers/welcome.html" if is_done else "actions/subscribers/confirm.html"
        return ConfirmPage(template, {"sign_up": sign_up}, is_done=is_done)

    def act(self, object_id: int, request: HttpRequest) -> None:
        services.confirm(sign_up_id=object_id)


def is_waiting(sign_up_id: int) -> bool:
    """Return whether the sign-up still waits for its button: else no mail with a link to it may leave."""
    return SignUp.objects.filter(pk=sign_up_id, confirmed_at=None, email__isblank=False).exists()
