"""One machine, no keys, no network: the demo and a developer's own copy."""

from pathlib import Path

from achk_site.settings.base import *  # noqa: F403
from achk_site.settings.base import INSTALLED_APPS, LOGGING, STATIC_ROOT, STORAGES, VAR_DIR, env, key_ring

DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "achk_site.demo"]
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="django-insecure-for-one-machine-only-0123456789abcdefghijklmnop")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
PERSONAL_DATA_KEYS = key_ring("PERSONAL_DATA_KEYS", default="dev:ZGV2ZWxvcG1lbnQta2V5LW5vdC1mb3ItcHJvZHVjdGk=")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns of a folder that is not there
WHITENOISE_AUTOREFRESH = True
SENDER_DOMAIN = env.str("SENDER_DOMAIN", default="mail.achk.test")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"no-reply@{SENDER_DOMAIN}"
if "EMAIL_URL" not in env.ENVIRON:
    OUTBOX_TRANSPORT = "folder"
    EMAIL_BACKEND = "achk_site.demo.post.FolderBackend"
OUTBOX_FOLDER = Path(env.str("OUTBOX_FOLDER", default=str(VAR_DIR / "mail")))
# Google's published test keys do for a developer; production stops at them.
SILENCED_SYSTEM_CHECKS = ["django_recaptcha.recaptcha_test_key_error"]
# Nothing may leave this machine unless a developer asks for it.
REPRESENT_API_URL = env.str("REPRESENT_API_URL", default="")
# Wagtail tells every saved page and every index task, which buries the lines that matter on a developer's screen.
LOGGING["loggers"] |= {"wagtail": {"level": "WARNING"}, "django_tasks": {"level": "WARNING"}}
