"""``{% load subscriber_tags %}``: the sign-up form for updates, wherever a page shows it."""

from __future__ import annotations

from typing import Any

from django import template

from actions.campaigns.models import Campaign
from actions.subscribers.forms import SubscribeForm
from actions.subscribers.subscriber_models import PAGE_LENGTH
from actions.subscribers.wording import Shown, consent_wording, sign_shown
from home.languages import current_language
from home.site_settings import SiteSettings

register = template.Library()


@register.inclusion_tag("actions/subscribers/includes/card.html", takes_context=True)
def subscribe_form(
    context: dict[str, Any],
    heading: str = "",
    text: str = "",
    button: str = "",
    campaign: Campaign | None = None,
    *,
    is_own_page: bool = False,
) -> dict[str, Any]:
    """Draw the form with the words that are agreed to.

    On the form's own page the context holds the posted ``form``, and ``shown`` if it was refused.
    """
    request = context.get("request")
    own = context if is_own_page else {}
    language = current_language()
    site = context.get("site") or SiteSettings.current(request)
    place = str(getattr(request, "path", ""))[:PAGE_LENGTH]
    campaign_id = campaign.pk if campaign else None
    shown = own.get("shown") or Shown(consent_wording(site, language=language), language, place, campaign_id)
    prefix = _prefix(request)
    return {
        "request": request,
        "can_be_reached": site.can_be_reached,
        "heading": heading,
        "text": text,
        "button": button,
        "prefix": prefix,
        "form": own.get("form") or SubscribeForm(auto_id=f"id_{prefix}_%s"),
        "shown": shown,
        "shown_signed": sign_shown(shown),
        "form_token": own.get("form_token", ""),
        "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
    }


def _prefix(request: Any) -> str:
    """Keep the ids of several forms on one page apart."""
    number = getattr(request, "subscribe_forms", 0) + 1
    if request is not None:
        request.subscribe_forms = number
    return "subscribe" if number == 1 else f"subscribe-{number}"
