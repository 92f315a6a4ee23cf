"""The mails of a place: the link to confirm, the place itself, reminders, changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.events.models import UNCONFIRMED_FOR, Event, EventSignUp
from actions.events.states import PlaceState
from actions.events.times import when
from actions.outbox.messages import MailContent, MailLink
from actions.outbox.services import enqueue
from actions.protection.mailcap import WINDOW_SECONDS
from home.site_settings import SiteSettings

CONFIRM_PURPOSE, LEAVE_PURPOSE = "event", "event-leave"
CONFIRM_KIND, PLACE_KIND, REMINDER_KIND, CHANGE_KIND = "event.confirm", "event.place", "event.reminder", "event.changed"
CALENDAR = "event.calendar"
PLACE_KEYS = ("event-place", "event-reminder", "event-changed")  # how their dedupe keys begin, before the row
LINK_LIFETIME = UNCONFIRMED_FOR + timedelta(seconds=WINDOW_SECONDS)
AFTER_THE_END = timedelta(days=1)


def send_confirm_link(sign_up: EventSignUp) -> datetime | None:
    """Ask the mailbox's owner and return when the link ends (UTC); None when too many such mails wait for it.

    The mail is the same whether or not the mailbox has a place already.
    """
    token = confirmations.issue(purpose=CONFIRM_PURPOSE, object_id=sign_up.pk, lifetime=LINK_LIFETIME)
    with translation.override(sign_up.language):
        content = _confirm_content(sign_up, confirmations.link(token, language=sign_up.language))
    mail = enqueue(
        kind=CONFIRM_KIND,
        dedupe_key=f"event-confirm:{sign_up.pk}",
        to=sign_up.email,
        content=content,
        language=sign_up.language,
        is_solicited=False,
        about=sign_up.pk,
    )
    return mail.next_attempt_at + UNCONFIRMED_FOR if mail else None


def _confirm_content(sign_up: EventSignUp, link: str) -> MailContent:
    event = sign_up.event
    return MailContent(
        subject=_("Please confirm: your place at “%(event)s”") % {"event": event.name},
        paragraphs=[
            _("Hello %(name)s,") % {"name": sign_up.name},
            _("Somebody asked on our site for a place at “%(event)s” with this address.") % {"event": event.name},
            when(event),
            _("If it was you, open the link and press the button. Only then does your place count."),
        ],
        button=(_("Yes, I am coming"), link),
        closing=[
            _("The link works for %(days)d days.") % {"days": UNCONFIRMED_FOR.days},
            _("It was not you? Then do nothing: what was typed is deleted after 7 days."),
        ],
        reason=_(
            "You get this mail because this address was typed into a form on our site. "
            "It will not be used for anything else."
        ),
    )


def send_place(sign_up: EventSignUp, *, came_free: bool = False, asked_again: int = 0) -> None:
    """Tell somebody that they have a place or wait for one.

    ``came_free``: they had waited. ``asked_again`` is the row of a later sign-up of the same mailbox, which has perhaps
    lost the first mail.
    """
    waits = sign_up.state == PlaceState.WAITING
    with translation.override(sign_up.language):
        if waits:
            subject = _("You are on the waiting list: %(event)s")
            first = _("All places are taken at the moment. If one comes free it is yours, and we write to you at once.")
        elif came_free:
            subject = _("A place came free for you: %(event)s")
            first = _(
                "Somebody cannot come, and the place is yours now. If you cannot come either, please give it back."
            )
        else:
            subject = _("You have a place: %(event)s")
            first = _("You have a place. Please keep this mail: it says all that you need.")
    key = f"event-place:{sign_up.pk}:{sign_up.state}:{asked_again}"
    _send(sign_up, PLACE_KIND, key, subject, [first], with_link=not waits)


def send_reminder(sign_up: EventSignUp, *, stage: int) -> None:
    """``stage`` 1: the day before; 2: the last hour."""
    with translation.override(sign_up.language):
        subject = _("Tomorrow: %(event)s") if stage == 1 else _("Soon: %(event)s")
        first = _("It begins within a day.") if stage == 1 else _("It begins within the hour.")
    key = f"event-reminder:{sign_up.pk}:{stage}:{int(sign_up.event.starts_at.timestamp())}"
    _send(sign_up, REMINDER_KIND, key, subject, [first], with_link=True)


def send_change(sign_up: EventSignUp) -> None:
    """Tell what holds now, or that it does not take place."""
    event = sign_up.event
    with translation.override(sign_up.language):
        if event.is_cancelled:
            subject, first = _("Cancelled: %(event)s"), _("We are sorry: the event below does not take place.")
        else:
            subject, first = _("Changed: %(event)s"), _("The event below has changed. This is how it is now:")
    with_link = sign_up.state == PlaceState.CONFIRMED and not event.is_cancelled
    _send(sign_up, CHANGE_KIND, f"event-changed:{sign_up.pk}:{event.version}", subject, [first], with_link=with_link)


def _send(sign_up: EventSignUp, kind: str, key: str, subject: str, first: list[str], *, with_link: bool) -> None:
    """Put a mail with all that is known of the event into the outbox; ``with_link``: also how to take part online."""
    event, language = sign_up.event, sign_up.language
    with translation.override(language):
        content = MailContent(
            subject=subject % {"event": event.name},
            paragraphs=[_("Hello %(name)s,") % {"name": sign_up.name}, *first, event.name, *_facts(event)],
            button=(_("Take part online"), event.online_link) if with_link and event.online_link else None,
            closing=[_("The link is for you alone: please do not pass it on.")]
            if with_link and event.online_link
            else [],
            way_out=None
            if event.is_cancelled
            else MailLink(_("I cannot come: give my place back"), _leave_link(sign_up)),
            reason=_(
                "You get this mail because you confirmed a place at “%(event)s” of %(organisation)s. Thirty days after "
                "it we delete your name and address."
            )
            % {"event": event.name, "organisation": SiteSettings.current().organisation_name},
        )
    calendar = [(CALENDAR, {"event": event.pk, "language": language})]
    enqueue(
        kind=kind,
        dedupe_key=key,
        to=sign_up.email,
        content=content,
        language=language,
        is_solicited=True,
        about=sign_up.pk,
        attachments=calendar if with_link or event.is_cancelled else (),
    )


def _facts(event: Event) -> list[str]:
    facts = [when(event)]
    if event.place:
        facts.append(_("Place: %(place)s") % {"place": event.place})
    return facts


def _leave_link(sign_up: EventSignUp) -> str:
    lifetime = max(sign_up.event.ends_at - timezone.now(), timedelta()) + AFTER_THE_END
    token = confirmations.issue(purpose=LEAVE_PURPOSE, object_id=sign_up.pk, lifetime=lifetime)
    return confirmations.link(token, language=sign_up.language)
