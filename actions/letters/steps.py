"""The steps of writing to an MP as pages: what the views of finding, writing and printing show."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from actions.letters import settling
from actions.letters.asks import Ask
from actions.letters.campaign_models import LetterCampaign
from actions.letters.forms import LetterForm, PaperForm, ProvinceForm
from actions.letters.printing import printed_pages
from actions.letters.wizard import Draft, first_language, kept_fields
from actions.protection.tokens import is_spent, issue_token, read_token
from actions.protection.verdicts import TOKEN_FIELD
from actions.representatives.lookup import (
    current_representative,
)
from actions.representatives.models import Riding
from home.languages import current_language

FORM_METHODS = ["GET", "HEAD", "POST"]
# The steps that hold what somebody typed, and where their form goes when the page's language is changed.
KEEPS_TEXT = {"choose": "find/", "write": "write/", "check": "write/", "unreachable": "write/", "excluded": "write/"}


def get_ask(slug: str) -> Ask:
    """Return the letter campaign as the visitor sees it; 404 when there is none."""
    campaigns = LetterCampaign.objects.select_related("campaign", "tally")
    return Ask(get_object_or_404(campaigns, slug=slug), current_language())


def show(request: HttpRequest, ask: Ask, step: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render the action's own page at one step; every step but the first holds personal data and is never stored."""
    context = {"ask": ask, "step": step, "alternates": ask.alternates(), "is_private": step != "lookup", **context}
    if step == "unreachable" and context["draft"].wording:
        context["printed_pages"] = printed_pages(context["draft"], context["form"])
    if step in KEEPS_TEXT:
        # The Enter key presses a form's first button, and the languages stand above all of it.
        street = context.get("street")
        pressed_by_enter = settling.BUTTON if street and street.form else ""
        context["languages_keep"] = {"form": "letter-form", "below": KEEPS_TEXT[step], "name": pressed_by_enter}
    return render(request, "actions/letters/page.html", context, status=status)


def closed(request: HttpRequest, ask: Ask) -> HttpResponse:
    """It was open when the form was opened: say what happened and give back what was typed."""
    return show(request, ask, "closed", status=409, kept=kept_fields(request.POST))


def choose(request: HttpRequest, ask: Ask, postal_code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Let the person say which riding is theirs; never guess."""
    context = {"form": ProvinceForm(), "kept": kept_fields(request.POST), **context}
    return show(request, ask, "choose", status=status, postal_code=postal_code, **context)


def riding_numbered(number: str) -> Riding | None:
    """Return the riding with the posted federal number, None for anything else that was posted."""
    is_number = number.isascii() and number.isdigit() and len(number) < 6
    return Riding.objects.filter(pk=int(number)).first() if is_number else None


def write_step(
    request: HttpRequest,
    ask: Ask,
    postal_code: str,
    riding: Riding | None,
    data: QueryDict,
    *,
    language: str = "",
    is_text_replaced: bool = False,
    is_settled_by_address: bool = False,
) -> HttpResponse:
    """Show the letter to be edited; when nobody can be written to by mail, say so and give the text and other ways.

    ``is_text_replaced``: another text fits than the one that was posted, so this answers a form that was not accepted.
    ``is_settled_by_address``: the street address has told which of several ridings it is, so the page says which.
    """
    representative = current_representative(riding) if riding else None
    wanted = language or data.get("letter_language", "")
    language = first_language(wanted=wanted, representative=representative, page_language=ask.language)
    draft = Draft(ask, riding, postal_code, language, kept_fields(data))
    form = letter_form(draft, initial=draft.initial())
    context = {
        "draft": draft,
        "form": form,
        "form_token": token_for(data),
        "is_text_replaced": is_text_replaced,
        "is_settled_by_address": is_settled_by_address,
    }
    return show(request, ask, draft.step, status=422 if is_text_replaced else 200, **context)


def letter_form(draft: Draft, **kwargs: Any) -> LetterForm:
    """The form for the mail, or where nobody has an address, for the letter on paper."""
    refused = {person.email for person in draft.people}
    kind = LetterForm if draft.has_addressee else PaperForm
    return kind(letter_campaign=draft.ask.letter_campaign, refused_addresses=refused, **kwargs)


def token_for(data: QueryDict) -> str:
    """The attempt's token: the one that came with the form, else a new one, since this page is never stored.

    Who comes back after sending, to mend a mistyped address, writes another letter: that needs another attempt.
    """
    raw = data.get(TOKEN_FIELD) or ""
    token = read_token(raw, "letter")
    return issue_token("letter") if token is None or is_spent(token.attempt_id) else raw
