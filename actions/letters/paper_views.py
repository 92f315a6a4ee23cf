"""The letter as a PDF to print and post. Nothing is stored for it, and no attempt is spent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions.letters import steps, views
from actions.letters.campaign_models import Availability
from actions.letters.draft_sheets import on_paper
from actions.letters.forms import PaperForm
from actions.letters.paper import paper_pdf
from actions.letters.pdf import PdfUnavailable
from actions.letters.wizard import Draft
from actions.protection.decorators import public_form
from actions.protection.limits import limit_named
from actions.protection.stop_pages import stop_page

LIMIT = "paper"


@require_http_methods(steps.FORM_METHODS)
@never_cache
@public_form("letter-pdf", limit=LIMIT)
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer the letter's form with a PDF for everybody who can be written to at Parliament Hill."""
    ask = steps.get_ask(slug)
    if request.method != "POST":
        return HttpResponseRedirect(ask.url())
    if ask.availability != Availability.OPEN:
        return steps.closed(request, ask)
    draft = views.posted_draft(ask, request.POST)
    if draft.riding is None and ask.writes_to_own_mp:
        return steps.choose(request, ask, draft.postal_code, status=422, is_missing=True)
    if draft.fits_somebody_else:  # another text fits now: show it before anything is printed
        return steps.write_step(
            request, ask, draft.postal_code, draft.riding, request.POST, language=draft.language, is_text_replaced=True
        )
    form = PaperForm(letter_campaign=ask.letter_campaign, refused_addresses=set(), data=request.POST)
    if not (draft.wording and draft.on_paper and form.is_valid()):
        return again(request, draft, status=422)
    if "limit" in request.protection.reasons:  # type: ignore[attr-defined]
        return stop_page(request, status=429, retry_after_seconds=limit_named(LIMIT).seconds)
    return download(request, draft, views.with_locked_text(draft, form.cleaned_data))


def download(request: HttpRequest, draft: Draft, cleaned: dict[str, Any]) -> HttpResponse:
    try:
        file = paper_pdf(on_paper(draft, cleaned), language=draft.language)
    except PdfUnavailable:
        return again(request, draft, status=503, is_pdf_unavailable=True)
    response = HttpResponse(file.content, content_type=file.mimetype)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def again(request: HttpRequest, draft: Draft, *, status: int, **context: Any) -> HttpResponse:
    """Show the step with what was typed, and what is wrong with it."""
    context["form_token"] = steps.token_for(request.POST)
    form = steps.letter_form(draft, data=request.POST)
    return steps.show(request, draft.ask, draft.step, status=status, draft=draft, form=form, **context)
