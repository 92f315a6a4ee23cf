"""The pages behind the two mailed links: "yes, I am coming", and "I give my place back"."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from actions.events import services
from actions.events.emails import CONFIRM_PURPOSE, LEAVE_PURPOSE
from actions.events.models import EventSignUp
from actions.events.states import ACTIVE, PlaceState
from actions.registry import ConfirmPage


def _found(sign_up_id: int) -> EventSignUp | None:
    return EventSignUp.objects.select_related("event").filter(pk=sign_up_id).first()


class PlaceConfirmation:
    purpose = CONFIRM_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        row = _found(object_id)
        if row is None:
            return None
        context = {"sign_up": row, "event": row.event}
        if row.state == PlaceState.PENDING:
            if services.can_be_confirmed(row, row.event, timezone.now()):
                return ConfirmPage("actions/events/confirm.html", context)
            return ConfirmPage("actions/events/too_late.html", context, is_done=True) if row.email else None
        return ConfirmPage("actions/events/confirmed.html", context, is_done=True)

    def act(self, object_id: int, request: HttpRequest) -> None:
        services.confirm(sign_up_id=object_id)


class PlaceGivenBack:
    purpose = LEAVE_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        row = _found(object_id)
        if row is None:
            return None
        is_done = row.state not in ACTIVE
        return ConfirmPage("actions/events/give_back.html", {"sign_up": row, "event": row.event}, is_done=is_done)

    def act(self, object_id: int, request: HttpRequest) -> None:
        services.give_back(sign_up_id=object_id)


def is_waiting(sign_up_id: int) -> bool:
    """Return whether the sign-up still waits for its button: else no mail with a link to it may leave."""
    rows = EventSignUp.objects.filter(pk=sign_up_id, state=PlaceState.PENDING, email__isblank=False)
    return rows.filter(event__is_cancelled=False, event__ends_at__gt=timezone.now()).exists()
