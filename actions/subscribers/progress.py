"""How the list stands and how an update goes, in numbers: never a name or an address."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from actions.outbox.states import NOT_WANTED, DispatchState
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.states import HeldReason, SubscriberState
from actions.subscribers.update_models import UpdateDelivery, UpdateRun


@dataclass(frozen=True)
class ListNumbers:
    """People on the list by language, those who are not on it any more by state, and sign-ups that wait.

    ``held`` were very many from one connection and can be let go on; ``held_programs`` filled in the hidden field.
    """

    subscribed: int = 0
    by_language: dict[str, int] = field(default_factory=dict)
    by_state: dict[str, int] = field(default_factory=dict)
    unconfirmed: int = 0
    held: int = 0
    held_programs: int = 0


@dataclass(frozen=True)
class RunNumbers:
    """Of the ``expected`` mails: ``left`` (taken by a mail server), ``to_come``, and the rest by what became of it."""

    left: int
    to_come: int
    failed: int
    not_wanted: int
    uncertain: int
    held: int


def list_numbers() -> ListNumbers:
    states = dict(Subscriber.objects.order_by().values_list("state").annotate(count=Count("pk")))
    on_list = Subscriber.objects.filter(state=SubscriberState.SUBSCRIBED).order_by()
    waiting = SignUp.objects.filter(confirmed_at=None, expires_at__gt=timezone.now())
    return ListNumbers(
        subscribed=states.pop(SubscriberState.SUBSCRIBED, 0),
        by_language=dict(on_list.values_list("language").annotate(count=Count("pk"))),
        by_state=states,
        unconfirmed=waiting.filter(held_reason="").count(),
        held=waiting.filter(held_reason=HeldReason.LIMIT).count(),
        held_programs=waiting.filter(held_reason=HeldReason.HONEYPOT).count(),
    )


def run_numbers(run: UpdateRun) -> RunNumbers:
    rows = UpdateDelivery.objects.filter(run=run).order_by()
    states = dict(rows.values_list("state").annotate(count=Count("pk")))
    not_wanted = rows.filter(state=DispatchState.FAILED, held_reason=NOT_WANTED).count()
    left = states.get(DispatchState.SENT, 0) + states.get(DispatchState.DELIVERED, 0)
    failed = states.get(DispatchState.FAILED, 0) - not_wanted
    uncertain = states.get(DispatchState.UNCERTAIN, 0)
    to_come = sum(states.get(state, 0) for state in (DispatchState.QUEUED, DispatchState.SENDING))
    if not run.are_all_made:
        to_come += max(run.expected - sum(states.values()), 0)
    return RunNumbers(left, to_come, failed, not_wanted, uncertain, states.get(DispatchState.HELD, 0))
