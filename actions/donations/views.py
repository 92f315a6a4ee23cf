"""Giving: the form, the way to Stripe's page, and the way back. Views ask; services.py decides."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actions import registry
from actions.donations import services
from actions.donations.amounts import typed_form
from actions.donations.asks import ACTION, AppealAsk
from actions.donations.checkout import query_of
from actions.donations.forms import NEXT_MONTH, GivingForm
from actions.donations.gateway import Refused, StripeTrouble
from actions.donations.models import Appeal, Donation
from actions.donations.returning import look
from actions.donations.services import is_page_open
from actions.donations.states import DonationState
from actions.protection.challenge.looking import carried
from actions.protection.decorators import public_form
from actions.protection.tokens import issue_token, read_token
from actions.protection.verdicts import HOLD, TOKEN_FIELD
from actions.wordings.services import version_shown
from home.languages import current_language

# The attempt that a page without script carries: it makes one gift of a form sent twice, and counts as no token.
PLAIN = "donation-plain"
WAIT_SECONDS = 2


def get_ask(slug: str) -> AppealAsk:
    """Return the appeal as the visitor sees it; 404 when there is none."""
    appeals = Appeal.objects.select_related("campaign")
    return AppealAsk(get_object_or_404(appeals, slug=slug), current_language())


def show(request: HttpRequest, ask: AppealAsk, step: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render the appeal's own page; what holds something typed is never stored and not to be found."""
    context = {"ask": ask, "step": step, "alternates": ask.alternates(), "is_private": bool(context), **context}
    if step == "give":
        context.setdefault("form", GivingForm(ask, initial=ask.initial(request.GET)))
    if step in ("give", "review") and "data" in context:
        context["languages_keep"] = {"form": f"form-{ask.appeal.slug}", "below": "give/"}
    return render(request, "actions/donations/page.html", context, status=status)


@require_safe
def donate(request: HttpRequest, slug: str) -> HttpResponse:
    """The appeal's own page; ``?amount=25&frequency=monthly`` fills the form in, anything odd there is left out."""
    ask = get_ask(slug)
    if "cancelled" in request.GET and ask.accepts:
        response = show(request, ask, "give", is_cancelled=True)
        response["Cache-Control"] = "private, no-store"
        return response
    return show(request, ask, "give" if ask.accepts else "closed")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public_form(ACTION, limit="submit")
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a gift's form. With a script's token it leads on at once; without one, over a page that carries one."""
    ask = get_ask(slug)
    if request.method != "POST":
        return HttpResponseRedirect(ask.url())
    if not ask.accepts or ask.wording is None:
        return show(request, ask, "closed", status=409, data=request.POST)
    protection = request.protection  # type: ignore[attr-defined]
    form = GivingForm(ask, request.POST, protection=protection)
    if request.POST.get("intent") in ("page-language", "edit"):
        return show(request, ask, "give", form=unjudged(form), **page_of(request))
    if not form.is_valid():
        return show(request, ask, "give", status=422, form=form, **page_of(request))
    token = protection.token or plain_token(request)
    if token is None:
        return show(request, ask, "review", form=form, gift=form.gift(), **review_of(request, ask, form))
    if protection.verdict == HOLD:
        return show(request, ask, "give", status=429, form=form, trouble="limit", **page_of(request))
    return begin(request, ask, form, token)


def begin(request: HttpRequest, ask: AppealAsk, form: GivingForm, token: uuid.UUID) -> HttpResponse:
    """Start the gift and lead on to the page that leads to Stripe; whatever goes wrong, the form is kept."""
    assert ask.wording is not None  # noqa: S101 - an appeal without text accepts nothing
    gift = form.gift()
    try:
        donation = services.start(
            appeal=ask.appeal,
            wording_version=version_shown(ask.wording, request.POST.get("wording", "")),
            gift=gift,
            token=token,
            may_begin=lambda: request.protection.is_within("payment", "payment-day"),  # type: ignore[attr-defined]
        )
    except services.TooMany:
        return show(request, ask, "give", status=429, form=form, trouble="limit", data=request.POST)
    except services.TokenSpent:
        return show(request, ask, "give", status=409, form=form, trouble="again", data=request.POST)
    except Refused:
        return show(request, ask, "give", status=503, form=form, trouble="refused", data=request.POST)
    except StripeTrouble:
        return show(request, ask, "give", status=503, form=form, trouble="unavailable", **page_of(request))
    if donation.state in (DonationState.EXPIRED, DonationState.FAILED):
        return show(request, ask, "give", status=409, form=form, trouble="over", data=request.POST)
    return HttpResponseRedirect(ask.url("donate_continue", donation.attempt), status=303)


def form_url(ask: AppealAsk, donation: Donation) -> str:
    """The form's address with the gift's amount in it."""
    return f"{ask.url()}?{urlencode(query_of(donation))}"


def unjudged(form: GivingForm) -> GivingForm:
    """The same form as it was typed, without its errors."""
    return GivingForm(form.ask, initial={**form.data})


def plain_token(request: HttpRequest) -> uuid.UUID | None:
    token = read_token(request.POST.get(TOKEN_FIELD), PLAIN)
    return token.attempt_id if token else None


def page_of(request: HttpRequest) -> dict[str, Any]:
    """What a page that holds something typed needs: the data, and the attempt's token or a new one."""
    raw = request.POST.get(TOKEN_FIELD) or ""
    is_ours = read_token(raw, ACTION) or read_token(raw, PLAIN)
    return {"data": request.POST, "form_token": raw if is_ours else ""}


def review_of(request: HttpRequest, ask: AppealAsk, form: GivingForm) -> dict[str, Any]:
    """What the page without script carries along: the gift as it was understood, and the attempt."""
    gift = form.gift()
    kept = {"amount": typed_form(gift.amount_cents, "en"), "frequency": gift.frequency.value}
    kept |= {name: "on" for name in ("covers_fee", "is_anonymous") if getattr(gift, name)}
    kept |= {"starts": NEXT_MONTH} if gift.starts_next_month else {}
    wording = request.POST.get("wording", "")
    kept |= {"wording": wording, **carried(request.POST)}
    return {"data": request.POST, "kept": kept, "form_token": issue_token(PLAIN)}


@require_safe
@never_cache
def go_on(request: HttpRequest, slug: str, attempt: uuid.UUID) -> HttpResponse:
    """The page between our form and Stripe's: a plain link, because a form may not lead to another site."""
    ask = get_ask(slug)
    donation = get_object_or_404(Donation, attempt=attempt, appeal=ask.appeal)
    donation.appeal = ask.appeal
    now = timezone.now()
    step = "elsewhere"
    if donation.is_given:
        step = "given"
    elif donation.state == DonationState.STARTED and services.waits_for_page(donation, now):
        step = "wait"
    elif donation.state == DonationState.STARTED and is_page_open(donation, now):
        step = "go"
    context = {"ask": ask, "donation": donation, "step": step, "form_url": form_url(ask, donation)}
    response = render(request, "actions/donations/continue.html", context | {"alternates": ask.alternates()})
    if step == "wait":
        response["Refresh"] = str(WAIT_SECONDS)
    return response


def next_of(ask: AppealAsk, donation: Donation) -> dict[str, Any]:
    """The one thing to do after a gift: a monthly one if the appeal says so, else act for the campaign, else share."""
    appeal = ask.appeal
    if appeal.suggests_monthly and appeal.offers_monthly and ask.accepts and not donation.is_monthly:
        return {"is_monthly": True}
    found = registry.open_actions(appeal.campaign_id, ask.language) if appeal.campaign_id else iter(())
    return {"action": next(iter(found), None)}


@require_safe
@never_cache
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Where Stripe sends the donor back: the truth as it is known now, no name, and no second payment."""
    ask = get_ask(slug)
    session_id = request.GET.get("session_id", "")
    donation = Donation.objects.filter(session_id=session_id, appeal=ask.appeal).first() if session_id else None
    if donation is None:
        raise Http404
    donation.appeal = ask.appeal
    outcome = look(donation)
    context = {
        "ask": ask,
        "donation": donation,
        "outcome": outcome.value,
        "alternates": ask.alternates(),
        "form_url": form_url(ask, donation),
        "continue_url": ask.url("donate_continue", donation.attempt),
        "next": next_of(ask, donation),
    }
    return render(request, "actions/donations/thanks.html", context, status=503 if outcome.is_unknown else 200)
