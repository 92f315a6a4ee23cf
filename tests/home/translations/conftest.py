"""An English article under lists of news in three languages, and staff of each role."""

import pytest
from django.core.cache import cache
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from blog.models import NewsPage
from tests.actions.admin.conftest import logged_in
from tests.factories.news import NewsTree
from tests.factories.pages import SiteTree

SENTENCE = "The story of the harbour that stayed open."


@pytest.fixture
def tree(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def news(tree) -> NewsTree:
    return NewsTree(tree)


@pytest.fixture
def article(news) -> NewsPage:
    article = news.add(slug="good", title="Good news", introduction="What happened at the harbour yesterday.")
    article.body = StreamValue(article.body.stream_block, [("paragraph", f"<p>{SENTENCE}</p>")])
    article.save_revision().publish()
    return NewsPage.objects.get(pk=article.pk)


@pytest.fixture
def french(db) -> Locale:
    return Locale.objects.get_or_create(language_code="fr")[0]


@pytest.fixture
def editor(db):
    return logged_in("editor", "Editors")


@pytest.fixture
def moderator(db):
    return logged_in("moderator", "Moderators")


@pytest.fixture
def translator(db):
    return logged_in("translator", "Translators")


@pytest.fixture
def administrator(db):
    return logged_in("administrator", "Administrators")


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
