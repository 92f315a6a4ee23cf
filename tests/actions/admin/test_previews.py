"""A preview shows the form as it will be, and sends and stores nothing."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

from actions.letters.blocks import LetterBlock
from actions.pages import ActionIndexPage, ActionPage
from home.models import HomePage

STORED = ("Letter", "LetterDelivery", "OutboxMessage", "LimitWindow", "MailAllowance", "SpentToken", "Confirmation")


def stored_rows() -> dict[str, int]:
    return {name: apps.get_model("actions", name)._default_manager.count() for name in STORED}


@pytest.fixture
def action_page(letter_campaign, locales) -> ActionPage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"]))
    index = home.add_child(instance=ActionIndexPage(title="Act", slug="actions"))
    body = [{"type": "letter", "id": "a", "value": {"letter_campaign": letter_campaign.pk, "heading": ""}}]
    return index.add_child(instance=ActionPage(title="Harbour", slug="harbour", introduction="I", body=body))


def is_disabled(shown: str) -> bool:
    button = shown.split("Find my MP")[0].rpartition("<button")[2]
    return "disabled" in button


@pytest.mark.parametrize("mode", [mode for mode, _label in ActionPage.DEFAULT_PREVIEW_MODES])
def test_the_form_in_a_pages_preview_is_disabled_and_stores_nothing(action_page, mode):
    before = stored_rows()
    answer = action_page.make_preview_request(preview_mode=mode)
    assert answer.status_code == 200
    shown = answer.render().content.decode() if hasattr(answer, "render") else answer.content.decode()
    assert is_disabled(shown)
    assert stored_rows() == before


def test_an_editor_previews_a_page_that_has_not_been_saved(editor, action_page):
    before = stored_rows()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[action_page.pk])
    form = {
        "title": "Only typed",
        "slug": "harbour",
        "introduction": "I",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "letter",
        "body-0-id": "a",
        "body-0-value-letter_campaign": action_page.body[0].value["letter_campaign"].pk,
        "body-0-value-heading": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert editor.post(address, form).json()["is_valid"]
    shown = editor.get(address).content.decode()
    assert "Only typed" in shown
    assert is_disabled(shown)
    assert stored_rows() == before


def test_the_same_page_seen_by_the_public_can_be_sent(client, action_page):
    assert not is_disabled(client.get(action_page.get_url()).content.decode())


def test_the_blocks_own_preview_is_disabled_and_stores_nothing(editor):
    before = stored_rows()
    block = next(
        block for block in ActionPage._meta.get_field("body").stream_block.child_blocks.values()
        if isinstance(block, LetterBlock)
    )  # fmt: skip
    answer = editor.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    assert is_disabled(answer.content.decode())
    assert stored_rows() == before
