"""The admin's page that copies one of these with its texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from actions.petitions.copying import copy_petition
from actions.petitions.models import Petition, PetitionWording
from actions.wordings.admin_copy import CopyActionView

URL_NAME = "petitions_copy"


class CopyView(CopyActionView):
    url_name = URL_NAME
    model = Petition
    text_model = PetitionWording
    copy = staticmethod(copy_petition)


URLS: list[URLPattern] = [path("petitions/<int:pk>/copy/", CopyView.as_view(), name=URL_NAME)]
