"""A process of its own, which keeps its gifts, and is quick enough for ten thousand."""

import subprocess
import sys
import time
from urllib.parse import urlencode

from stripe._encode import _api_encode

from achk_site.demo.stripe.checkout import create_session
from achk_site.demo.stripe.clockwork import run_until
from achk_site.demo.stripe.params import parse_form
from achk_site.demo.stripe.paying import Donor, pay_session
from achk_site.demo.stripe.tally import state
from achk_site.demo.stripe.world import Settings, World
from tests.demo.stripe.gifts import once, params_of, started
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


def test_the_three_thousandth_gift_is_as_quick_as_the_first():
    """In time of the processor, which other processes do not change; ten thousand took 10 seconds and 340 MB."""
    world = World(Settings(public_url="http://stripe.example"), seed="7")
    params = parse_form(urlencode(list(_api_encode(params_of("payment", 2500)))))

    def thousand():
        began = time.process_time()
        for _ in range(1000):
            session = create_session(world, params)
            pay_session(world, session["id"], Donor(email="ann@example.org", name="Ann"))
            run_until(world, world.now())
        return time.process_time() - began

    first, _second, third = thousand(), thousand(), thousand()
    assert state(world)["cents"]["charged"] == 3000 * 2500
    assert third < 4 * first
