"""The share kit of one petition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.widgets.button import Button

from actions.petitions.asks import PetitionAsk
from actions.petitions.models import Petition
from actions.sharing import admin_kit
from home.languages import CODES

URL_NAME = "petitions_share"


class PetitionShareKitView(admin_kit.ShareKitView):
    model = Petition

    def asks(self) -> Iterator[PetitionAsk]:
        return (PetitionAsk(self.record, code) for code in CODES)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from admin_kit.listing_button(snippet, user, model=Petition, url_name=URL_NAME)


URLS: list[URLPattern] = [path("petitions/<int:pk>/share-kit/", PetitionShareKitView.as_view(), name=URL_NAME)]
