"""dj-stripe's own addresses, and one that tells that the server runs."""

from django.http import HttpResponse
from django.urls import include, path
from djstripe.models import Session

# The stand-in opens none of the parts that dj-stripe asks for with a page; without them it has less to do.
Session.expand_fields = []

urlpatterns = [
    path("ready/", lambda _request: HttpResponse("ready")),
    path("stripe/", include("djstripe.urls", namespace="djstripe")),
]
