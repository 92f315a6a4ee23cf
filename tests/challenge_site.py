"""A form as donations have it, for the tests of challenge, limits and breaker: it "opens a payment" by saying so."""

from __future__ import annotations

from django import forms
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import RequestContext, Template
from django.urls import path
from django.views.decorators.cache import never_cache

from achk_site.urls import urlpatterns as site_patterns
from actions.protection.breaker import BreakerState, state
from actions.protection.challenge.forms import ChallengedForm
from actions.protection.challenge.policy import challenge_for
from actions.protection.decorators import public_form
from actions.protection.tokens import spend_token

PAGE = Template(
    """{% extends "base.html" %}{% load protection_tags site_tags %}{% block title %}Sample{% endblock %}
    {% block main %}<div class="page"><h1>Sample</h1>
    <form class="form" method="post" action="" data-action="donation" novalidate>{% protection_fields "donation" %}
    {% include "includes/error_summary.html" %}
    {% field form.name %}
    {% challenge form.asked error=form.proof.errors.0 without_script="Please give by e-transfer." %}
    <button class="button button--primary" type="submit" name="step" value="give">Give</button></form>
    <p id="below">What stands below must not move.</p></div>{% endblock %}"""
)


class GiftForm(ChallengedForm):
    name = forms.CharField(max_length=100)


def page(request: HttpRequest, form: GiftForm, status: int = 200) -> HttpResponse:
    if "plain" in request.GET:  # for who sends thousands
        return HttpResponse(form.errors.as_json(), status=status)
    return HttpResponse(PAGE.render(RequestContext(request, {"form": form})), status=status)


@never_cache
@public_form("donation")
def give(request: HttpRequest) -> HttpResponse:
    asked = challenge_for("donation")
    if state("donations") == BreakerState.PAUSED:
        return HttpResponse("Donations are paused.", status=503)
    if request.method != "POST":
        return page(request, GiftForm(asked=asked))
    form = GiftForm(request.POST, asked=asked, protection=request.protection)
    if not form.is_valid():
        return page(request, form, status=422)
    if not request.protection.is_within("payment", "payment-day"):
        return HttpResponse("Too many attempts.", status=429)
    accepted = spend_token(request.protection.token)
    return JsonResponse({"challenge": form.challenge_result, "accepted": accepted, "step": request.POST.get("step")})


urlpatterns = [*i18n_patterns(path("sample/give/", give)), *site_patterns]
