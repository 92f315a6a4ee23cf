"""A stop is one click, stays until somebody lifts it, and works also when nothing else about the campaign does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from actions.letters.admin_forms import LetterCampaignForm
from actions.letters.campaign_models import KEY_OWNER
from actions.letters.models import LetterCampaign
from actions.letters.stopping import Switch, switch
from actions.privacy.models import AccessLog
from actions.privacy.record_keys import destroy_record_key, record_key_for
from tests.factories.letters import LetterCampaignFactory

LETTER_CAMPAIGNS = "wagtailsnippets_actions_lettercampaign"


@pytest.fixture
def page(letter_campaign) -> str:
    return reverse("letters_stop", args=[letter_campaign.pk])


def edit_form(letter_campaign) -> dict[str, object]:
    """What a browser posts that opened the form when nothing was stopped."""
    return {
        "name": "Typo mended", "slug": letter_campaign.slug, "campaign": letter_campaign.campaign_id,
        "opens_at": "2026-01-01 09:00", "pace_per_hour": 60, "office_opens": "08:00", "office_closes": "18:00",
        "targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 1,
        "targets-0-id": letter_campaign.targets.get().pk, "targets-0-kind": "own_mp", "targets-0-delivery": "to",
        "targets-0-ORDER": 1, "is_paused": "", "is_stopped": "", "when_dissolved": "hold",
        "exclusions-TOTAL_FORMS": 0, "exclusions-INITIAL_FORMS": 0,
    }  # fmt: skip


def test_each_switch_is_thrown_once_and_on_record(editor, letter_campaign, page):
    for to, column, value in (
        ("stop", "is_stopped", True),
        ("pause", "is_paused", True),
        ("resume", "is_stopped", False),
        ("reopen", "is_paused", False),
    ):
        assert f'value="{to}"' in editor.get(page).content.decode()
        for _click in range(2):
            assert editor.post(page, {"switch": to}).status_code == 302
        letter_campaign.refresh_from_db()
        assert getattr(letter_campaign, column) is value
    entries = AccessLog.objects.order_by("id").values_list("username", "verb", "subject", "reason")
    subject = f"letter campaign {letter_campaign.pk}"
    assert list(entries) == [("editor", "switch", subject, to) for to in ("stop", "pause", "resume", "reopen")]


def test_a_form_opened_before_the_stop_does_not_lift_it(editor, letter_campaign, page):
    editor.post(page, {"switch": "stop"})
    editor.post(page, {"switch": "pause"})
    answer = editor.post(reverse(f"{LETTER_CAMPAIGNS}:edit", args=[letter_campaign.pk]), edit_form(letter_campaign))
    assert answer.status_code == 302
    letter_campaign.refresh_from_db()
    assert (letter_campaign.name, letter_campaign.is_stopped, letter_campaign.is_paused) == ("Typo mended", True, True)


def test_a_stop_while_the_form_is_being_saved_stays(editor, letter_campaign, monkeypatch):
    clean = LetterCampaignForm.clean

    def clean_while_a_colleague_stops(form):
        switch(letter_campaign_id=letter_campaign.pk, to=Switch.STOP, user=None)
        return clean(form)

    monkeypatch.setattr(LetterCampaignForm, "clean", clean_while_a_colleague_stops)
    editor.post(reverse(f"{LETTER_CAMPAIGNS}:edit", args=[letter_campaign.pk]), edit_form(letter_campaign))
    letter_campaign.refresh_from_db()
    assert (letter_campaign.name, letter_campaign.is_stopped) == ("Typo mended", True)


def test_a_campaign_whose_key_is_destroyed_can_be_stopped_but_not_opened_again(editor, letter_campaign, page):
    now = timezone.now()
    record_key_for(owner_kind=KEY_OWNER, owner_id=letter_campaign.pk)
    destroy_record_key(KEY_OWNER, letter_campaign.pk)
    LetterCampaign.objects.update(opens_at=now - timedelta(days=99), closes_at=now - timedelta(days=31))
    editor.post(page, {"switch": "stop"})
    letter_campaign.refresh_from_db()
    assert letter_campaign.is_stopped
    letter_campaign.full_clean()
    letter_campaign.closes_at = now + timedelta(days=1)
    with pytest.raises(ValidationError, match="can no longer be recognised"):
        letter_campaign.full_clean()


def test_the_page_is_one_click_from_the_list_the_form_and_the_front_page(editor, letter_campaign, page):
    over = LetterCampaignFactory(name="Long over", closes_at=timezone.now() - timedelta(days=1))
    edit = reverse(f"{LETTER_CAMPAIGNS}:edit", args=[letter_campaign.pk])
    for address in (reverse("wagtailadmin_home"), reverse(f"{LETTER_CAMPAIGNS}:list"), edit):
        assert f'href="{page}"' in editor.get(address).content.decode()
    assert reverse("letters_stop", args=[over.pk]) not in editor.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("posted", [{}, {"switch": "explode"}, {"switch": ["", "x" * 9_000]}])
def test_nonsense_changes_nothing(editor, letter_campaign, page, posted):
    assert editor.post(page, posted).status_code == 400
    assert editor.post(reverse("letters_stop", args=[999_999]), {"switch": "stop"}).status_code in (302, 404)
    assert editor.get(page, {"switch": "stop"}).status_code == 200
    letter_campaign.refresh_from_db()
    assert not letter_campaign.is_stopped


def test_who_may_not_change_letter_campaigns_is_turned_away(editor, client, letter_campaign, page):
    editor.user.groups.first().permissions.exclude(codename="access_admin").delete()
    for visitor in (editor, client):
        assert visitor.get(page).status_code in (302, 403)
        assert visitor.post(page, {"switch": "stop"}).status_code in (302, 403)
        assert page not in visitor.get(reverse("wagtailadmin_home")).content.decode()
    letter_campaign.refresh_from_db()
    assert not letter_campaign.is_stopped
