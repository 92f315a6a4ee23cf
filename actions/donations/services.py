"""Starting a gift and entering one that came another way. What Stripe says later is applied in ``applying``.

Nobody is charged here: a gift is stored, Stripe is asked for a payment page outside any transaction, and the page is
stored. Whatever dies in between, the same form finds the same gift and the same page again.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from actions.donations import gateway
from actions.donations.amounts import fee_cover
from actions.donations.checkout import session_params
from actions.donations.facts import SessionFacts
from actions.donations.gateway import Busy, Refused, Unavailable
from actions.donations.models import Appeal, Donation
from actions.donations.states import DonationState, Frequency
from actions.donations.stripe_line import DEADLINE_SECONDS
from actions.protection.tokens import spend_token
from actions.wordings.models import WordingVersion

# Longer than any answer of Stripe's can take, so that two never ask for one gift at the same time.
TURN = timedelta(seconds=20)
# Stripe forgets idempotency keys after a day at the earliest: https://docs.stripe.com/api/idempotent_requests
KEY_LIFETIME = timedelta(hours=23)
# Clocks differ: a page may look older than our question for it.
CLOCK_SLACK = timedelta(minutes=5)


@dataclass(frozen=True)
class Gift:
    """A valid form; ``amount_cents`` without the fee, which ``covers_fee`` adds."""

    amount_cents: int
    frequency: Frequency
    language: str
    covers_fee: bool = False
    is_anonymous: bool = False
    starts_next_month: bool = False

    @property
    def is_monthly(self) -> bool:
        return self.frequency == Frequency.MONTHLY

    @property
    def total_cents(self) -> int:
        """What is charged each time."""
        return self.amount_cents + self.fee_cover_cents

    @property
    def fee_cover_cents(self) -> int:
        if not self.covers_fee:
            return 0
        return fee_cover(
            self.amount_cents,
            basis_points=settings.STRIPE_FEE_BASIS_POINTS,
            fixed_cents=settings.STRIPE_FEE_FIXED_CENTS,
        )


class TooMany(Exception):
    """Too many gifts are being begun from one connection; this one was not."""


class TokenSpent(Exception):
    """Another gift was started with this form's token: the form needs a new one."""


def attempt_of(token: uuid.UUID, appeal: Appeal, gift: Gift) -> uuid.UUID:
    """Return the attempt of a form's token: the same form sent again is the same attempt, another amount is not."""
    return uuid.uuid5(token, repr((appeal.pk, gift)))


def start(
    *,
    appeal: Appeal,
    wording_version: WordingVersion | None,
    gift: Gift,
    token: uuid.UUID,
    may_begin: Callable[[], bool] = lambda: True,
) -> Donation:
    """Store the gift and get its payment page; the answer may still be without one while another request asks for it.

    ``token`` is the form's; it starts one gift, however often that is sent. ``may_begin`` is asked once for a gift, so
    that a form sent twice uses up no limit. Raises TooMany when it says no, TokenSpent when the token has started
    another gift, Busy or Unavailable, after which the same may be sent again, or Refused when Stripe will never make
    this page.
    """
    donation, is_new = _stored(appeal, wording_version, gift, token)
    if is_new and not may_begin():
        donation.delete()  # nobody else has asked for its page: the turn was taken with it
        raise TooMany
    if not is_new and not _take_turn(donation):
        return donation
    try:
        with gateway.all_within(DEADLINE_SECONDS):
            found = _page_of(donation)
    except Unavailable as error:
        _end_turn(donation, must_look=error.is_stored or donation.must_look)
        raise
    except Refused:
        _end_turn(donation, state=DonationState.FAILED, ended_at=timezone.now())
        raise
    except Busy:
        _end_turn(donation)
        raise
    _keep_page(donation, found)
    return donation


def _stored(appeal: Appeal, version: WordingVersion | None, gift: Gift, token: uuid.UUID) -> tuple[Donation, bool]:
    """Insert the gift with the turn to ask for its page and spend the token, in one transaction; True when it is new.

    Else return the gift of the same attempt.
    """
    attempt = attempt_of(token, appeal, gift)
    donation = Donation(
        appeal=appeal,
        wording_version=version,
        language=gift.language,
        frequency=gift.frequency,
        amount_cents=gift.amount_cents,
        fee_cover_cents=gift.fee_cover_cents,
        is_anonymous=gift.is_anonymous,
        starts_next_month=gift.starts_next_month,
        attempt=attempt,
        livemode=gateway.is_live(),
        asking_until=timezone.now() + TURN,
    )
    try:
        with transaction.atomic():
            donation.save(force_insert=True)
            if not spend_token(token):
                raise TokenSpent
    except IntegrityError:
        same = Donation.objects.select_related("appeal").filter(attempt=attempt).first()
        if same is None:
            raise
        return same, False
    return donation, True


def _take_turn(donation: Donation) -> bool:
    """Make this request the one that asks Stripe; False while another one does or has done so."""
    now = timezone.now()
    free = Q(asking_until=None) | Q(asking_until__lt=now)
    rows = Donation.objects.filter(free, pk=donation.pk, session_id=None, state=DonationState.STARTED)
    if not rows.update(asking_until=now + TURN):
        donation.refresh_from_db()
        return False
    donation.refresh_from_db()
    return True


def _end_turn(donation: Donation, **changes: object) -> None:
    Donation.objects.filter(pk=donation.pk).update(asking_until=None, **changes)


def _page_of(donation: Donation) -> SessionFacts:
    """Return the gift's payment page: made now, made before and lost, or none found and then made under a new key."""
    now = timezone.now()
    is_first = donation.asked_at is None
    if donation.asked_at is not None and (donation.must_look or now - donation.asked_at > KEY_LIFETIME):
        return _found_again(donation, now) or _made_under_new_key(donation, now)
    if is_first:
        _note_question(donation, now)
    try:
        found = gateway.create_session(session_params(donation), idempotency_key=donation.idempotency_key)
    except Refused:
        # A repeated question may be refused for its age alone: then nothing was made, unless it is found.
        if is_first:
            raise
        return _found_again(donation, now) or _made_under_new_key(donation, now)
    return found if is_first or found.expires_at > now else gateway.session(found.id)


def _found_again(donation: Donation, now: datetime) -> SessionFacts | None:
    """Look whether Stripe has made a page for this attempt; nothing may be asked for anew before that.

    First among the pages of the minutes around the first question, where it nearly always is, so that thousands begun
    since then do not stand before it. All are looked at, or Unavailable is raised: None means that there is none.
    """
    begun = donation.first_asked_at or donation.created_at
    around, end = begun + CLOCK_SLACK, now + CLOCK_SLACK
    for since, until in ((begun - CLOCK_SLACK, around), (around, end)):
        for found in gateway.sessions_since(since, until) if since < until else ():
            if found.client_reference_id == donation.attempt.hex:
                return found
    return None


def _made_under_new_key(donation: Donation, now: datetime) -> SessionFacts:
    donation.attempt_number += 1
    donation.must_look = False
    _note_question(donation, now)
    return gateway.create_session(session_params(donation), idempotency_key=donation.idempotency_key)


def _note_question(donation: Donation, now: datetime) -> None:
    """Commit under which key and from when on Stripe is asked, before it is."""
    donation.asked_at = now
    donation.first_asked_at = donation.first_asked_at or now
    Donation.objects.filter(pk=donation.pk).update(
        asked_at=now,
        first_asked_at=donation.first_asked_at,
        attempt_number=donation.attempt_number,
        must_look=donation.must_look,
    )


def _keep_page(donation: Donation, found: SessionFacts) -> None:
    """Store the page; a webhook may have brought its number already."""
    donation.session_id, donation.session_url = found.id, found.url
    donation.session_expires_at, donation.asking_until = found.expires_at, None
    Donation.objects.filter(pk=donation.pk).update(
        session_id=found.id,
        session_url=found.url,
        session_expires_at=found.expires_at,
        asking_until=None,
    )


def waits_for_page(donation: Donation, now: datetime) -> bool:
    """Return whether some request is asking Stripe for the page at ``now`` (UTC)."""
    return donation.session_id is None and donation.asking_until is not None and donation.asking_until > now


def is_page_open(donation: Donation, now: datetime) -> bool:
    """Return whether the gift's payment page can still be used at ``now`` (UTC)."""
    return bool(donation.session_url) and donation.session_expires_at is not None and donation.session_expires_at > now
