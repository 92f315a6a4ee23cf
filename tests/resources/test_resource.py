"""One resource: its version, its files, its recording and its toolkit."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import ValidationError

from resources.library import ResourcePage
from search.indexing import index_page
from search.models import SearchEntry
from tests.blog.test_list import count_queries
from tests.factories.news import make_topic
from tests.factories.pages import CODES
from tests.factories.resources import add_file
from tests.factories.subscribers import known_sender
from tests.home.reading import Reading


def json_ld(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@pytest.mark.parametrize("code", CODES)
def test_it_says_its_version_and_what_is_new(lists, client, code):
    page = lists.add(code, slug="a", version=3, version_on="2026-03-05", version_note="New addresses <b>")
    html = client.get(f"/{code}/resources/a/").content.decode()
    day = {"en": "March 5, 2026", "fr": "5 mars 2026", "zh-hant": "2026年3月5日"}
    assert day[code] in html
    assert "New addresses &lt;b&gt;" in html
    data = json_ld(html)
    assert (data["@type"], data["version"], data["dateModified"]) == ("LearningResource", "3", "2026-03-05")
    assert Reading(html).forbidden_by_policy() == []
    assert page.kind == "guide"


def test_files_have_type_and_size(lists, client):
    page = lists.add(slug="a")
    file = add_file(page, "guide.txt", b"x" * 2_048)
    html = client.get("/en/resources/a/").content.decode()
    assert "TXT, 2.0\xa0KB" in html
    assert file.document.url in html
    assert client.get(file.document.url).status_code == 200


def test_a_recording_is_linked_and_nothing_of_it_loaded(lists, client):
    lists.add(
        slug="a", kind="recording", recording_url="https://video.example/watch/1", captions="English and Chinese",
        minutes=42, recorded_on="2026-02-01", transcript="Hello.\n\nGoodbye.",
    )  # fmt: skip
    html = client.get("/en/resources/a/").content.decode()
    page = Reading(html)
    assert page.one("a", href="https://video.example/watch/1")["rel"] == "noopener noreferrer"
    for words in ("English and Chinese", "42", "Feb. 1, 2026", "<p>Goodbye.</p>"):
        assert words in html
    assert not re.search(r"<(iframe|video|script|img|link)[^>]+video\.example", html)


def test_a_toolkit_is_guide_texts_and_action_in_one(lists, client):
    known_sender()
    lists.add(
        slug="a", kind="toolkit", share_texts="First text\nof two lines\r\n\r\nSecond text",
        body=[("paragraph", "<p>How to.</p>")],
        action=[("subscribe", {"heading": "Stay in touch", "text": "", "button": "", "campaign": None})],
    )  # fmt: skip
    html = client.get("/en/resources/a/").content.decode()
    assert re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)[:2] == ["First text\nof two lines", "Second text"]
    assert "How to." in html
    assert 'data-action="subscribe"' in html


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"version": 2}, "version_note"),
        ({"kind": "recording", "captions": "English"}, "recording_url"),
        ({"kind": "recording", "recording_url": "https://video.example/1"}, "captions"),
    ],
)
def test_what_readers_would_miss_is_asked_for(lists, values, field):
    page = lists.add(slug="a")
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_few_queries(lists, client):
    topic = make_topic("Safety")
    page = lists.add(slug="a", topics=(topic,), share_texts="One")
    for number in range(3):
        add_file(page, f"guide-{number}.pdf")
    assert count_queries(client, "/en/resources/a/") <= 8


def test_a_resource_without_a_translation_is_shown_as_it_is_to_who_picks_another_language(lists, client):
    lists.add("fr", slug="a")
    page = Reading(client.get("/fr/resources/a/").content.decode())
    picker = {link["hreflang"]: link["href"] for link in page.all("a") if "hreflang" in link}
    assert client.get(picker["en-CA"])["Location"].startswith("/fr/resources/a/")


def test_it_is_found_by_what_is_said_in_it(lists):
    index_page(ResourcePage.objects.get(pk=lists.add(slug="a", transcript="The word is perspicacity.").pk))
    assert "perspicacity" in SearchEntry.objects.get().text


def test_the_preview_picture_is_drawn(lists, client):
    lists.add(slug="a", title="只有中文")
    picture = Reading(client.get("/en/resources/a/").content.decode()).one("meta", property="og:image")["content"]
    response = client.get(picture.removeprefix("http://testserver"))
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
