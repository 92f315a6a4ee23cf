"""What ``manage.py worker`` runs under in the chaos tests: the real thing with short leases, and a stub for a server.

CHAOS_WITHOUT_PROTECTION takes the protection away: with "requeue" the worker sends again whatever a dead worker left,
as plain task queues do; with "assume" it takes all of it for sent; with "dedupe" each webhook counts its money anew.
CHAOS_CLOCK shortens the pace by that factor.
"""

import os

from achk_site.settings.test import *  # noqa: F403
from achk_site.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.quick.QuickConfig"]
SENDER_DOMAIN = f"pid{os.getpid()}.chaos.test"  # greets the mail server, which so knows whom to kill
DEBUG = False  # else Django keeps every query of the process
SITE_URL = "http://127.0.0.1"
OUTBOX_TRANSPORT = "smtp"
EMAIL_TIMEOUT = 5
WITHOUT_PROTECTION = os.environ.get("CHAOS_WITHOUT_PROTECTION", "")
CLOCK_RUNS_TIMES = int(os.environ.get("CHAOS_CLOCK", "1"))
