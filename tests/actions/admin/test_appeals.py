"""Editors make appeals and their texts in dollars, as they speak of them; the database keeps cents."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from actions.donations.models import Appeal, AppealWording
from actions.wordings.models import WordingVersion
from tests.actions.admin.test_petitions import rich
from tests.factories.donations import AppealFactory

APPEALS = "wagtailsnippets_actions_appeal"
TEXTS = "wagtailsnippets_actions_appealwording"


def appeal_form(**changes) -> dict[str, object]:
    form = {
        "name": "Lights", "slug": "lights", "goal_cents": "20,000", "minimum_cents": "5", "maximum_cents": "$5,000",
        "once_presets": "25 50.50 100", "once_default": "50.5", "offers_monthly": "on", "monthly_presets": "10; 20",
        "monthly_default": "", "default_frequency": "one_time", "opens_at": "2026-01-01 09:00", "years_kept": 7,
    }  # fmt: skip
    return {**form, **changes}


def test_an_editor_makes_an_appeal_in_dollars(editor):
    assert editor.post(reverse(f"{APPEALS}:add"), appeal_form()).status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.goal_cents, appeal.minimum_cents, appeal.maximum_cents) == (2_000_000, 500, 500_000)
    assert (appeal.once_presets, appeal.once_default) == ([2500, 5050, 10_000], 5050)
    assert (appeal.monthly_presets, appeal.monthly_default) == ([1000, 2000], None)
    page = editor.get(reverse(f"{APPEALS}:edit", args=[appeal.pk])).content.decode()
    assert 'value="25; 50.50; 100"' in page
    assert re.search(r'name="minimum_cents" value="5"', page)
    assert editor.post(reverse(f"{APPEALS}:edit", args=[appeal.pk]), appeal_form(goal_cents="")).status_code == 302
    assert Appeal.objects.get().goal_cents is None


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"once_presets": "25 lots"}, "Write dollars, such as 25 or 25.50."),
        ({"once_presets": "1 25"}, "Each amount must lie between the smallest and the largest gift."),
        ({"once_presets": "5 10 15 20 25 30 35"}, "at most six amounts"),
        ({"once_default": "77"}, "Please take one of the amounts to choose."),
        ({"minimum_cents": "4.99"}, "Please take 5 dollars or more"),
        ({"maximum_cents": "3"}, "The largest gift must not be below the smallest."),
        ({"closes_at": "2025-01-01 09:00"}, "The closing time must come after the opening time."),
    ],
)
def test_a_form_that_contradicts_itself_comes_back_with_what_was_typed(editor, changes, complaint):
    answer = editor.post(reverse(f"{APPEALS}:add"), appeal_form(**changes))
    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert not Appeal.objects.exists()


def test_a_moderator_publishes_a_text_and_freezes_it(moderator):
    appeal = AppealFactory(texts=[])
    form = {"title": "Keep the lights on", "appeal": appeal.pk, "text": rich("It pays for light.")}
    form |= dict.fromkeys(("background", "other_ways", "thank_you"), rich(""))
    answer = moderator.post(reverse(f"{TEXTS}:add"), {**form, "action-publish": "1"})
    assert answer.status_code == 302
    assert AppealWording.objects.get().live
    assert WordingVersion.objects.get().content["title"] == "Keep the lights on"


def test_the_list_costs_the_same_however_many_there_are(editor, count_queries):
    AppealFactory()
    few = count_queries(editor, reverse(f"{APPEALS}:list"))
    for _ in range(5):
        AppealFactory()
    assert count_queries(editor, reverse(f"{APPEALS}:list")) <= few + 1


def test_nobody_deletes_an_appeal(administrator, superuser):
    appeal = AppealFactory()
    for client in (administrator, superuser):
        client.post(reverse(f"{APPEALS}:delete", args=[appeal.pk]))
    assert Appeal.objects.exists()
