"""Editors make petitions and their texts, see what is open, and are told when a count has drifted."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from actions.petitions import services
from actions.petitions.models import Petition, PetitionWording, Signature, Tally
from actions.petitions.tally import add_up_all, drift_of
from actions.privacy.retention import retire_all
from actions.wordings.models import WordingVersion
from tests.factories.letters import CampaignFactory
from tests.factories.petitions import PetitionFactory, confirmed, signed

PETITIONS = "wagtailsnippets_actions_petition"
TEXTS = "wagtailsnippets_actions_petitionwording"
SECRETS = ("Canary Signer", "canary@signer.example", "canary words", "K1A0A6")


def rich(text: str) -> str:
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": text, "inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [block], "entityMap": {}})


def petition_form(campaign, **changes) -> dict[str, object]:
    form = {
        "name": "Open door",
        "slug": "open-door",
        "campaign": campaign.pk,
        "goal": 500,
        "goal_step": 500,
        "opens_at": "2026-01-01 09:00",
        "paper_signatures": 0,
        "months_kept": 6,
    }
    return {**form, **changes}


def text_form(petition, **changes) -> dict[str, object]:
    form = {
        "title": "Keep the door open",
        "petition": petition.pk,
        "target": "The Minister",
        "text": rich("We ask for it."),
        **dict.fromkeys(("background", "thank_you", "updates"), rich("")),
    }
    return {**form, **changes}


def test_an_editor_makes_a_petition(editor):
    assert editor.post(reverse(f"{PETITIONS}:add"), petition_form(CampaignFactory())).status_code == 302
    assert Petition.objects.get().slug == "open-door"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"closes_at": "2025-01-01 09:00"}, "The closing time must come after the opening time."),
        ({"goal": 5}, "greater than or equal to 10"),
        ({"months_kept": 99}, "less than or equal to 24"),
    ],
)
def test_a_petition_that_cannot_work_is_not_saved(editor, changes, complaint):
    answer = editor.post(reverse(f"{PETITIONS}:add"), petition_form(CampaignFactory(), **changes))
    assert complaint in answer.content.decode()
    assert not Petition.objects.exists()


def test_saving_a_petition_leaves_its_count_alone(editor, riding):
    petition = PetitionFactory()
    Tally.objects.create(petition=petition, confirmed=7)
    form = petition_form(petition.campaign, slug=petition.slug, paper_signatures=12)
    assert editor.post(reverse(f"{PETITIONS}:edit", args=[petition.pk]), form).status_code == 302
    petition.refresh_from_db()
    assert (petition.paper_signatures, petition.tally.confirmed) == (12, 7)


def test_a_text_is_drafted_by_an_editor_and_published_by_a_moderator(editor, moderator, locales):
    petition = PetitionFactory(texts=[])
    add = reverse(f"{TEXTS}:add") + "?locale=en"
    assert editor.post(add, text_form(petition, **{"action-publish": "1"})).status_code in (200, 302, 403)
    assert not PetitionWording.objects.filter(live=True).exists()
    PetitionWording.objects.all().delete()
    assert moderator.post(add, text_form(petition, **{"action-publish": "1"})).status_code == 302
    wording = PetitionWording.objects.get()
    assert wording.live
    assert WordingVersion.objects.get().content["target"] == "The Minister"
    again = moderator.post(add, text_form(petition))
    assert "already has texts in this language" in again.content.decode()
    french = moderator.post(reverse(f"{TEXTS}:add") + "?locale=fr", text_form(petition, title="La porte"))
    assert french.status_code == 302
    assert PetitionWording.objects.get(title="La porte").translation_key == wording.translation_key


@pytest.mark.parametrize("who", ["editor", "moderator", "superuser"])
def test_nobody_deletes_what_signatures_refer_to(request, who, riding):
    client = request.getfixturevalue(who)
    petition = PetitionFactory()
    confirmed(petition)
    assert client.post(reverse(f"{PETITIONS}:delete", args=[petition.pk])).status_code in (302, 403)
    petition.refresh_from_db()


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_a_count_that_has_drifted_is_told_on_the_front_page_and_in_the_list(request, who, riding):
    client = request.getfixturevalue(who)
    petition = PetitionFactory(closes_at=timezone.now() + timedelta(days=3))
    Tally.objects.create(petition=petition, confirmed=1234)
    text = "does not agree with its signatures"
    assert text not in client.get(reverse("wagtailadmin_home")).content.decode()
    Tally.objects.update(drift=-4)
    assert text in client.get(reverse("wagtailadmin_home")).content.decode()
    page = client.get(reverse(f"{PETITIONS}:list")).content.decode()
    assert "off by -4" in page
    assert "1,234" in page
    assert "closing soon" in page


def test_the_admin_of_petitions_shows_no_signer(superuser, riding):
    petition = PetitionFactory()
    confirmed(petition, name="Canary Signer", email="canary@signer.example", comment="canary words", wants_updates=True)
    wording = petition.wordings.first()
    for address in (
        reverse(f"{PETITIONS}:list"),
        reverse(f"{PETITIONS}:edit", args=[petition.pk]),
        reverse(f"{PETITIONS}:usage", args=[petition.pk]),
        reverse(f"{PETITIONS}:history", args=[petition.pk]),
        reverse(f"{TEXTS}:edit", args=[wording.pk]),
        reverse(f"{TEXTS}:list"),
    ):
        answer = superuser.get(address)
        assert answer.status_code == 200, address
        assert not [secret for secret in SECRETS if secret in answer.content.decode()]


@pytest.mark.parametrize("code", ["en", "fr", "zh-hant"])
def test_a_text_can_be_previewed_in_each_language(superuser, riding, code):
    wording = PetitionFactory().wordings.get(locale__language_code=code)
    wording.save_revision()
    address = reverse(f"{TEXTS}:preview_on_edit", args=[wording.pk])
    form = text_form(wording.petition, title=wording.title)
    assert superuser.post(address, form).json()["is_valid"]
    assert wording.title in superuser.get(address).content.decode()


@pytest.mark.parametrize("end", ["closes_at", "won_at", "archived_at"])
def test_a_mistyped_year_does_not_delete_what_is_held_about_signers(editor, riding, end):
    petition = PetitionFactory(opens_at="2020-01-01T00:00Z", slug="open-door")
    address = reverse(f"{PETITIONS}:edit", args=[petition.pk])
    form = petition_form(petition.campaign, opens_at="2020-01-01 00:00")
    years_ago = timezone.now() - timedelta(days=800)
    answer = editor.post(address, {**form, end: years_ago.strftime("%Y-%m-%d %H:%M")})
    assert "Please check the year." in answer.content.decode()
    assert editor.post(address, {**form, end: timezone.now().strftime("%Y-%m-%d %H:%M")}).status_code == 302


class TestMistypedEnd:
    """A date in the past closes a petition at once; for three days it can be put right and nothing is lost by it."""

    @pytest.fixture
    def petition(self, riding):
        return PetitionFactory(opens_at="2020-01-01T00:00Z", slug="open-door")

    @staticmethod
    def save(editor, petition, **changes):
        address = reverse(f"{PETITIONS}:edit", args=[petition.pk])
        form = petition_form(petition.campaign, opens_at="2020-01-01 00:00", **changes)
        answer = editor.post(address, form, follow=True)
        petition.refresh_from_db()
        return answer.content.decode()

    @staticmethod
    def typed(days: float) -> str:
        """The moment so many days from now, as it is typed."""
        return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M")

    @pytest.mark.parametrize("end", ["closes_at", "won_at", "archived_at"])
    def test_it_is_put_right_and_the_history_says_who_moved_the_end(self, editor, petition, end):
        assert "put it right before" in self.save(editor, petition, **{end: self.typed(-5)})
        assert not petition.accepts(timezone.now())
        self.save(editor, petition, closes_at=self.typed(5))
        assert petition.accepts(timezone.now())
        history = editor.get(reverse(f"{PETITIONS}:history", args=[petition.pk])).content.decode()
        assert history.count("Moved the end: it was") == 2
        assert "it was no end and is" in history
        moved = ModelLogEntry.objects.filter(action="petitions.end")
        assert [entry.user for entry in moved] == [User.objects.get(username="editor")] * 2

    def test_who_withdraws_or_confirms_meanwhile_is_counted_as_if_nothing_had_happened(self, editor, petition):
        leaves = confirmed(petition, email="a@signer.example", name="A")
        stays, waits = (signed(petition, email=f"{name}@signer.example", name=name) for name in ("b", "c"))
        self.save(editor, petition, closes_at=self.typed(-5))
        services.withdraw(signature_id=leaves.pk)
        assert services.confirm(signature_id=stays.pk) == "confirmed"
        self.save(editor, petition, closes_at=self.typed(5))
        assert services.confirm(signature_id=waits.pk) == "confirmed"
        add_up_all(timezone.now())
        assert (Tally.objects.get().confirmed, drift_of(petition.pk)) == (2, 0)

    def test_after_three_days_the_number_stands_for_good(self, editor, petition):
        self.save(editor, petition, closes_at=self.typed(-5))
        assert not petition.is_frozen(timezone.now() + timedelta(hours=71))
        assert petition.is_frozen(timezone.now() + timedelta(hours=73))
        Petition.objects.update(end_set_at=timezone.now() - timedelta(hours=73))
        assert "its number stands for good" in self.save(editor, petition, closes_at=self.typed(5))
        assert not petition.accepts(timezone.now())
        self.save(editor, petition, closes_at=self.typed(-6))  # the day itself may still be put right
        assert petition.is_frozen(timezone.now())

    def test_moving_it_from_past_to_past_gives_no_three_days_anew(self, editor, petition):
        self.save(editor, petition, closes_at=self.typed(-5))
        Petition.objects.update(end_set_at=timezone.now() - timedelta(hours=71))
        self.save(editor, petition, closes_at=self.typed(-6))
        assert not petition.is_frozen(timezone.now())
        assert petition.is_frozen(timezone.now() + timedelta(hours=2))
        self.save(editor, petition, closes_at=self.typed(0))  # what was meant: a day for links, as at any end
        assert not petition.is_frozen(timezone.now() + timedelta(hours=24))
        assert petition.is_frozen(timezone.now() + timedelta(hours=25))

    def test_nothing_is_forgotten_before_it_can_be_put_right(self, editor, petition):
        confirmed(petition)
        self.save(editor, petition, closes_at=self.typed(-182.9))
        retire_all(timezone.now() + timedelta(hours=48))
        assert Signature.objects.filter(contact__isblank=False).exists()
        retire_all(timezone.now() + timedelta(hours=73))
        assert not Signature.objects.filter(contact__isblank=False).exists()

    def test_an_end_in_time_freezes_the_number_a_day_later_as_ever(self, editor, petition):
        self.save(editor, petition, closes_at=self.typed(0))
        assert petition.is_frozen(timezone.now() + timedelta(hours=25))
        assert not petition.is_frozen(timezone.now() + timedelta(hours=24))
