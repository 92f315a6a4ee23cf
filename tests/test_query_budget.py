"""The pages that visitors come to first cost at most eight queries, none of them twice, however much there is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.events.models import Event
from actions.pages import ActionIndexPage, ActionPage
from home.models import HomePage
from search.indexing import index_all
from tests.factories.donations import AppealFactory
from tests.factories.events import make_event
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import CODES, SiteTree
from tests.factories.petitions import PetitionFactory
from tests.factories.resources import ResourceTree

pytestmark = pytest.mark.django_db
MOST = 8
RECORDS = {
    "petition": ("petition", PetitionFactory),
    "letter": ("letter_campaign", LetterCampaignFactory),
    "donation": ("appeal", AppealFactory),
}


def asked(client, address: str) -> list[str]:
    """The statements of a page that was looked at before."""
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in seen]


@pytest.fixture
def stories(db):
    """A list of actions, to which pages about a record can be added."""
    tree = SiteTree()
    english = tree["en"].locale
    listing = tree["en"].add_child(instance=ActionIndexPage(title="Act", slug="actions", locale=english))

    def add(kind: str, number: int) -> None:
        name, factory = RECORDS[kind]
        record = factory()
        body = [(kind, {name: record, "heading": ""})]
        for at in range(number):
            page = ActionPage(title=f"Story {at}", slug=f"{kind}-{at}", introduction="Now.", body=body, locale=english)
            page.campaign = record.campaign
            listing.add_child(instance=page)

    return add


@pytest.mark.parametrize("kind", RECORDS)
def test_an_action_page(client, stories, kind):
    stories(kind, 1)
    alone = asked(client, f"/en/actions/{kind}-0/")
    assert len(alone) == len(set(alone)) <= MOST
    stories(next(other for other in RECORDS if other != kind), 20)
    assert len(asked(client, f"/en/actions/{kind}-0/")) == len(alone)


@pytest.fixture
def lists(stories) -> ResourceTree:
    return ResourceTree({code: HomePage.objects.get(locale__language_code=code) for code in CODES})


@pytest.mark.parametrize("kind", RECORDS)
@pytest.mark.parametrize("shown", [["next"], ["one"], ["next", "one", "one", "next"]])
def test_an_action_page_with_event_blocks(client, stories, lists, kind, shown):
    stories(kind, 1)
    page = ActionPage.objects.get(slug=f"{kind}-0")
    events = iter([lists.add_event(title=f"Evening {number}") for number in range(12)][6:])
    for which in shown:
        event = next(events) if which == "one" else None
        page.body.append(("event", {"which": which, "event": event, "number": 3, "heading": ""}))
    page.save()
    address = f"/en/actions/{kind}-0/"
    queries = asked(client, address)
    assert len(queries) == len(set(queries)) <= MOST
    html = client.get(address).content.decode()
    assert len(re.findall(r">Evening \d+</a>", html)) == 3 * shown.count("next") + shown.count("one")


def test_the_page_of_an_event_that_has_a_recording(client, lists):
    event = make_event()
    Event.objects.update(starts_at=event.starts_at - timedelta(days=60), ends_at=event.ends_at - timedelta(days=60))
    recording = lists.add(slug="talk", kind="recording", recording_url="https://video.example/1", captions="English")
    lists.add_event(slug="a", event=Event.objects.get(), recording=recording)
    queries = asked(client, "/en/events/a/")
    assert len(queries) == len(set(queries)) <= MOST
    assert "/en/resources/talk/" in client.get("/en/events/a/").content.decode()


def test_the_list_of_actions_and_the_search(client, stories):
    stories("petition", 1)
    for address in ("/en/actions/", "/en/search/?q=story", "/en/search/?q=nothing+at+all"):
        few = asked(client, address)
        assert len(few) == len(set(few)) <= MOST
    stories("letter", 20)
    index_all()
    for address in ("/en/actions/", "/en/search/?q=story"):
        many = asked(client, address)
        assert len(many) == len(set(many)) <= MOST
