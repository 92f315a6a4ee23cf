"""wagtail-localize's page "Sync translated pages": its box publishes for whoever may submit translations.

Editors may do that and publish nothing, so here the box works only for who may publish what it publishes. There is no
hook or setting for it (``UpdateTranslationsView`` in https://github.com/wagtail/wagtail-localize): our address stands
before its own.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.urls import URLPattern, path
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView


class WithoutPublishing(UpdateTranslationsForm):
    publish_translations = forms.BooleanField(required=False, disabled=True, widget=forms.HiddenInput)


class SynchroniseView(UpdateTranslationsView):
    def get_form(self) -> forms.Form:
        texts = [self.object.get_source_instance(), *self.targets()]
        is_publisher = all(may_publish(self.request.user, text) for text in texts)
        form = UpdateTranslationsForm if is_publisher else WithoutPublishing
        return form(self.request.POST) if self.request.method == "POST" else form()

    def targets(self) -> list[Any]:
        found = []
        for translation in self.object.translations.filter(enabled=True):
            try:
                found.append(translation.get_target_instance())
            except ObjectDoesNotExist:
                continue
        return found


def may_publish(user: Any, text: Any) -> bool:
    if isinstance(text, Page):
        return bool(text.permissions_for_user(user).can_publish())
    word = "publish" if isinstance(text, DraftStateMixin) else "change"
    return bool(policy_registry.get_by_type(type(text)).user_has_permission(user, word))


URLS: list[URLPattern] = [path("localize/update/<int:translation_source_id>/", SynchroniseView.as_view())]
