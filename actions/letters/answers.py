"""Did they answer? Writers are asked once, twice at most, and what they say is kept without saying who said it."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from actions.letters import answer_mail
from actions.letters.campaign_models import KEY_OWNER
from actions.letters.letter_models import STUCK_FOR, UNCONFIRMED_FOR
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.letters.switches import current_switches
from actions.outbox.states import LEFT_STATES
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import live_record_keys

log = logging.getLogger(__name__)

ASK_AFTER = timedelta(days=14)
# While the address is still there: it is deleted 28 days after the letter was delivered.
ASK_AGAIN_AFTER = timedelta(days=24)
BETWEEN = timedelta(days=9)  # when the first question was late
MOST_ASKED = 2
BATCH = 200
# No letter that was written longer ago has an address any more.
ADDRESS_KEPT_FOR = UNCONFIRMED_FOR + STUCK_FOR + timedelta(days=2)


def ask_for_answers(now: datetime) -> None:
    """Ask the writers whose turn it is; nobody while letters are stopped or Parliament is dissolved."""
    if any(current_switches()):
        return
    for pk in _to_ask(now).values_list("pk", flat=True)[:BATCH]:
        try:
            _ask(pk, now)
        except Exception as error:  # noqa: BLE001 - one bad row must not keep the others from being asked
            log.error("writer of letter %s not asked: %s", pk, type(error).__name__)
            Letter.objects.filter(pk=pk).update(answer_asked=MOST_ASKED)


def _to_ask(now: datetime) -> QuerySet[Letter]:
    """Letters of which something arrived ASK_AFTER ago, and those whose writer did not say anything the first time."""
    deliveries = LetterDelivery.objects.filter(letter=OuterRef("pk"))
    left = deliveries.filter(state__in=LEFT_STATES).order_by("settled_at").values("settled_at")
    letters = _askable().filter(created_at__gt=now - ADDRESS_KEPT_FOR).annotate(left_at=Subquery(left[:1]))
    first = letters.filter(answer_asked=0, left_at__lte=now - ASK_AFTER)
    again = letters.filter(
        ~Exists(deliveries.exclude(answered_at=None)),
        answer_asked=1,
        answer_asked_at__lte=now - BETWEEN,
        left_at__lte=now - ASK_AGAIN_AFTER,
    )
    return (first | again).order_by("pk")


def _askable() -> QuerySet[Letter]:
    return Letter.objects.filter(
        state=LetterState.CONFIRMED,
        wants_no_questions=False,
        email__isblank=False,
        letter_campaign__asks_for_answers=True,
        letter_campaign__is_stopped=False,
    )


def _ask(letter_id: int, now: datetime) -> None:
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        if letter.wants_no_questions or letter.state != LetterState.CONFIRMED or letter.answer_asked >= MOST_ASKED:
            return
        if wants_silence(letter.email):
            letter.wants_no_questions = True
        else:
            letter.answer_asked += 1
            letter.answer_asked_at = now
            answer_mail.send_question(letter, list(shown_deliveries(letter)))
        letter.save(update_fields=["answer_asked", "answer_asked_at", "wants_no_questions"])


def wants_silence(email: str) -> bool:
    """Return whether the address has asked not to be asked again, about any letter whose campaign's key still lives."""
    silent = Letter.objects.filter(wants_no_questions=True)
    owners = set(silent.values_list("letter_campaign", flat=True).distinct())
    return any(
        silent.filter(letter_campaign=owner, email_fingerprint=email_fingerprint(key, email)).exists()
        for owner, key in (live_record_keys(KEY_OWNER) if owners else ())
        if owner in owners
    )


def is_still_asked(letter_id: int) -> bool:
    """Return whether the question may still leave: nobody took the letter back, answered it or stopped the letters."""
    answered = LetterDelivery.objects.filter(letter=OuterRef("pk")).exclude(answered_at=None)
    letter = None if any(current_switches()) else _askable().filter(~Exists(answered), pk=letter_id).first()
    return letter is not None and not wants_silence(letter.email)


def shown_deliveries(letter: Letter) -> QuerySet[LetterDelivery]:
    """The deliveries about which the writer is asked: those that left, and did not come back."""
    return letter.deliveries.filter(state__in=LEFT_STATES).order_by("is_copy", "pk")


def record_answer(*, letter_id: int, delivery_id: int | None, answer: str, now: datetime | None = None) -> bool:
    """Keep what the writer says, about one delivery or, with None, all that are not answered yet; it may be corrected.

    Returns whether anything changed; a delivery of another letter or one that never left changes nothing.
    """
    now = now or timezone.now()
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=letter_id)
        rows = letter.deliveries.filter(state__in=LEFT_STATES).exclude(answer=answer)
        rows = rows.filter(answered_at=None) if delivery_id is None else rows.filter(pk=delivery_id)
        return rows.update(answer=answer, answered_at=now) > 0


def stop_asking(*, letter_id: int) -> None:
    """The writer does not want to be asked again, about this letter or another one."""
    Letter.objects.filter(pk=letter_id).update(wants_no_questions=True)
