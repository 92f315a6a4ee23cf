"""What staff hear when our books differ from Stripe's, or when nobody could compare them for days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from actions.donations.amounts import format_amount
from actions.donations.models import Reconciliation
from actions.outbox.messages import MailContent
from actions.outbox.staff_mail import mail_staff

SILENT_FOR = timedelta(days=3)


def tell_of_difference(run: Reconciliation) -> int:
    """Mail staff once a day; returns how many were written to."""
    return mail_staff(dedupe_key=f"donations-difference:{run.started_at:%Y%m%d}", content=_difference_mail(run))


def tell_of_silence(now: datetime) -> None:
    """Mail staff once a day when the last whole comparison is too long ago; not before there was one."""
    whole = Reconciliation.objects.filter(kind=Reconciliation.Kind.FULL).exclude(ended_at=None)
    if not whole.filter(ended_at__gte=now - SILENT_FOR).exists() and whole.exists():
        mail_staff(dedupe_key=f"donations-silence:{now:%Y%m%d}", content=_silence_mail())


def _difference_mail(run: Reconciliation) -> MailContent:
    with translation.override(settings.LANGUAGE_CODE):
        return MailContent(
            subject=_("Donations: our books differ from Stripe"),
            paragraphs=[
                _("Today's comparison found %(sum)s that could not be explained.")
                % {"sum": format_amount(run.difference_cents)},
                _("Until it is, please do not close the month. These are the places:"),
                *(f"{what}: {number} ({format_amount(cents)})" for what, number, cents in run.details[:10]),
            ],
            reason=_("You get this mail because you are an administrator of the site."),
        )


def _silence_mail() -> MailContent:
    with translation.override(settings.LANGUAGE_CODE):
        return MailContent(
            subject=_("Donations: no comparison with Stripe for three days"),
            paragraphs=[
                _("Stripe could not be asked. Gifts may be missing from our books until it can."),
                _("Please look at the keys in the environment and at https://status.stripe.com ."),
            ],
            reason=_("You get this mail because you are an administrator of the site."),
        )
