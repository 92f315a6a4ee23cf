"""Texts of the settings that stand side by side in the three languages: which of them are empty in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from home.languages import SUFFIXES
from home.navigation import NavigationSettings
from home.site_settings import SiteSettings

MODELS = (SiteSettings, NavigationSettings)
MENUS = ("header_links", "footer_links")


@dataclass(frozen=True)
class SettingText:
    title: str
    language: str
    url: str


def empty_settings() -> Iterator[SettingText]:
    """Yield each text that is written in one language and not in another; two queries."""
    for settings in SiteSettings.objects.all():
        yield from _empty_columns(settings)
    for menus in NavigationSettings.objects.all():
        yield from _empty_labels(menus)


def _empty_columns(settings: SiteSettings) -> Iterator[SettingText]:
    names = [field.name.removesuffix("_en") for field in settings._meta.fields if field.name.endswith("_en")]
    for name in names:
        values = {code: getattr(settings, f"{name}_{suffix}") for code, suffix in SUFFIXES.items()}
        yield from _empty(_label(settings, name), values, settings)


def _empty_labels(menus: NavigationSettings) -> Iterator[SettingText]:
    """A link may go without labels: then the page's own title is shown. With one, it needs all."""
    for menu in MENUS:
        for row in getattr(menus, menu).raw_data:
            values = {code: row["value"].get(f"label_{suffix}", "") for code, suffix in SUFFIXES.items()}
            title = next(filter(None, values.values()), "")
            yield from _empty(_("menu link “%(label)s”") % {"label": title}, values, menus)


def _empty(title: str, values: dict[str, str], record: Any) -> Iterator[SettingText]:
    if any(values.values()):
        meta = record._meta
        url = reverse("wagtailsettings:edit", args=[meta.app_label, meta.model_name, record.site_id])
        yield from (SettingText(title, code, url) for code, value in values.items() if not value)


def _label(settings: SiteSettings, name: str) -> str:
    """The field's name without its language, as the form calls it: "notice (English)" is "notice"."""
    return str(settings._meta.get_field(f"{name}_en").verbose_name).rpartition(" (")[0] or name
