"""Links with which people pass an action on: plain addresses of the networks, no script or picture of theirs.

Each carries the action's address with a source tag and nothing about the person. The forms are the networks' own:
https://faq.whatsapp.com/5913398998672934, https://core.telegram.org/widgets/share,
https://developers.facebook.com/docs/threads/threads-web-intents,
https://docs.bsky.app/docs/advanced-guides/intent-links,
https://developer.x.com/en/docs/x-for-websites/tweet-button/guides/web-intent, RFC 6068 (e-mail).
Signal has no such form: it gets texts from the phone's own share sheet or by copying. WeChat is left out on purpose:
what is shared there can be read by others, and names the person who shared it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

SOURCE_PARAMETER = "from"


class Network(NamedTuple):
    """``address`` takes ``{url}``, ``{text}`` and ``{both}``, percent-encoded."""

    source: str
    name: str | Promise
    address: str


NETWORKS = (
    Network("whatsapp", "WhatsApp", "https://wa.me/?text={both}"),
    Network("telegram", "Telegram", "https://t.me/share/url?url={url}&text={text}"),
    Network("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?u={url}"),
    Network("threads", "Threads", "https://www.threads.com/intent/post?text={text}&url={url}"),
    Network("bluesky", "Bluesky", "https://bsky.app/intent/compose?text={both}"),
    Network("x", "X", "https://x.com/intent/post?text={text}&url={url}"),
    Network("email", gettext_lazy("E-mail"), "mailto:?subject={text}&body={text}%0D%0A{url}"),
)


@dataclass(frozen=True)
class ShareLink:
    """One way to pass the action on: its own short name, what people call it, and where the link leads."""

    source: str
    name: str | Promise
    href: str


@dataclass(frozen=True)
class ShareKit:
    """All that is needed to pass one action on; ``url`` is absolute, ``text`` one line in the page's language."""

    url: str
    text: str

    @property
    def for_sheet(self) -> str:
        """The address that the device's own share sheet passes on."""
        return tagged(self.url, "share")

    @property
    def for_copying(self) -> str:
        return tagged(self.url, "copy")

    @property
    def links(self) -> list[ShareLink]:
        return [ShareLink(one.source, one.name, self._href(one)) for one in NETWORKS]

    def _href(self, network: Network) -> str:
        url = tagged(self.url, network.source)
        parts = {"url": url, "text": self.text, "both": f"{self.text}\n{url}"}
        return network.address.format(**{name: quote(part, safe="") for name, part in parts.items()})


def tagged(url: str, source: str) -> str:
    """Return the address with where it was shared; nobody's page differs by it."""
    return f"{url}?{urlencode({SOURCE_PARAMETER: source})}"
