"""Every pattern of the admin, Wagtail's choosers, reports, histories and API too, filled in with rows that there are.

Nothing shows a supporter, nothing breaks, and looking changes nothing but what Wagtail notes of the one who looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from actions.letters.services import confirm
from actions.petitions.models import Petition
from tests.factories.donations import DonationFactory
from tests.factories.events import asked, coming, make_event
from tests.factories.letters import written_letter
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.subscribers import known_sender, on_its_way, signed_up, subscribed

pytestmark = pytest.mark.django_db

CANARIES = ("Canary Writer", "canary@writer.example", "canary words")
PART = re.compile(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)|<(?:(\w+):)?(\w+)>")
WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)')
WAGTAILS_OWN = {"django_session", "wagtailadmin_editingsession", "wagtailusers_userprofile"}
# They end the session, and try out the page for errors.
NOT_ASKED = ("/admin/logout/", "/admin/failwhale/")
PERSONAL = ("letter", "signature", "subscriber", "eventsignup", "donation", "outboxmessage")


@pytest.fixture
def people(letter_campaign, riding) -> Petition:
    """Somebody in everything that people do here, under the lowest numbers."""
    person = {"name": "Canary Writer", "email": "canary@writer.example"}
    known_sender()
    confirm(letter_id=written_letter(letter_campaign, riding=riding, own_words="canary words", **person).pk)
    petition = PetitionFactory()
    confirmed(petition, comment="", show_name=True, **person)
    event = make_event()
    coming(event, access_needs="canary words", **person)
    asked(event, access_needs="canary words", held_reason="limit", **person)
    subscribed(**person)
    signed_up(**{**person, "email": "second-canary@writer.example"})
    on_its_way()
    DonationFactory(state="paid", **person)
    return petition


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from patterns(entry, here)
        elif isinstance(entry, URLPattern):
            yield here


def addresses() -> list[str]:
    """Each pattern with 1 for what is a number; what takes the name of a model, with those of supporters' rows."""
    found = []
    for pattern in patterns(get_resolver()):
        if pattern.startswith("admin/"):
            takes_model = "model" in "".join(match[1] or match[3] for match in PART.finditer(pattern))
            for model in PERSONAL if takes_model else PERSONAL[:1]:
                found.append("/" + PART.sub(lambda part: filled(part, model), pattern).rstrip("$\\Z").replace("\\", ""))  # noqa: B023
    return [one for one in dict.fromkeys(found) if one not in NOT_ASKED]


def filled(part: re.Match[str], model: str) -> str:
    name = part[1] or part[3]
    if name == "app_label":
        return "actions"
    if "model" in name:
        return model
    kinds = {"uuid": "00000000-0000-0000-0000-000000000001"}
    return {"language": "en", "revision_id_a": "earliest", "revision_id_b": "latest"}.get(name, kinds.get(part[2], "1"))


@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_no_address_shows_a_supporter_breaks_or_changes_anything(request, who, people):
    client = request.getfixturevalue(who)
    asked_for = addresses()
    assert len(asked_for) > 500
    opened = 0
    client.get("/admin/reports/site-history/")  # what is made once for the whole site
    for address in asked_for:
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        opened += answer.status_code == 200
        written = {match[1] for one in seen if (match := WRITES.match(one["sql"]))}
        assert written <= WAGTAILS_OWN | {"home_sitesettings"}, address
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        assert [canary for canary in CANARIES if canary in text] == [], address
    assert opened > 150
