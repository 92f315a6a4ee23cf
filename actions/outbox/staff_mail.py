"""Mail to those who run the site, when something cannot wait until they look."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import get_user_model

from actions.outbox.messages import MailContent, checked_address
from actions.outbox.services import enqueue
from home.site_settings import SiteSettings

KIND = "staff.alarm"


def mail_staff(*, dedupe_key: str, content: MailContent) -> int:
    """Queue one mail to each administrator, inside the caller's transaction, and return how many there are.

    Administrators are the active superusers with an address; where there is none, whoever reads the contact address.
    ``content`` is in the site's language and names nobody. One ``dedupe_key`` sends once.
    """
    addresses = _administrators() or list(filter(_is_address, [SiteSettings.current().contact_email]))
    for address in addresses:
        enqueue(
            kind=KIND,
            dedupe_key=f"{dedupe_key}:{address}",
            to=address,
            content=content,
            language=settings.LANGUAGE_CODE,
            is_solicited=True,
        )
    return len(addresses)


def _administrators() -> list[str]:
    users = get_user_model()._default_manager.filter(is_active=True, is_superuser=True)
    return sorted(set(filter(_is_address, users.values_list("email", flat=True))))


def _is_address(text: str) -> bool:
    try:
        return bool(checked_address(text))
    except ValueError:
        return False
