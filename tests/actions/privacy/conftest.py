"""Tables of the sample models, and key rings made for a test."""

import os

import pytest
from django.db import connection

from tests.actions.privacy.sample_models import SampleLetter, SampleSigner


@pytest.fixture(scope="session")
def sample_tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(SampleLetter)
            editor.create_model(SampleSigner)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(SampleLetter)
            editor.delete_model(SampleSigner)


@pytest.fixture
def samples(sample_tables, db):
    """The database with the sample tables, rolled back after the test."""


@pytest.fixture
def old_key():
    return os.urandom(32)


@pytest.fixture
def ring(settings, old_key):
    settings.PERSONAL_DATA_KEYS = {"old": old_key}
    return settings.PERSONAL_DATA_KEYS
