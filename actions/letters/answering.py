"""The page behind the question "did you get an answer?": names and a day, a button for each answer, nothing else."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from actions.letters.answer_mail import ANSWER_PURPOSE
from actions.letters.answers import record_answer, shown_deliveries, stop_asking
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.registry import ConfirmPage

STOP = "stop"
ALL = "all"
DIGITS = 18  # what a row number can have


class AnswerConfirmation:
    purpose = ANSWER_PURPOSE

    def show(self, object_id: int, request: HttpRequest) -> ConfirmPage | None:
        letter = Letter.objects.filter(pk=object_id, state=LetterState.CONFIRMED).first()
        rows = list(shown_deliveries(letter)) if letter else []
        if letter is None or not rows:
            return None
        has_answered = any(row.answered_at for row in rows)
        context = {
            "rows": rows,
            "written_at": letter.confirmed_at,
            "has_answered": has_answered,
            "is_stopped": letter.wants_no_questions,
            "has_open": len(rows) > 1 and not has_answered,
        }
        return ConfirmPage("actions/letters/answer.html", context, is_done=has_answered or letter.wants_no_questions)

    def act(self, object_id: int, request: HttpRequest) -> None:
        """Record which button was pressed. Raises BadRequest for one that there is not."""
        which, _dash, answer = request.POST.get("answer", "").partition("-")
        is_number = which.isascii() and which.isdigit() and len(which) <= DIGITS
        if (which, answer) == (STOP, ""):
            stop_asking(letter_id=object_id)
        elif answer in LetterDelivery.Answer.values and is_number:
            record_answer(letter_id=object_id, delivery_id=int(which), answer=answer)
        elif (which, answer) == (ALL, LetterDelivery.Answer.NO):
            record_answer(letter_id=object_id, delivery_id=None, answer=answer)
        else:
            raise BadRequest
