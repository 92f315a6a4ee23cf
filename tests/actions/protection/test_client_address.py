"""The address that limits count by cannot be chosen by the visitor."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from actions.protection.client_address import UNKNOWN, address_range, client_address


def seen_from(peer: str, forwarded: str | None = None) -> str:
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **extra))


def test_without_proxies_a_forwarded_address_is_ignored(settings):
    settings.TRUSTED_PROXY_HOPS = 0
    assert seen_from("198.51.100.7", "203.0.113.9") == "198.51.100.7"


@pytest.mark.parametrize("forged", ["", "1.2.3.4, ", "1.2.3.4, 5.6.7.8, ", "127.0.0.1," * 10, "garbage, \t, "])
def test_behind_one_proxy_only_its_own_entry_counts(settings, forged):
    settings.TRUSTED_PROXY_HOPS = 1
    assert seen_from("10.0.0.1", f"{forged}203.0.113.9") == "203.0.113.9"


def test_behind_two_proxies_the_second_from_the_right_counts(settings):
    settings.TRUSTED_PROXY_HOPS = 2
    assert seen_from("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2") == "203.0.113.9"


@pytest.mark.parametrize("forwarded", [None, "", "nonsense", "999.1.1.1", "::g", "203.0.113.9 x"])
def test_garbage_falls_back_to_the_peer(settings, forwarded):
    settings.TRUSTED_PROXY_HOPS = 1
    assert seen_from("10.0.0.1", forwarded) == "10.0.0.1"


def test_too_few_entries_fall_back_to_the_peer(settings):
    settings.TRUSTED_PROXY_HOPS = 2
    assert seen_from("10.0.0.1", "203.0.113.9") == "10.0.0.1"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_every_spelling_of_an_address_is_one_address(settings, written, address):
    settings.TRUSTED_PROXY_HOPS = 1
    assert seen_from("10.0.0.1", written) == address


def test_a_socket_without_address_has_one_shared_bucket():
    assert seen_from("") == UNKNOWN


def test_an_ipv6_household_counts_as_one_and_an_ipv4_address_alone():
    assert address_range("2001:db8:1:2:3::4") == address_range("2001:db8:1:2:ffff::9")
    assert address_range("2001:db8:1:2::1") != address_range("2001:db8:1:3::1")
    assert address_range("203.0.113.9") != address_range("203.0.113.10")
