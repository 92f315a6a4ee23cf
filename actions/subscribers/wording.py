"""The words that people agree to, and the proof of which words a form showed.

CASL asks a request for consent to say for what, who asks, how to reach them, and that it can be withdrawn
(https://laws-lois.justice.gc.ca/eng/regulations/SOR-2012-36/section-4.html).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.utils import translation
from django.utils.translation import gettext as _

from actions.listing import side_by_side
from home.site_settings import SiteSettings

SALT = "actions.subscribers.shown"


@dataclass(frozen=True)
class Shown:
    """What a form showed: our words in ``language`` on the page ``page`` (a path), for ``campaign_id`` if any."""

    wording: str
    language: str
    page: str
    campaign_id: int | None = None


def consent_wording(site: SiteSettings, *, language: str) -> str:
    """Return the sentence that stands beside the button: what for, who asks, how to leave, where we are."""
    with translation.override(language):
        name = site.organisation_name
        words = _(
            "By asking for updates you agree that %(organisation)s sends you mail about its campaigns. "
            "You can leave at any time by the link in each mail."
        ) % {"organisation": name}
        return with_where_we_are(words, site)


def with_where_we_are(words: str, site: SiteSettings) -> str:
    """Return the words with our postal and mail address behind them, in the active language."""
    if site.postal_line:
        words = side_by_side(words, _("Our address: %(address)s.") % {"address": site.postal_line})
    if site.contact_email:
        words = side_by_side(words, _("Questions: %(email)s.") % {"email": site.contact_email})
    return words


def no_address() -> str:
    """Return why nothing is sent to many, to the member of staff, in the active language."""
    return _(
        "A mail to many must name a postal address and a contact address. "
        "Fill in both in the site settings, under “Who we are”."
    )


def sign_shown(shown: Shown) -> str:
    """Return what a form carries along hidden; the same for everyone who sees the page."""
    return signing.Signer(salt=SALT).sign_object([shown.wording, shown.language, shown.page, shown.campaign_id])


def read_shown(raw: str) -> Shown | None:
    """Return what the form showed, None when it was not made by us."""
    try:
        return Shown(*signing.Signer(salt=SALT).unsign_object(raw)) if raw else None
    except (signing.BadSignature, ValueError):
        return None
