"""The mail that asks a writer whether an answer came."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.letters.models import Letter, LetterDelivery
from actions.listing import listed_apart
from actions.outbox.messages import MailContent
from actions.outbox.services import enqueue

ANSWER_KIND = "letter.answer"
ANSWER_PURPOSE = "letter-answer"
LINK_LIFETIME = timedelta(days=30)


def answer_keys(letter: Letter) -> list[str]:
    """The outbox's names for every question about the letter so far."""
    return [f"letter-answer:{letter.pk}:{number}" for number in range(1, letter.answer_asked + 1)]


def send_question(letter: Letter, deliveries: list[LetterDelivery]) -> None:
    """Ask for the ``letter.answer_asked``-th time; the subject names no cause: others may see the inbox."""
    token = confirmations.issue(purpose=ANSWER_PURPOSE, object_id=letter.pk, lifetime=LINK_LIFETIME)
    with translation.override(letter.language):
        names = listed_apart(row.recipient_name for row in deliveries)
        content = MailContent(
            subject=_("Did you get an answer?"),
            paragraphs=[
                _("Your letter of %(day)s went to: %(names)s.") % {"day": written_on(letter), "names": names},
                _("Did an answer come? It takes one click, and we tell nobody who said it."),
            ],
            button=(_("Tell us"), confirmations.link(token, language=letter.language)),
            closing=[
                _("We ask once more at the most. On the page you can also say that you do not want to be asked again."),
            ]
            if letter.answer_asked == 1
            else [_("We will not ask again.")],
            reason=_(
                "You get this mail because you sent a letter through our site. We use your address for nothing else."
            ),
        )
    enqueue(
        kind=ANSWER_KIND,
        dedupe_key=answer_keys(letter)[-1],
        to=letter.email,
        content=content,
        language=letter.language,
        is_solicited=True,
        about=letter.pk,
    )


def written_on(letter: Letter) -> str:
    """The day on which the writer confirmed the letter, in the active language."""
    return date_format(timezone.localtime(letter.confirmed_at), "DATE_FORMAT")
