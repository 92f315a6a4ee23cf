"""From a postal code, a street address or a riding chosen by hand to the letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.forms import LookupForm, ProvinceForm
from actions.letters.settling import contradicted, is_wanted, settle_by_street
from actions.letters.steps import FORM_METHODS, choose, closed, get_ask, riding_numbered, show, write_step
from actions.letters.wizard import kept_fields
from actions.protection.decorators import public_form
from actions.representatives.lookup import (
    LookupResult,
    LookupStatus,
    find_ridings,
    ridings_of_province,
)

# The buttons "This is my riding" and "None of these": a form without script may send them with nothing chosen.
PICK, BROWSE = "pick", "browse"


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


def among_several(request: HttpRequest, ask: Ask, postal_code: str, result: LookupResult) -> HttpResponse:
    """Take the riding that the street address settles beyond doubt; else let the person choose."""
    street = settle_by_street(result, request.POST)
    picked = riding_numbered(request.POST.get("riding", ""))
    if picked is not None and street.riding in (None, picked):
        return write_step(request, ask, postal_code, picked, request.POST)
    if picked is not None:  # the address says another riding than the person: ask again, without the address
        street = contradicted()
    elif street.riding is not None:
        return write_step(request, ask, postal_code, street.riding, request.POST, is_settled_by_address=True)
    is_missing = PICK in request.POST and "street_address" not in (street.form.errors if street.form else ())
    status = 422 if is_missing else street.status
    return choose(
        request, ask, postal_code, status=status, matches=result.matches, street=street, is_missing=is_missing
    )


def chosen(request: HttpRequest, ask: Ask, postal_code: str) -> HttpResponse:
    number = request.POST["riding"]
    if number == "none" and not ask.writes_to_own_mp:
        return write_step(request, ask, postal_code, None, request.POST)
    riding = riding_numbered(number)
    if riding is None and request.POST.get("province"):
        return by_province(request, ask, postal_code, status=422, is_missing=True)
    if riding is None:
        return choose(request, ask, postal_code, status=422, is_missing=True)
    return write_step(request, ask, postal_code, riding, request.POST)


def by_province(
    request: HttpRequest, ask: Ask, postal_code: str, *, status: int = 200, is_missing: bool = False
) -> HttpResponse:
    if BROWSE in request.POST:
        return choose(request, ask, postal_code)
    form = ProvinceForm(request.POST)
    if not form.is_valid():
        return choose(request, ask, postal_code, status=422, form=form)
    ridings = ridings_of_province(form.cleaned_data["province"], ask.language)
    return choose(request, ask, postal_code, status=status, form=form, ridings=ridings, is_missing=is_missing)
