"""What servers' replies mean: which are about the address, which pass, which are about us."""

from __future__ import annotations

import pytest

from actions.outbox.outcomes import PermanentFailure, TemporaryFailure, failure_for
from actions.outbox.status_codes import (
    code_in,
    is_about_address,
    is_passing,
    recipient_status,
    reply_status,
    status_in,
)


@pytest.mark.parametrize(
    ("code", "reply", "status"),
    [
        (550, b"5.1.1 no such user", "5.1.1"),
        (550, b"5.1.1 no such user\n5.1.1 really", "5.1.1"),
        (451, "4.7.1 greylisted", "4.7.1"),
        (550, b"4.1.1 contradicts the code", ""),
        (550, b"user 5.1.1 unknown", ""),
        (550, b"5.1.1.2 is no status", ""),
        (550, b"5.1.10 null MX", "5.1.10"),
        (550, b"5.12345.1 too long", ""),
        (550, b"\xff\xfe", ""),
        (550, b"", ""),
    ],
)
def test_a_reply_is_read_only_where_its_status_must_stand(code, reply, status):
    assert reply_status(code, reply) == status


@pytest.mark.parametrize(
    ("code", "reply", "is_bad_address"),
    [
        (550, b"no such user", True),
        (551, b"user not local", True),
        (553, b"mailbox name not allowed", True),
        (550, b"5.1.1 unknown", True),
        (550, b"5.2.1 disabled", True),
        (550, b"5.7.1 not allowed", False),
        (550, b"5.2.2 full", False),
        (550, b"5.1.8 bad sender", False),
        (550, b"blocked by our spam policy", False),
        (550, b"Relay access denied", False),
        (554, b"no", False),
        (552, b"too big", False),
        (450, b"4.1.1 later", False),
        (450, b"later", False),
    ],
)
def test_only_a_refusal_because_of_the_address_says_that_it_is_dead(code, reply, is_bad_address):
    assert is_about_address(recipient_status(code, reply)) is is_bad_address


@pytest.mark.parametrize("status", ["4.2.2", "5.2.2", "5.3.1", "4.4.7"])
def test_a_full_mailbox_is_worth_another_try(status):
    assert is_passing(status)
    assert isinstance(failure_for(552, status), TemporaryFailure)


@pytest.mark.parametrize("status", ["", "5.1.1", "5.7.1", "5.2.1"])
def test_other_refusals_are_not(status):
    failure = failure_for(550, status)
    assert isinstance(failure, PermanentFailure)
    assert (failure.code, failure.status) == (550, status)


def test_free_text_is_searched_for_failures_and_not_for_successes_or_addresses():
    assert status_in("2.0.0 fine, then 10.5.1.1 and 5.1.1.7, at last #5.2.1.") == "5.2.1"
    assert status_in("nothing") == ""
    assert code_in("said: 550-no") == 550
    assert code_in("1550 and 55 and 5.5.0") == 0
