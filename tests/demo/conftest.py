"""A loaded demo with its files in a folder of the test's own."""

import pytest

from achk_site.demo.loader import load_demo


@pytest.fixture
def demo_site(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_demo()
