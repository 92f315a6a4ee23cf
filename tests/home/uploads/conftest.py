import pytest


@pytest.fixture
def editor(client, admin_user):
    """A client that may upload."""
    client.force_login(admin_user)
    return client
