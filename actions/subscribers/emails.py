"""The mail that asks whether somebody wants our updates."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.outbox.messages import MailContent
from actions.outbox.services import enqueue
from actions.protection.mailcap import WINDOW_SECONDS
from actions.subscribers.models import SignUp
from actions.subscribers.subscriber_models import UNCONFIRMED_FOR
from actions.subscribers.wording import with_where_we_are
from home.site_settings import SiteSettings

CONFIRM_PURPOSE = "subscribe"
CONFIRM_KIND = "subscribe.confirm"
# Counted from the sign-up, while the mail may wait its turn under the mail cap.
LINK_LIFETIME = UNCONFIRMED_FOR + timedelta(seconds=WINDOW_SECONDS)


def confirm_key(sign_up: SignUp) -> str:
    return f"subscribe-confirm:{sign_up.pk}"


def send_confirm_link(sign_up: SignUp) -> datetime | None:
    """Ask the mailbox's owner and return when the link ends (UTC): seven days after the mail may leave.

    None when the mailbox has so many such mails waiting that there is no further one (``enqueue``).
    The mail is the same for a new, a known and a former subscriber.
    """
    token = confirmations.issue(purpose=CONFIRM_PURPOSE, object_id=sign_up.pk, lifetime=LINK_LIFETIME)
    with translation.override(sign_up.language):
        content = confirm_content(sign_up, confirmations.link(token, language=sign_up.language))
    mail = enqueue(
        kind=CONFIRM_KIND,
        dedupe_key=confirm_key(sign_up),
        to=sign_up.email,
        content=content,
        language=sign_up.language,
        is_solicited=False,
        about=sign_up.pk,
    )
    return mail.next_attempt_at + UNCONFIRMED_FOR if mail else None


def confirm_content(sign_up: SignUp, link: str) -> MailContent:
    """In the active language."""
    site = SiteSettings.current()
    return MailContent(
        subject=_("Please confirm: do you want our updates?"),
        paragraphs=[
            _("Hello %(name)s,") % {"name": sign_up.name} if sign_up.name else _("Hello,"),
            _("Somebody asked on our site to send updates of %(organisation)s to this address.")
            % {"organisation": site.organisation_name},
            _("If it was you, open the link and press the button. Only then will we write to you."),
        ],
        button=(_("Yes, send me updates"), link),
        closing=[
            _("The link works for %(days)d days.") % {"days": UNCONFIRMED_FOR.days},
            _("It was not you? Then do nothing: without your confirmation you get no updates."),
        ],
        reason=with_where_we_are(
            _(
                "You get this mail because this address was typed into a form on our site. "
                "It will not be used for anything else."
            ),
            site,
        ),
    )
