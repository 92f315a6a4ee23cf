"""The library: one entry for each resource, in the reader's language where it exists, with filters, pages and cost."""

from __future__ import annotations

import uuid

import pytest
from wagtail.models import PageViewRestriction

from home.models import NavigationSettings
from resources.paging import PER_PAGE
from tests.blog.test_list import count_queries
from tests.factories.news import make_topic
from tests.factories.pages import CODES, StandardPageFactory
from tests.factories.resources import make_many_resources
from tests.home.reading import Reading


def shown(client, path: str = "/en/resources/", **query) -> list[str]:
    response = client.get(path, query)
    assert response.status_code == 200
    return [page.title for page in response.context["listing"].resources]


def test_the_latest_version_stands_first(lists, client):
    for title, day in (("Old", "2026-01-01"), ("New", "2026-03-01")):
        lists.add(title=title, version_on=day)
    assert shown(client) == ["New", "Old"]


def test_a_resource_stands_once_in_the_readers_language_or_another(lists, client):
    key = uuid.uuid4()
    lists.add(title="Guide", translation_key=key)
    lists.add("fr", title="Le guide", translation_key=key)
    lists.add("zh-hant", title="只有中文", version_on="2026-01-01")
    assert shown(client) == ["Guide", "只有中文"]
    assert shown(client, "/fr/resources/") == ["Le guide", "只有中文"]
    assert shown(client, "/zh-hant/resources/") == ["Guide", "只有中文"]
    html = client.get("/en/resources/").content.decode()
    assert "In Chinese only" in html
    assert "In English and French" in html
    assert 'href="/zh-hant/resources/' in html
    assert 'lang="zh-Hant-HK">只有中文' in html


def test_a_draft_or_private_translation_is_no_translation(lists, client):
    key = uuid.uuid4()
    lists.add("fr", title="Le guide", translation_key=key)
    english = lists.add(title="Guide", translation_key=key, live=False)
    assert shown(client) == ["Le guide"]
    type(english).objects.filter(pk=english.pk).update(live=True)
    assert shown(client) == ["Guide"]
    PageViewRestriction.objects.create(page=english, restriction_type=PageViewRestriction.LOGIN)
    assert shown(client) == ["Le guide"]
    assert "In French only" in client.get("/en/resources/").content.decode()


def test_kind_topic_and_language_are_filters(lists, client):
    topic = make_topic("Safety")
    make_topic("Sécurité", "fr", slug="safety", translation_key=topic.translation_key)
    lists.add(title="Plain")
    lists.add(title="Kit", kind="toolkit", topics=(topic,))
    lists.add("fr", title="Français")
    assert shown(client, kind="toolkit") == ["Kit"]
    assert shown(client, topic="safety") == ["Kit"]
    assert shown(client, language="fr") == ["Français"]
    assert shown(client, kind="toolkit", language="fr") == []
    assert "Sécurité" in client.get("/fr/resources/").content.decode()
    assert shown(client, "/fr/resources/", topic="safety") == ["Kit"]
    page = Reading(client.get("/en/resources/?kind=toolkit&topic=safety").content.decode())
    assert page.one("link", rel="canonical")["href"].endswith("/en/resources/?kind=toolkit&topic=safety")
    empty = client.get("/en/resources/?kind=toolkit&language=fr").content.decode()
    assert "There is no such resource yet" in empty
    assert '<meta name="robots" content="noindex">' in empty


@pytest.mark.parametrize("name", ["kind", "topic", "language", "page"])
@pytest.mark.parametrize("value", ["", "nonsense", "<script>", "' OR 1=1--", "x" * 150, "0", "-1", "99999", "１"])
def test_what_is_odd_is_no_filter(lists, client, name, value):
    lists.add(title="Only one")
    assert shown(client, **{name: value}) == ["Only one"]


def test_pages_hold_all_once(lists, client):
    make_many_resources(lists, 30)
    seen = [title for number in (1, 2, 3) for title in shown(client, page=number)]
    assert len(seen) == len(set(seen)) == 30
    second = Reading(client.get("/en/resources/?page=2").content.decode())
    assert [link["href"] for link in second.all("a", rel="prev")] == ["/en/resources/"]
    assert second.one("link", rel="canonical")["href"].endswith("/en/resources/?page=2")
    assert shown(client, page=50) == shown(client, page=3)


@pytest.mark.parametrize("code", CODES)
def test_it_is_kept_by_caches_and_sets_no_cookie(lists, client, code):
    response = client.get(f"/{code}/resources/")
    assert "s-maxage=60" in response["Cache-Control"]
    assert not response.cookies
    assert Reading(response.content.decode()).forbidden_by_policy() == []


@pytest.mark.parametrize("path", ["/en/resources/", "/en/resources/?topic=safety&kind=guide", "/fr/resources/"])
def test_few_queries_whatever_the_number(lists, tree, client, path):
    topic = make_topic("Safety")
    NavigationSettings.objects.create(
        site=tree.site, header_links=[("link", {"page": StandardPageFactory(parent=tree["en"])})]
    )
    for _ in range(20):
        lists.add(topics=(topic,))
    few = count_queries(client, path)
    make_many_resources(lists, 1_980, topics=(topic,))
    assert count_queries(client, path) == few <= 8
    assert PER_PAGE == 12
