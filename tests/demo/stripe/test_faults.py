"""The switches make it fail in the ways that the donations room must stand."""

import time

import pytest
import stripe

from tests.demo.stripe.gifts import once
from tests.stubs.stripe_server import ControlError


def test_it_can_hang_longer_than_a_caller_waits(stand_in):
    stand_in.faults(requests=[{"kind": "hang", "seconds": 30}])
    client = stand_in.client(http_client=stripe.RequestsClient(timeout=0.3))
    began = time.monotonic()
    with pytest.raises(stripe.APIConnectionError):
        once(client)
    assert time.monotonic() - began < 5


def test_it_can_do_the_work_and_answer_too_late(stand_in):
    stand_in.faults(requests=[{"kind": "hang_after", "seconds": 30, "method": "POST"}])
    with pytest.raises(stripe.APIConnectionError):
        once(stand_in.client(http_client=stripe.RequestsClient(timeout=0.3)), key="gift-7-1")
    assert stand_in.state()["sessions"] == 1


def test_it_can_limit_the_rate(stand_in, client):
    stand_in.faults(requests=[{"kind": "rate_limit", "times": 1}])
    with pytest.raises(stripe.RateLimitError):
        once(client, key="gift-7-1")
    assert once(client, key="gift-7-1").status == "open"


def test_it_can_lose_a_request_before_the_work(stand_in, client):
    stand_in.faults(requests=[{"kind": "lost_request", "times": 1}])
    with pytest.raises(stripe.APIConnectionError):
        once(client)
    assert stand_in.state()["sessions"] == 0


def test_a_fault_befalls_the_named_addresses_only(stand_in, client):
    stand_in.faults(requests=[{"kind": "error", "path": "^/v1/refunds"}])
    assert once(client).status == "open"
    with pytest.raises(stripe.APIError):
        client.v1.refunds.list()
    stand_in.clear_faults()
    assert client.v1.refunds.list().data == []


def test_chance_comes_from_the_seed(stand_in, client):
    def draw():
        stand_in.faults(requests=[{"kind": "error", "probability": 0.5, "kept": False}], seed=3)
        return [fails(client) for _ in range(20)]

    def fails(client):
        try:
            once(client)
        except stripe.APIError:
            return True
        return False

    first = draw()
    assert draw() == first
    assert 3 < sum(first) < 17


@pytest.mark.parametrize("switches", [{"requests": [{"kind": "burn"}]}, {"webhooks": {"dorp": 1}}])
def test_a_switch_that_does_not_exist_is_refused(stand_in, switches):
    with pytest.raises(ControlError):
        stand_in.faults(**switches)


def test_the_control_side_asks_for_its_token(stand_in):
    stand_in_of_somebody = type(stand_in)(stand_in.url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.stubs.stripe_server.TOKEN", "wrong")
        with pytest.raises(ControlError, match="401"):
            stand_in_of_somebody.state()
