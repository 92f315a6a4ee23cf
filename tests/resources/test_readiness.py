"""What editors of an event or of a resource are told before they publish: it warns and blocks nothing."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.readiness.panel import findings
from resources.models import ResourceFile
from tests.actions.admin.conftest import logged_in
from tests.factories.events import beginning, make_event
from tests.factories.news import make_topic
from tests.factories.resources import add_file

pytestmark = pytest.mark.django_db
EVENT_EDITOR = "wagtailsnippets_actions_event:edit"
DESCRIPTION = "What it is for, for whom, and how you can use it in your own town and language."


def told(thing) -> str:
    return "\n".join(one.text for one in findings(thing))


def test_an_event_without_a_page_is_told_until_it_has_one(lists):
    event = make_event()
    assert told(event) == "No page shows “Evening for writers” yet: make one under Pages, below “Events”."
    lists.add_event(event=event)
    assert told(event) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_fr": "", "name_zh": ""}, "has no name in Français, 繁體中文"),
        ({"place_en": "Library", "place_fr": "Bibliothèque"}, "has no place in 繁體中文"),
        ({"place_en": "", "place_fr": ""}, ""),
        ({"day": timezone.localdate() - timedelta(days=2)}, "is over"),
        ({"day": timezone.localdate() - timedelta(days=2), "is_cancelled": True}, "is cancelled"),
        ({"begins": time(19), "ends": time(18, 30)}, "twelve hours or more"),
        ({"begins": time(19), "ends": time(0, 30)}, ""),
    ],
)
def test_an_event_is_judged_in_its_form_and_on_its_page(lists, changes, words):
    event = make_event(**changes)
    page = lists.add_event(event=event, search_description=DESCRIPTION)
    about = [one for one in findings(page) if "Evening for writers" in one.text]
    assert about == findings(event)
    assert words in told(event)
    assert bool(about) == bool(words)
    assert {one.url for one in about} <= {reverse(EVENT_EDITOR, args=[event.pk])}


def test_an_event_that_has_begun_takes_nobody_any_more(lists):
    event = beginning(timezone.now() - timedelta(minutes=5))
    assert "has begun" in told(event)


def test_the_panels_stand_in_both_editors_of_an_event_and_in_that_of_a_resource(lists):
    editor, event = logged_in("editor", "Editors"), make_event(name_fr="")
    pages = lists.add_event(event=event), lists.add(kind="toolkit")
    addresses = [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages]
    shown = [editor.get(url).content.decode() for url in (reverse(EVENT_EDITOR, args=[event.pk]), *addresses)]
    assert ["Before you publish" in html for html in shown] == [True] * 3
    assert ["has no name in Français" in html for html in shown] == [True, True, False]
    assert "The toolkit has no texts to pass on." in shown[2]
    assert "no description for search engines" in shown[2]
    new = editor.get(reverse("wagtailsnippets_actions_event:add")).content.decode()
    assert "Before you publish" not in new


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"version_on": timezone.localdate() + timedelta(days=1)}, "still to come"),
        ({"version_on": timezone.localdate() - timedelta(days=800)}, "more than two years old"),
        ({}, "has no topic"),
        ({}, "neither a text nor a file"),
        ({"kind": "toolkit"}, "no texts to pass on"),
        ({"kind": "toolkit"}, "has no action"),
        ({"recording_url": "https://video.example/1"}, "which captions"),
        ({"recording_url": "https://video.example/1"}, "no transcript"),
        ({"recording_url": "https://video.example/1"}, "The day of the recording"),
        ({"recording_url": "https://video.example/1"}, "The length of the recording"),
    ],
)
def test_a_resource_says_what_readers_would_miss(lists, values, words):
    page = lists.add(**{"version_on": timezone.localdate(), **values})
    assert words in told(page)


def test_a_whole_resource_is_left_alone_but_for_its_languages(lists):
    page = lists.add(
        kind="recording", version_on=timezone.localdate(), search_description=DESCRIPTION,
        recording_url="https://video.example/1", recorded_on=timezone.localdate(), minutes=40,
        captions="English", transcript="We said this.", topics=(make_topic("Letters"),),
    )  # fmt: skip
    assert (
        told(page)
        == "The page does not exist in Français, 繁體中文 yet: readers there get another language and a notice."
    )


def test_a_translation_that_offers_the_file_of_its_original_is_told(lists):
    english = lists.add()
    french = lists.add("fr", translation_key=english.translation_key)
    file = add_file(english)
    assert "same file" not in told(english)
    ResourceFile.objects.create(page=french, document=file.document, locale=french.locale)
    assert "the same file as in English" in told(type(french).objects.get(pk=french.pk))
