"""Three kinds of staff, logged in; a letter campaign with a riding, its member and letters."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Locale

from tests.factories.letters import LetterCampaignFactory
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory


def logged_in(name: str, *groups: str, is_superuser: bool = False) -> Client:
    user = User.objects.create_user(name, f"{name}@staff.example", "secret", is_superuser=is_superuser)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(db) -> Client:
    return logged_in("editor", "Editors")


@pytest.fixture
def moderator(db) -> Client:
    return logged_in("moderator", "Moderators")


@pytest.fixture
def superuser(db) -> Client:
    return logged_in("root", is_superuser=True)


@pytest.fixture
def locales(db) -> dict[str, Locale]:
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("en", "fr", "zh-hant")}


@pytest.fixture
def riding(db):
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre", name_fr="Ottawa-Centre")
    load_postal_codes(("K1A0A6", 35079, 10))
    RepresentativeFactory(riding=riding, first_name="Jordan", last_name="Lee", email="jordan.lee@parl.example")
    return riding


@pytest.fixture
def letter_campaign(riding):
    return LetterCampaignFactory(slug="second-reading", name="Second reading")
