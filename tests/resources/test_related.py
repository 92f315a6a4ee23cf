"""Up to three other resources below one: the same topics first, then the newest, in the best language."""

from __future__ import annotations

import uuid

import pytest

from tests.blog.test_list import count_queries
from tests.factories.news import make_topic
from tests.factories.resources import make_many_resources
from tests.home.reading import Reading

pytestmark = pytest.mark.django_db


def related(client, path: str = "/en/resources/a/") -> list[str]:
    return [page.title for page in client.get(path).context["related"]]


def test_the_same_topic_stands_first_then_the_newest(lists, client):
    topic, other = make_topic("Parliament", slug="parliament"), make_topic("Safety", slug="safety")
    lists.add(slug="a", topics=(topic,))
    lists.add(title="Old, same topic", topics=(topic, other))
    for number in range(3):
        lists.add(title=f"Newer {number}", topics=(other,))
    assert related(client) == ["Old, same topic", "Newer 2", "Newer 1"]


def test_without_topics_the_newest(lists, client):
    lists.add(slug="a")
    for number in range(4):
        lists.add(title=f"Guide {number}")
    assert related(client) == ["Guide 3", "Guide 2", "Guide 1"]


def test_a_topic_that_is_not_published_joins_nothing(lists, client):
    hidden = make_topic("Hidden", slug="hidden", live=False)
    lists.add(slug="a", topics=(hidden,))
    lists.add(title="Older", topics=(hidden,))
    lists.add(title="Newer")
    assert related(client) == ["Newer", "Older"]


def test_each_once_in_the_reader_s_language_or_the_best_one(lists, client):
    key, own = uuid.uuid4(), uuid.uuid4()
    for code in ("en", "fr"):
        lists.add(code, slug="a", translation_key=own)
        lists.add(code, slug="b", title=f"Both {code}", translation_key=key)
    lists.add(slug="c", title="English alone")
    assert related(client) == ["English alone", "Both en"]
    assert related(client, "/fr/resources/a/") == ["English alone", "Both fr"]
    page = Reading(client.get("/fr/resources/a/").content.decode())
    assert page.one("a", href="/en/resources/c/")["lang"] == "en-CA"


def test_what_is_hidden_is_not_named_and_nothing_is_no_section(lists, client):
    lists.add(slug="a")
    lists.add(title="Draft").unpublish()
    assert related(client) == []
    assert "More resources" not in client.get("/en/resources/a/").content.decode()


def test_few_queries_whatever_the_number(lists, client):
    topic = make_topic("Parliament", slug="parliament")
    lists.add(slug="a", topics=(topic,))
    for _number in range(3):
        lists.add(topics=(topic,))
    few = count_queries(client, "/en/resources/a/")
    make_many_resources(lists, 200, topics=(topic,))
    assert count_queries(client, "/en/resources/a/") == few <= 8
