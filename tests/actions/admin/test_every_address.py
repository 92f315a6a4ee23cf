"""Each address that the rooms add to the admin: who opens it, and that looking changes nothing."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.petitions.conditions import Condition
from actions.petitions.invalidating import start
from actions.wagtail_hooks import admin_urls
from tests.factories.house import HousePetitionFactory
from tests.factories.petitions import PetitionFactory, confirmed

WRITES = re.compile(r'(INSERT (OR \w+ )?INTO|UPDATE|DELETE FROM) "(?!django_session|auth_user)')
EVERYBODY = {"editor", "moderator", "campaigner", "finance", "data_protection", "administrator"}
WRITERS = {"editor", "moderator", "administrator"}
DECIDERS = {"moderator", "administrator"}
INVALIDATING = {"campaigner", "administrator"}
PROTECTORS = {"data_protection", "administrator"}
SEEING_SIGNATURES = {"moderator", "campaigner", "data_protection", "administrator"}
PETITION_PAGES = {
    "desk_start": WRITERS,
    "petitions_copy": WRITERS,
    "petitions_signatures": SEEING_SIGNATURES,
    "petitions_signatures_results": SEEING_SIGNATURES,
    "petitions_undecided": DECIDERS,
    "petitions_comments": DECIDERS,
    "petitions_find": PROTECTORS,
    "privacy_erase": PROTECTORS,
    "privacy_access_log": PROTECTORS,
    "petitions_trends": INVALIDATING,
    "petitions_invalidate": INVALIDATING,
    "petitions_invalidation": INVALIDATING,
    "petitions_share": WRITERS,
    "petitions_house_sheet": WRITERS,
    "wordings_keep": DECIDERS,
    "exports": PROTECTORS | {"finance"},  # each sees what their role may export
    "exports_one": PROTECTORS,
}


@pytest.fixture
def places(riding) -> dict[str, list[object]]:
    """What stands in the addresses that take something."""
    petition = PetitionFactory(slug="open-door")
    confirmed(petition)
    condition = Condition(petition.pk, language="en")
    run = start(condition=condition, last_id=10**9, expected=1, reason="a flood", user=None)
    text = petition.wordings.get(locale__language_code="en")
    type(text).objects.filter(locale__language_code="fr").update(demand=2)
    return {
        **{
            name: [petition.pk]
            for name in ("petitions_trends", "petitions_invalidate", "petitions_share", "petitions_copy")
        },
        "petitions_invalidation": [run.pk],
        "petitions_house_sheet": [HousePetitionFactory(petition=petition).pk, "en"],
        "wordings_keep": ["petitionwording", text.pk],
        "exports_one": ["signatures"],
    }


def test_the_table_knows_every_address_of_petitions_exports_and_privacy():
    rooms = ("desk_", "petitions_", "privacy_", "wordings_", "exports")
    ours = {found.name for found in admin_urls() if found.name.startswith(rooms)}
    assert ours == set(PETITION_PAGES)


@pytest.mark.parametrize("name", PETITION_PAGES)
def test_each_role_opens_its_own_pages_and_no_other(request, places, name):
    address = reverse(name, args=places.get(name, []))
    opened = set()
    for who in sorted(EVERYBODY):
        client = request.getfixturevalue(who)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code in (200, 302), (who, answer.status_code)
        if answer.status_code == 200:
            opened.add(who)
        else:
            assert answer["Location"] == "/admin/", who
            posted = client.post(address, {"intent": "undo", "signature": "1", "decision": "release", "seen": "1"})
            assert (posted.status_code, posted.get("Location")) in ((302, "/admin/"), (405, None)), who
        assert not [one["sql"] for one in seen if WRITES.match(one["sql"])], who
    assert opened == PETITION_PAGES[name]


@pytest.mark.parametrize("name", PETITION_PAGES)
def test_nobody_else_opens_any(client, places, name):
    answer = client.get(reverse(name, args=places.get(name, [])))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
