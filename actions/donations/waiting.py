"""What of the donations waits for the finance role, for the admin's front page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.donations import admin_overview
from actions.donations.admin_page import MAY_SEE
from actions.donations.amounts import format_amount
from actions.donations.models import Dispute, Reconciliation
from actions.donations.month_sums import payments

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def waiting_in_donations(user: AbstractBaseUser) -> Iterator[tuple[str, str]]:
    """Yield (sentence, address) for what the user has to look at; two queries."""
    if not user.has_perm(MAY_SEE):  # type: ignore[attr-defined]
        return
    url = reverse(admin_overview.URL_NAME)
    rows = Dispute.objects.filter(status__in=Dispute.ANSWERABLE, payment__in=payments())
    found = rows.aggregate(count=Count("pk"), first=Min("evidence_due_at"))
    if found["count"]:
        yield _disputes(found["count"], found["first"]), url
    newest = Reconciliation.objects.filter(kind=Reconciliation.Kind.FULL).exclude(ended_at=None).order_by("-until")
    cents = newest.values_list("difference_cents", flat=True).first()
    if cents:
        words = _("Our books and Stripe’s differ by %(sum)s: please do not close the month until it is explained.")
        yield words % {"sum": format_amount(cents)}, url


def _disputes(count: int, due_at) -> str:  # type: ignore[no-untyped-def]
    if due_at is None:
        words = ngettext("%(count)d disputed payment.", "%(count)d disputed payments.", count)
        return words % {"count": count}
    late = due_at < timezone.now()
    words = ngettext(
        "%(count)d disputed payment: by %(day)s the evidence must be with Stripe.",
        "%(count)d disputed payments: by %(day)s the evidence for the first must be with Stripe.",
        count,
    ) % {"count": count, "day": date_format(timezone.localtime(due_at), "DATETIME_FORMAT")}
    return _("%(sentence)s That is over.") % {"sentence": words} if late else words
