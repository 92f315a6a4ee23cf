"""Writing to an MP, step by step. Views ask; services.py decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability, LetterCampaign
from actions.letters.draft_sheets import further_texts, sheets, text_of, to_send_yourself
from actions.letters.forms import LetterForm, LookupForm, PaperForm, ProvinceForm
from actions.letters.settling import is_wanted, settle_by_street
from actions.letters.states import HeldReason
from actions.letters.wizard import Draft, first_language, kept_fields
from actions.protection.decorators import public_form
from actions.protection.person_fields import likely_typo
from actions.protection.tokens import is_spent, issue_token, read_token
from actions.protection.verdicts import HOLD, TOKEN_FIELD
from actions.representatives.lookup import (
    LookupResult,
    LookupStatus,
    current_representative,
    find_ridings,
    ridings_of_province,
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
    if step in KEEPS_TEXT:
        context["languages_keep"] = {"form": "letter-form", "below": KEEPS_TEXT[step]}
    return render(request, "actions/letters/page.html", context, status=status)


def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The action's own page; the same for everybody, so any cache may keep it."""
    ask = get_ask(slug)
    if ask.availability != Availability.OPEN:
        return show(request, ask, "closed", is_private=False)
    return show(request, ask, "lookup", form=LookupForm())


@require_http_methods(FORM_METHODS)
@never_cache
@public_form("letter-lookup", limit="lookup")
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """From a postal code, or a riding chosen by hand, to the letter. A POST, so that no address holds a code."""
    ask = get_ask(slug)
    if request.method != "POST":
        return HttpResponseRedirect(ask.url())
    if ask.availability != Availability.OPEN:
        return closed(request, ask)
    form = LookupForm(request.POST)
    if not form.is_valid():
        return show(request, ask, "lookup", status=422, form=form, kept=kept_fields(request.POST))
    postal_code = form.cleaned_data["postal_code"]
    is_only_read_again = request.POST.get("intent") == "page-language"
    if "riding" in request.POST and not (is_only_read_again or is_wanted(request.POST)):
        return chosen(request, ask, postal_code)
    if "province" in request.POST and not is_only_read_again:
        return by_province(request, ask, postal_code)
    if not request.protection.reasons:  # type: ignore[attr-defined]
        result = find_ridings(postal_code)
        if result.status == LookupStatus.FOUND_ONE:
            return write_step(request, ask, postal_code, result.matches[0].riding, request.POST)
        if result.status == LookupStatus.FOUND_MANY:
            return among_several(request, ask, postal_code, result)
        return choose(request, ask, postal_code, status_of_lookup=result.status)
    return choose(request, ask, postal_code, status_of_lookup=LookupStatus.UNAVAILABLE)


def closed(request: HttpRequest, ask: Ask) -> HttpResponse:
    """It was open when the form was opened: say what happened and give back what was typed."""
    return show(request, ask, "closed", status=409, kept=kept_fields(request.POST))


def choose(request: HttpRequest, ask: Ask, postal_code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Let the person say which riding is theirs; never guess."""
    context = {"form": ProvinceForm(), "kept": kept_fields(request.POST), **context}
    return show(request, ask, "choose", status=status, postal_code=postal_code, **context)


def among_several(request: HttpRequest, ask: Ask, postal_code: str, result: LookupResult) -> HttpResponse:
    """Take the riding that the street address settles beyond doubt; else let the person choose."""
    street = settle_by_street(result, request.POST)
    if street.riding is not None:
        return write_step(request, ask, postal_code, street.riding, request.POST)
    return choose(request, ask, postal_code, status=street.status, matches=result.matches, street=street)


def chosen(request: HttpRequest, ask: Ask, postal_code: str) -> HttpResponse:
    number = request.POST["riding"]
    if number == "none" and not ask.writes_to_own_mp:
        return write_step(request, ask, postal_code, None, request.POST)
    riding = riding_numbered(number)
    if riding is None:
        return choose(request, ask, postal_code, status=422, is_missing=True)
    return write_step(request, ask, postal_code, riding, request.POST)


def riding_numbered(number: str) -> Riding | None:
    """Return the riding with the posted federal number, None for anything else that was posted."""
    is_number = number.isascii() and number.isdigit() and len(number) < 6
    return Riding.objects.filter(pk=int(number)).first() if is_number else None


def by_province(request: HttpRequest, ask: Ask, postal_code: str) -> HttpResponse:
    form = ProvinceForm(request.POST)
    if not form.is_valid():
        return choose(request, ask, postal_code, status=422, form=form)
    ridings = ridings_of_province(form.cleaned_data["province"], ask.language)
    return choose(request, ask, postal_code, form=form, ridings=ridings)


def write_step(
    request: HttpRequest,
    ask: Ask,
    postal_code: str,
    riding: Riding | None,
    data: QueryDict,
    *,
    language: str = "",
    is_text_replaced: bool = False,
) -> HttpResponse:
    """Show the letter to be edited; when nobody can be written to by mail, say so and give the text and other ways.

    ``is_text_replaced``: another text fits than the one that was posted, so this answers a form that was not accepted.
    """
    representative = current_representative(riding) if riding else None
    wanted = language or data.get("letter_language", "")
    language = first_language(wanted=wanted, representative=representative, page_language=ask.language)
    draft = Draft(ask, riding, postal_code, language, kept_fields(data))
    form = letter_form(draft, initial=draft.initial())
    context = {"draft": draft, "form": form, "form_token": token_for(data), "is_text_replaced": is_text_replaced}
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


@require_http_methods(FORM_METHODS)
@never_cache
@public_form("letter", limit="submit")
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Check, change and send the letter; ``intent`` says which button was pressed."""
    ask = get_ask(slug)
    if request.method != "POST":
        return HttpResponseRedirect(ask.url())
    if ask.availability != Availability.OPEN:
        return closed(request, ask)
    data = with_corrected_address(request.POST)
    draft = posted_draft(ask, data)
    intent = data.get("intent", "check")
    if intent == "riding":
        return choose(request, ask, draft.postal_code, kept=draft.kept_for_another_riding())
    if intent == "page-language":
        return write_step(request, ask, draft.postal_code, draft.riding, data)
    if draft.riding is None and ask.writes_to_own_mp:
        return choose(request, ask, draft.postal_code, status=422, is_missing=True)
    if intent.startswith("language-"):
        return switch_language(request, draft, intent.removeprefix("language-"))
    if draft.fits_somebody_else:  # another text fits now: show it before anything is sent
        return write_step(
            request, ask, draft.postal_code, draft.riding, data, language=draft.language, is_text_replaced=True
        )
    form = letter_form(draft, data=data)
    if intent == "edit" or not form.is_valid() or not (draft.has_addressee and draft.wording):
        status = 200 if intent == "edit" else 422
        return show(request, ask, draft.step, status=status, draft=draft, form=form, form_token=token_for(request.POST))
    if intent == "send":
        return send(request, draft, form.cleaned_data)
    return check(request, draft, form)


def with_corrected_address(data: QueryDict) -> QueryDict:
    """Take over the address that the check step suggested, when its button was pressed; the step is shown again."""
    if not data.get("corrected_email"):
        return data
    corrected = data.copy()
    corrected["email"], corrected["intent"] = str(data["corrected_email"]), "check"
    return corrected


def posted_draft(ask: Ask, data: QueryDict) -> Draft:
    language = first_language(wanted=data.get("letter_language", ""), representative=None, page_language=ask.language)
    version = data.get("wording", "")[:18]
    riding = riding_numbered(data.get("riding", ""))
    return Draft(ask, riding, data.get("postal_code", ""), language, kept_fields(data), shown_version=version)


def switch_language(request: HttpRequest, draft: Draft, language: str) -> HttpResponse:
    """The campaign's text in the other language; the writer's own words and particulars stay."""
    data = request.POST.copy()
    for name in ("subject", "body") if language in draft.ask.letter_languages else ():
        data.pop(name, None)
    return write_step(request, draft.ask, draft.postal_code, draft.riding, data, language=language)


def check(request: HttpRequest, draft: Draft, form: LetterForm) -> HttpResponse:
    """The last look: the letter as it will arrive, the address large, a hint when it looks mistyped."""
    cleaned = with_locked_text(draft, form.cleaned_data)
    return show(
        request,
        draft.ask,
        "check",
        draft=draft,
        form=form,
        cleaned=cleaned,
        sheets=sheets(draft, cleaned),
        to_send_yourself=to_send_yourself(draft, cleaned),
        typo=likely_typo(cleaned["email"]),
        form_token=token_for(request.POST),
    )


def with_locked_text(draft: Draft, cleaned: dict[str, Any]) -> dict[str, Any]:
    """Where editors keep the text, what was posted for it does not count."""
    if draft.ask.letter_campaign.may_edit_text:
        return cleaned
    subject = cleaned["subject"] if cleaned["subject"] in draft.subjects else draft.subjects[0]
    return {**cleaned, "subject": subject, "body": draft.body}


def send(request: HttpRequest, draft: Draft, cleaned: dict[str, Any]) -> HttpResponse:
    """Store the letter. The answer is the same for a new, a repeated and a held one."""
    protection = request.protection  # type: ignore[attr-defined]
    cleaned = with_locked_text(draft, cleaned)
    reason = protection.reasons[0] if protection.verdict == HOLD else ""
    submission = services.Submission(
        text=text_of(cleaned),
        email=cleaned["email"],
        subject=cleaned["subject"],
        riding=draft.riding,
        language=draft.ask.language,
        letter_language=draft.language,
        wants_copy=cleaned["wants_copy"],
        held_reason=HeldReason(reason) if reason else "",
        further_texts=further_texts(draft, cleaned),
        attempt_id=protection.token,
    )
    services.write(
        letter_campaign=draft.ask.letter_campaign,
        wording_version=draft.wording_version,
        people=draft.people,
        submission=submission,
    )
    return HttpResponseRedirect(reverse("actions:check_your_inbox"), status=303)
