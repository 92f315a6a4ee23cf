from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def sample_site(settings):
    settings.ROOT_URLCONF = "tests.sample_site"
