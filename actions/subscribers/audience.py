"""Whom an update goes to: people on the list with a consent in force, by campaign, language and place; in numbers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from actions.subscribers.models import Consent, Subscriber
from actions.subscribers.states import SubscriberState


@dataclass(frozen=True)
class Audience:
    """What narrows the list down; None and blank narrow nothing. ``source`` is a ConsentSource: how they came."""

    campaign_id: int | None = None
    language: str = ""
    province: str = ""
    riding_id: int | None = None
    source: str = ""

    def __str__(self) -> str:
        """For the access log: which numbers and codes, never whom."""
        parts = {"campaign": self.campaign_id, "language": self.language, "province": self.province}
        parts |= {"riding": self.riding_id, "came by": self.source}
        return ", ".join(f"{name} {value}" for name, value in parts.items() if value) or "everybody"


@dataclass(frozen=True)
class Reach:
    """How many are meant: those in whose language there is a text, by language, and the others."""

    by_language: dict[str, int]
    without_text: dict[str, int]

    @property
    def with_text(self) -> int:
        return sum(self.by_language.values())

    @property
    def others(self) -> int:
        return sum(self.without_text.values())

    @property
    def everybody(self) -> int:
        return self.with_text + self.others


def in_force(campaign_id: int | None) -> QuerySet[Consent]:
    """Return the consents by which somebody may be written to about the campaign, or about anything."""
    consents = Consent.objects.filter(withdrawn_at=None)
    return consents if campaign_id is None else consents.filter(campaign_id=campaign_id)


def members(audience: Audience, after: int = 0) -> QuerySet[Any]:
    """Return the subscribers who are meant, of those with a higher number than ``after``."""
    # Said of the consents too: PostgreSQL would walk through all of them for each piece of a long list.
    agreed = in_force(audience.campaign_id).filter(subscriber=OuterRef("pk"), subscriber__gt=after)
    if audience.source:
        agreed = agreed.filter(source=audience.source)
    return listed(audience).filter(Exists(agreed), pk__gt=after)


def listed(audience: Audience) -> QuerySet[Any]:
    """Return who is on the list where the audience lives, whatever they agreed to."""
    people = Subscriber.objects.filter(state=SubscriberState.SUBSCRIBED)
    if audience.language:
        people = people.filter(language=audience.language)
    if audience.province:
        people = people.filter(province=audience.province)
    if audience.riding_id is not None:
        people = people.filter(riding_id=audience.riding_id)
    return people


def reach(audience: Audience, written: Collection[str]) -> Reach:
    """Count those who are meant; ``written`` are the languages in which there is a text."""
    counted = members(audience).order_by().values_list("language").annotate(count=Count("pk"))
    numbers = dict(sorted(counted))
    return Reach(
        by_language={language: numbers.get(language, 0) for language in written},
        without_text={language: count for language, count in numbers.items() if language not in written},
    )
