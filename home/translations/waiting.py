"""What waits for a translator, or for whoever publishes, as links into the admin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from home.languages import own_name
from home.translations.roles import SUBMIT, may_publish_kind, may_translate
from home.translations.settings_texts import MODELS as SETTINGS
from home.translations.settings_texts import SettingText, empty_settings
from home.translations.standing import WAITING, Standing, State, kinds, standings

LIST_URL = "translations_list"


@dataclass(frozen=True)
class Line:
    """One row of the list; ``url`` leads straight to the work, ``keep_url`` to where a text is kept as it is."""

    kind: str
    title: str
    language: str
    state: State
    url: str
    left: int = 0
    entries: int = 0
    source_language: str = ""
    keep_url: str = ""
    model_label: str = ""
    may_publish: bool = False

    @property
    def is_to_be_done(self) -> bool:
        """By who reads the list: what is handed over waits for whoever publishes."""
        return self.state in WAITING and (self.state != State.HANDED_OVER or self.may_publish)

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)

    @property
    def status_class(self) -> str:
        return "w-status--primary" if self.state in WAITING else ""

    @property
    def language_name(self) -> str:
        return own_name(self.language)

    @property
    def source_name(self) -> str:
        return own_name(self.source_language) if self.source_language else ""

    @property
    def progress(self) -> str:
        """How much is done, where something is begun."""
        if not self.entries or not self.left:
            return ""
        return _("%(done)d of %(all)d") % {"done": self.entries - self.left, "all": self.entries}


def translations(user: Any) -> Iterator[Line]:
    """Yield where everything that the user may translate stands, in every language but its own."""
    for kind in kinds():
        if may_translate(user, kind):
            yield from (_line(user, standing) for standing in standings(kind))
    if any(policy_registry.get_by_type(model).user_has_permission(user, "change") for model in SETTINGS):
        yield from map(_settings_line, empty_settings())


def translations_waiting(user: Any, *, language: str = "") -> list[Line]:
    """Return what the user has to do, the most pressing first: changed, to be published, begun, missing.

    ``language`` narrows it down. For the admin's front page and for whoever only translates.
    """
    found = [line for line in translations(user) if line.is_to_be_done]
    wanted = [line for line in found if not language or line.language == language]
    return sorted(wanted, key=lambda line: (WAITING.index(State(line.state)), line.title, line.language))


def _line(user: Any, standing: Standing) -> Line:
    return Line(
        kind=str(capfirst(standing.model._meta.verbose_name)),
        title=standing.title,
        language=standing.language,
        state=standing.state,
        url=_work_url(user, standing),
        left=standing.left,
        entries=standing.entries,
        source_language=standing.source_language,
        keep_url=_keep_url(user, standing),
        model_label=standing.model._meta.label_lower,
        may_publish=standing.state == State.HANDED_OVER and may_publish_kind(user, standing.model),
    )


def _settings_line(text: SettingText) -> Line:
    return Line(
        kind=str(_("Settings")),
        title=text.title,
        language=text.language,
        state=State.MISSING,
        url=text.url,
        source_language="en",
        model_label="settings",
    )


def _work_url(user: Any, standing: Standing) -> str:
    """The editor where there is something to edit, else the page that begins the translation."""
    if standing.pk is not None:
        return edit_url(standing.model, standing.pk)
    if not user.has_perm(SUBMIT):
        return ""
    meta = standing.model._meta
    place = (
        reverse("wagtail_localize:submit_page_translation", args=[standing.source_pk])
        if standing.is_page
        else reverse(
            "wagtail_localize:submit_snippet_translation", args=[meta.app_label, meta.model_name, standing.source_pk]
        )
    )
    return f"{place}?{urlencode({'select_locale': standing.language})}"


def edit_url(model: type[models.Model], pk: Any) -> str:
    viewset = getattr(model, "snippet_viewset", None)
    return reverse(viewset.get_url_name("edit") if viewset else "wagtailadmin_pages:edit", args=[pk])


def _keep_url(user: Any, standing: Standing) -> str:
    """Where a changed source is answered without a change; a text that people act on has a page of its own for it."""
    if standing.state != State.CHANGED or not may_publish_kind(user, standing.model):
        return ""
    if standing.is_behind:
        return reverse("wordings_keep", args=[standing.model._meta.model_name, standing.pk])
    kind = "page" if standing.is_page else standing.model._meta.label_lower
    return reverse("translations_keep", args=[kind, standing.pk])
