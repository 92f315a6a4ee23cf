"""What a writer can still do when their letter did not arrive: call, write themselves, or post it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from actions.letters.attributes import Person
from actions.letters.models import Letter, LetterDelivery
from actions.letters.paper import ATTACHMENT, OnPaper, as_attachment, paper_letters
from actions.letters.phoning import offices_of
from actions.letters.rendering import rendered, subject_of, text_of_letter
from actions.letters.states import HeldReason
from actions.outbox.messages import MailLink
from actions.representatives.dead_addresses import is_dead
from actions.representatives.hill_address import hill_address
from actions.representatives.models import Representative

# Mail programs and systems cut links at 2,000 to 2,083 characters.
MAILTO_LENGTH = 1_800
# Nothing speaks against the letter, the person is still there, and only the way by mail is closed or unsure.
WAYS_BY_REASON = {
    "": ("phone", "mail", "post"),
    HeldReason.BOUNCED: ("phone", "mail", "post"),
    HeldReason.GAVE_UP: ("phone", "mail", "post"),
    HeldReason.NOT_KNOWN: ("phone", "mail", "post"),
    HeldReason.SAFETY_CATCH: ("phone", "mail", "post"),
    HeldReason.ERROR: ("phone", "mail", "post"),
    HeldReason.DEAD_ADDRESS: ("phone", "post"),
    HeldReason.FOREIGN_DOMAIN: ("phone", "post"),
    HeldReason.TOO_LATE: ("phone", "mail"),  # while it is not too late for everything
}


@dataclass(frozen=True)
class OtherWays:
    """``attachments`` as ``enqueue`` takes them; they hold what the PDF is made of, not the PDF."""

    links: list[MailLink] = field(default_factory=list)
    attachments: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def other_ways(letter: Letter, *, reason: str, delivery: LetterDelivery | None, now: datetime) -> OtherWays:
    """Return the ways that make sense, labelled in the active language.

    None where the letter was doubted or its text changed, where the person is no longer the one who was written to, and
    where the moment for which it was written has passed. For no delivery in particular there is none either.
    """
    person = person_of_delivery(delivery) if delivery else None
    ends = letter.letter_campaign.useless_after
    if person is None or delivery is None or (ends and now >= ends):
        return OtherWays()
    ways = WAYS_BY_REASON.get(reason, ())
    links = []
    if "phone" in ways and isinstance(person, Representative):
        links += [MailLink(office.label, office.number, office.href) for office in offices_of(person)]
    if "mail" in ways and person.email and not is_dead(person.email):
        text = rendered(letter, delivery, is_sent_by_us=False)
        href = mailto(person.email, subject=subject_of(letter, delivery), body=text)
        links.append(MailLink(_("Write to them from your own mail program"), person.email, href))
    is_on_paper = "post" in ways and hill_address(person, language=letter.letter_language)
    return OtherWays(links, [(ATTACHMENT, paper_of(letter, delivery, person))] if is_on_paper else [])


def person_of_delivery(delivery: LetterDelivery) -> Person | None:
    """Return who was written to, if they still hold the seat or the office."""
    if delivery.recipient is not None:
        return delivery.recipient if delivery.recipient.is_active else None
    member = delivery.representative
    if member is None or not member.is_current or member.riding_id != delivery.letter.riding_id:
        return None
    return member


def paper_of(letter: Letter, delivery: LetterDelivery, person: Person) -> dict[str, Any]:
    """Return what the PDF of one person's letter is made of."""
    language = letter.letter_language
    text = text_of_letter(letter, delivery.text_number)
    letters = paper_letters(
        [OnPaper(person, delivery.is_copy, subject_of(letter, delivery), text.body)],
        text=text,
        riding_name=letter.riding_name,
        language=language,
    )
    return as_attachment(letters, language=language)


def mailto(address: str, *, subject: str, body: str) -> str:
    """Return a ``mailto:`` link (RFC 6068), without the body where the whole would be longer than MAILTO_LENGTH."""
    start = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
    whole = f"{start}&body={quote(body.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return whole if len(whole) <= MAILTO_LENGTH else start
