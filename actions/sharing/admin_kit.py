"""The admin's page "Share kit" of one action: in each language its link, its text and its pictures to download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.sharing.asks import Preview, Shareable, kit_of, language_of, preview_of
from actions.sharing.links import ShareKit
from home.languages import html_language, own_name

FILES = (
    ("qr", gettext_lazy("QR code (SVG, any size)")),
    ("qr_png", gettext_lazy("QR code (PNG, 10 cm in print)")),
    ("story", gettext_lazy("Picture for a story (PNG)")),
    ("preview", gettext_lazy("Picture beside a link (PNG)")),
)


@dataclass(frozen=True)
class LanguageKit:
    """What passes the action on in one language; ``files`` are (path, name); without texts of its own, in another."""

    code: str
    has_own_texts: bool
    kit: ShareKit
    preview: Preview
    files: list[tuple[str, Any]]

    @property
    def name(self) -> str:
        return own_name(self.code)

    @property
    def preview_path(self) -> str:
        """The picture's address on whatever host the admin stands."""
        return urlsplit(self.preview.url)._replace(scheme="", netloc="").geturl()

    @property
    def html_lang(self) -> str:
        return html_language(self.code)


def kits_of(asks: Iterator[Shareable]) -> list[LanguageKit]:
    """Return one kit per ask, each in the ask's own language."""
    kits = []
    for ask in asks:
        with override(ask.language):
            files = [(ask.url(f"{ask.url_name}_{name}"), label) for name, label in FILES]
            has_own_texts = ask.wording is not None and language_of(ask) == ask.language
            kits.append(LanguageKit(ask.language, has_own_texts, kit_of(ask), preview_of(ask), files))
    return kits


class ShareKitView(WagtailAdminTemplateMixin, TemplateView):
    """A room sets ``model`` and makes the asks; whoever may change the record may see the page."""

    model: ClassVar[type[Model]]
    page_title = gettext_lazy("Share kit")
    header_icon = "resubmit"
    template_name = "actions/admin/share_kit.html"
    record: Any

    def asks(self) -> Iterator[Shareable]:
        """Yield the record's asks, one in each language of ``home.languages.CODES``."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_share(request.user, self.model):
            raise PermissionDenied
        records = self.model._default_manager.select_related("campaign")
        self.record = get_object_or_404(records, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.record)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse(self.model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        plural = capfirst(str(self.model._meta.verbose_name_plural))
        return [*self.breadcrumbs_items, {"url": index, "label": plural}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "kits": kits_of(self.asks())}


def may_share(user: Any, model: type[Model]) -> bool:
    return policy_registry.get_by_type(model).user_has_permission(user, "change")


def listing_button(record: Any, user: Any, *, model: type[Model], url_name: str) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each record."""
    if isinstance(record, model) and may_share(user, model):
        url = reverse(url_name, args=[record.pk])
        yield Button(ShareKitView.page_title, url, icon_name=ShareKitView.header_icon, priority=12)
