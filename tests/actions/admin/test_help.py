"""Nothing in the admin is left unexplained: every field of every form, and every block of every chooser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, get_edit_handler
from wagtail.contrib.settings.registry import registry as settings_models
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models
from wagtail.users.models import UserProfile

OURS = {"actions", "blog", "home", "search", "resources"}
# Wagtail's own, with its own words beside them.
WAGTAILS = {"go_live_at", "expire_at", "slug", "seo_title", "search_description", "show_in_menus", "title"}
# Drawn by a panel of its own, which explains it.
OTHERWISE = {"change", "since"}


def ours(models: Any) -> list[type[Any]]:
    return sorted({one for one in models if one._meta.app_label in OURS}, key=lambda one: one.__name__)


def edited_models() -> list[type[Any]]:
    pages = [one for one in apps.get_models() if issubclass(one, Page)]
    return ours([*pages, *get_snippet_models(), *settings_models])


def edit_handler(model: type[Any]) -> Any:
    if issubclass(model, Page):
        return model.get_edit_handler()
    viewset = getattr(model, "snippet_viewset", None)
    handler = viewset.get_edit_handler() if viewset else None
    return handler if handler is not None else get_edit_handler(model)


def field_panels(panel: Any, model: type[Any], form: Any) -> Iterator[tuple[type[Any], Any, Any]]:
    """Yield (model, panel, form field) of every field that can be filled in."""
    if isinstance(panel, InlinePanel):
        child = panel.child_edit_handler
        yield from field_panels(child, panel.db_field.related_model, child.get_form_class())
        return
    for one in getattr(panel, "children", []):
        yield from field_panels(one, model, form)
    if isinstance(panel, FieldPanel) and not panel.read_only:
        yield model, panel, form.base_fields[panel.field_name]


def all_fields() -> list[tuple[type[Any], Any, Any]]:
    found = []
    for model in edited_models():
        handler = edit_handler(model)
        found += list(field_panels(handler, model, handler.get_form_class()))
    return found


def is_wagtails(model: type[Any], name: str) -> bool:
    return (issubclass(model, Page) and name in WAGTAILS) or name in ("go_live_at", "expire_at")


def test_every_field_says_in_three_languages_what_belongs_there(db):
    silent = []
    for model, panel, field in all_fields():
        if is_wagtails(model, panel.field_name) or panel.field_name in OTHERWISE:
            continue
        words = panel.help_text or field.help_text
        told = {}
        for code in ("en", "fr", "zh-hant"):
            with translation.override(code):
                told[code] = str(words)
        if not told["en"] or len(set(told.values())) < 3:
            silent.append(f"{model.__name__}.{panel.field_name}: {told['en']}")
    assert silent == []


def test_the_walk_finds_the_fields(db):
    found = {f"{model.__name__}.{panel.field_name}" for model, panel, _field in all_fields()}
    assert {"Petition.goal", "LetterTarget.recipient", "ActionPage.introduction", "SiteSettings.notice_en"} <= found
    assert len(found) > 150


def streams() -> list[tuple[str, blocks.StreamBlock]]:
    return [
        (f"{model.__name__}.{field.name}", field.stream_block)
        for model in ours(apps.get_models())
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and field.model is model
    ]


def offered() -> dict[str, blocks.Block]:
    """Every block that a chooser offers, by where it stands; the same class on many pages once."""
    found = {(name, type(block)): block for _where, stream in streams() for name, block in stream.child_blocks.items()}
    return {f"{name} ({kind.__name__})": block for (name, kind), block in found.items()}


BLOCKS = offered()


@pytest.mark.parametrize("name", list(BLOCKS))
def test_every_block_has_a_description_and_a_preview(name):
    block = BLOCKS[name]
    for code in ("fr", "zh-hant"):
        with translation.override("en"):
            english = str(block.get_description())
        with translation.override(code):
            assert english
            assert str(block.get_description()) != english
    assert block.is_previewable
    assert block.meta.icon
    assert block.meta.label


@pytest.mark.parametrize("name", list(BLOCKS))
@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
def test_every_preview_is_drawn_in_the_language_of_the_editor(editor, name, code):
    UserProfile.objects.create(user=editor.user, preferred_language=code)
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS[name].definition_prefix})
    assert answer.status_code == 200
    assert f'lang="{code}' in answer.content.decode()
    assert len(answer.content) > 500


def inner_fields(block: blocks.Block, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(block, ImageBlock):
        return  # Wagtail's own, explained by the block around it
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield f"{where}.{name}", child
            yield from inner_fields(child, f"{where}.{name}")
    elif isinstance(block, blocks.ListBlock):
        yield from inner_fields(block.child_block, where)


@pytest.mark.parametrize("name", list(BLOCKS))
def test_every_field_of_a_block_says_what_belongs_there(name):
    silent = []
    for where, field in inner_fields(BLOCKS[name], name):
        words = (getattr(field, "field", None) and field.field.help_text) or getattr(field.meta, "help_text", "")
        with translation.override("fr"):
            french = str(words or "")
        if not words or french == str(words):
            silent.append(f"{where}: {words}")
    assert silent == []
