import pytest

from tests.factories.pages import SiteTree


@pytest.fixture
def tree(db) -> SiteTree:
    return SiteTree()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
