"""``python -m achk_site.demo.stripe --port 8090 --data var/stripe``: runs until a signal ends it."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import threading
from pathlib import Path

from achk_site.demo.stripe.server import StandIn
from achk_site.demo.stripe.world import Settings


def main() -> None:
    options = _options()
    settings = Settings(
        secret_key=options.key,
        # The token and the secret come by the environment: everybody on the machine sees the arguments.
        control_token=os.environ.get("STANDIN_CONTROL_TOKEN", ""),
        endpoints=[(address, os.environ["STANDIN_WEBHOOK_SECRET"], ()) for address in options.webhook],
        automatic_payouts=options.automatic_payouts,
        desk=options.desk,
    )
    if options.slow_seconds is not None:
        settings.slow_payment_seconds = options.slow_seconds
    # Nearly everything here lives as long as the process: looking for rubbish costs half the time with many gifts.
    gc.set_threshold(100_000, 50, 100)
    stand_in = StandIn(settings, port=options.port, seed=options.seed, data=options.data)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    stand_in.start()
    print(f"Stand-in for Stripe: {stand_in.url}", flush=True)  # noqa: T201 - whoever started it reads the port here
    stopping.wait()
    stand_in.stop()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m achk_site.demo.stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--data", type=Path, help="folder that keeps the gifts; without it they end with the process")
    parser.add_argument("--seed", default="", help="the same seed gives the same ids and the same faults")
    parser.add_argument("--key", default="", help="the only secret key that is taken (sk_test_...)")
    parser.add_argument("--webhook", action="append", default=[], metavar="ADDRESS", help="where events go")
    parser.add_argument("--slow-seconds", type=int, help="how long a bank debit takes")
    parser.add_argument("--desk", action="store_true", help="show the front page with time, money and buttons")
    parser.add_argument("--automatic-payouts", action="store_true", help="one payout a day of what is available")
    return parser.parse_args()


if __name__ == "__main__":
    main()
