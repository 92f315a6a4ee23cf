"""The event block on any page: one event or the next ones, in the visitor's language, without a query for each."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from actions.blocks import PageStreamBlock
from actions.events.blocks import EventBlock
from actions.pages import ActionIndexPage, ActionPage
from home.models import StandardPage
from resources.event_pages import EventPage
from tests.blog.test_list import count_queries
from tests.factories.events import make_event
from tests.factories.pages import CODES, StandardPageFactory
from tests.factories.petitions import PetitionFactory
from tests.factories.translations import published, submitted, typed
from tests.home.reading import Reading
from tests.resources.test_events import over

pytestmark = pytest.mark.django_db
IN_ANOTHER_ZONE = {"zone": "America/Vancouver"}
RECORDING = {"kind": "recording", "recording_url": "https://video.example/1", "captions": "English"}


@pytest.fixture
def story(lists, tree, client):
    """Put blocks on a page and read it."""

    def show(*values, code: str = "en") -> str:
        place(tree, code, *values)
        return client.get(f"/{code}/story/").content.decode()

    return show


def place(tree, code, *values) -> StandardPage:
    StandardPage.objects.filter(slug="story", locale=tree[code].locale).delete()
    body = [{"type": "event", "value": {"heading": "", "number": 3, "event": None, **value}} for value in values]
    page = StandardPageFactory(parent=tree[code], language=code, slug="story")
    page.body = body
    page.save()
    return page


def one(page) -> dict:
    return {"which": "one", "event": page.pk}


def titles(html: str) -> list[str]:
    return re.findall(r'<h2 class="card__title"><a [^>]*>([^<]*)', html)


@pytest.mark.parametrize("code", CODES)
def test_when_where_and_the_way_to_the_form(lists, story, code):
    event = make_event(place_en="1 Invented Street", **IN_ANOTHER_ZONE)
    key = uuid.uuid4()
    add = {"slug": "a", "event": event, "translation_key": key}
    pages = {language: lists.add_event(language, title=f"At {language}", **add) for language in CODES}
    html = story(one(pages["en"]), code=code)
    page = Reading(html)
    assert titles(html) == [f"At {code}"]
    assert "1 Invented Street" in html
    assert {"en": "Vancouver", "fr": "Vancouver", "zh-hant": "溫哥華"}[code] in html
    assert page.one("a", href=f"/{code}/events/a/#place")
    assert "meet.example" not in html


def test_a_language_that_is_missing_gives_way_to_the_best_one(lists, story):
    page = story(one(lists.add_event("fr", slug="a", title="Une soirée")), code="zh-hant")
    assert Reading(page).one("a", href="/fr/events/a/")["lang"] == "fr-CA"


def test_what_is_over_says_so_and_leads_to_the_recording(lists, client, tree):
    recording = lists.add(slug="talk", **RECORDING)
    event = lists.add_event(slug="a", event=over(make_event()), recording=recording)
    place(tree, "en", one(event))
    for path in ("/en/story/", "/en/events/a/"):
        html = client.get(path).content.decode()
        assert "This event is over" in html
        assert Reading(html).one("a", href="/en/resources/talk/")
        assert "#place" not in html
    recording.unpublish()
    assert "/en/resources/talk/" not in client.get("/en/story/").content.decode()


def test_a_recording_is_found_in_the_reader_s_language(lists, client, tree):
    recording = lists.add(slug="talk", **RECORDING)
    place(tree, "fr", one(lists.add_event("fr", slug="a", event=over(make_event()), recording=recording)))
    assert Reading(client.get("/fr/story/").content.decode()).one("a", href="/fr/resources/talk/")
    assert client.get("/fr/resources/talk/").headers["Location"] == "/en/resources/talk/?missing=fr"


@pytest.mark.parametrize(("private", "shown_in"), [("en", {"zh-hant"}), ("zh-hant", {"en", "fr"}), ("", set(CODES))])
def test_a_recording_is_not_named_where_it_is_not_open_to_everybody(lists, client, tree, private, shown_in):
    """French has none: its readers come to the English one."""
    key, event, events = uuid.uuid4(), over(make_event()), uuid.uuid4()
    recordings = {code: lists.add(code, slug="talk", translation_key=key, **RECORDING) for code in ("en", "zh-hant")}
    for code in CODES:
        page = lists.add_event(code, slug="a", event=event, recording=recordings["en"], translation_key=events)
        place(tree, code, one(page))
    if private:
        PageViewRestriction.objects.create(page=recordings[private], restriction_type=PageViewRestriction.LOGIN)
    for path in ("events/a/", "story/"):
        pages = {code: client.get(f"/{code}/{path}").content.decode() for code in CODES}
        assert {code for code, html in pages.items() if f"/{code}/resources/talk/" in html} == shown_in


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"is_cancelled": True}, "does not take place"), ({"takes_sign_ups": False}, "You need no place")],
)
def test_without_a_form_it_says_why(lists, client, tree, changes, words):
    place(tree, "en", one(lists.add_event(slug="a", event=make_event(**changes))))
    html = client.get("/en/story/").content.decode()
    assert words in html
    assert "#place" not in html


def test_the_next_ones_each_once_and_only_what_takes_place(lists, story):
    today = timezone.localdate()
    for number, day in enumerate((20, 3, 9, 30)):
        event, key = make_event(day=today + timedelta(days=day)), uuid.uuid4()
        for code in CODES if number else ("fr",):
            lists.add_event(code, event=event, translation_key=key, title=f"In {day}")
    lists.add_event(title="Gone", event=over(make_event()))
    lists.add_event(title="Off", event=make_event(day=today + timedelta(days=1), is_cancelled=True))
    assert titles(story({"which": "next"})) == ["In 3", "In 9", "In 20"]
    assert titles(story({"which": "next", "number": 1})) == ["In 3"]


@pytest.mark.parametrize("what", ["unpublished", "deleted", "none is coming"])
def test_nothing_to_show_is_told_to_editors_alone(lists, client, tree, rf, what):
    event = lists.add_event(title="Secret evening", slug="a", event=over(make_event()))
    page = place(tree, "en", {"which": "next"} if what == "none is coming" else one(event))
    if what == "unpublished":
        event.unpublish()
    elif what == "deleted":
        event.delete()
    html = client.get("/en/story/").content.decode()
    assert "Secret evening" not in html
    assert "visitors see nothing here" not in html
    preview = StandardPage.objects.get(pk=page.pk).make_preview_request()
    assert "visitors see nothing here" in preview.content.decode()


def test_no_query_for_each_event(lists, client, tree):
    events = [lists.add_event() for _number in range(12)]
    place(tree, "en", one(events[0]))
    few = count_queries(client, "/en/story/")
    place(tree, "en", *map(one, events))
    assert count_queries(client, "/en/story/") == few <= 8
    place(tree, "en", {"which": "next"})
    assert count_queries(client, "/en/story/") == few
    place(tree, "en", {"which": "next"}, *map(one, events), {"which": "next", "number": 1})
    assert count_queries(client, "/en/story/") == few


def test_beside_an_action_it_costs_one_query_however_much_it_shows(lists, tree, client):
    petition, english = PetitionFactory(), tree["en"].locale
    index = tree["en"].add_child(instance=ActionIndexPage(title="Act", slug="actions", locale=english))
    events = [lists.add_event() for _number in range(3)]
    act = [("petition", {"petition": petition, "heading": ""})]
    shown = {"number": 3, "heading": "", "event": None}
    bodies = {
        "alone": act,
        "next": [*act, ("event", {**shown, "which": "next"})],
        "chosen": [*act, *(("event", {**shown, "which": "one", "event": event}) for event in events)],
    }
    for slug, body in bodies.items():
        page = ActionPage(title=slug, slug=slug, introduction="Now.", body=body, locale=english)
        page.campaign = petition.campaign
        index.add_child(instance=page)
    alone = count_queries(client, "/en/actions/alone/")
    assert alone <= 8
    assert count_queries(client, "/en/actions/next/") == count_queries(client, "/en/actions/chosen/") == alone + 1


def test_only_its_heading_is_translated(lists, tree, client):
    place(tree, "en", {**one(lists.add_event(slug="a", title="An evening")), "heading": "Come along"})
    StandardPage.objects.get(slug="story").save_revision().publish()
    translation = submitted(StandardPage.objects.get(slug="story"), "fr")
    words = {entry.string.data for entry in translation.source.stringsegment_set.select_related("string")}
    assert "Come along" in words
    typed(translation)
    published(translation)
    html = client.get("/fr/story/").content.decode()
    assert "fr: Come along" in html
    assert Reading(html).one("a", href="/en/events/a/")["lang"] == "en-CA"


def test_one_event_must_be_chosen():
    block = EventBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"which": "one", "event": None, "number": 3, "heading": ""}))
    assert block.clean(block.to_python({"which": "next", "event": None, "number": 3, "heading": ""}))


def test_it_stands_among_the_blocks_of_every_page():
    assert isinstance(PageStreamBlock().child_blocks["event"], EventBlock)


def test_the_buttons_that_choose_are_in_the_language_of_who_reads_them():
    form = EventPage.get_edit_handler().get_form_class()
    pages = [EventBlock().child_blocks["event"].widget, form.base_fields["recording"].widget]
    records = [
        PageStreamBlock().child_blocks["petition"].child_blocks["petition"].widget,
        form.base_fields["event"].widget,
    ]
    words = {"fr": ("Choisissez", "Choisir"), "en": ("Choose", "Choose another"), "zh-hant": ("選擇", "選擇其他")}
    for language, (page, record) in words.items():
        with override(language):
            assert all(page in str(widget.choose_one_text) for widget in pages)
            assert all(record in str(widget.choose_another_text) for widget in records)
