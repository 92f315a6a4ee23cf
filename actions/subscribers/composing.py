"""An update as a mail: the text that staff wrote, why one gets it, who sends it, and the way out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from actions.outbox.messages import MailContent, MailLink, render_content
from actions.subscribers.update_models import Missing, Update
from actions.subscribers.wording import with_where_we_are
from home.languages import CODES, SUFFIXES
from home.site_settings import SiteSettings

Texts = Mapping[str, Mapping[str, str]]
EMPTY_LINES = re.compile(r"\n\s*\n")


def texts_of(update: Update) -> dict[str, dict[str, str]]:
    """Return what is written, by language; a language counts when it has a subject and a text."""
    found = {}
    for code, suffix in SUFFIXES.items():
        subject, body = (getattr(update, f"{part}_{suffix}").strip() for part in ("subject", "body"))
        if subject and body:
            found[code] = {"subject": subject, "body": body.replace("\r\n", "\n")}
    return found


def text_language(language: str, *, written: Collection[str], missing: str) -> str:
    """Return the language in which somebody gets the update, "" for those who are left out.

    The fallback is English, else French, else Chinese.
    """
    if language in written:
        return language
    if missing == Missing.LEAVE_OUT:
        return ""
    return next(code for code in CODES if code in written)


def update_content(
    text: Mapping[str, str], *, is_fallback: bool, language: str, site: SiteSettings, leave: str
) -> MailContent:
    """Return the mail; all but the text itself is in ``language``. ``leave`` is the link to leave by."""
    with translation.override(language):
        organisation = site.organisation_name
        note = _("This update is not available in your language, so here it is in another one.")
        reason = _("You get this mail because you asked for updates of %(organisation)s.") % {
            "organisation": organisation
        }
        return MailContent(
            subject=text["subject"],
            paragraphs=[*([note] if is_fallback else []), *EMPTY_LINES.split(text["body"])],
            way_out=MailLink(
                _("To get no more of these mails, at once and without logging in:"),
                leave,
                leave if leave.startswith(settings.SITE_URL) else "",
            ),
            reason=with_where_we_are(reason, site),
            are_links_shown=True,
        )


def previews(update: Update) -> dict[str, dict[str, str]]:
    """Return subject and plain text of the mail by language, as staff see it before it is sent."""
    site, found = SiteSettings.current(), {}
    for code, text in texts_of(update).items():
        with translation.override(code):
            leave = _("(here stands each person’s own link)")
        content = update_content(text, is_fallback=False, language=code, site=site, leave=leave)
        found[code] = render_content(content, language=code)
    return found
