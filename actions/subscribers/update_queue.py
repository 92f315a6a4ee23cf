"""The queue of updates: what is looked at just before each mail, and what its coming back means for the list."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from actions.outbox.messages import build_message, render_content
from actions.outbox.queues import NotNow, Queue, Refuse
from actions.outbox.states import COMPLAINED, NOT_WANTED, DispatchState
from actions.outbox.status_codes import is_about_address
from actions.subscribers.audience import in_force
from actions.subscribers.composing import update_content
from actions.subscribers.leaving import leave_link, list_key, stop_after_bounce
from actions.subscribers.models import Subscriber
from actions.subscribers.states import SubscriberState
from actions.subscribers.update_models import RunState, UpdateDelivery, UpdateRun
from home.languages import CODES
from home.site_settings import SiteSettings


class UpdateQueue(Queue[UpdateDelivery]):
    """Updates never leave twice: an uncertain one stays uncertain unless the provider says what became of it."""

    name = "updates"
    model = UpdateDelivery

    def leavable(self) -> QuerySet[UpdateDelivery]:
        return UpdateDelivery.objects.filter(run__state=RunState.SENDING)

    def complete(self) -> QuerySet[UpdateDelivery]:
        return UpdateDelivery.objects.prefetch_related("run")

    def prepare(self, row: UpdateDelivery) -> EmailMessage:
        """Stop and leaving are read anew for each mail, so that they act before the next one."""
        if UpdateRun.objects.filter(pk=row.run_id, state=RunState.STOPPED).exists():
            raise NotNow
        person = Subscriber.objects.get(pk=row.subscriber_id)
        if not is_wanted(person, row.run):
            raise Refuse(NOT_WANTED)
        return update_mail(row, person)

    def settled(self, row: UpdateDelivery, state: DispatchState, now: datetime) -> None:
        """A server that refuses the address at the door says the same as a mail that comes back."""
        if state == DispatchState.FAILED:
            status = UpdateDelivery.objects.values_list("last_status", flat=True).get(pk=row.pk)
            if is_about_address(status):
                stop_after_bounce(subscriber_id=row.subscriber_id, now=now)

    def follows_up(self, row: UpdateDelivery, state: DispatchState) -> bool:
        return state == DispatchState.FAILED

    def may_send_again(self, row: UpdateDelivery) -> bool:
        """One mail among many is not brought a second time; what came back for now ends nobody's subscription."""
        return False

    def bounced(self, row: UpdateDelivery, *, is_for_good: bool, left_at: datetime | None, now: datetime) -> None:
        """Whoever's mailbox is gone, or who reported us, gets nothing more; any other "no" is about one mail."""
        is_complaint = row.held_reason == COMPLAINED
        if is_for_good and (is_complaint or is_about_address(row.last_status)):
            stop_after_bounce(subscriber_id=row.subscriber_id, now=now)


def is_wanted(person: Subscriber, run: UpdateRun) -> bool:
    """Return whether the person has been on the list since it began and what they agreed to still covers the update."""
    is_on_list = person.state == SubscriberState.SUBSCRIBED and bool(person.email)
    is_on_list = is_on_list and person.subscribed_at <= run.started_at
    return is_on_list and in_force(run.campaign_id).filter(subscriber=person).exists()


def update_mail(row: UpdateDelivery, person: Subscriber) -> EmailMessage:
    """Return the mail with the headers by which mail programs show a button to leave (RFC 8058 and RFC 2369)."""
    site, key = SiteSettings.current(), list_key()
    language = person.language if person.language in CODES else row.language
    content = update_content(
        row.run.content[row.language],
        is_fallback=row.language != language,
        language=language,
        site=site,
        leave=leave_link(person, language=language, key=key, campaign_id=row.run.campaign_id),
    )
    return build_message(
        to=person.email,
        **render_content(content, language=language),
        from_name=site.sender_name,
        reply_to=(site.sender_name, site.reply_address) if site.reply_address else None,
        message_id=row.message_id,
        language=row.language,
        headers={
            "List-Unsubscribe": f"<{leave_link(person, language=language, key=key)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<updates.{settings.SENDER_DOMAIN}>",
            "Precedence": "bulk",
        },
    )
