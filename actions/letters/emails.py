"""The mails of the letters room, written in the supporter's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.letters.asks import Ask
from actions.letters.campaign_models import Availability
from actions.letters.compose import from_rows
from actions.letters.models import Letter, LetterDelivery
from actions.letters.other_ways import OtherWays, other_ways
from actions.letters.rendering import rendered, sheets_of, subject_of
from actions.letters.states import HeldReason
from actions.listing import listed_apart
from actions.outbox.messages import MailContent
from actions.outbox.models import OutboxMessage
from actions.outbox.services import enqueue
from actions.outbox.states import LEFT_STATES, DispatchState
from actions.protection.mailcap import WINDOW_SECONDS

CONFIRM_PURPOSE = "letter"
TROUBLE_KIND = "letter.trouble"
# Why we held a letter that its writer cannot know of.
DOUBTS = (
    HeldReason.LIMIT,
    HeldReason.HONEYPOT,
    HeldReason.NEAR_DUPLICATE,
    HeldReason.SELF_MAIL,
    HeldReason.IMPERSONATION,
    HeldReason.TEXT_CHANGED,
)
# Told once for a letter: that it came too late, and that its one MP is none while Parliament is dissolved.
TOLD_ONCE = (HeldReason.TOO_LATE, HeldReason.DISSOLVED)
CONFIRM_DAYS = 7
# Counted from the writing, while the mail may wait its turn under the mail cap.
LINK_LIFETIME = timedelta(days=CONFIRM_DAYS, seconds=WINDOW_SECONDS)


def _reason(letter: Letter) -> str:
    """Who asked for updates is not told that the address serves nothing else."""
    if letter.wants_updates:
        return _("You get this mail because this address was typed into a form on our site.")
    return _(
        "You get this mail because this address was typed into a form on our site. "
        "It will not be used for anything else."
    )


def explanation(reason: str) -> str:
    """Return why a letter was not delivered, for its writer."""
    if reason == HeldReason.MP_CHANGED:
        return _(
            "Since you wrote it, the Member of Parliament or the address has changed. "
            "We did not send it to anybody else."
        )
    if reason == HeldReason.SEAT_FILLED:
        return _(
            "It was for somebody who stood in while your riding had no Member of Parliament. Somebody sits for your "
            "riding again: please write to them. We did not send your letter to anybody else."
        )
    if reason == HeldReason.DISSOLVED:
        return _(
            "Parliament was dissolved before it could leave: until the election nobody is a Member of Parliament. We "
            "keep your letter and send it to nobody else. After the election a person decides: if the same MP sits "
            "again and the letter still makes sense, it may be sent then; if not, we tell you."
        )
    if reason == HeldReason.AFTER_ELECTION:
        return _("Parliament was dissolved before it could leave, and it was not sent after the election either.")
    if reason == HeldReason.TOO_LATE:
        return _("It could not be delivered before the moment for which it was written had passed.")
    if reason == HeldReason.NOT_KNOWN:
        return _("We could not find out whether the recipient’s mail server took it. It may have arrived after all.")
    if reason == HeldReason.BOUNCED:
        return _("The recipient’s mail server took it at first and then sent it back.")
    if reason in DOUBTS:
        return _("We held it back to look at it, and did not send it.")
    if reason == HeldReason.DEAD_ADDRESS:
        return _("Mail to the address that is published for them does not arrive at the moment.")
    return _("It could not be handed over to the recipient’s mail server.")


def _what_next(letter: Letter, *, is_waiting: bool) -> str:
    """Who is told to write again must find the form open."""
    if is_waiting:
        return _(
            "Your letter waits here and leaves by itself as soon as the address works again. "
            "If you do not want to wait, this is what you wrote: you can send it in another way."
        )
    if Ask(letter.letter_campaign, letter.language).availability == Availability.OPEN:
        return _("Nothing is lost: this is what you wrote. You can send it yourself, or write again on our site.")
    return _("Nothing is lost: this is what you wrote. You can send it yourself.")


def confirm_key(letter: Letter) -> str:
    return f"letter-confirm:{letter.pk}"


def copy_key(letter: Letter) -> str:
    return f"letter-copy:{letter.pk}"


def trouble_keys(letter: Letter) -> list[str]:
    """Return the keys of all mails that tell the letter's writer of trouble."""
    starts = [f"letter:{letter.pk}", *(f"delivery:{pk}" for pk in letter.deliveries.values_list("pk", flat=True))]
    wanted = Q()
    for start in starts:
        wanted |= Q(dedupe_key__startswith=_trouble_key(start))
    return list(OutboxMessage.objects.filter(wanted, kind=TROUBLE_KIND).values_list("dedupe_key", flat=True))


def _trouble_key(about: str) -> str:
    return f"letter-trouble:{about}:"


def was_told(letter: Letter, reason: HeldReason) -> bool:
    """Return whether the letter's writer was sent the mail about a reason that is told once."""
    return OutboxMessage.objects.filter(dedupe_key=_trouble_key(f"letter:{letter.pk}") + reason).exists()


def send_confirm_link(letter: Letter) -> datetime:
    """Ask the writer to confirm and return when the link ends (UTC): seven days after the mail may leave.

    The subject names no cause: others may see the inbox.
    """
    token = confirmations.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk, lifetime=LINK_LIFETIME)
    with translation.override(letter.language):
        content = MailContent(
            subject=_("Please confirm: your letter is waiting"),
            paragraphs=[
                _("Hello %(name)s,") % {"name": letter.name},
                _("You wrote a letter on our site. It has not been sent yet."),
                _("Open the link, read the letter once more and press the button. Only then will it be sent."),
            ],
            button=(_("Read and confirm my letter"), confirmations.link(token, language=letter.language)),
            closing=[
                _("The link works for %(days)d days. After that the letter is deleted.") % {"days": CONFIRM_DAYS},
                _("It was not you? Then do nothing: without your confirmation nothing is sent."),
            ],
            reason=_reason(letter),
        )
    mail = enqueue(
        kind="letter.confirm",
        dedupe_key=confirm_key(letter),
        to=letter.email,
        content=content,
        language=letter.language,
        is_solicited=False,
        about=letter.pk,
    )
    leaves_at = mail.next_attempt_at if mail else timezone.now()
    return leaves_at + timedelta(days=CONFIRM_DAYS)


def _sheets(letter: Letter, *, is_sent_by_us: bool = True) -> list[tuple[str, str]]:
    """Every text of the letter with its subject; where there are several, with those who get it."""
    sheets = sheets_of(letter, is_sent_by_us=is_sent_by_us)
    if len(sheets) == 1:
        return [(sheets[0].subject, sheets[0].text)]
    return [(f"{sheet.subject} ({sheet.names})", sheet.text) for sheet in sheets]


def send_copy(letter: Letter) -> None:
    """Send the writer a copy, once, when the first recipient's mail server has taken the letter."""
    on_its_way = letter.deliveries.filter(state__in=(DispatchState.QUEUED, DispatchState.SENDING, *LEFT_STATES))
    with translation.override(letter.language):
        names = listed_apart(on_its_way.order_by("is_copy", "pk").values_list("recipient_name", flat=True))
        content = MailContent(
            subject=_("Copy of your letter"),
            paragraphs=[_("Your letter is on its way to: %(names)s.") % {"names": names}],
            sheets=_sheets(letter),
            closing=[_("Answers come straight to you. If one comes, tell us if you like: it helps the campaign.")],
            reason=_reason(letter),
        )
    enqueue(
        kind="letter.copy",
        dedupe_key=copy_key(letter),
        to=letter.email,
        content=content,
        language=letter.language,
        is_solicited=True,
    )


def send_trouble(
    letter: Letter, *, reason: str, delivery: LetterDelivery | None = None, names: Sequence[str] = ()
) -> None:
    """Tell the writer, with their own text, that the letter was not sent or has not arrived.

    ``names`` are all whom it did not reach, where one mail tells of several deliveries. What is in TOLD_ONCE is told
    once for a letter, however many recipients it has. One that waits for a working address is told of twice: when it
    begins to wait, and should it be given up.
    """
    if not names:
        names = [delivery.recipient_name] if delivery else [person.name for person in from_rows(letter.addressees)]
    is_waiting = reason == HeldReason.DEAD_ADDRESS and delivery is not None and delivery.state == DispatchState.HELD
    with translation.override(letter.language):
        ways = other_ways(letter, reason=reason, delivery=delivery, now=timezone.now())
        content = MailContent(
            subject=_("Your letter has not been delivered"),
            paragraphs=[
                _("Your letter to %(name)s has not been delivered.") % {"name": listed_apart(names)},
                explanation(reason),
                _what_next(letter, is_waiting=is_waiting),
                *_ways_in_words(ways),
            ],
            links=ways.links,
            sheets=(
                [(subject_of(letter, delivery), rendered(letter, delivery, is_sent_by_us=False))]
                if delivery
                else _sheets(letter, is_sent_by_us=False)
            ),
            reason=_reason(letter),
        )
    is_of_letter = delivery is None or reason in TOLD_ONCE
    key = _trouble_key(f"letter:{letter.pk}" if is_of_letter else f"delivery:{delivery.pk}")  # type: ignore[union-attr]
    enqueue(
        kind=TROUBLE_KIND,
        dedupe_key=key + (f"{reason}:waits" if is_waiting else reason),
        to=letter.email,
        content=content,
        language=letter.language,
        is_solicited=True,
        about=letter.pk,
        attachments=ways.attachments,
    )


def _ways_in_words(ways: OtherWays) -> list[str]:
    """What the links and the attachment are for; true also when the PDF could not be made in the end."""
    words = []
    if ways.attachments:
        words.append(
            _(
                "You can also post it: a PDF to print and sign comes with this mail. No stamp is needed to Parliament "
                "Hill, from within Canada. If there is no PDF, copy the text below."
            )
        )
    if ways.links:
        words.append(_("Other ways to reach them:"))
    return words
