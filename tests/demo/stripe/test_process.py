"""A process of its own, which keeps its gifts and is quick enough for ten thousand."""

import os
import subprocess
import sys
import time

import pytest

from tests.demo.stripe.gifts import once, started
from tests.stubs.stripe_server import ROOT, stripe_stand_in


def test_it_needs_nothing_of_django():
    check = "import sys, achk_site.demo.stripe.server; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=False).returncode == 0


def test_a_restart_forgets_nothing(tmp_path):
    with stripe_stand_in(process=True, data=tmp_path, seed="7") as stand_in:
        client = stand_in.client()
        stand_in.pay(once(client).id)
        subscription = started(stand_in, client)
        waiting = once(client)
        stand_in.send_webhooks_to("http://127.0.0.1:9/nobody", secret="whsec_1")
        stand_in.advance(days=10)
        session = once(client, key="gift-7-1")
        before = {name: value for name, value in stand_in.state().items() if name != "now"}
    with stripe_stand_in(process=True, data=tmp_path) as again:
        client = again.client()
        after = again.state()
        assert after["now"] > time.time() + 9 * 86400
        assert {name: after[name] for name in before if name != "webhooks_waiting"} == {
            name: value for name, value in before.items() if name != "webhooks_waiting"
        }
        assert once(client, key="gift-7-1").id == session.id
        assert client.v1.checkout.sessions.retrieve(waiting.id).status == "expired"
        again.advance(days=25)
        assert again.ledger()[-1]["subscription"] == subscription.id
        assert len({event["id"] for event in again.events()}) == again.state()["events"]


def test_a_signal_ends_it_at_once_also_while_it_hangs(tmp_path):
    with stripe_stand_in(process=True) as stand_in:
        stand_in.faults(requests=[{"kind": "hang", "seconds": 60, "path": "^/v1/"}])
        began = time.monotonic()
    assert time.monotonic() - began < 10


@pytest.mark.chaos
def test_thousands_of_gifts_are_paid_quickly():
    gifts = int(os.environ.get("CHAOS_GIFTS", "300"))
    began = time.monotonic()
    with stripe_stand_in(seed="7") as stand_in:
        client = stand_in.client()
        for _ in range(gifts):
            stand_in.pay(once(client).id)
        assert stand_in.state()["cents"]["charged"] == gifts * 2500
        found = sum(1 for _ in client.v1.checkout.sessions.list({"limit": 100}).auto_paging_iter())
        assert found == gifts
    assert (time.monotonic() - began) / gifts < 0.05
