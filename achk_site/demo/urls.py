"""Addresses that exist only where DEMO is on: the mailbox, and uploaded files without a web server in front."""

from django.conf import settings
from django.urls import path, re_path
from django.views.static import serve

from achk_site.demo import views

urlpatterns = [
    path("demo/mailbox/", views.mailbox, name="demo-mailbox"),
    path("demo/mailbox/<str:name>/", views.mail, name="demo-mail"),
    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),
]
