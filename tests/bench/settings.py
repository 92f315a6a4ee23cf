"""What our own worker runs under here: the settings of the tests, and real SMTP as in production."""

from achk_site.settings.test import *  # noqa: F403

DEBUG = False  # else Django keeps every query of the process
SENDER_DOMAIN = "bench.test"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{SENDER_DOMAIN}"
SITE_URL = "http://127.0.0.1"
OUTBOX_TRANSPORT = "smtp"
