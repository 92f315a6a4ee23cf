"""One key, one effect: the promise on which "never charged twice" stands."""

import threading

import pytest
import stripe

from tests.demo.stripe.gifts import once


def test_the_same_key_gives_the_same_session(stand_in, client):
    assert once(client, key="gift-7-1").id == once(client, key="gift-7-1").id
    assert stand_in.state()["sessions"] == 1


def test_the_same_key_with_other_parameters_is_an_error(client):
    once(client, key="gift-7-1")
    with pytest.raises(stripe.IdempotencyError, match="same parameters"):
        once(client, 9900, key="gift-7-1")


def test_a_kept_500_is_given_again(stand_in, client):
    stand_in.faults(requests=[{"kind": "error", "times": 1}])
    for _ in range(2):
        with pytest.raises(stripe.APIError, match="told to fail"):
            once(client, key="gift-7-1")
    assert once(client, key="gift-7-2").status == "open"
    assert stand_in.state()["sessions"] == 1


def test_a_500_after_the_work_is_kept_and_the_work_stays(stand_in, client):
    stand_in.faults(requests=[{"kind": "error_after", "times": 1}])
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            once(client, key="gift-7-1")
    assert stand_in.state()["sessions"] == 1


def test_refused_parameters_are_not_kept(stand_in, client):
    with pytest.raises(stripe.InvalidRequestError):
        once(client, 1, key="gift-7-1")
    assert once(client, 2500, key="gift-7-1").status == "open"


def test_a_lost_reply_is_found_again_by_its_key(stand_in, client):
    stand_in.faults(requests=[{"kind": "lost_reply", "times": 1, "path": "/v1/checkout/sessions"}])
    with pytest.raises(stripe.APIConnectionError):
        once(client, key="gift-7-1")
    assert stand_in.state()["sessions"] == 1
    again = once(client, key="gift-7-1")
    assert stand_in.state()["sessions"] == 1
    assert again.status == "open"


def test_the_reply_to_a_repeated_request_may_be_lost_too(stand_in):
    stand_in.faults(requests=[{"kind": "lost_reply", "times": 2}])
    once(stand_in.client(max_network_retries=2), key="gift-7-1")
    assert len(stand_in.sent("/v1/checkout/sessions")) == 3
    assert stand_in.state()["sessions"] == 1


def test_the_client_s_own_retry_after_a_lost_reply_makes_one_session(stand_in):
    stand_in.faults(requests=[{"kind": "lost_reply", "times": 1}])
    once(stand_in.client(max_network_retries=1), key="gift-7-1")
    assert stand_in.state()["sessions"] == 1


def test_the_same_key_while_the_first_still_runs_is_a_conflict(stand_in, client):
    stand_in.faults(requests=[{"kind": "hang", "times": 1, "seconds": 1}])
    first = threading.Thread(target=once, args=(client,), kwargs={"key": "gift-7-1"})
    first.start()
    while not stand_in.sent("/v1/checkout"):
        pass
    with pytest.raises(stripe.APIError) as caught:
        once(stand_in.client(), key="gift-7-1")
    first.join()
    assert (caught.value.http_status, caught.value.json_body["error"]["code"]) == (409, "idempotency_key_in_use")
    assert stand_in.state()["sessions"] == 1


def test_fifty_at_once_with_one_key_make_one_session(stand_in):
    made, together = [], threading.Barrier(50)

    def press():
        together.wait()
        try:
            made.append(once(stand_in.client(), key="gift-7-1").id)
        except stripe.StripeError as error:
            assert error.http_status == 409  # noqa: PT017 - in a thread

    threads = [threading.Thread(target=press) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert stand_in.state()["sessions"] == 1


def test_a_key_is_forgotten_after_a_day(stand_in, client):
    first = once(client, key="gift-7-1").id
    stand_in.advance(days=1.1)
    assert once(client, key="gift-7-1").id != first
