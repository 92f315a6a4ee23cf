"""The share kit of one letter campaign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.widgets.button import Button

from actions.letters.asks import Ask
from actions.letters.models import LetterCampaign
from actions.sharing import admin_kit
from home.languages import CODES

URL_NAME = "letters_share"


class LetterCampaignShareKitView(admin_kit.ShareKitView):
    model = LetterCampaign

    def asks(self) -> Iterator[Ask]:
        return (Ask(self.record, code) for code in CODES)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from admin_kit.listing_button(snippet, user, model=LetterCampaign, url_name=URL_NAME)


URLS: list[URLPattern] = [path("letters/<int:pk>/share-kit/", LetterCampaignShareKitView.as_view(), name=URL_NAME)]
