"""The search page: odd queries, queries of the database, what it says to machines, what editors put first."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import PageViewRestriction

from search.indexing import index_page
from search.models import SearchEntry, SearchWord
from tests.factories.pages import StandardPageFactory

ODD = [
    "", " ", '"', '""', "'", "a\0b", "\ud800", "%", "_", "*", "AND", "NOT OR", "(", "NEAR(a b)", "a" * 10_000, "-",
    "香" * 10_000, "é" * 500, "' OR 1=1--", "<script>alert(1)</script>", "{{7*7}}", "\u202egnp.exe", "\u2028", "👩‍👩‍👧",
    "🇭🇰", "\ue000", "𠝹",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_an_odd_query_is_a_clean_page(tree, client, query):
    response = client.get("/en/search/", {"q": query.encode("utf-8", "surrogatepass")})
    # What the form cannot send (too long, no text) is answered by the guard of all addresses, with its own page.
    assert response.status_code == (400 if query in ("a\0b", "\ud800") or len(query) > 200 else 200)
    assert "</html>" in response.content.decode()
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "１", "1e3", ""])
def test_an_odd_page_number_is_a_page(write, look, page):
    write("en", "Harbour")
    assert look("en", "harbour", page=page) == ["Harbour"]


def test_search_engines_stay_out_and_nothing_is_set(tree, client):
    response = client.get("/fr/search/?q=x")
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies
    assert 'data-action="search"' in response.content.decode()
    assert client.post("/fr/search/", {"q": "x"}).status_code == 405


def test_what_is_typed_is_not_stored(write, look):
    write("en", "Harbour")
    look("en", "harbour")
    assert not Query.objects.exists()


def test_the_number_of_queries_is_small_and_does_not_grow(tree, client):
    def count() -> int:
        client.get("/en/search/?q=harbour")  # warm
        with CaptureQueriesContext(connection) as made:
            assert client.get("/en/search/?q=harbour").context["results"]
        said = [query["sql"] for query in made]
        assert len(said) == len(set(said)), said
        return len(said)

    index_page(StandardPageFactory(parent=tree["en"], title="Harbour"))
    few = count()
    fill(2_000)
    assert count() == few
    assert few <= 8


def fill(pages: int) -> None:
    """Entries as publishing makes them, in bulk."""
    now = SearchEntry.objects.get().changed_at
    rows = [
        SearchEntry(path=f"/en/x/{n}/", language="en", title="Harbour", text="Harbour", changed_at=now)
        for n in range(pages)
    ]
    SearchEntry.objects.bulk_create(rows)
    made = SearchEntry.objects.filter(path__startswith="/en/x/")
    SearchWord.objects.bulk_create([SearchWord(entry=row, language="en", word="harbour", weight=100) for row in made])


def test_editors_put_a_result_first_for_a_query(write, client, tree):
    page = write("en", "Join us", "Come along")
    french = StandardPageFactory(
        parent=tree["fr"], language="fr", title="Joignez-vous à nous", translation_key=page.translation_key
    )
    SearchPromotion.objects.create(query=Query.get("volunteer"), page=page, description="Help us.")
    assert "Join us" in client.get("/en/search/?q=Volunteer").content.decode()
    assert french.title in client.get("/fr/search/?q=volunteer").content.decode()
    closed = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "Help us." not in client.get("/en/search/?q=volunteer").content.decode()
    closed.delete()
    page.unpublish()
    assert "Help us." not in client.get("/en/search/?q=volunteer").content.decode()
