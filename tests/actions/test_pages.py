"""The list of actions is for strangers: it names what they may open and nothing else."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from actions.pages import ActionIndexPage, ActionPage
from tests.factories.pages import SiteTree

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> ActionIndexPage:
    tree = SiteTree()
    index = ActionIndexPage(title="Act", slug="actions", locale=tree["en"].locale)
    return tree["en"].add_child(instance=index)


def add(listing: ActionIndexPage, slug: str, **changes) -> ActionPage:
    page = ActionPage(title=f"The {slug} one", slug=slug, introduction="Now.", locale=listing.locale, **changes)
    return listing.add_child(instance=page)


def test_drafts_and_pages_for_some_are_not_listed(client, listing):
    add(listing, "open")
    add(listing, "draft", live=False)
    closed = add(listing, "closed", search_description="Only for staff")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    html = client.get("/en/actions/").content.decode()
    assert "The open one" in html
    assert not [words for words in ("The draft one", "The closed one", "Only for staff") if words in html]
