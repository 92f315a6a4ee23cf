import pytest
from django.core.cache import cache

from tests.factories.pages import SiteTree
from tests.factories.resources import ResourceTree


@pytest.fixture
def tree(db) -> SiteTree:
    return SiteTree()


@pytest.fixture
def lists(tree) -> ResourceTree:
    return ResourceTree(tree)


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
