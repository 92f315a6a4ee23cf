"""What the admin says and asks about texts beyond their form, in our own editor and in wagtail-localize's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import StatusTagColumn

from actions.wordings.admin_keep import keep_url, may_keep
from actions.wordings.asking import ChangeQuestion
from actions.wordings.keeping import newest_live
from actions.wordings.models import Wording
from actions.wordings.publishing import leading_source
from actions.wordings.states import Change
from home.languages import own_name
from home.translations.missing import translation_of


def ask_about_translation(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """A translation is published without our form: ask before it goes on, with the same words, and keep the answer.

    Not where it follows a change of its source: that has been answered there.
    """
    may_publish = isinstance(instance, Wording) and may_keep(request.user, type(instance))
    if not may_publish or not _publishes_translation(request, instance):
        return None
    translation = translation_of(instance)
    if translation is None:
        return None
    source = leading_source(translation)
    question = ChangeQuestion(translation.source.get_ephemeral_translated_instance(instance.locale, fallback=True))
    follows = source is not None and question.newest is not None and source.demand > question.newest.demand
    if follows or not question.differs or not question.is_required:
        return None
    answer = request.POST.get("change", "")
    if answer in (Change.TYPO, Change.MATERIAL) and request.POST.get("since") == question.since:
        rows = type(instance)._default_manager.filter(pk=instance.pk)
        rows.update(said_change=answer, said_of=question.key, said_by=request.user)
        return None
    context = {
        "question": question,
        "labels": {"typo": Change.TYPO.label, "material": instance.material_label},
        "is_again": bool(answer),
    }
    return render(request, "actions/admin/change_of_translation.html", context, status=422)


def _publishes_translation(request: HttpRequest, instance: Any) -> bool:
    """Whether wagtail-localize's editor was told to publish; our own form says ``action-publish``."""
    return request.method == "POST" and request.POST.get("action") == "publish" and isinstance(instance, Wording)


def tell_when_behind(request: HttpRequest, instance: Any) -> None:
    """Above the editor of a text that follows a former text: which language is newer, and the way to keep it."""
    if request.method != "GET" or not isinstance(instance, Wording):
        return
    newest = newest_live(instance)
    if newest is None:
        return
    buttons = []
    if may_keep(request.user, type(instance)):
        buttons.append(messages.button(keep_url(instance), _("Keep it as it is")))
    text = _(
        "This text follows a former text; the newest one is in another language (%(language)s). The page says so until "
        "this text is brought up to date and published."
    )
    messages.warning(request, text % {"language": own_name(newest.language)}, buttons=buttons)


class UpToDateColumn(StatusTagColumn):
    """Whether a live text says what the newest one says; ``newest_demand`` comes with the list's rows."""

    def get_value(self, instance: Any) -> str:
        if not instance.live:
            return "–"
        return _("follows a former text") if self._is_behind(instance) else _("yes")

    def get_primary(self, instance: Any) -> bool:
        return False

    def _is_behind(self, instance: Any) -> bool:
        return bool(instance.newest_demand > instance.demand)
