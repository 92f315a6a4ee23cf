"""A fraud set mixed with honest signers: who is held before anything is counted, and who is not."""

from __future__ import annotations

import logging
import os
import time
from collections import Counter, defaultdict

import pytest
from django.test import Client
from django.utils import timezone

from actions.confirmations import services as confirmations
from actions.petitions import emails, holding, services
from actions.petitions.forms import SignatureForm
from actions.petitions.models import Petition, Signature, Tally
from actions.petitions.states import SignatureState
from actions.petitions.tally import add_up_all, drift_of
from actions.protection.limits import Limit, range_key
from actions.wordings.services import current_version
from tests.actions.petitions.fraud_set import Attempt, fraud_set
from tests.actions.petitions.reading import post, press
from tests.factories.petitions import submission

log = logging.getLogger(__name__)
SIZE = int(os.environ.get("FRAUD_SET", "300"))
IS_WHOLE = SIZE >= 10_000
# One signature more or less is a third of a percent of a small set, and the first of each flood always counts.
CAUGHT, HARMED = (0.99, 0.005) if IS_WHOLE else (0.97, 0.02)

pytestmark = pytest.mark.django_db


def scaled(size: int) -> holding.Rules:
    """The limits for a set so much smaller than 10,000; a family always passes."""
    factor, whole = min(size / 10_000, 1), holding.Rules()
    most = [holding.Most(*(max(3, round(number * factor)) for number in rule)) for rule in whole[1:-2]]
    looked_at = max(5, round(whole.looked_at * factor))
    return holding.Rules(whole.of_a_mailbox, *most, looked_at, max(2, round(whole.ranges_of_a_school * factor)))


def counted(attempts: list[Attempt], rows: dict[int, int]) -> dict[str, list[int]]:
    """Return [counted, all] by kind; ``rows`` says which signature each attempt led to: the first one gets it."""
    confirmed = set(Signature.objects.filter(state=SignatureState.CONFIRMED).values_list("pk", flat=True))
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    taken = set()
    for number, attempt in enumerate(attempts):
        row = rows.get(number)
        found[attempt.kind][0] += row in confirmed and row not in taken
        found[attempt.kind][1] += 1
        taken.add(row)
    return found


def shares(attempts: list[Attempt], found: dict[str, list[int]]) -> tuple[float, float]:
    """Return which share of the fraud was caught and which of the honest was held."""
    kinds = {attempt.kind: attempt.is_fraud for attempt in attempts}
    sums = {
        is_fraud: [sum(found[kind][part] for kind in kinds if kinds[kind] == is_fraud) for part in (0, 1)]
        for is_fraud in (True, False)
    }
    for kind in sorted(kinds, key=lambda one: (kinds[one], one)):
        log.info("%-28s %5d of %5d counted", kind, *found[kind])
    log.info("held: %s", Counter(Signature.objects.exclude(held_reason="").values_list("held_reason", flat=True)))
    return 1 - sums[True][0] / sums[True][1], 1 - sums[False][0] / sums[False][1]


def play(petition: Petition, attempts: list[Attempt]) -> dict[int, int]:
    """Send every form first and press every button after, as somebody would who stores them up."""
    version = current_version(petition.wordings.get(locale__language_code="en"))
    rows = {}
    for number, attempt in enumerate(attempts):
        form = SignatureForm({"name": attempt.name, "email": attempt.email, "postal_code": attempt.postal_code})
        if not form.is_valid():
            continue
        cleaned = {name: form.cleaned_data[name] for name in ("name", "email", "postal_code")}
        address_key = range_key(attempt.address, about=f"petition {petition.pk}")
        sent = submission(**cleaned, address_key=address_key)
        signature = services.sign(petition=petition, wording_version=version, submission=sent)
        rows[number] = signature.pk
    for pk in rows.values():
        services.confirm(signature_id=pk)
    return rows


@pytest.mark.parametrize("is_on", [True, False])
def test_a_small_fraud_set_through_the_forms_themselves(petition, settings, monkeypatch, is_on):
    """The whole way: POST of the form, POST of the link. Without the rules it all counts, so the test can fail."""
    settings.PROTECTION_LIMITS = {"flood": Limit(10**6, 600), "submit": Limit(10**6, 3600)}
    monkeypatch.setattr(holding, "RULES", scaled(300))
    if not is_on:
        for name in ("doubt_about_form", "doubt_about_confirmation"):
            monkeypatch.setattr(services, name, lambda *args, **kwargs: "")
    attempts, rows = fraud_set(300 if is_on else 60), {}
    for number, one in enumerate(attempts):
        before = Signature.objects.count()
        client = Client(REMOTE_ADDR=one.address)
        answer = post(client, name=one.name, email=one.email, postal_code=one.postal_code)
        assert answer.status_code in (303, 422)
        if Signature.objects.count() > before:
            rows[number] = Signature.objects.latest("pk").pk
            token = confirmations.issue(purpose="petition", object_id=rows[number])
            link = confirmations.link(token, language="en").removeprefix("http://testserver")
            assert press(client, link).status_code == 303
    caught, harmed = shares(attempts, counted(attempts, rows))
    log.info("caught %.2f %%, held %.2f %% of the honest", caught * 100, harmed * 100)
    assert (caught >= 0.97) is is_on
    assert harmed <= 0.02


@pytest.mark.chaos
def test_a_fraud_set_as_large_as_the_honest(petition, monkeypatch):
    """FRAUD_SET honest ones and as many others; with 10,000 each the limits are those of every day."""
    monkeypatch.setattr(holding, "RULES", scaled(SIZE))
    attempts, started = fraud_set(SIZE), time.monotonic()
    monkeypatch.setattr(emails, "send_confirm_link", lambda signature, **person: signature.expires_at)
    rows = play(petition, attempts)
    caught, harmed = shares(attempts, counted(attempts, rows))
    log.info(
        "caught %.2f %%, held %.2f %% of the honest, %.0f s", caught * 100, harmed * 100, time.monotonic() - started
    )
    assert caught >= CAUGHT
    assert harmed <= HARMED
    while add_up_all(timezone.now()):
        pass
    assert drift_of(petition.pk) == 0
    assert Tally.objects.get().confirmed == Signature.objects.filter(state=SignatureState.CONFIRMED).count()
