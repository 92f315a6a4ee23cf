"""django-tasks-db as its manual sets it up, on the same database and with the same database settings as we have."""

from achk_site.settings.base import DATABASES, DEFAULT_AUTO_FIELD  # noqa: F401

SECRET_KEY = "only-here"
USE_TZ = True
INSTALLED_APPS = ["django_tasks_db"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_FROM_EMAIL = "no-reply@bench.test"
EMAIL_HOST = "127.0.0.1"
LOGGING = {"version": 1, "loggers": {"django_tasks": {"level": "WARNING"}, "django_tasks_db": {"level": "WARNING"}}}
