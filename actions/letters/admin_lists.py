"""What the admin's page "Letters to decide" lists: numbers, kinds, states and reasons, never who wrote or what."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from actions.letters.deciding import (
    DELIVERY_DECISIONS,
    LETTER_DECISIONS,
    held_letters,
    troubled_deliveries,
)
from actions.letters.evidence import evidence_about
from actions.letters.letter_models import PERSONAL_COLUMNS
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import HeldReason
from actions.outbox.deciding import decisions_about, failed_mails, undecided_mails
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.staff.columns import DecisionColumn, LabelledColumn, LeadingColumn

LETTERS = "letters"
MAILS = "mails"
FAILED_MAILS = "failed-mails"
MAIL_ROWS = {MAILS: undecided_mails, FAILED_MAILS: failed_mails}
MAIL_KINDS = {
    "letter.confirm": _("link to confirm a letter"),
    "letter.copy": _("copy of a letter"),
    "letter.trouble": _("notice that a letter was not delivered"),
    "letter.test": _("test letter to a member of staff"),
    "letter.answer": _("question whether an answer came"),
}

# What may be listed, in the order in which it asks for a person: heading, and what to know before deciding.
LISTS: dict[str, tuple[Any, Any]] = {
    LETTERS: (
        _("Held letters"),
        _(
            "Something spoke against these letters when they were written, or the MP has changed since. Letting one go "
            "sends it on if its writer has confirmed it; refusing one deletes its text. You decide without reading it: "
            "“What is known” says what helps."
        ),
    ),
    DispatchState.UNCERTAIN: (
        _("Uncertain deliveries"),
        _(
            "The connection broke after the letter was offered to the mail server, so nobody knows whether it was "
            "taken. Look for the message number in the mail provider's log before you send a letter again."
        ),
    ),
    DispatchState.HELD: (
        _("Held deliveries"),
        _(
            "These were stopped before they left. Their writers know already where the MP has changed, where somebody "
            "sits for the riding again, where it is too late or Parliament is dissolved. Sending one checks everything "
            "again; what waited for an election goes only to the same MP, if still sitting for the same riding."
        ),
    ),
    DispatchState.FAILED: (
        _("Failed deliveries"),
        _("Nothing is to be decided here: these did not arrive, and their writers were told."),
    ),
    MAILS: (
        _("Mails to supporters"),
        _(
            "Links to confirm, copies and notices that were held or whose arrival is uncertain. A second one does no "
            "harm. Giving one up deletes its text; nobody is told."
        ),
    ),
    FAILED_MAILS: (
        _("Failed mails to supporters"),
        _(
            "Nothing is to be decided here: these did not arrive, most often because the address was mistyped. Many "
            "at once mean that something is wrong with our mail."
        ),
    ),
}


def rows_of(kind: str) -> QuerySet[Any]:
    if kind == LETTERS:
        return held_letters().select_related("letter_campaign").defer(*PERSONAL_COLUMNS)
    if kind in MAIL_ROWS:
        return MAIL_ROWS[kind]()
    rows = troubled_deliveries(kind).select_related("letter__letter_campaign")
    return rows.defer(*(f"letter__{name}" for name in PERSONAL_COLUMNS))


def reason_of(row: Letter | LetterDelivery | OutboxMessage) -> str:
    known = row.held_reason in HeldReason.values
    return str(HeldReason(row.held_reason).label) if known else row.held_reason


def code_of(row: LetterDelivery | OutboxMessage) -> str:
    """The server's reply code and enhanced status code, as far as they are known."""
    return " ".join(filter(None, (str(row.last_code or ""), row.last_status)))


def kind_of(row: OutboxMessage) -> str:
    return str(MAIL_KINDS.get(row.kind, row.kind))


def message_number(row: LetterDelivery) -> str:
    """The part of the Message-ID that differs from mail to mail."""
    return row.message_id.strip("<>").partition("@")[0]


# By which name a row's number is posted.
FIELDS = {Letter: "letter", LetterDelivery: "delivery", OutboxMessage: "mail"}


def decisions_of(row: Letter | LetterDelivery | OutboxMessage) -> tuple[Any, ...]:
    """Return what a person may decide about the row now."""
    if isinstance(row, Letter):
        return LETTER_DECISIONS
    if isinstance(row, OutboxMessage):
        return decisions_about(row)
    return DELIVERY_DECISIONS.get(DispatchState(row.state), ())


def decision_column(model: type[Any]) -> DecisionColumn:
    return DecisionColumn(decisions_of, field=FIELDS[model])


def _evidence(kind: str) -> list[Column]:
    """What helps to decide: an uncertain delivery's number to look up, of the others why they stopped."""
    if kind == DispatchState.UNCERTAIN:
        return [LabelledColumn("number", label=_("Message number"), accessor=message_number)]
    return [
        LabelledColumn("code", label=_("Reply code"), accessor=code_of),
        LabelledColumn("reason", label=_("Reason"), accessor=reason_of),
    ]


def columns_of(kind: str) -> list[Column]:
    age = LabelledColumn("age", label=_("Age"), accessor=lambda row: timesince(row.created_at, depth=1))
    if kind == LETTERS:
        return [
            LabelledColumn("pk", label=_("Letter"), classname="staff-leading"),
            LabelledColumn("letter_campaign", label=_("Letter campaign")),
            LabelledColumn("reason", label=_("Reason"), accessor=reason_of),
            LabelledColumn("evidence", label=_("What is known"), accessor=evidence_about),
            age,
            decision_column(Letter),
        ]
    if kind in MAIL_ROWS:
        return [
            LabelledColumn("kind", label=_("Kind"), accessor=kind_of, classname="staff-leading"),
            LabelledColumn("state", label=_("State"), accessor="get_state_display"),
            *_evidence(kind),
            age,
            *([decision_column(OutboxMessage)] if kind == MAILS else []),
        ]
    columns = [
        LeadingColumn("recipient_name", label=pgettext_lazy("letter", "To")),
        LabelledColumn("letter.letter_campaign", label=_("Letter campaign")),
        LabelledColumn("state", label=_("State"), accessor="get_state_display"),
        *_evidence(kind),
        age,
    ]
    if DELIVERY_DECISIONS[DispatchState(kind)]:
        columns.append(decision_column(LetterDelivery))
    return columns
