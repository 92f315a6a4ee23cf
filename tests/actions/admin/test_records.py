"""Editors make campaigns and letter campaigns, and see at a glance what is open and how many wrote."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from actions.campaigns.models import Campaign
from actions.letters.models import LetterCampaign, LetterTally
from tests.factories.letters import CampaignFactory, LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory

CAMPAIGNS = "wagtailsnippets_actions_campaign"
LETTER_CAMPAIGNS = "wagtailsnippets_actions_lettercampaign"


def targets(*rows: dict[str, object]) -> dict[str, object]:
    form = {"targets-TOTAL_FORMS": len(rows), "targets-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        form |= {f"targets-{number}-{name}": value for name, value in row.items()}
        form[f"targets-{number}-ORDER"] = number + 1
    return form


def new_letter_campaign(campaign, *rows, **changes) -> dict[str, object]:
    form = {
        "name": "Third reading",
        "slug": "third-reading",
        "campaign": campaign.pk,
        "opens_at": "2026-01-01 09:00",
        "pace_per_hour": 60,
        "when_dissolved": "hold",
        "exclusions-TOTAL_FORMS": 0,
        "exclusions-INITIAL_FORMS": 0,
        "office_opens": "08:00",
        "office_closes": "18:00",
        **targets(*(rows or [{"kind": "own_mp", "delivery": "to"}])),
    }
    return {**form, **changes}


def test_an_editor_makes_a_campaign(editor):
    answer = editor.post(reverse(f"{CAMPAIGNS}:add"), {"name": "Safe harbour", "slug": "safe-harbour"})
    assert answer.status_code == 302
    assert Campaign.objects.get().name == "Safe harbour"


def test_the_short_name_follows_the_name_of_a_new_record_only(editor):
    def follows(address: str) -> bool:
        page = editor.get(address).content.decode()
        field = re.search(r'<input[^>]*name="name"[^>]*>', page)
        assert field
        return "w-sync#apply" in field[0]

    assert follows(reverse(f"{CAMPAIGNS}:add"))
    assert not follows(reverse(f"{CAMPAIGNS}:edit", args=[CampaignFactory().pk]))


def test_an_editor_makes_a_letter_campaign_with_its_recipients(editor):
    minister = RecipientFactory()
    form = new_letter_campaign(
        CampaignFactory(),
        {"kind": "own_mp", "delivery": "to"},
        {"kind": "recipient", "recipient": minister.pk, "delivery": "copy"},
    )
    assert editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), form).status_code == 302
    made = LetterCampaign.objects.get()
    assert [(target.kind, target.recipient) for target in made.targets.all()] == [
        ("own_mp", None),
        ("recipient", minister),
    ]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"targets-TOTAL_FORMS": 0}, "Please submit at least 1"),
        ({"targets-0-kind": "recipient"}, "Choose the person."),
        ({"closes_at": "2025-01-01 09:00"}, "The closing time must come after the opening time."),
        ({"slug": "second-reading"}, "already exists"),
        ({"pace_per_hour": 0}, "greater than or equal to 1"),
    ],
)
def test_a_letter_campaign_that_cannot_work_is_not_saved(editor, letter_campaign, changes, complaint):
    form = new_letter_campaign(letter_campaign.campaign, **changes)
    answer = editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), form)
    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert LetterCampaign.objects.count() == 1


def test_the_list_says_what_is_open_and_how_many_wrote(editor, letter_campaign):
    LetterTally.objects.create(letter_campaign=letter_campaign, confirmed=1234)
    closes_at = timezone.now() + timedelta(days=30)
    LetterCampaignFactory(name="Committee", is_paused=True, closes_at=closes_at)
    page = editor.get(reverse(f"{LETTER_CAMPAIGNS}:list")).content.decode()
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    by_name = {name: next(row for row in rows if name in row) for name in ("Second reading", "Committee")}
    assert "open" in by_name["Second reading"]
    assert "1,234" in by_name["Second reading"]
    assert "paused" in by_name["Committee"]
    assert date_format(timezone.localtime(closes_at)) in by_name["Committee"]


def test_saving_a_letter_campaign_leaves_its_count_alone(editor, letter_campaign):
    LetterTally.objects.create(letter_campaign=letter_campaign, confirmed=7)
    target = letter_campaign.targets.get()
    form = new_letter_campaign(letter_campaign.campaign, {"id": target.pk, "kind": "own_mp", "delivery": "to"})
    form |= {"targets-INITIAL_FORMS": 1, "name": "Renamed"}
    answer = editor.post(reverse(f"{LETTER_CAMPAIGNS}:edit", args=[letter_campaign.pk]), form)
    assert answer.status_code == 302
    letter_campaign.refresh_from_db()
    assert (letter_campaign.name, letter_campaign.tally.confirmed) == ("Renamed", 7)


@pytest.mark.parametrize("who", ["editor", "moderator", "superuser"])
def test_nobody_deletes_what_letters_refer_to(request, who, letter_campaign, riding):
    client = request.getfixturevalue(who)
    written_letter(letter_campaign, riding=riding)
    letter_campaign.wordings.all().delete()
    for model, record in ((LETTER_CAMPAIGNS, letter_campaign), (CAMPAIGNS, letter_campaign.campaign)):
        assert client.post(reverse(f"{model}:delete", args=[record.pk])).status_code in (302, 403)
        bulk = reverse("wagtail_bulk_action", args=["actions", record._meta.model_name, "delete"])
        assert client.post(f"{bulk}?id={record.pk}").status_code in (200, 302, 403)
        record.refresh_from_db()
