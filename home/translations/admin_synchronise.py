"""wagtail-localize's page "Sync translated pages": its box publishes for whoever may submit translations.

Editors may do that and publish nothing, so here the box works only for who may publish what it publishes, and only for
translations that are whole; those that are not are named. Machines are asked in the editor alone, where their words
can be read.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail_localize.models import Translation
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView

from home.languages import own_name
from home.translations.missing import open_entries
from home.translations.restrictions import tell
from home.translations.roles import may_publish

# Called with the request and each translation before this page publishes it; an answer keeps it from going live.
# Wagtail's own hooks would be shown the row as it was before wagtail-localize writes the translation into it.
BEFORE_PUBLISHING = "before_publish_translation"


class SynchroniseForm(UpdateTranslationsForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("use_machine_translation", None)
        self.fields["publish_translations"].help_text = gettext_lazy(
            "Publishes each language in which every entry is translated, and says which ones are not."
        )


class WithoutPublishing(SynchroniseForm):
    publish_translations = forms.BooleanField(required=False, disabled=True, widget=forms.HiddenInput)


class SynchroniseView(UpdateTranslationsView):
    def get_form(self) -> forms.Form:
        form = SynchroniseForm if self._is_publisher() else WithoutPublishing
        return form(self.request.POST) if self.request.method == "POST" else form()

    def _is_publisher(self) -> bool:
        texts = [self.object.get_source_instance(), *self.targets()]
        return all(may_publish(self.request.user, text) for text in texts)

    def targets(self) -> list[Any]:
        found = []
        for translation in self.object.translations.filter(enabled=True):
            try:
                found.append(translation.get_target_instance())
            except ObjectDoesNotExist:
                continue
        return found

    @transaction.atomic
    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.object.update_from_db()
        kept = list(self.object.translations.filter(enabled=True).select_related("source", "target_locale"))
        if form.cleaned_data["publish_translations"]:
            self._publish(kept)
        self.components.save(self.object, sources_and_translations={self.object: kept})
        messages.success(self.request, self.get_success_message())
        return redirect(self.get_success_url() or self.get_default_success_url())

    def _publish(self, kept: list[Translation]) -> None:
        refused = []
        for translation in kept:
            try:
                if open_entries(translation).exists():
                    raise ValidationError("")
                if not self._is_stopped(translation.get_target_instance()):
                    translation.save_target(user=self.request.user, publish=True)
                    name = own_name(translation.target_locale.language_code)
                    tell(self.request, translation.get_target_instance(), before=f"{name}: ")
            except ValidationError:
                refused.append(own_name(translation.target_locale.language_code))
        if refused:
            words = _("Not published, because entries have no translation yet: %(languages)s.")
            messages.warning(self.request, words % {"languages": ", ".join(refused)})

    def _is_stopped(self, target: Any) -> bool:
        return any(asked(self.request, target) is not None for asked in hooks.get_hooks(BEFORE_PUBLISHING))
