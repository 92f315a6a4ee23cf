"""Impatient clicks at the same moment make one action, one copy, and no error page."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from actions.campaigns.models import Campaign
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, PetitionWording
from tests.actions.admin.test_starting import PURPOSE, WORDS
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 6


def clicked(url: str, values: dict[str, object]) -> list[int]:
    """The answers to as many clicks of one person in as many windows."""
    boss = User.objects.create_superuser("boss")
    windows = [Client() for _ in range(CLICKS)]
    for window in windows:
        window.force_login(boss)
    return sorted(at_once(CLICKS, lambda number: windows[number].post(url, values).status_code))


def test_a_new_action(db):
    tree = SiteTree()
    place = tree["en"].add_child(instance=ActionIndexPage(title="Act", slug="take-part", locale=tree["en"].locale))
    page = {"place": place.pk, "title": "A harbour", "slug": "harbour", "introduction": "Now.", "closes_on": ""}
    answers = clicked(reverse("desk_start"), {**PURPOSE, **page, **WORDS, "step": 2})
    assert answers == [302] + [422] * (CLICKS - 1)
    made = (Campaign, Petition, PetitionWording, ActionPage)
    assert [model._default_manager.count() for model in made] == [1, 1, 1, 1]
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_copy(db):
    petition = PetitionFactory(slug="door", texts=["en"])
    answers = clicked(reverse("petitions_copy", args=[petition.pk]), {"name": "Again", "slug": "again"})
    assert answers == [302] + [422] * (CLICKS - 1)
    assert (Petition.objects.count(), PetitionWording.objects.count()) == (2, 2)
