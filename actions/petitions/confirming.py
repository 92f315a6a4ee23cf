"""The page behind a signature's mailed link: what will count, the button for it, how to hide or take it back."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from actions.petitions import services
from actions.petitions.asks import PetitionAsk
from actions.petitions.emails import CONFIRM_PURPOSE
from actions.petitions.hiding import hide, shows_anything
from actions.petitions.models import Signature
from actions.petitions.states import SignatureState
from actions.registry import ConfirmPage
from home.languages import current_language

WITHDRAW = "withdraw"
HIDE = "hide"


class SignatureConfirmation:
    purpose = CONFIRM_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        """Held, repeated and invalidated ones look like counted ones, so that the page tells a program nothing."""
        rows = Signature.objects.select_related("petition__campaign", "petition__tally", "wording_version")
        signature = rows.filter(pk=object_id).first()
        if signature is None:
            return None
        ask = PetitionAsk(signature.petition, current_language())
        context = {
            "signature": signature,
            "ask": ask,
            "is_earlier": ask.wording is not None and signature.wording_version.demand < ask.wording.demand,
            "is_frozen": signature.petition.is_frozen(timezone.now()),
        }
        if signature.state in (SignatureState.WITHDRAWN, SignatureState.EXPIRED):
            return ConfirmPage("actions/petitions/ended.html", context, is_done=True)
        if signature.confirmed_at is not None or signature.state not in services.PRESSABLE:
            context["shows_anything"] = shows_anything(signature)
            return ConfirmPage("actions/petitions/thank_you.html", context, is_done=True)
        if not services.can_confirm(signature, timezone.now()):
            return ConfirmPage("actions/petitions/ended.html", context, is_done=True)
        return ConfirmPage("actions/petitions/confirm.html", context)

    def act(self, object_id: int, request: HttpRequest) -> None:
        if request.POST.get("intent") == WITHDRAW:
            services.withdraw(signature_id=object_id)
        elif request.POST.get("intent") == HIDE:
            hide(signature_id=object_id)
        else:
            services.confirm(signature_id=object_id)
