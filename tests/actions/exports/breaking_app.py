"""A WSGI application for a real gunicorn: an export that ends well, one that fails, one without end, and its places."""

from __future__ import annotations

import itertools
import os
from types import SimpleNamespace

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PIECE = b"x" * 4096


def answer(pieces):
    from actions.exports.admin import download
    from actions.exports.forms import FileFormat
    from actions.exports.leaving import AllBusy, Leaving, Place
    from actions.exports.services import Order

    order = Order(export=SimpleNamespace(name="test"), choice={}, file_format=FileFormat.CSV, reason="")
    try:
        return download(order, Leaving(pieces, entry=1, place=Place()))
    except AllBusy:
        return HttpResponse(status=503)


def fails():
    yield PIECE
    yield PIECE
    raise LookupError("in the middle")


urlpatterns = [
    path("whole", lambda request: answer(piece for piece in (PIECE, PIECE))),
    path("fails", lambda request: answer(fails())),
    path("endless", lambda request: answer(piece for piece in itertools.repeat(PIECE))),
]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "achk_site.settings.test")
settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.ALLOWED_HOSTS = __name__, [], ["*"]
application = get_wsgi_application()
