"""The donor's own page: asking for its link, what the link opens, and the way to Stripe's page for monthly gifts.

No session and no cookie: the link is the key. GET shows, POST acts.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actions.confirmations.services import bare_token
from actions.donations import gateway
from actions.donations.checkout import locale_of
from actions.donations.donor_forms import DonorLinkForm
from actions.donations.donor_links import WORKS_FOR, opened_by, send_link
from actions.donations.donor_page import DonorPage, set_anonymous, set_renewal_receipts
from actions.donations.gateway import StripeTrouble
from actions.donations.mailing import CARD_PURPOSE
from actions.donations.models import Donation
from actions.protection.decorators import public_form
from actions.protection.limits import limit_named
from actions.protection.stop_pages import stop_page
from actions.protection.verdicts import HOLD
from home.languages import CODES, current_language

ACTION = "donor-link"
LIMIT = "confirm"


def alternates(name: str, *more: Any) -> dict[str, str]:
    """The page in each language."""
    found = {}
    for code in CODES:
        with translation.override(code):
            found[code] = reverse(f"actions:{name}", args=more)
    return found


def here(request: HttpRequest) -> dict[str, Any]:
    """What each page behind a link tells the frame around it: it is private, and where its other languages are."""
    raw = request.resolver_match.kwargs["token"] if request.resolver_match else ""
    return {"is_private": True, "alternates": alternates("donor_page", bare_token(raw))}


@require_http_methods(["GET", "HEAD", "POST"])
@public_form(ACTION)
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the link; the answer is the same whether somebody gave with that address or not."""
    form = DonorLinkForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        context = {"form": form, "alternates": alternates("donor_ask"), "is_private": form.is_bound}
        return render(request, "actions/donations/donor_ask.html", context, status=status)
    protection = request.protection  # type: ignore[attr-defined]
    if "limit" in protection.reasons:
        return stop_page(request, status=429, retry_after_seconds=limit_named("submit").seconds)
    if protection.verdict != HOLD:
        email = form.cleaned_data["email"]
        send_link(email=email, language=current_language(), attempt_id=protection.token)
    return HttpResponseRedirect(reverse("actions:donor_sent"), status=303)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The same page for donors and strangers."""
    context = {"sender_address": settings.DEFAULT_FROM_EMAIL, "days": WORKS_FOR.days}
    return render(request, "actions/donations/donor_sent.html", context | {"alternates": alternates("donor_sent")})


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Where Stripe's page leads back to: without the token, which is none of Stripe's business."""
    return render(request, "actions/donations/donor_back.html", {"alternates": alternates("donor_back")})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public_form("donor", limit=LIMIT)
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Show or change what the link opens. Only unknown links count toward the limit, as on the other mailed links."""
    opened = opened_by(token)
    if opened is None and request.method == "POST" and "limit" in request.protection.reasons:  # type: ignore[attr-defined]
        return stop_page(request, status=429, retry_after_seconds=limit_named(LIMIT).seconds)
    if opened is None:
        return render(request, "actions/donations/donor_unknown.html", {"is_private": True}, status=404)
    purpose, donation = opened
    if purpose == CARD_PURPOSE:
        return card(request, donation)
    shown = DonorPage(donation, current_language())
    if request.method != "POST":
        return show(request, shown)
    return act(request, shown)


def show(request: HttpRequest, shown: DonorPage, *, status: int = 200, trouble: bool = False) -> HttpResponse:
    context = {"page": shown, "trouble": trouble, **here(request)}
    return render(request, "actions/donations/donor_page.html", context, status=status)


def act(request: HttpRequest, shown: DonorPage) -> HttpResponse:
    """Do what one of the page's buttons says; an unknown one does nothing."""
    intent = request.POST.get("intent", "")
    if intent in ("portal", "card"):
        monthly = shown.gift(request.POST.get("gift", ""))
        if monthly is None:
            return show(request, shown, status=409)
        answer = lead_on(request, monthly.donation, changes_card=intent == "card")
        return answer or show(request, shown, status=503, trouble=True)
    if intent in ("receipts-on", "receipts-off"):
        set_renewal_receipts(shown.gifts, are_wanted=intent == "receipts-on")
    elif intent in ("anonymous-on", "anonymous-off"):
        set_anonymous(shown.gifts, is_anonymous=intent == "anonymous-on")
    return HttpResponseRedirect(request.path, status=303)


def card(request: HttpRequest, donation: Donation) -> HttpResponse:
    """The page behind the mails about a card: one button, which leads to Stripe's page for another card."""
    can_be_changed = donation.is_running and bool(donation.customer_id)
    trouble = False
    if request.method == "POST" and can_be_changed:
        answer = lead_on(request, donation, changes_card=True)
        if answer is not None:
            return answer
        trouble = True
    context = {"donation": donation, "can_be_changed": can_be_changed, "trouble": trouble, **here(request)}
    return render(request, "actions/donations/donor_card.html", context, status=503 if trouble else 200)


def lead_on(request: HttpRequest, donation: Donation, *, changes_card: bool) -> HttpResponse | None:
    """Return the page with a plain link to Stripe's, because a form may not lead to another site; None in trouble."""
    try:
        url = gateway.portal_url(
            customer_id=donation.customer_id,
            locale=locale_of(current_language()),
            return_url=settings.SITE_URL + reverse("actions:donor_back"),
            changes_card=changes_card,
        )
    except StripeTrouble:
        return None
    context = {"portal_url": url, "changes_card": changes_card, "donation": donation, **here(request)}
    return render(request, "actions/donations/donor_continue.html", context)
