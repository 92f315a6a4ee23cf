"""The admin's page that copies one of these with its texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from actions.donations.copying import copy_appeal
from actions.donations.models import Appeal, AppealWording
from actions.wordings.admin_copy import CopyActionView

URL_NAME = "donations_copy"


class CopyView(CopyActionView):
    url_name = URL_NAME
    model = Appeal
    text_model = AppealWording
    copy = staticmethod(copy_appeal)


URLS: list[URLPattern] = [path("donations/<int:pk>/copy/", CopyView.as_view(), name=URL_NAME)]
