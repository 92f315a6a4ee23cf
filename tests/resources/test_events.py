"""Events on the site: what is coming, what has been, and the page with the form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from actions.events.models import Event
from home.models import NavigationSettings
from tests.blog.test_list import count_queries
from tests.factories.events import LINK, coming, make_event
from tests.factories.pages import CODES, StandardPageFactory
from tests.factories.resources import make_many_events
from tests.factories.subscribers import known_sender
from tests.home.reading import Reading
from tests.resources.test_resource import json_ld


def shown(client, path: str = "/en/events/") -> list[str]:
    return [page.title for page in client.get(path).context["leaf"].items]


def over(event: Event) -> Event:
    moment = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=event.pk).update(starts_at=moment, ends_at=moment + timedelta(hours=1))
    return event


def test_the_next_stands_first_and_the_past_apart(lists, client):
    today = timezone.localdate()
    lists.add_event(title="Later", event=make_event(day=today + timedelta(days=20)))
    lists.add_event(title="Next", event=make_event(day=today + timedelta(days=3)))
    lists.add_event(title="Gone", event=over(make_event()))
    lists.add_event("fr", title="Français")
    assert shown(client) == ["Next", "Later"]
    assert shown(client, "/en/events/?past=yes") == ["Gone"]
    assert shown(client, "/fr/events/") == ["Français"]
    assert shown(client, "/en/events/?past=<script>&page=x") == ["Next", "Later"]


@pytest.mark.parametrize("code", CODES)
def test_an_empty_list_leads_on(lists, client, code):
    page = Reading(client.get(f"/{code}/events/").content.decode())
    assert page.all("a", href=f"/{code}/subscribe/")
    assert page.all("meta", name="robots", content="noindex")


@pytest.mark.parametrize("code", CODES)
def test_the_page_says_when_and_where_but_not_the_link(lists, client, code):
    event = make_event(day=date(2027, 7, 2), place_en="1 Invented Street", slug="evening")
    lists.add_event(code, slug="a", event=event)
    response = client.get(f"/{code}/events/a/")
    html = response.content.decode()
    assert {"en": "Friday", "fr": "vendredi", "zh-hant": "星期五"}[code] in html
    assert "1 Invented Street" in html
    assert 'data-action="event"' in html
    assert f"/{code}/act/events/evening/calendar.ics" in html
    assert "meet.example" not in html
    assert LINK not in html
    data = json_ld(html)
    assert data["@type"] == "Event"
    assert data["startDate"] == "2027-07-02T19:00:00-04:00"
    assert data["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert Reading(html).forbidden_by_policy() == []
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies


def test_nobody_who_comes_is_named(lists, client):
    known_sender()
    event = make_event(slug="evening", seats=1)
    lists.add_event(slug="a", event=event)
    before = client.get("/en/events/a/").content
    coming(event, name="Quetzal Verborgen", email="quetzal@guest.example")
    coming(event, name="Axolotl", email="axolotl@guest.example")
    assert client.get("/en/events/a/").content == before


def test_a_cancelled_event_says_so(lists, client):
    event = make_event(slug="evening", is_cancelled=True)
    lists.add_event(slug="a", event=event)
    html = client.get("/en/events/a/").content.decode()
    assert "This event does not take place." in html
    assert 'data-action="event"' not in html
    assert json_ld(html)["eventStatus"].endswith("/EventCancelled")
    assert "Cancelled" in client.get("/en/events/").content.decode()


@pytest.mark.parametrize("path", ["/en/events/", "/en/events/?past=yes", "/en/events/a/"])
def test_few_queries_whatever_the_number(lists, tree, client, path):
    NavigationSettings.objects.create(
        site=tree.site, header_links=[("link", {"page": StandardPageFactory(parent=tree["en"])})]
    )
    lists.add_event(slug="a")
    for _ in range(19):
        lists.add_event()
        lists.add_event(event=over(make_event()))
    few = count_queries(client, path)
    make_many_events(lists, 1_980)
    assert count_queries(client, path) == few <= 8


def test_pages_of_a_long_list_lead_to_each_other(lists, client):
    make_many_events(lists, 30)
    page = Reading(client.get("/en/events/?page=2").content.decode())
    assert page.one("a", rel="prev")["href"] == "/en/events/?page=1"
    assert page.one("a", rel="next")["href"] == "/en/events/?page=3"
    assert page.one("link", rel="canonical")["href"].endswith("/en/events/?page=2")


def test_the_preview_picture_is_drawn(lists, client):
    lists.add_event(slug="a")
    page = client.get("/en/events/a/").content.decode()
    picture = Reading(page).one("meta", property="og:image")["content"]
    assert client.get(picture.removeprefix("http://testserver"))["Content-Type"] == "image/png"
    assert f'"image": ["{picture}"]' in page
