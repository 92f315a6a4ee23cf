"""Views of wagtail-localize that would publish in the wrong language, fail, or do and show more than a role may.

It has no hook or setting for them (https://github.com/wagtail/wagtail-localize, views/): our addresses stand before
its own.
"""

from __future__ import annotations

from typing import Any

import polib
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation, snippets_api

from home.translations.admin_copies import other_language
from home.translations.admin_list import may_see
from home.translations.admin_synchronise import SynchroniseView
from home.translations.machines import NoAnswer
from home.translations.roles import may_publish
from home.translations.waiting import LIST_URL

LARGEST_FILE = 2_000_000  # bytes; a long page makes some 100,000


@require_POST
def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A file of another page, of none, or none at all: theirs answers 500, or takes nothing and says nothing."""
    file: Any = request.FILES.get("file")
    problem = ""
    if file is None or file.size > LARGEST_FILE:
        problem = _("Choose a PO file of at most 2 MB.")
    else:
        problem = _problem_with(file.read(), get_object_or_404(Translation, pk=translation_id))
        file.seek(0)
    if problem:
        messages.error(request, problem)
        return _back(request)
    return edit_translation.upload_pofile(request, translation_id)


def _problem_with(content: bytes, translation: Translation) -> str:
    try:
        text = content.decode()
        parsed = polib.pofile(text) if "\n" in text else None  # one line would be taken for the name of a file
    except (OSError, ValueError):
        parsed = None
    if parsed is None:
        return _("This is no PO file. Save it as UTF-8 and try again.")
    if parsed.metadata.get("X-WagtailLocalize-TranslationID") != str(translation.uuid):
        return _("This file belongs to another translation. Download it anew from here, then fill it in.")
    return ""


@require_POST
def machine_translate(request: HttpRequest, translation_id: int) -> HttpResponse:
    """What the machine writes is a proposal: see ``missing.open_entries``."""
    try:
        return edit_translation.machine_translate(request, translation_id)
    except NoAnswer:
        messages.error(request, _("The machine translator does not answer. Nothing was changed; try again later."))
        return _back(request)


@require_POST
def stop_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Editing a translation by itself is for whoever may publish it; a translator would lose the way back."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not may_publish(request.user, translation.get_target_instance()):
        raise PermissionDenied
    return edit_translation.stop_translation(request, translation_id)


def convert_to_alias(request: HttpRequest, page_id: int) -> HttpResponse:
    """It would put the original's words under this language."""
    messages.error(request, other_language())
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page_id]))


def their_report(request: HttpRequest) -> HttpResponse:
    """It tells every role what there is, drafts included; ours tells each what it may translate."""
    return HttpResponseRedirect(reverse(LIST_URL))


def refuse_list(request: HttpRequest, **about: str) -> HttpResponse:
    """The names of all records of a kind, for whoever can log in; their editor asks for one at a time."""
    return HttpResponseForbidden()


def name_of_one(request: HttpRequest, **about: str) -> HttpResponse:
    """What their editor shows of a record that a page points at."""
    if not may_see(request.user):
        raise PermissionDenied
    answer: HttpResponse = snippets_api.SnippetViewSet.as_view({"get": "retrieve"})(request, **about)
    return answer


def _back(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


URLS: list[URLPattern] = [
    path("localize/update/<int:translation_source_id>/", SynchroniseView.as_view()),
    path("localize/translate/<int:translation_id>/pofile/upload/", upload_pofile),
    path("localize/translate/<int:translation_id>/machine_translate/", machine_translate),
    path("localize/translate/<int:translation_id>/disable/", stop_translation),
    path("localize/page/<int:page_id>/convert_to_alias/", convert_to_alias),
    path("localize/reports/translations/", their_report),
    path("localize/reports/translations/results/", their_report),
    path("localize/api/snippets/<slug:app_label>/<slug:model_name>/", refuse_list),
    path("localize/api/snippets/<slug:app_label>/<slug:model_name>/<str:pk>/", name_of_one),
]
