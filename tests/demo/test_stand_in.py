"""The demo's own Stripe: started beside the site, and not where a real one is named."""

import os
import socket

import stripe

from achk_site.demo.stand_in import DEMO_KEY, stand_in_beside
from achk_site.demo.supervise import Children, is_port_free
from tests.demo.stripe.gifts import once
from tests.demo.test_supervise import unused_port


def test_it_stands_beside_the_site_and_the_site_is_told(tmp_path):
    port = unused_port()
    stand_in = stand_in_beside(port, data=tmp_path / "stripe", environment={})
    told = stand_in.site_environment()
    assert told["STRIPE_API_BASE"] == f"http://127.0.0.1:{stand_in.port}"
    with Children() as children:
        children.start("stand-in", stand_in.command(), environment={**os.environ, **stand_in.own_environment()})
        children.wait_for_answer(f"{stand_in.url}/")
        client = stripe.StripeClient(told["STRIPE_SECRET_KEY"], base_addresses={"api": told["STRIPE_API_BASE"]})
        assert once(client).url.startswith(stand_in.url)
    assert is_port_free(stand_in.port)
    assert (tmp_path / "stripe" / "stripe.sqlite3").exists()


def test_its_secrets_are_no_arguments_and_differ_at_each_start(tmp_path):
    one, other = (stand_in_beside(8000, data=tmp_path, environment={}) for _ in range(2))
    assert one.webhook_secret != other.webhook_secret
    for secret in (one.webhook_secret, one.control_token):
        assert secret not in " ".join(one.command())
    assert one.site_environment()["STRIPE_WEBHOOK_SECRETS"] == one.webhook_secret


def test_who_brings_a_control_token_opens_the_other_side_with_it(tmp_path):
    stand_in = stand_in_beside(8000, data=tmp_path, environment={"STANDIN_CONTROL_TOKEN": "brought along"})
    assert stand_in.own_environment()["STANDIN_CONTROL_TOKEN"] == "brought along"
    assert "brought along" not in " ".join(stand_in.command())


def test_a_taken_port_means_another_one(tmp_path):
    port = unused_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen()
        assert stand_in_beside(port, data=tmp_path, environment={}).port not in (port, port + 1)
    assert stand_in_beside(65535, data=tmp_path, environment={}).port < 65536


def test_keys_of_an_account_of_one_s_own_go_before_it(tmp_path):
    environment = {"STRIPE_SECRET_KEY": "sk_test_my_own"}
    assert stand_in_beside(8000, data=tmp_path, environment=environment) is None
    assert DEMO_KEY.startswith("sk_test_")
