"""The page of an earlier text: what people signed before it changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.petitions.views import get_ask
from actions.wordings.former import FormerTexts, former_texts


@require_safe
def former_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier text that somebody signed, in the language of the page's text; the same for everybody."""
    ask = get_ask(slug)
    former = former_texts(ask.wording, ask.wording.demand) if ask.wording else FormerTexts()
    text = former.numbered(number)
    if text is None:
        raise Http404
    others = [(one, ask.former_url(one.version.number)) for one in former.texts if one is not text]
    context = {"ask": ask, "text": text, "others": others, "alternates": ask.alternates()}
    return render(request, "actions/petitions/former.html", context)
