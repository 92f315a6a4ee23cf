"""``{% load action_tags %}``: the forms of actions, wherever a page shows them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.formats import date_format

from actions.donations.asks import AppealAsk
from actions.donations.forms import GivingForm
from actions.donations.models import Appeal
from actions.letters.asks import Ask
from actions.letters.attributes import attribute_label
from actions.letters.campaign_models import Availability, LetterCampaign
from actions.letters.compose import Addressee
from actions.letters.forms import LookupForm
from actions.letters.succession import next_step
from actions.listing import listed, listed_apart
from actions.petitions.asks import PetitionAsk
from actions.petitions.forms import SignatureForm
from actions.petitions.models import Petition
from actions.representatives import postal_table
from actions.sharing.asks import Preview, Shareable, kit_of, preview_of
from actions.sharing.page_cards import card_of
from home.alternates import full_address
from home.languages import current_language

register = template.Library()
register.filter("listed", listed)
register.filter("listed_apart", listed_apart)


@register.inclusion_tag("actions/letters/includes/card.html", takes_context=True)
def letter_form(context: dict[str, Any], letter_campaign: LetterCampaign, heading: str = "") -> dict[str, Any]:
    """Draw the first step of a letter campaign; in previews the form cannot be sent."""
    ask = context.get("ask")  # the page's own, if this is the action that the page is about
    if not isinstance(ask, Ask) or ask.letter_campaign != letter_campaign:
        ask = Ask(letter_campaign, current_language())
    request = context.get("request")
    return {
        "request": request,
        "ask": ask,
        "heading": heading,
        "is_block": True,
        "step": "lookup" if ask.availability == Availability.OPEN else "closed",
        "form": LookupForm(auto_id=f"id_{letter_campaign.slug}_%s"),
        "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
        "site": context.get("site"),
    }


@register.inclusion_tag("actions/petitions/includes/card.html", takes_context=True)
def petition_form(context: dict[str, Any], petition: Petition, heading: str = "") -> dict[str, Any]:
    """Draw the bar and the form of a petition; in previews the form cannot be sent."""
    ask = context.get("ask")
    if not isinstance(ask, PetitionAsk) or ask.petition != petition:
        ask = PetitionAsk(petition, current_language())
    request = context.get("request")
    return {
        "request": request,
        "ask": ask,
        "heading": heading,
        "step": "sign" if ask.accepts else "closed",
        "form": SignatureForm(auto_id=f"id_{petition.slug}_%s"),
        "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
        "shows_text": True,
        "site": context.get("site"),
    }


@register.inclusion_tag("actions/donations/includes/card.html", takes_context=True)
def donation_form(context: dict[str, Any], appeal: Appeal, heading: str = "") -> dict[str, Any]:
    """Draw the amounts and the form of an appeal; in previews the form cannot be sent."""
    ask = AppealAsk(appeal, current_language())
    request = context.get("request")
    return {
        "request": request,
        "ask": ask,
        "heading": heading,
        "step": "give" if ask.accepts else "closed",
        "form": GivingForm(ask, auto_id=f"id_{appeal.slug}_%s", initial=ask.initial(getattr(request, "GET", {}))),
        "is_preview": bool(getattr(request, "is_preview", False) or getattr(request, "is_dummy", False)),
        "shows_text": True,
        "site": context.get("site"),
    }


@register.simple_tag
def register_release() -> str:
    """The month of the address register that postal codes are looked up in; empty when none is used."""
    year, _dash, month = postal_table.release().partition("-")
    return date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT") if month else ""


@register.inclusion_tag("actions/letters/includes/next_step.html")
def next_letter_step(ask: Ask, *, is_writer: bool = False) -> dict[str, Any]:
    """Draw the way on to the campaign's next letters, if there are any; ``is_writer`` has just written these."""
    is_early = ask.availability == Availability.NOT_YET
    return {"step": next_step(ask.letter_campaign, ask.language), "is_writer": is_writer, "is_early": is_early}


@register.inclusion_tag("actions/sharing/kit.html")
def share_kit(ask: Shareable, *, is_main: bool = False, path: str = "") -> dict[str, Any]:
    """Draw the ways to pass an action on.

    ``is_main`` where this is the page's one thing to do; ``path`` of the page that is passed on, where it is not the
    action's own.
    """
    pictures = {"qr_url": ask.url(f"{ask.url_name}_qr"), "story_url": ask.url(f"{ask.url_name}_story")}
    address = full_address(path) if path else ""
    return {"kit": kit_of(ask, address=address), "is_main": is_main, **pictures}


@register.simple_tag
def preview(ask: Shareable) -> Preview:
    """The picture that chats show with a link to the action."""
    return preview_of(ask)


@register.simple_tag
def page_card(page: Any) -> Preview | None:
    """The picture that chats show with a link to a page that has no other; None for what is no page."""
    return card_of(page)


@register.filter(name="attribute_label")
def named_attribute(attribute: str) -> str:
    """How editors call what a text or a rule is for."""
    return attribute_label(attribute or "")


@register.filter
def initials(name: str) -> str:
    """``Jordan Lee`` -> ``JL``: what stands in for a photo."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


@register.filter
def names(people: list[Addressee]) -> list[str]:
    """The people's names alone, for ``listed_apart``."""
    return [person.name for person in people]


@register.filter
def mailto(person: Addressee, subject: str) -> str:
    """The start of a ``mailto:`` link (RFC 6068) to the person; ``&body=`` may follow."""
    return f"mailto:{quote(person.email, safe='@')}?subject={quote(subject)}"


@register.filter
def kept_items(form: Any) -> list[tuple[str, str]]:
    """The posted fields of a form as (name, value), to be carried along hidden."""
    return [(name, form.data[name]) for name in form.fields if form.data.get(name)]


@register.filter
def beside(kept: dict[str, str], form: Any) -> dict[str, str]:
    """What was typed before and the form does not ask for, to be carried along hidden."""
    return {name: value for name, value in kept.items() if name not in form.fields}
