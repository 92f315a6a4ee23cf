"""Sending an update: the button, the rows that the worker makes bit by bit, the stop and the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.outbox.dispatch import RELEASED
from actions.outbox.messages import new_message_id
from actions.outbox.states import DispatchState
from actions.privacy.access import record_access
from actions.subscribers.audience import members, reach
from actions.subscribers.composing import text_language, texts_of
from actions.subscribers.seen import read_seen
from actions.subscribers.update_models import Missing, RunState, Update, UpdateDelivery, UpdateRun
from actions.subscribers.wording import no_address
from home.site_settings import SiteSettings

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    User = AbstractBaseUser | AnonymousUser | None

# The pace of an update: so many rows a minute, 12,000 an hour. Gentle enough for the providers who get most of them
# (https://support.google.com/a/answer/81126 asks to begin slowly and keep steady), and letters need not wait for it.
ROWS_A_MINUTE = 200
EVERY = timedelta(minutes=1)
WAITING = (DispatchState.QUEUED, DispatchState.SENDING, DispatchState.HELD)


class CannotSend(Exception):
    """Nothing was started; the message says why, to the member of staff."""


def start(*, update_id: int, missing: Missing, seen: str, user: User, now: datetime | None = None) -> bool:
    """Freeze text and audience and let the worker begin; False when somebody has done so already.

    ``seen`` is what the page with the button carried (seen.py). Raises CannotSend when there is no text, nobody to send
    it to or no address of ours to name, or when text, audience or number are not those that were seen; and
    Update.DoesNotExist.
    """
    now = now or timezone.now()
    with transaction.atomic():
        update = Update.objects.select_for_update().get(pk=update_id)
        if UpdateRun.objects.filter(pk=update_id).exists():
            return False
        texts, audience = texts_of(update), update.audience
        expected = _looked_over(update, missing=missing, seen=seen)
        UpdateRun.objects.create(
            update=update,
            content=texts,
            campaign_id=audience.campaign_id,
            language=audience.language,
            province=audience.province,
            riding_id=audience.riding_id,
            missing=missing,
            expected=expected,
            started_at=now,
        )
        record_access(
            user=user, verb="send update", subject=f"update {update_id}", reason=str(audience), count=expected
        )
    return True


def _looked_over(update: Update, *, missing: Missing, seen: str) -> int:
    """Return how many will get it, or raise CannotSend."""
    texts = texts_of(update)
    if not texts:
        raise CannotSend(_("There is no language with a subject and a text yet."))
    if not SiteSettings.current().can_be_reached:
        raise CannotSend(no_address())
    numbers = reach(update.audience, texts)
    expected = numbers.everybody if missing == Missing.FALLBACK else numbers.with_text
    if not expected:
        raise CannotSend(_("Nobody would get it."))
    looked_at = read_seen(seen)
    if looked_at is None or not looked_at.covers(update, numbers, missing=missing):
        raise CannotSend(_("Text, audience or number have changed since you looked. Look again, then send."))
    return expected


def stop(*, update_id: int, user: User) -> bool:
    """Stop before the next mail; False when it was not on its way."""
    return _switch(update_id, RunState.SENDING, RunState.STOPPED, user)


def resume(*, update_id: int, user: User) -> bool:
    """Let a stopped update go on where it was; False when it was not stopped."""
    with transaction.atomic():
        if not _switch(update_id, RunState.STOPPED, RunState.SENDING, user):
            return False
        _queue_again(_held(update_id))
    return True


def retry_held(*, update_id: int, user: User) -> int:
    """Queue again what an error of the site's held, once the error is mended; returns how many mails."""
    with transaction.atomic():
        return _recorded(_queue_again(_held(update_id)), "retry held mails", update_id, user)


def give_up_held(*, update_id: int, user: User, now: datetime | None = None) -> int:
    """Let what is held fail, so that the update can end; returns how many mails."""
    with transaction.atomic():
        count = _held(update_id).update(state=DispatchState.FAILED, settled_at=now or timezone.now())
        return _recorded(count, "give up held mails", update_id, user)


def _held(update_id: int) -> QuerySet[UpdateDelivery]:
    return UpdateDelivery.objects.filter(run_id=update_id, state=DispatchState.HELD)


def _queue_again(rows: QuerySet[UpdateDelivery]) -> int:
    return rows.update(
        state=DispatchState.QUEUED,
        next_attempt_at=timezone.now(),
        settled_at=None,
        held_reason="",
        attempts=0,
        **RELEASED,
    )


def _recorded(count: int, verb: str, update_id: int, user: User) -> int:
    if count:
        record_access(user=user, verb=verb, subject=f"update {update_id}", reason="", count=count)
    return count


def _switch(update_id: int, before: RunState, after: RunState, user: User) -> bool:
    verb = "stop update" if after == RunState.STOPPED else "resume update"
    with transaction.atomic():
        if not UpdateRun.objects.filter(pk=update_id, state=before).update(state=after):
            return False
        record_access(user=user, verb=verb, subject=f"update {update_id}", reason="", count=0)
    return True


def make_rows(now: datetime) -> None:
    """Make the next rows of each update on its way, and end those of which nothing waits: the worker's job."""
    for update_id in (
        UpdateRun.objects.filter(state=RunState.SENDING).order_by("started_at").values_list("pk", flat=True)
    ):
        make_batch(update_id)
        _end_if_done(update_id, now)


def make_batch(update_id: int, now: datetime | None = None) -> int:
    """Make at most ROWS_A_MINUTE rows and return how many. One transaction: a worker killed in it has made none."""
    with transaction.atomic():
        run = UpdateRun.objects.select_for_update().get(pk=update_id)
        if run.state != RunState.SENDING or run.are_all_made:
            return 0
        # Only what could leave now: those that one server put off for hours must not hold up all the others.
        due = run.deliveries.filter(state=DispatchState.QUEUED, next_attempt_at__lte=now or timezone.now())
        if due.count() >= ROWS_A_MINUTE:
            return 0  # the mail server is slower than we are
        people = members(run.audience).filter(pk__gt=run.last_subscriber_id, subscribed_at__lte=run.started_at)
        if run.missing == Missing.LEAVE_OUT:
            people = people.filter(language__in=run.content)
        found = list(people.order_by("pk").values_list("pk", "language")[:ROWS_A_MINUTE])
        rows = [
            UpdateDelivery(
                run=run,
                subscriber_id=pk,
                language=text_language(language, written=run.content, missing=run.missing),
                message_id=new_message_id(),
            )
            for pk, language in found
        ]
        UpdateDelivery.objects.bulk_create(rows)
        last = found[-1][0] if found else run.last_subscriber_id
        UpdateRun.objects.filter(pk=update_id).update(last_subscriber_id=last, are_all_made=len(found) < ROWS_A_MINUTE)
    return len(rows)


def _end_if_done(update_id: int, now: datetime) -> None:
    waiting = UpdateDelivery.objects.filter(run_id=update_id, state__in=WAITING)
    runs = UpdateRun.objects.filter(pk=update_id, state=RunState.SENDING, are_all_made=True)
    if not waiting.exists():
        runs.update(state=RunState.DONE, ended_at=now)
