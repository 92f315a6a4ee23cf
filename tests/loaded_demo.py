"""Loads the demo in a process of its own, for ``tests/databases.py``."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def load(url: str, *, media: Path, into: Path | None = None) -> None:
    """Load the demo into the database at ``url``, its files into ``media``; ``into`` gets a copy of an SQLite one."""
    command = [sys.executable, "-m", "tests.loaded_demo", str(media), *([str(into)] if into else [])]
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "achk_site.settings.test"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the demo could not be loaded:\n{done.stderr[-3000:]}")


def main() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    django.setup()
    from achk_site.demo.loader import load_demo
    from home import pictures

    call_command("migrate", verbosity=0, interactive=False)
    with override_settings(MEDIA_ROOT=sys.argv[1], PASSWORD_HASHERS=settings.PASSWORD_HASHERS[-1:]):
        load_demo()
        pictures.make_ahead(datetime.now(UTC), seconds=600)  # a demo that runs has them a minute later
    if len(sys.argv) > 2:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [sys.argv[2]])


if __name__ == "__main__":
    main()
