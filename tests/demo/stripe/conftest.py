"""A fresh stand-in for each test."""

import pytest

from tests.stubs.stripe_server import stripe_stand_in


@pytest.fixture
def stand_in():
    with stripe_stand_in(seed="7") as running:
        yield running


@pytest.fixture
def client(stand_in):
    return stand_in.client()
