"""``manage.py demo``: the whole site on this machine, with its worker, its mailbox and its own Stripe."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from achk_site.demo.content.people import STAFF
from achk_site.demo.loader import load_demo, point_site_at
from achk_site.demo.stand_in import StandInProcess, stand_in_beside
from achk_site.demo.supervise import ChildEnded, Children, Stopped, is_port_free
from achk_site.env import BASE_DIR

THREADS = 8


class Command(BaseCommand):
    help = "Migrates, loads the demo site once, and serves it with a worker until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        if not settings.DEMO:
            raise CommandError("The demo runs with achk_site.settings.dev only: its passwords are known to everybody.")
        if not 0 < port < 65536:
            raise CommandError(f"{port} is no port: PORT takes a number from 1 to 65535.")
        if not is_port_free(port):
            raise CommandError(f"Port {port} is taken. Choose another: PORT={port + 1000} make demo")
        address = f"http://127.0.0.1:{port}"
        self._prepare(address)
        try:
            self._serve(port, address)
        except Stopped:
            self.stdout.write("Stopped.")
        except ChildEnded as error:
            raise CommandError(f"The demo stopped because its {error}.") from error
        except TimeoutError as error:
            raise CommandError(f"The site did not answer in time at {error}; see the log above.") from error

    def _prepare(self, address: str) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        load_demo()
        point_site_at(address)

    def _serve(self, port: int, address: str) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "achk_site.settings.dev"),
            "SITE_URL": address,
        }
        # Beside the mails: what was given belongs to the same demo.
        data = Path(settings.OUTBOX_FOLDER).parent / "stripe"
        stand_in = stand_in_beside(port, data=data, environment=os.environ)
        with Children() as children:
            if stand_in is not None:
                own = {**environment, **stand_in.own_environment()}
                children.start("stand-in for Stripe", stand_in.command(), environment=own)
                children.wait_for_answer(f"{stand_in.url}/")
                environment |= stand_in.site_environment()
            children.start("web server", _gunicorn(port), environment=environment)
            children.start("worker", [sys.executable, str(BASE_DIR / "manage.py"), "worker"], environment=environment)
            children.wait_for_answer(f"{address}/en/")
            self._announce(address, stand_in)
            children.watch()

    def _announce(self, address: str, stand_in: StandInProcess | None) -> None:
        self.stdout.write(f"\nMailbox: {address}/demo/mailbox/")
        stripe = (
            f"{stand_in.url}/   (a stand-in: no money moves)" if stand_in else "your own account, by STRIPE_SECRET_KEY"
        )
        self.stdout.write(f"Stripe:  {stripe}")
        self.stdout.write(f"Admin:   {address}/admin/")
        for person in STAFF:
            self.stdout.write(f"         {person.username} / {person.password}   (demo only)")
        self.stdout.write(f"Ready: {address}/en/")
        self.stdout.flush()


def _gunicorn(port: int) -> list[str]:
    return [
        sys.executable, "-m", "gunicorn", "achk_site.wsgi", "--chdir", str(BASE_DIR),
        "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", str(THREADS), "--log-level", "warning",
        "--no-control-socket",
    ]  # fmt: skip
