"""Staff see where signatures come from, try a condition, start an invalidation, cancel it and undo it."""

from __future__ import annotations

import html
import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from actions.outbox.worker import Worker
from actions.petitions import invalidating
from actions.petitions.models import Invalidation, Petition, Signature, Tally
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed, signed

FLOOD = "flood.example"
SECRETS = ("Canary Signer", "canary@flood.example", "K1A0A6", "rare.example")


@pytest.fixture
def petition(riding) -> Petition:
    petition = PetitionFactory(slug="open-door")
    confirmed(petition, name="Canary Signer", email=f"canary@{FLOOD}", address_key="6abcdef" + "0" * 33)
    for number in range(11):
        confirmed(petition, email=f"f{number}@{FLOOD}", name=f"F {number}", address_key="6abcdef" + "0" * 33)
    for number in range(2):
        confirmed(petition, email=f"r{number}@rare.example", name=f"R {number}")
    signed(petition, email="a@mailinator.com", name="M")
    return petition


@pytest.fixture
def decider(moderator) -> Client:
    moderator.user.user_permissions.add(Permission.objects.get(codename="invalidate_signature"))
    return moderator


def trends(petition) -> str:
    return reverse("petitions_trends", args=[petition.pk])


def choose(petition) -> str:
    return reverse("petitions_invalidate", args=[petition.pk])


def text_of(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def start(client, petition, *, reason: str = "a flood", **condition):
    address = f"{choose(petition)}?{'&'.join(f'{name}={value}' for name, value in condition.items())}"
    page = client.get(address).content.decode()
    seen = html.unescape(re.search(r'name="seen" value="([^"]+)"', page)[1])
    return client.post(address, {"seen": seen, "reason": reason})


def test_trends_show_domains_that_many_share_and_lead_to_the_dry_run(decider, petition):
    page = decider.get(trends(petition))
    words = text_of(page)
    assert f"{FLOOD} Forms 12 Share 80% Counted 12" in words
    assert re.search(r"unnamed \([0-9a-f]{6}\) Forms 2", words)
    assert "IPv6 network abcdef Forms 12" in words
    assert not [secret for secret in SECRETS if secret in page.content.decode()]
    link = html.unescape(re.search(r'href="([^"]+mail_domain=flood.example[^"]*)"', page.content.decode())[1])
    assert "12 signatures" in text_of(decider.get(link))
    ranges = html.unescape(re.search(r'href="([^"]+address_key=[^"]*)"', page.content.decode())[1])
    assert "12 signatures" in text_of(decider.get(ranges))
    unnamed = html.unescape(re.search(r'href="([^"]+mail_domain_key=[^"]*)"', page.content.decode())[1])
    assert "2 signatures" in text_of(decider.get(unnamed))


@pytest.mark.parametrize("window", ["hour", "day", "all", "nonsense"])
def test_each_window_opens_and_an_empty_petition_says_so(decider, riding, window):
    words = text_of(decider.get(trends(PetitionFactory()) + f"?window={window}"))
    assert "No two forms of this time share a mail domain." in words
    assert "There has been none." in words


def test_the_dry_run_counts_and_changes_nothing(decider, petition):
    words = text_of(decider.get(choose(petition) + f"?mail_domain={FLOOD}"))
    assert "12 signatures 12 of them count now; the number falls by that." in words
    assert "Ottawa Centre" in words
    assert Signature.objects.filter(state="invalidated").count() == 0
    assert not Invalidation.objects.exists()
    assert "Nothing to invalidate fits this condition." in text_of(
        decider.get(choose(petition) + "?mail_domain=yopmail.com")
    )


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("mail_domain=flood", "Enter a mail domain such as throwaway.example."),
        ("mail_domain=rare.example", "Fewer than ten have confirmed with this domain, if anybody"),
        ("mail_domain=nobody.example", "Fewer than ten have confirmed with this domain, if anybody"),
        ("language=%20", "Select a valid choice"),
        ("language=xx", "Select a valid choice"),
        ("mail_domain_key=x", "Choose the row in the list again."),
        ("since=2026-01-02+00:00&until=2026-01-01+00:00", "The end must come after the beginning."),
        ("since=yesterday", "Enter a valid date/time."),
        ("csrf=1", "Say which signatures: without a condition it would be all of them."),
    ],
)
def test_a_condition_that_makes_no_sense_is_told_and_counts_nothing(decider, petition, query, complaint):
    answer = decider.get(f"{choose(petition)}?{query}")
    assert answer.status_code == 200
    assert complaint in text_of(answer)
    assert 'name="seen"' not in answer.content.decode()


def test_the_whole_way_and_back(decider, petition):
    Worker().tick()
    assert Tally.objects.get().confirmed == 14
    answer = start(decider, petition, mail_domain=FLOOD)
    assert answer.status_code == 302
    run = Invalidation.objects.get()
    assert "being invalidated 0 of 12 invalidated" in text_of(decider.get(answer["Location"]))
    Worker().tick()
    Worker().tick()
    assert Tally.objects.get().confirmed == 2
    words = text_of(decider.get(answer["Location"]))
    assert f"12 of 12 invalidated Mail domain {FLOOD}" in words
    assert "Restore 12 signatures" in words
    assert "a flood" in text_of(decider.get(trends(petition)))
    decider.post(answer["Location"], {"intent": "undo"})
    Worker().tick()
    Worker().tick()
    assert "12 of 12 restored" in text_of(decider.get(answer["Location"]))
    assert Tally.objects.get().confirmed == 14
    log = [(one.username, one.verb, one.reason, one.count) for one in AccessLog.objects.order_by("pk")]
    assert log == [
        ("moderator", "invalidate signatures", "a flood", 12),
        ("moderator", "undo invalidation", "a flood", 12),
    ]
    assert run.started_by == decider.user


def test_cancelling_stops_it(decider, petition, monkeypatch):
    monkeypatch.setattr(invalidating, "AT_ONCE", 5)
    page = start(decider, petition, mail_domain=FLOOD)["Location"]
    invalidating.work_on_all(Signature.objects.latest("pk").created_at)
    assert "Cancelled. You can undo what is done." in text_of(decider.post(page, {"intent": "cancel"}, follow=True))
    assert "5 of 12 invalidated" in text_of(decider.get(page))
    assert "somebody did that already" in text_of(decider.post(page, {"intent": "cancel"}, follow=True))
    assert decider.post(page, {"intent": "else"}).status_code == 400


def test_what_has_changed_since_the_look_is_looked_at_again_and_the_reason_is_kept(decider, petition):
    address = f"{choose(petition)}?mail_domain={FLOOD}"
    seen = html.unescape(re.search(r'name="seen" value="([^"]+)"', decider.get(address).content.decode())[1])
    Signature.objects.filter(name__isblank=True).order_by("pk").first().delete()
    answer = decider.post(address, {"seen": seen, "reason": "kept words"})
    assert answer.status_code == 422
    assert "The number has changed since you looked." in text_of(answer)
    assert 'value="kept words"' in answer.content.decode()
    assert "Invalidate 11 signatures" in text_of(answer)
    assert not Invalidation.objects.exists()


@pytest.mark.parametrize(
    ("reason", "complaint"), [(" ", "Say why"), (f"canary@{FLOOD} is a fake", "Leave the address out")]
)
def test_without_a_reason_that_can_be_kept_for_good_nothing_starts(decider, petition, reason, complaint):
    answer = start(decider, petition, mail_domain=FLOOD, reason=reason)
    assert answer.status_code == 422
    assert complaint in text_of(answer)


def test_a_condition_that_we_did_not_sign_starts_nothing(decider, petition):
    other = PetitionFactory()
    confirmed(other)
    page = decider.get(f"{choose(other)}?language=en").content.decode()
    seen = html.unescape(re.search(r'name="seen" value="([^"]+)"', page)[1])
    for forged in ("", "x", seen[:-2], seen):
        assert decider.post(choose(petition), {"seen": forged, "reason": "a"}).status_code == 400
    assert not Invalidation.objects.exists()


def test_who_may_not_invalidate_sees_none_of_it(editor, decider, superuser, petition):
    page = start(decider, petition, mail_domain=FLOOD)["Location"]
    for address in (trends(petition), choose(petition), page):
        assert editor.get(address).status_code == 302
        assert superuser.get(address).status_code == 200
    editor.post(page, {"intent": "cancel"})
    assert Invalidation.objects.get().state == "running"
    listing = reverse("wagtailsnippets_actions_petition:list")
    assert trends(petition) not in editor.get(listing).content.decode()
    assert trends(petition) in decider.get(listing).content.decode()


def test_a_petition_that_nobody_has_signed_makes_no_key_by_being_looked_at(decider, riding):
    from actions.privacy.models import RecordKey

    petition = PetitionFactory()
    assert decider.get(choose(petition) + "?mail_domain=some.example").status_code == 200
    assert not RecordKey.objects.filter(owner_kind="petition", owner_id=petition.pk).exists()


@pytest.mark.parametrize("size", [1, 30])
def test_the_pages_cost_the_same_for_few_and_for_many(decider, petition, size, django_assert_max_num_queries):
    for number in range(size):
        confirmed(petition, email=f"m{number}@many-{number % 15}.example", name=f"M {number}")
    run = start(decider, petition, mail_domain=FLOOD)["Location"]
    for address, most in (
        (trends(petition), 24),
        (choose(petition), 24),
        (f"{choose(petition)}?language=en", 28),
        (run, 20),
    ):
        decider.get(address)
        with django_assert_max_num_queries(most):
            decider.get(address)
