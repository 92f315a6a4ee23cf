"""Tables of the sample models, and key rings made for a test."""

import os

import pytest
from django.db import connection

from tests.actions.privacy.sample_models import SampleLetter, SampleSigner


@pytest.fixture
def sample_tables(django_db_setup, django_db_blocker):
    """Made when they are missing: a test with real transactions before this one has replaced the database."""
    with django_db_blocker.unblock():
        there = connection.introspection.table_names()
        with connection.schema_editor() as editor:
            for model in (SampleLetter, SampleSigner):
                if model._meta.db_table not in there:
                    editor.create_model(model)


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
