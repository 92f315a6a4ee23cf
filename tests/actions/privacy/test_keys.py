import pytest
from django.core.exceptions import ImproperlyConfigured

from achk_site.env import PUBLISHED_KEY
from actions.privacy import keys
from actions.privacy.checks import key_ring_is_secret, key_ring_is_usable
from actions.privacy.envelope import decrypt, encrypt
from actions.privacy.errors import UndecryptableError


@pytest.mark.parametrize(
    "ring",
    [{}, None, {"a": b"short"}, {"a:b": b"k" * 32}, {"": b"k" * 32}, {"a": "k" * 32}, {"a": b"k" * 32, "b": b"k" * 32}],
)
def test_an_unusable_ring_stops_the_start_and_every_encryption(settings, ring):
    settings.PERSONAL_DATA_KEYS = ring
    assert [message.id for message in key_ring_is_usable(None)] == ["privacy.E001"]
    with pytest.raises(ImproperlyConfigured, match="PERSONAL_DATA_KEYS"):
        encrypt(b"x", use="field", bound_to=("t", "c", "r"))


def test_a_malformed_public_key_is_reported(settings):
    settings.ORGANISATION_PUBLIC_KEY = b"short"
    assert "ORGANISATION_PUBLIC_KEY" in key_ring_is_usable(None)[0].msg


def test_the_published_development_key_is_refused_by_the_deploy_check(settings, ring):
    assert key_ring_is_secret(None) == []
    settings.PERSONAL_DATA_KEYS = {"x": PUBLISHED_KEY}
    assert [message.id for message in key_ring_is_secret(None)] == ["privacy.E002"]


def test_each_use_and_each_key_has_its_own_derived_key(settings):
    settings.PERSONAL_DATA_KEYS = {"a": b"a" * 32, "b": b"b" * 32}
    derived = {keys.derived_key(use, key_id=key_id) for use in ("field", "wrap") for key_id in "ab"}
    assert len(derived) == 4
    assert not derived & {b"a" * 32, b"b" * 32}
    assert keys.derived_key("field") == keys.derived_key("field", key_id="a")


def test_an_envelope_of_one_use_does_not_open_for_another(ring):
    envelope = encrypt(b"x", use="field", bound_to=("t", "c", "r"))
    with pytest.raises(UndecryptableError):
        decrypt(envelope, use="wrap", bound_to=("t", "c", "r"))


def test_a_key_swapped_under_the_same_id_opens_nothing(settings, ring):
    envelope = encrypt(b"x", use="field", bound_to=("t", "c", "r"))
    settings.PERSONAL_DATA_KEYS = {"old": b"z" * 32}
    with pytest.raises(UndecryptableError):
        decrypt(envelope, use="field", bound_to=("t", "c", "r"))
