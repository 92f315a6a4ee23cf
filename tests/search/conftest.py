"""A small site whose pages are in the index, as publishing puts them there."""

import pytest
from wagtail.models import Page

from search.indexing import index_page
from tests.factories.pages import SiteTree, StandardPageFactory


@pytest.fixture
def tree(db):
    return SiteTree()


@pytest.fixture
def write(tree):
    """``write("fr", "Title", "Introduction")`` is a live page that can be found."""

    def write(language: str, title: str, introduction: str = "", **changes) -> Page:
        page = StandardPageFactory(
            parent=tree[language], language=language, title=title, introduction=introduction, **changes
        )
        index_page(page)
        return page

    return write


@pytest.fixture
def look(client):
    """``look("fr", "visa")`` gives the titles that a visitor sees."""

    def look(language: str, query: str, **more) -> list[str]:
        response = client.get(f"/{language}/search/", {"q": query, **more})
        assert response.status_code == 200, query
        return [result.title for result in response.context["results"]]

    return look
