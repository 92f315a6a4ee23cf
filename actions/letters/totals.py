"""Letters per member of Parliament: the same columns for everybody, by riding, without ranking anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, QuerySet

from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.progress import taken_back_of
from actions.outbox.states import DispatchState
from actions.representatives.affiliations import party_of
from actions.representatives.freshness import Flaw, flaws_of, last_edits
from actions.representatives.matching import fold
from actions.representatives.models import Representative, Riding

WAITING = (DispatchState.QUEUED, DispatchState.SENDING)
TAKEN_BACK = "taken-back"


@dataclass
class Total:
    """The letters to one person, by state, and what their writers said when asked about an answer.

    What a writer took back is counted apart: it was never sent.
    """

    by_state: Counter[str] = field(default_factory=Counter)
    by_answer: Counter[str] = field(default_factory=Counter)

    @property
    def letters(self) -> int:
        return self.by_state.total() - self.by_state[TAKEN_BACK]

    def number(self, name: str) -> int:
        """Return "letters", "waiting", "yes" or "no" (answers), or how many are in a state."""
        if name == "letters":
            return self.letters
        if name == "waiting":
            return sum(self.by_state[state] for state in WAITING)
        return self.by_answer[name] if name in LetterDelivery.Answer.values else self.by_state[name]


@dataclass(frozen=True)
class Row:
    """One riding with who sits for it now."""

    riding: Riding
    riding_name: str
    person: Representative | None
    party: str
    total: Total
    flaws: list[Flaw]


@dataclass(frozen=True)
class Besides:
    """Letters to others than today's members."""

    to_former_members: int
    to_other_recipients: int


def totals_by_member(letter_campaign: LetterCampaign | None) -> dict[int | None, Total]:
    """Return the totals by the member's number, of one letter campaign or of all; None stands for everybody else."""
    deliveries: QuerySet[LetterDelivery] = LetterDelivery.objects.order_by()
    if letter_campaign is not None:
        deliveries = deliveries.filter(letter_campaign=letter_campaign)
    totals: dict[int | None, Total] = {}
    # By letter campaign too: that is how the index is sorted, so that the database only has to count along it.
    grouped = deliveries.values_list("letter_campaign", "representative", "state", "answer").annotate(count=Count("pk"))
    for _campaign, person, state, answer, count in grouped:
        total = totals.setdefault(person, Total())
        total.by_state[state] += count
        total.by_answer[answer] += count
    for person, count in taken_back_of(deliveries).values_list("representative").annotate(count=Count("pk")):
        totals[person].by_state[DispatchState.FAILED] -= count
        totals[person].by_state[TAKEN_BACK] += count
    return totals


def rows_of(ridings: Iterable[Riding], totals: dict[int | None, Total], *, language: str, now: datetime) -> list[Row]:
    """Return one row per riding, by its name in ``language``."""
    ridings = list(ridings)
    members = Representative.objects.filter(is_current=True, riding__in=[riding.pk for riding in ridings])
    seated = {person.riding_id: person for person in members}
    edits = last_edits(seated.values())
    rows = [_row(riding, seated.get(riding.pk), totals, edits, language, now) for riding in ridings]
    return sorted(rows, key=lambda row: (fold(row.riding_name), row.riding.pk))


def _row(
    riding: Riding,
    person: Representative | None,
    totals: dict[int | None, Total],
    edits: dict[int, datetime],
    language: str,
    now: datetime,
) -> Row:
    return Row(
        riding=riding,
        riding_name=riding.localized_name(language),
        person=person,
        party=party_of(person, language) if person else "",
        total=totals.get(person.pk, Total()) if person else Total(),
        flaws=flaws_of(person, looked_at=edits.get(person.pk) if person else None, now=now),
    )


def besides(totals: dict[int | None, Total]) -> Besides:
    """Return what the rows of today's members leave out, so that nobody looks for it."""
    today = set(Representative.objects.filter(is_current=True).values_list("pk", flat=True))
    former = sum(total.letters for pk, total in totals.items() if pk is not None and pk not in today)
    return Besides(former, totals[None].letters if None in totals else 0)
