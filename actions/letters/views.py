"""Writing to an MP, step by step. Views ask; services.py decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions.letters import services
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.draft_sheets import further_texts, sheets, text_of, to_send_yourself
from actions.letters.forms import LetterForm, LookupForm
from actions.letters.reading_copies import with_reading_copies
from actions.letters.states import HeldReason
from actions.letters.steps import (
    FORM_METHODS,
    choose,
    closed,
    get_ask,
    letter_form,
    riding_numbered,
    show,
    token_for,
    write_step,
)
from actions.letters.wizard import Draft, first_language, kept_fields
from actions.listing import side_by_side
from actions.protection.decorators import public_form
from actions.protection.person_fields import likely_typo


def letter(request: HttpRequest, slug: str) -> HttpResponse:
    """The action's own page; the same for everybody, so any cache may keep it."""
    ask = get_ask(slug)
    if ask.availability != Availability.OPEN:
        return show(request, ask, "closed", is_private=False)
    return show(request, ask, "lookup", form=LookupForm())


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
        sheets=with_reading_copies(draft, sheets(draft, cleaned)),
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
    reason = protection.held_reason(draft.ask.challenge)
    submission = services.Submission(
        text=text_of(cleaned),
        email=cleaned["email"],
        subject=cleaned["subject"],
        riding=draft.riding,
        language=draft.ask.language,
        letter_language=draft.language,
        wants_copy=cleaned["wants_copy"],
        wants_updates=cleaned["wants_updates"],
        consent_text=consent_text(),
        consent_page=draft.ask.url(),
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


def consent_text() -> str:
    """The words beside the box for updates, in the active language, as they are shown."""
    box = LetterForm.base_fields["wants_updates"]
    return side_by_side(f"{box.label}{pgettext('after a sentence', '.')}", box.help_text)
