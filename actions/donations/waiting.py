"""What of the donations waits for the finance role, for the admin's front page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.donations.admin_page import MAY_SEE
from actions.donations.attention import checks, flow, open_disputes
from actions.donations.models import Dispute
from actions.listing import side_by_side
from actions.protection.breaker import BreakerState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

OVERVIEW_URL = "donations_overview"


def waiting_in_donations(user: AbstractBaseUser) -> Iterator[tuple[str, str]]:
    """Yield (sentence, address) for each thing that finance has to look at; nothing for anybody else."""
    if not user.has_perm(MAY_SEE):  # type: ignore[attr-defined]
        return
    url = reverse(OVERVIEW_URL)
    yield from ((text, url) for text in _sentences())


def _sentences() -> Iterator[str]:
    if disputes := open_disputes():
        words = _disputes(len(disputes)) % {"count": len(disputes)}
        due = next((one.evidence_due_at for one in disputes if one.status in Dispute.ANSWERABLE), None)
        yield side_by_side(words, _deadline(due))
    for check in checks(timezone.now()):
        if check.is_late:
            yield _("The books were not compared with Stripe's in time.")
        elif check.run is not None and check.run.difference_cents:
            yield _("The books differ from Stripe's.")
    now = flow()
    if now.is_on and now.breaker != BreakerState.CLOSED:
        yield _("Many payments by card fail at the moment.")
    if now.past_due:
        words = ngettext("%(count)d monthly gift is past due.", "%(count)d monthly gifts are past due.", now.past_due)
        yield words % {"count": now.past_due}


def _disputes(count: int) -> str:
    return ngettext("%(count)d payment is disputed.", "%(count)d payments are disputed.", count)


def _deadline(due_at: datetime | None) -> str:
    return _("Answer by %(day)s.") % {"day": date_format(timezone.localtime(due_at))} if due_at else ""
