"""The stub of Represent, running for one test and configured as the service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from tests.stubs.represent import RepresentStub, represent_stub


@pytest.fixture
def represent(settings: Settings) -> Iterator[RepresentStub]:
    with represent_stub() as stub:
        settings.REPRESENT_API_URL = stub.url
        yield stub
