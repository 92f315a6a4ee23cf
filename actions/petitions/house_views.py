"""A petition's way to the House of Commons: the page that explains it, and the sheet as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.petitions.asks import PetitionAsk
from actions.petitions.house_models import HousePetition
from actions.petitions.house_sheet import sheet_of, sheet_pdf
from actions.petitions.models import Petition
from actions.petitions.views import get_ask
from actions.protection.stop_pages import stop_page
from actions.typesetting.press import NotTypeset

# The same for everybody, and made once: any cache may keep it.
SHEET_CACHE = "public, max-age=300, stale-while-revalidate=60"
# Neutral, because others may see the folder it is saved in.
FILE_NAMES = {"en": "petition.pdf", "fr": "petition-fr.pdf"}
AGAIN_IN = 60  # seconds


@require_safe
def house(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what counts in the House and what does not; the same for everybody."""
    ask = get_ask(slug)
    if ask.house is None:
        raise Http404
    context = {
        "ask": ask,
        "house": ask.house,
        "addressee": ask.house.addressee_name(ask.language),
        "e_petition_address": ask.house.official_address(ask.language),
        "alternates": ask.alternates("petition_house"),
    }
    return render(request, "actions/petitions/house.html", context)


@require_safe
def sheet(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The sheet that visitors may download."""
    ask = PetitionAsk(get_object_or_404(Petition.objects.select_related("house"), slug=slug), language)
    if language not in ask.sheet_languages or ask.house is None:
        raise Http404
    return pdf_response(request, ask.house, language)


def pdf_response(
    request: HttpRequest, house: HousePetition, language: str, *, cache: str = SHEET_CACHE
) -> HttpResponse:
    """Return the sheet in ``en`` or ``fr``, or a page that says that it could not be made."""
    try:
        content = sheet_pdf(sheet_of(house, language))
    except NotTypeset:
        return stop_page(request, status=503, retry_after_seconds=AGAIN_IN)
    headers = {"Cache-Control": cache, "Content-Disposition": f'inline; filename="{FILE_NAMES[language]}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
