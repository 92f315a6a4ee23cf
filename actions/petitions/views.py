"""Signing a petition. Views ask; services.py decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actions.listing import side_by_side
from actions.petitions import services
from actions.petitions.asks import ACTION, PetitionAsk
from actions.petitions.forms import SignatureForm
from actions.petitions.models import Petition
from actions.petitions.numbers import numbers_of, public_cells
from actions.petitions.reached import ridings_reached
from actions.petitions.states import HeldReason
from actions.protection.challenge.looking import carried
from actions.protection.decorators import public_form
from actions.protection.tokens import is_spent, issue_token, read_token
from actions.protection.verdicts import TOKEN_FIELD
from actions.wordings.services import version_shown
from home.languages import current_language

COUNT_CACHE = "public, max-age=10, s-maxage=10, stale-while-revalidate=30"


def get_ask(slug: str) -> PetitionAsk:
    """Return the petition as the visitor sees it; 404 when there is none."""
    petitions = Petition.objects.select_related("campaign", "tally", "house")
    return PetitionAsk(get_object_or_404(petitions, slug=slug), current_language())


def show(request: HttpRequest, ask: PetitionAsk, step: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render the petition's own page; what holds something typed is never stored and not to be found."""
    context = {"ask": ask, "step": step, "alternates": ask.alternates(), "is_private": bool(context), **context}
    if step == "sign":
        context.setdefault("form", SignatureForm())
    if step == "sign" and "data" in context:
        context["languages_keep"] = {"form": f"form-{ask.petition.slug}", "below": "sign/"}
    return render(request, "actions/petitions/page.html", context, status=status)


@require_safe
def petition(request: HttpRequest, slug: str) -> HttpResponse:
    """The petition's own page; the same for everybody, so any cache may keep it."""
    ask = get_ask(slug)
    step = "sign" if ask.accepts else "closed"
    return show(request, ask, step, is_private=False, reached=ridings_reached(ask.petition, ask.language))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public_form(ACTION, limit="submit")
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a signature; who is in Hong Kong or mainland China now is told of the risk first, and nothing is stored."""
    ask = get_ask(slug)
    if request.method != "POST":
        return HttpResponseRedirect(ask.url())
    if not ask.accepts or ask.wording is None:
        return show(request, ask, "closed", status=409, data=request.POST)
    intent = request.POST.get("intent", "")
    if intent in ("page-language", "edit"):
        return show(request, ask, "sign", form=SignatureForm(initial=typed(request)), **page_of(request))
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return show(request, ask, "sign", status=422, form=form, **page_of(request))
    if form.cleaned_data["is_at_risk"] and intent != "knows-the-risk":
        return show(request, ask, "warning", form=form, kept=kept(request), **page_of(request))
    return accept(request, ask, form.cleaned_data)


def accept(request: HttpRequest, ask: PetitionAsk, cleaned: dict[str, Any]) -> HttpResponse:
    """Store the signature. The answer is the same for a new, a repeated and a held one."""
    protection = request.protection  # type: ignore[attr-defined]
    reason = protection.held_reason(ask.challenge)
    assert ask.wording is not None  # noqa: S101 - a petition without text accepts nothing
    services.sign(
        petition=ask.petition,
        wording_version=version_shown(ask.wording, request.POST.get("wording", "")),
        submission=services.Submission(
            name=cleaned["name"],
            email=cleaned["email"],
            postal_code=cleaned["postal_code"],
            language=ask.language,
            comment=cleaned["comment"],
            wants_updates=cleaned["wants_updates"],
            consent_text=consent_text(),
            consent_page=ask.url(),
            show_name=cleaned["show_name"],
            held_reason=HeldReason(reason) if reason else "",
            attempt_id=protection.token,
            address_key=protection.range_key(about=f"petition {ask.petition.pk}"),
        ),
    )
    return HttpResponseRedirect(reverse("actions:check_your_inbox"), status=303)


def consent_text() -> str:
    """The words beside the box for updates, in the active language, as they are shown."""
    box = SignatureForm.base_fields["wants_updates"]
    return side_by_side(f"{box.label}{pgettext('after a sentence', '.')}", box.help_text)


def typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed and ticked, for a form that is shown again without judging it."""
    return {name: request.POST[name] for name in SignatureForm.base_fields if name in request.POST}


def kept(request: HttpRequest) -> dict[str, str]:
    """The same with the number of the text that was shown and the proof, to be carried along hidden."""
    wording = {"wording": request.POST["wording"]} if "wording" in request.POST else {}
    return {**typed(request), **wording, **carried(request.POST)}


def page_of(request: HttpRequest) -> dict[str, Any]:
    """What a page that holds something typed needs: the data, and the attempt's token or, when spent, a new one."""
    raw = request.POST.get(TOKEN_FIELD) or ""
    token = read_token(raw, ACTION)
    is_usable = token is not None and not is_spent(token.attempt_id)
    return {"data": request.POST, "form_token": raw if is_usable else issue_token(ACTION)}


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """The public numbers as JSON, the same in every language; small ones rounded or left out."""
    petition = get_object_or_404(Petition.objects.select_related("tally"), slug=slug)
    numbers = numbers_of(petition)
    by_province, by_riding = public_cells(petition)
    content = {
        "count": numbers.count,
        "is_rounded": numbers.is_rounded,
        "goal": numbers.goal,
        "paper": numbers.paper,
        "outside_canada": numbers.abroad,
        "ridings": numbers.ridings,
        "by_province": by_province,
        "by_riding": by_riding,
        "state": petition.state(timezone.now()).value,
    }
    return JsonResponse(content, headers={"Cache-Control": COUNT_CACHE})
