"""What an action must tell so that it can be passed on; the action rooms' asks do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from actions.campaigns.models import Campaign
from actions.listing import labelled, listed_apart
from actions.sharing.links import ShareKit


class Shareable(Protocol):
    """One action as a visitor sees it.

    ``url_name`` names its page, and with ``_qr``, ``_qr_png``, ``_story`` and ``_preview`` its pictures.
    """

    language: str

    @property
    def url_name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def wording(self) -> Any: ...

    @property
    def campaign(self) -> Campaign | None: ...

    def url(self, name: str = ..., /) -> str: ...


@dataclass(frozen=True)
class Preview:
    """The picture that chats show with a link: where it is (absolute), what it says under the title, and in words."""

    url: str
    campaign: str
    alt: str


def address_of(ask: Shareable) -> str:
    """Return the absolute address of the action's own page in the page's language."""
    return str(settings.SITE_URL) + ask.url(ask.url_name)


def kit_of(ask: Shareable, *, address: str = "") -> ShareKit:
    """Return what passes the action on, in the language of its texts; ``address`` is that of a page around it."""
    text = (ask.wording.share_text if ask.wording else "") or ask.title
    return ShareKit(url=address or address_of(ask), text=text)


def language_of(ask: Shareable) -> str:
    """Return the language in which the action's texts are: the page's own where there are any."""
    return ask.wording.language if ask.wording else ask.language


def preview_of(ask: Shareable) -> Preview:
    """Return the action's preview picture. Its address changes with its words, so that no network keeps an old one."""
    with override(language_of(ask)):
        campaign = campaign_line(ask.campaign)
        alt = listed_apart(filter(None, (ask.title, campaign)))
    mark = hashlib.sha256(alt.encode()).hexdigest()[:8]
    return Preview(f"{settings.SITE_URL}{ask.url(f'{ask.url_name}_preview')}?v={mark}", campaign, alt)


def campaign_line(campaign: Campaign | None) -> str:
    """Return the bill's number and title in the active language; blank without a campaign, or a bill of its own."""
    if campaign is None or not campaign.bill_number:
        return ""
    number = _("Bill %(number)s") % {"number": campaign.bill_number}
    return labelled(number, campaign.bill_title) if campaign.bill_title else number
