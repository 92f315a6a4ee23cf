"""A petition or an appeal is copied with its texts in all languages to drafts, and its counts stay behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.donations.models import Appeal, Donation
from actions.petitions.models import DayTally, Petition, Signature, Tally
from actions.petitions.tally import add_up
from tests.factories.donations import AppealFactory, DonationFactory
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.translations import published, submitted, typed

FORM = {"name": "Keep it open, again", "slug": "again"}


@pytest.fixture
def petition(riding) -> Petition:
    closed = timezone.now() + timedelta(days=2)
    made = PetitionFactory(slug="door", name="Door", goal=700, closes_at=closed, paper_signatures=9, is_paused=True)
    confirmed(made)
    add_up(petition_id=made.pk, now=timezone.now())
    made.wordings.update(updates="<p>News.</p>")
    return made


@pytest.fixture
def appeal(db) -> Appeal:
    made = AppealFactory(slug="lights", name="Lights", goal_cents=900_00, is_paused=True)
    DonationFactory(appeal=made)
    return made


def test_a_petition_is_copied_to_drafts_with_counts_at_zero(editor, petition):
    answer = editor.post(reverse("petitions_copy", args=[petition.pk]), FORM)
    made = Petition.objects.exclude(pk=petition.pk).get()
    assert answer.url == reverse("wagtailsnippets_actions_petition:edit", args=[made.pk])
    assert (made.name, made.slug, made.goal, made.campaign) == (*FORM.values(), 700, petition.campaign)
    assert (made.closes_at, made.paper_signatures, made.is_paused) == (None, 0, False)
    for model in (Signature, Tally, DayTally):
        assert not model.objects.filter(petition=made).exists()
        assert model.objects.filter(petition=petition).exists()
    drafts = list(made.wordings.select_related("locale"))
    assert {draft.language for draft in drafts} == {"en", "fr", "zh-hant"}
    assert len({draft.translation_key for draft in drafts}) == 1
    assert not any(draft.live or draft.updates for draft in drafts)
    assert {draft.text for draft in drafts} == {"<p>We ask for an invented harbour.</p>"}
    assert all(text.live for text in petition.wordings.all())
    shown = editor.get(answer.url).content.decode()
    for draft in drafts:
        assert reverse("wagtailsnippets_actions_petitionwording:edit", args=[draft.pk]) in shown


def test_a_half_done_translation_is_not_copied_into_a_text_of_its_own(editor, db):
    petition = PetitionFactory(slug="door", texts=["en"])
    french = submitted(petition.wordings.get(), "fr")
    typed(french)
    published(french)
    submitted(petition.wordings.get(locale__language_code="en"), "zh-hant")
    editor.post(reverse("petitions_copy", args=[petition.pk]), FORM)
    made = Petition.objects.exclude(pk=petition.pk).get()
    assert {draft.language for draft in made.wordings.select_related("locale")} == {"en", "fr"}


def test_an_appeal_is_copied_to_drafts_without_its_gifts(editor, appeal):
    assert editor.post(reverse("donations_copy", args=[appeal.pk]), FORM).status_code == 302
    made = Appeal.objects.exclude(pk=appeal.pk).get()
    assert (made.slug, made.goal_cents, made.once_default, made.is_paused) == ("again", 900_00, 50_00, False)
    assert Donation.objects.get().appeal == appeal
    assert {text.language for text in made.wordings.all()} == {"en", "fr", "zh-hant"}


def test_a_copy_is_closed_until_a_text_is_published(editor, petition, client):
    editor.post(reverse("petitions_copy", args=[petition.pk]), FORM)
    answer = client.get("/en/act/petitions/again/")
    assert answer.status_code == 404 or 'data-action="petition"' not in answer.content.decode()


def test_a_free_short_name_is_proposed(editor, petition):
    shown = editor.get(reverse("petitions_copy", args=[petition.pk])).content.decode()
    assert 'value="door-2"' in shown
    assert 'value="Door (copy)"' in shown


@pytest.mark.parametrize(("slug", "message"), [("door", "already"), ("", "required"), ("Not A Slug", "slug")])
def test_a_mistake_is_told_and_what_was_typed_kept(editor, petition, slug, message):
    answer = editor.post(reverse("petitions_copy", args=[petition.pk]), {**FORM, "slug": slug})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert FORM["name"] in answer.content.decode()
    assert Petition.objects.count() == 1


def test_the_donors_own_address_is_not_for_a_copy(editor, appeal):
    answer = editor.post(reverse("donations_copy", args=[appeal.pk]), {**FORM, "slug": "manage"})
    assert answer.status_code == 422
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize("role", ["campaigner", "finance", "data_protection"])
def test_roles_that_write_nothing_copy_nothing(request, role, petition, appeal):
    client = request.getfixturevalue(role)
    for url in (reverse("petitions_copy", args=[petition.pk]), reverse("donations_copy", args=[appeal.pk])):
        assert client.post(url, FORM).status_code in (302, 403)
    assert (Petition.objects.count(), Appeal.objects.count()) == (1, 1)


def test_the_list_leads_there(editor, campaigner, petition):
    url = reverse("petitions_copy", args=[petition.pk])
    listed = reverse("wagtailsnippets_actions_petition:list")
    assert url in editor.get(listed).content.decode()
    assert url not in campaigner.get(listed).content.decode()
