"""What the tests run under: fast hashing, one file database, mail to a folder of the test's own."""

import os

from achk_site.settings.dev import *  # noqa: F403
from achk_site.settings.dev import DATABASES, VAR_DIR

DEMO = False
TESTING = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of the demo's staff, who log in to a demo that runs, too
]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
WHITENOISE_AUTOREFRESH = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
OUTBOX_TRANSPORT = "backend"
REFUSE_PUBLIC_COOKIES = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, because several threads and processes must see one database, as they do in production.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    (VAR_DIR / "test").mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test" / f"{worker}.sqlite3"}
