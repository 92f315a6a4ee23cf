"""Staff of each role, logged in; a letter campaign with a riding, its member and letters."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
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
def campaigner(db) -> Client:
    return logged_in("campaigner", "Campaigners")


@pytest.fixture
def finance(db) -> Client:
    return logged_in("finance", "Finance")


@pytest.fixture
def data_protection(db) -> Client:
    return logged_in("privacy", "Data protection")


@pytest.fixture
def translator(db) -> Client:
    return logged_in("translator", "Translators")


@pytest.fixture
def administrator(db) -> Client:
    return logged_in("administrator", "Administrators")


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


@pytest.fixture
def count_queries():
    """Return how many queries a page costs: the second time, when what is kept for the process is there."""

    def counted(client, address: str, *, post: dict[str, str] | None = None) -> int:
        for _ in range(2):
            with CaptureQueriesContext(connection) as seen:
                answer = client.get(address) if post is None else client.post(address, post)
            assert answer.status_code == 200
        return len(seen)

    return counted
