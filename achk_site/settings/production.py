"""A public server: every missing or contradictory variable stops the start by name."""

from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

from achk_site.env import PUBLISHED_KEY, check_stripe, required
from achk_site.settings.base import *  # noqa: F403
from achk_site.settings.base import (
    ANYMAIL,
    ANYMAIL_PROVIDER,
    PERSONAL_DATA_KEYS,
    SITE_URL,
    STRIPE_API_BASE,
    STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRETS,
    TRUSTED_PROXY_HOPS,
    env,
)

SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",") if host.strip()]
for name in ("SITE_URL", "DATABASE_URL", "SENDER_DOMAIN", "PERSONAL_DATA_KEYS"):
    required(name)
if not ANYMAIL_PROVIDER:
    required("EMAIL_URL")

if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure"):
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' would let anyone poison links.")
if not SITE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL must begin with https://: confirmation links carry secrets.")
if not PERSONAL_DATA_KEYS:
    raise ImproperlyConfigured("PERSONAL_DATA_KEYS holds no key.")
if PUBLISHED_KEY in PERSONAL_DATA_KEYS.values():
    raise ImproperlyConfigured("PERSONAL_DATA_KEYS holds the development key, which everyone can read.")
if env.str("DELIVER_LETTERS", default="") not in ("", "live"):
    raise ImproperlyConfigured("DELIVER_LETTERS must be 'live' or unset.")

if ANYMAIL_PROVIDER and not (ANYMAIL_PROVIDER.isidentifier() and find_spec(f"anymail.backends.{ANYMAIL_PROVIDER}")):
    raise ImproperlyConfigured("ANYMAIL_PROVIDER is none of anymail's back ends, such as 'postmark' or 'mailgun'.")
WEBHOOK_SECRET = str(ANYMAIL.get("WEBHOOK_SECRET", ""))
if ANYMAIL_PROVIDER and not WEBHOOK_SECRET:
    raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET is not set, so nobody would hear of letters that come back.")
if WEBHOOK_SECRET and (":" not in WEBHOOK_SECRET.strip(":") or len(WEBHOOK_SECRET) < 32):
    raise ImproperlyConfigured("ANYMAIL_WEBHOOK_SECRET must be written user:password, at least 32 characters in all.")

check_stripe(
    STRIPE_SECRET_KEY,
    STRIPE_WEBHOOK_SECRETS,
    api_base=STRIPE_API_BASE,
    test_keys_allowed=env.bool("STRIPE_TEST_KEYS_ALLOWED", default=False),
)

# The admin shows previews of our own pages in a frame of its own; the policy (csp.py) forbids all others.
# W161 takes an office hour for "now" when the check runs at just that time of the day.
SILENCED_SYSTEM_CHECKS = ["security.W019", "fields.W161"]
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_HOPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
