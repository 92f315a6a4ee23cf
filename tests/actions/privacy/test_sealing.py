import pytest
from django.db import connection
from nacl.public import PrivateKey

from actions.privacy.errors import UndecryptableError
from actions.privacy.sealing import Sealed, open_sealed
from tests.actions.privacy.sample_models import SampleSigner

pytestmark = pytest.mark.usefixtures("samples")
TABLE = "privacy_samples_samplesigner"


@pytest.fixture
def offline_key(settings):
    key = PrivateKey.generate()
    settings.ORGANISATION_PUBLIC_KEY = bytes(key.public_key)
    return key


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT contact FROM {TABLE} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_sealed_value_is_unreadable_here_and_opens_offline(offline_key):
    row = SampleSigner.objects.create(contact="陳大文 <chan@example.org>")
    contact = SampleSigner.objects.get(pk=row.pk).contact
    assert isinstance(contact, Sealed)
    assert not contact.is_readable
    assert "chan" not in f"{contact}{contact!r}{stored(row)}"
    place = (TABLE, "contact", str(row.row_key))
    assert open_sealed(stored(row), private_key=offline_key, bound_to=place) == "陳大文 <chan@example.org>"


def test_sealed_value_survives_saving_and_cleaning(offline_key):
    row = SampleSigner.objects.get(pk=SampleSigner.objects.create(contact="a").pk)
    before = stored(row)
    row.full_clean()
    row.contact  # noqa: B018
    row.save()
    assert stored(row) == before


def test_sealed_value_moved_to_another_row_or_for_another_key_does_not_open(offline_key):
    one, two = SampleSigner.objects.create(contact="a"), SampleSigner.objects.create(contact="b")
    with pytest.raises(UndecryptableError):
        open_sealed(stored(one), private_key=offline_key, bound_to=(TABLE, "contact", str(two.row_key)))
    with pytest.raises(UndecryptableError):
        open_sealed(stored(one), private_key=PrivateKey.generate(), bound_to=(TABLE, "contact", str(one.row_key)))


def test_without_an_offline_key_it_is_encrypted_and_readable(settings):
    settings.ORGANISATION_PUBLIC_KEY = None
    row = SampleSigner.objects.create(contact="a")
    assert stored(row).startswith("v1:")
    assert SampleSigner.objects.get(pk=row.pk).contact == "a"


def test_sealed_column_can_be_blanked(offline_key):
    row = SampleSigner.objects.create(contact="a")
    SampleSigner.objects.update(contact="")
    assert SampleSigner.objects.get(pk=row.pk).contact == ""
