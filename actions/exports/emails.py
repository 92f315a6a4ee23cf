"""The alarm: staff accounts are the softest target, so whoever answers for personal data hears of each file with it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.exports.definitions import Export
from actions.outbox.messages import MailContent, checked_address
from actions.outbox.services import enqueue
from home.languages import current_language
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

    from actions.privacy.models import AccessLog

logger = logging.getLogger(__name__)

KIND = "export.alarm"
STAFF_BACKEND = "django.contrib.auth.backends.ModelBackend"


def raise_alarm(export: Export, *, user: AbstractUser, entry: AccessLog) -> int:
    """Queue one mail to each who must know, in the transaction of the access log's entry; returns how many."""
    content, language = alarm_content(export, entry=entry), current_language()
    recipients = alarm_recipients(export, user=user)
    if not recipients:
        logger.warning("nobody is told of the export of access log entry %d: no address is known", entry.pk)
    for address in recipients:
        enqueue(
            kind=KIND,
            dedupe_key=f"{KIND}:{entry.pk}:{address}",
            to=address,
            content=content,
            language=language,
            is_solicited=True,
        )
    return len(recipients)


def alarm_recipients(export: Export, *, user: AbstractUser) -> list[str]:
    """Return the privacy officer's address, without one those of everybody who may export; and the account's own."""
    officer = SiteSettings.current().privacy_officer_email
    holders = get_user_model()._default_manager.with_perm(export.permission, backend=STAFF_BACKEND)
    told = [officer] if officer else [holder.email for holder in holders]
    return sorted({address for address in (*told, user.email) if _is_address(address)})


def alarm_content(export: Export, *, entry: AccessLog) -> MailContent:
    counted = ngettext("%(count)d row", "%(count)d rows", entry.count) % {"count": entry.count}
    when = f"{date_format(timezone.localtime(entry.at), 'DATETIME_FORMAT')} ({timezone.get_current_timezone_name()})"
    facts = [
        (_("Who"), entry.username),
        (_("What"), f"{export.label}: {entry.subject}, {counted}"),
        (_("When"), when),
        (_("Why, in their words"), entry.reason),
    ]
    return MailContent(
        subject=_("Personal data was exported"),
        paragraphs=[
            _("A file with personal data of supporters has left the site:"),
            *(_("%(name)s: %(value)s") % {"name": name, "value": value} for name, value in facts),
            _(
                "If nobody expected this, act now: close the account, change its password, and look at the access log. "
                "It is entry %(number)d."
            )
            % {"number": entry.pk},
        ],
        reason=_("Sent to whoever answers for personal data, and to the account that made the file."),
    )


def _is_address(address: str) -> bool:
    try:
        return bool(checked_address(address))
    except ValueError:
        return False
