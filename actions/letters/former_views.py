"""The page of an earlier letter: what people sent before the text changed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.letters.merge_fields import MERGE_FIELDS
from actions.letters.steps import get_ask
from actions.letters.texts import texts_in
from actions.wordings.former import FormerTexts, former_texts


@require_safe
def former_text(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier letter that somebody sent, with the names of its fields where each letter had its own words."""
    ask = get_ask(slug)
    former = former_texts(ask.wording, ask.wording.demand) if ask.wording else FormerTexts()
    text = former.numbered(number)
    if text is None:
        raise Http404
    values = {name: f"[{label}]" for name, label in MERGE_FIELDS.items()}
    letters = [(one.subjects(values), one.filled_body(values)) for one in texts_in(text.version.content)]
    others = [(one, ask.former_url(one.version.number)) for one in former.texts if one is not text]
    context = {"ask": ask, "text": text, "letters": letters, "others": others, "alternates": ask.alternates()}
    return render(request, "actions/letters/former.html", context)
