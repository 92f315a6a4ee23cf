"""What the admin does before wagtail-localize's editor: nothing half translated goes live, translators hand over."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import DraftStateMixin, Page, TranslatableMixin
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from home.translations.guarded import draft_words_left
from home.translations.handing_over import NotFinished, accept_machine, by_machine, hand_over
from home.translations.missing import missing_entries, quoted, refusal, translation_of, words_left
from home.translations.restrictions import before_first_publication, tell
from home.translations.roles import may_publish, only_translates
from home.translations.waiting import LIST_URL, edit_url

HAND_OVER_URL = "translations_hand_over"


def keep_to_translations(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Hook: who only translates opens translations; what others write is not theirs to change."""
    if not only_translates(request.user) or (isinstance(record, TranslatableMixin) and translation_of(record)):
        return None
    messages.warning(request, _("This text is written by editors. You find what you can translate here."))
    return HttpResponseRedirect(reverse(LIST_URL))


def refuse_translators(request: HttpRequest, *about: Any) -> HttpResponse | None:
    """Hook: with Wagtail, the right to change drafts is the right to delete and move them as well."""
    if not only_translates(request.user):
        return None
    raise PermissionDenied


def refuse_half_translated(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Hook: "Publish" in wagtail-localize's editor. The model refuses too, but could say so only after a redirect."""
    if request.method != "POST" or request.POST.get("action") != "publish" or not isinstance(record, DraftStateMixin):
        return None
    translation = translation_of(record) if isinstance(record, TranslatableMixin) else None
    if translation is None or not may_publish(request.user, record):
        return None
    asked = _ask_about_machine(request, translation, {"action": "publish"}, _("I have read them: publish"))
    if asked is not None:
        return asked
    if entries := missing_entries(record):
        messages.error(request, refusal(entries))
        return HttpResponseRedirect(request.get_full_path())
    _settle_who_may_read(request, record, translation)
    return None


def _settle_who_may_read(request: HttpRequest, record: Any, translation: Translation) -> None:
    """The view that comes next publishes in this very request and asks no hook afterwards."""
    before_first_publication(translation.source, translation.source.get_source_instance(), record)
    tell(request, record)


def _ask_about_machine(
    request: HttpRequest, translation: Translation, fields: dict[str, str], button: str
) -> HttpResponse | None:
    """What a machine wrote is shown once more; whoever sends it on has read it. None where there is nothing to ask."""
    if request.POST.get("has_read"):
        accept_machine(translation=translation, seen=request.POST.getlist("seen"), user=request.user)
    written = by_machine(translation)
    if not written:
        return None
    record = translation.get_target_instance()
    context = {
        "written": written,
        "fields": fields,
        "button": button,
        "record": record,
        "back_url": edit_url(type(record), record.pk),
        "language": translation.target_locale.language_code,
    }
    return render(request, "home/admin/machine_words.html", context, status=422)


@require_POST
def hand_over_view(request: HttpRequest, translation_id: int) -> HttpResponse:
    """A translator has finished: whoever publishes sees it on their front page."""
    translation = get_object_or_404(Translation.objects.select_related("source", "target_locale"), pk=translation_id)
    record = translation.get_target_instance()
    if not translation.enabled or not user_can_edit_instance(request.user, record):
        raise PermissionDenied
    asked = _ask_about_machine(request, translation, {}, _("I have read them: hand over"))
    if asked is not None:
        return asked
    back = HttpResponseRedirect(edit_url(type(record), record.pk))
    try:
        hand_over(translation=translation, user=request.user)
    except NotFinished as error:
        messages.error(request, not_finished(error.entries))
        return back
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return back
    messages.success(request, _("Thank you. It waits for publication now; you can still change it."))
    return HttpResponseRedirect(reverse(LIST_URL))


def not_finished(entries: list[str]) -> str:
    words = ngettext(
        "Not handed over: %(count)d entry has no translation yet: %(entries)s",
        "Not handed over: %(count)d entries have no translation yet: %(entries)s",
        len(entries),
    )
    return words % {"count": len(entries), "entries": quoted(entries)}


def refuse_source_words(request: HttpRequest, record: Any) -> HttpResponse | None:
    """Hook: "Publish" in Wagtail's own editor, for a translation that was stopped. The draft is saved already."""
    if not isinstance(record, TranslatableMixin) or not (entries := words_left(record)):
        return None
    messages.error(request, refusal(entries))
    return HttpResponseRedirect(edit_url(type(record), record.pk))


def refuse_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    """Hook: "Publish" for several pages at once; nothing of the lot is published."""
    if only_translates(request.user):
        raise PermissionDenied
    if action_type != "publish":
        return None
    form = getattr(action, "cleaned_form", None)
    with_pages_below = bool(form and form.cleaned_data.get("include_descendants"))
    for record in _drafts(objects, with_pages_below=with_pages_below):
        if entries := draft_words_left(record):
            messages.error(request, f"{record}: {refusal(entries)}")
            return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[record.get_parent().pk]))
    return None


def _drafts(objects: list[Any], *, with_pages_below: bool) -> list[Any]:
    pages = [record.specific for record in objects if isinstance(record, Page)]
    if with_pages_below:
        pages += [below for page in pages for below in page.get_descendants().filter(live=False).specific()]
    return pages


URLS: list[URLPattern] = [
    path("translations/<int:translation_id>/hand-over/", hand_over_view, name=HAND_OVER_URL),
]
