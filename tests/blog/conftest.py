import pytest
from django.core.cache import cache

from tests.factories.news import NewsTree
from tests.factories.pages import SiteTree


@pytest.fixture
def tree(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def news(tree) -> NewsTree:
    return NewsTree(tree)


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
