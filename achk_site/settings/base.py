"""Everything, with safe defaults; dev, test and production state only their differences."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from achk_site.env import (
    BASE_DIR,
    VAR_DIR,
    anymail_settings,
    challenge,
    env,
    key_ring,
    machine_translator,
    mailbox,
    number,
    public_key,
)
from achk_site.settings.csp import CSP_PREVIEW, CSP_PUBLIC, CSP_STAFF, STAFF_PATHS  # noqa: F401

DEBUG = False
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
DEMO = False
TESTING = False

INSTALLED_APPS = [
    "home",
    "actions",
    "blog",
    "resources",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "achk_site.apps.StaffConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "anymail",
    "csp",
    "django_recaptcha",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Answers the calls at MACHINE_PATHS; nothing below sees them.
    "achk_site.middleware.machine_calls.MachineCallsMiddleware",
    "achk_site.middleware.security_headers.SecurityHeadersMiddleware",
    # Before whatever touches path, query or cookies; WhiteNoise fails on a NUL in the path.
    "achk_site.middleware.input_guard.InputGuardMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside the cache headers, which decide whether an ETag makes sense; both outside the session.
    "django.middleware.http.ConditionalGetMiddleware",
    "achk_site.middleware.public_cache.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

# Where machines call with a signature of their own, and nobody else.
MACHINE_PATHS = frozenset({"/stripe/webhook/"})

ROOT_URLCONF = "achk_site.urls"
WSGI_APPLICATION = "achk_site.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Database --------------------------------------------------------------------------------------------------------
# SQLite: https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-notes ; IMMEDIATE because a deferred transaction
# that reads before it writes fails with "database is locked" at once, whatever the timeout.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}

# --- Languages -------------------------------------------------------------------------------------------------------
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("fr", "Français"), ("zh-hant", "繁體中文")]
# Our own texts of the admin exist in these alone.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "achk_site" / "locale"]
FORMAT_MODULE_PATH = ["achk_site.formats"]
WAGTAIL_I18N_ENABLED = True
# A translation never goes live by itself: it stays a draft until an editor publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_SYNC_PAGE_STATUS = False
# Proposes, where the environment names one; nobody's words go live before a person has read them.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = machine_translator()

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "achk_site" / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Mail ------------------------------------------------------------------------------------------------------------
globals().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25"))
EMAIL_TIMEOUT = 20
SENDER_DOMAIN = env.str("SENDER_DOMAIN", default="mail.example.org")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{SENDER_DOMAIN}"
# "smtp" hands over step by step; "folder" writes .eml files under OUTBOX_FOLDER; "backend" uses EMAIL_BACKEND as it is.
OUTBOX_TRANSPORT = "smtp"
OUTBOX_FOLDER = VAR_DIR / "mail"
# A provider's API instead of SMTP, by anymail's name for it ("postmark"); it reports to /anymail/<provider>/tracking/.
ANYMAIL = anymail_settings()
ANYMAIL_PROVIDER = env.str("ANYMAIL_PROVIDER", default="")
if ANYMAIL_PROVIDER:
    EMAIL_BACKEND = f"anymail.backends.{ANYMAIL_PROVIDER}.EmailBackend"
    OUTBOX_TRANSPORT = "backend"
# Where the bounces of mails sent by SMTP arrive; read by the worker.
BOUNCE_MAILBOX = mailbox("BOUNCE_MAILBOX_URL")
DKIM_SELECTORS: list[str] = env.list("DKIM_SELECTORS", default=[])
# Letters leave for real addresses only when this says "live"; see actions/outbox/safety.py.
DELIVER_LETTERS = env.str("DELIVER_LETTERS", default="")
# The only domains of officials' addresses; the House of Commons and the Senate. Nobody in the admin can widen this.
LETTER_DOMAINS = [name.lower() for name in env.list("LETTER_DOMAINS", default=["parl.gc.ca", "sen.parl.gc.ca"])]

# A changed SECRET_KEY stays here while mail is on its way: return paths are made from it.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])

# --- Personal data ---------------------------------------------------------------------------------------------------
PERSONAL_DATA_KEYS = key_ring("PERSONAL_DATA_KEYS")
ORGANISATION_PUBLIC_KEY = public_key("ORGANISATION_PUBLIC_KEY")

# --- Looking up Members of Parliament --------------------------------------------------------------------------------
REPRESENT_API_URL = env.str("REPRESENT_API_URL", default="https://represent.opennorth.ca").rstrip("/")

# --- Donations -------------------------------------------------------------------------------------------------------
# Without a key gifts by card are off, and the pages say so. Several webhook secrets while one is being replaced.
STRIPE_SECRET_KEY = env.str("STRIPE_SECRET_KEY", default="").strip()
STRIPE_WEBHOOK_SECRETS: list[str] = [name.strip() for name in env.list("STRIPE_WEBHOOK_SECRETS", default=[])]
# Where Stripe's client calls; empty: Stripe. Anything else is for the demo and tests.
STRIPE_API_BASE = env.str("STRIPE_API_BASE", default="").rstrip("/")
# What stands behind our own short name on a card statement: families read statements, so nothing about the cause.
STRIPE_STATEMENT_SUFFIX = env.str("STRIPE_STATEMENT_SUFFIX", default="GIFT")
# What a donor who covers the fee adds (https://stripe.com/en-ca/pricing): hundredths of a per cent, and cents.
STRIPE_FEE_BASIS_POINTS = number("STRIPE_FEE_BASIS_POINTS", default=290)
STRIPE_FEE_FIXED_CENTS = number("STRIPE_FEE_FIXED_CENTS", default=30)

# --- Requests --------------------------------------------------------------------------------------------------------
TRUSTED_PROXY_HOPS = number("TRUSTED_PROXY_HOPS", default=0)
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # a long StreamField page posts thousands; public forms are limited tighter
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" makes browsers send "Origin: null", which fails every same-origin check.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "actions.protection.stop_pages.csrf_failure"
# True raises where a public page sets a cookie; else the cookie is dropped and an error logged.
REFUSE_PUBLIC_COOKIES = False
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default=f"mailto:security@{SENDER_DOMAIN}")

# --- Challenge: a check against programs, only where a form asks for it -----------------------------------------------
# "altcha": a proof of work, nothing leaves the site; "recaptcha": Google's, which then sees who looks at such a form.
CHALLENGE, RECAPTCHA_PUBLIC_KEY, RECAPTCHA_PRIVATE_KEY = challenge()
RECAPTCHA_DOMAIN = "www.recaptcha.net"  # google.com cannot be reached from everywhere
RECAPTCHA_VERIFY_REQUEST_TIMEOUT = 3  # seconds for each packet; challenge/recaptcha.py has the deadline in all

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Alliance Canada Hong Kong"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False  # would call out from every editor's browser
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # would send a hash of the editor's address away
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "home.rich_text.RichTextArea"}}
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # the slugs of snippets refuse what the admin would fill in
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can carry scripts
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 60_000_000  # phones make 50 at most; cleaning takes some ten bytes of memory for each
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.uploads.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.uploads.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # as for pictures; nginx lets 12 MB pass
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # videos are plain links: nothing is loaded from elsewhere
WAGTAIL_AUTOSAVE_INTERVAL = 500  # milliseconds after the last key: drafts save themselves, and publish nothing
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# An address that its account can change would send test letters, and new passwords, wherever a thief likes.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"personal_data": {"()": "achk_site.log_filter.WithoutPersonalData"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["personal_data"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # At DEBUG it writes the whole context of a page, and so what people typed, for every variable that is not set.
    # Stripe's client writes the address of each request at INFO, and with it the number of a donor's payment page.
    "loggers": {"django.template": {"level": "INFO"}, "stripe": {"level": "WARNING"}},
}
ORGANISATION_NAME = _("Alliance Canada Hong Kong")
