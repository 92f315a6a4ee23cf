"""Which signatures an invalidation is about, and what they are, in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from actions.petitions.models import Invalidation, Signature
from actions.petitions.states import SignatureState
from actions.representatives.models import Riding

# What a person can still invalidate: whatever counts, or might.
TAKEN = (SignatureState.PENDING, SignatureState.HELD, SignatureState.CONFIRMED)
PARTS = ("mail_domain_key", "address_key", "held_reason", "signature_state", "language", "riding_id", "since", "until")


@dataclass(frozen=True)
class Condition:
    """What narrows a petition's signatures down; blank parts do not. ``since`` <= when the form came < ``until``."""

    petition_id: int
    mail_domain_key: str = ""
    address_key: str = ""
    held_reason: str = ""
    signature_state: str = ""
    language: str = ""
    riding_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """True where nothing is narrowed down: it would take every signature there is."""
        return not any(getattr(self, part) for part in PARTS)


@dataclass(frozen=True)
class Found:
    """What a condition finds: ``count`` signatures up to ``last_id``, of which ``counted`` are in the number now."""

    count: int = 0
    last_id: int = 0
    counted: int = 0
    by_state: list[tuple[str, int]] = field(default_factory=list)
    by_riding: list[tuple[str, int]] = field(default_factory=list)


def condition_of(invalidation: Invalidation) -> Condition:
    return Condition(invalidation.petition_id, **{part: getattr(invalidation, part) for part in PARTS})


def matching(condition: Condition, *, last_id: int | None = None) -> QuerySet[Signature]:
    """Return the signatures of the condition that can be invalidated; those up to ``last_id`` where it is given."""
    columns = {
        "mail_domain_key": condition.mail_domain_key,
        "address_key": condition.address_key,
        "held_reason": condition.held_reason,
        "state": condition.signature_state,
        "language": condition.language,
        "riding_id": condition.riding_id,
        "created_at__gte": condition.since,
        "created_at__lt": condition.until,
    }
    rows = Signature.objects.filter(petition_id=condition.petition_id, state__in=TAKEN)
    if last_id is not None:
        rows = rows.filter(pk__lte=last_id)
    return rows.filter(**{column: value for column, value in columns.items() if value})


def look(condition: Condition) -> Found:
    """Count what the condition finds now, as a whole, by state and by riding; four queries, and nothing is changed."""
    last_id = matching(condition).order_by().aggregate(newest=Max("pk"))["newest"] or 0
    rows = matching(condition, last_id=last_id).order_by()
    states = dict(rows.values_list("state").annotate(number=Count("pk")))
    ridings = rows.values_list("riding_id").annotate(number=Count("pk")).order_by("-number", "riding_id")
    return Found(
        count=sum(states.values()),
        last_id=last_id,
        counted=states.get(SignatureState.CONFIRMED, 0),
        by_state=[(str(SignatureState(state).label), number) for state, number in states.items()],
        by_riding=_named(list(ridings)),
    )


def _named(numbers: Iterable[tuple[int | None, int]]) -> list[tuple[str, int]]:
    """Put names to ridings; those without one come under a blank."""
    numbers = list(numbers)
    names = {one.pk: str(one) for one in Riding.objects.filter(pk__in=[pk for pk, _number in numbers if pk])}
    return [(names.get(pk, "") if pk else "", number) for pk, number in numbers]
