"""The mailed link: opening it changes nothing, its button counts once, and the same link takes it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from actions.outbox.worker import Worker
from actions.petitions import services
from actions.petitions.models import Petition, Signature, Tally, TallyDelta
from actions.petitions.recent import recent_signers
from actions.petitions.states import Place, SignatureState
from actions.privacy.retention import retire_all
from actions.privacy.sealing import Sealed
from actions.privacy.services import erase, tell
from actions.subscribers.models import Consent, Subscriber
from tests.actions.petitions.reading import SIGNER, URL, mailed_link, mails_to, post, press
from tests.factories.petitions import PetitionFactory, confirmed, signed

pytestmark = pytest.mark.django_db
SCANNERS = [
    {}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"},
    {"User-Agent": "Mozilla/5.0 (compatible; MSOffice SafeLinks)"},
]  # fmt: skip


def counted() -> int:
    Worker().drain()
    return Tally.objects.get().confirmed if Tally.objects.exists() else 0


def test_a_thousand_scanners_change_nothing_and_the_button_counts_once(client, petition):
    post(client)
    link = mailed_link()
    before = Signature.objects.values().get()
    shown = client.get(link)
    assert "It does not count yet" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    for number in range(1000):
        method = client.get if number % 2 else client.head
        assert method(link, headers=SCANNERS[number % len(SCANNERS)]).status_code == 200
    assert str(Signature.objects.values().get()) == str(before)
    assert not TallyDelta.objects.exists()
    pages = []
    for _ in range(3):
        assert press(client, link).status_code == 303
        pages.append(client.get(link).content)
    assert "Your signature is confirmed" in pages[0].decode()
    assert pages == [pages[0]] * 3
    assert counted() == 1


def test_a_second_person_of_the_household_counts_and_a_third_does_not(petition):
    first = confirmed(petition)
    second = confirmed(petition, name="陳小文")
    elsewhere = confirmed(petition, name="Third Person", postal_code="V6X1A1")
    third = confirmed(petition, name="Fourth Person")
    assert [(row.state, row.slot) for row in (first, second)] == [("confirmed", 1), ("confirmed", 2)]
    assert Signature.objects.count() == 2
    assert first.pk in (elsewhere.pk, third.pk) or second.pk in (elsewhere.pk, third.pk)
    assert counted() == 2


def test_two_forms_of_one_person_that_wait_at_once_count_once(client, petition):
    rows = [signed(petition), signed(petition, comment="Another form")]
    assert [services.confirm(signature_id=row.pk) for row in rows] == [
        SignatureState.CONFIRMED,
        SignatureState.REPEATED,
    ]
    assert counted() == 1


def test_the_page_of_a_repeated_one_is_that_of_a_counted_one(client, petition):
    post(client)
    first = mailed_link()
    post(client, comment="Another form")
    second = mailed_link()
    for link in (first, second):
        press(client, link)
    pages = [client.get(link).content.decode().replace(link[3:], "") for link in (first, second)]
    assert pages[0] == pages[1]


def test_a_held_signature_is_confirmed_and_not_counted_until_staff_release_it(client, petition):
    post(client, website="spam")
    link = mailed_link()
    assert press(client, link).status_code == 303
    assert "Your signature is confirmed" in client.get(link).content.decode()
    signature = Signature.objects.get()
    assert (signature.state, signature.slot, counted()) == (SignatureState.HELD, None, 0)
    assert services.release(signature_id=signature.pk) == SignatureState.CONFIRMED
    assert counted() == 1
    assert services.release(signature_id=signature.pk) == SignatureState.CONFIRMED
    assert counted() == 1


def test_invalidating_and_releasing_again_restores_the_count(petition):
    signature = confirmed(petition)
    assert counted() == 1
    services.invalidate(signature_id=signature.pk)
    assert counted() == 0
    services.release(signature_id=signature.pk)
    assert counted() == 1


def test_after_confirming_only_what_is_needed_stays_readable(petition, settings):
    plain = confirmed(petition)
    assert (plain.name, plain.email, plain.postal_code) == ("", "", "")
    assert plain.contact == "陳大文\ntai-man@signer.example\nK1A0A6"
    shown = confirmed(petition, email="b@signer.example", name="May", show_name=True)
    assert (shown.name, shown.email) == ("May", "")
    updated = confirmed(petition, email="c@signer.example", name="Sue", wants_updates=True, consent_text="Write to me.")
    assert (updated.name, updated.email, updated.postal_code) == ("", "", "")


def test_who_wants_updates_is_on_the_list_once_confirmed_with_the_words_they_saw(petition):
    waiting = signed(petition, email="c@signer.example", name="Sue", wants_updates=True, consent_text="Write to me.")
    assert not Subscriber.objects.exists()
    services.confirm(signature_id=waiting.pk)
    services.confirm(signature_id=waiting.pk)
    person = Subscriber.objects.get()
    assert (person.name, person.email, person.state) == ("Sue", "c@signer.example", "subscribed")
    consent = Consent.objects.get()
    assert (consent.wording, consent.source, consent.campaign) == ("Write to me.", "petition", petition.campaign)


def test_a_signature_that_does_not_count_puts_nobody_on_the_list(petition):
    held = signed(petition, wants_updates=True, consent_text="Write to me.", held_reason="limit")
    services.confirm(signature_id=held.pk)
    assert not Subscriber.objects.exists()
    services.release(signature_id=held.pk)
    assert Subscriber.objects.count() == 1
    services.invalidate(signature_id=held.pk)
    services.release(signature_id=held.pk)
    assert Consent.objects.count() == 1


def test_with_an_offline_key_the_server_cannot_read_who_signed(petition, settings):
    from nacl.public import PrivateKey

    settings.ORGANISATION_PUBLIC_KEY = bytes(PrivateKey.generate().public_key)
    signature = confirmed(petition)
    assert isinstance(signature.contact, Sealed)
    services.withdraw(signature_id=signature.pk)
    signature.refresh_from_db()
    assert (signature.state, signature.contact) == (SignatureState.WITHDRAWN, "")


def test_links_confirmed_within_a_day_of_the_end_count_and_later_ones_do_not(client, petition):
    rows = [signed(petition, email=f"s{n}@signer.example", name=f"S {n}") for n in range(2)]
    now = timezone.now()
    Petition.objects.update(closes_at=now)
    assert services.confirm(signature_id=rows[0].pk, now=now + timedelta(hours=23)) == SignatureState.CONFIRMED
    assert services.confirm(signature_id=rows[1].pk, now=now + timedelta(hours=24)) == SignatureState.EXPIRED
    assert counted() == 1


def test_a_link_after_seven_days_says_that_it_is_too_late(client, petition):
    post(client)
    link = mailed_link()
    Signature.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "not confirmed in time" in client.get(link).content.decode()
    press(client, link)
    assert Signature.objects.get().state == SignatureState.EXPIRED
    assert counted() == 0


def test_the_same_link_takes_the_signature_back(client, petition):
    post(client, show_name="on", comment="My words")
    link = mailed_link()
    press(client, link)
    assert counted() == 1
    assert "陳大文" in client.get(URL).content.decode()
    client.get(f"{link}?intent=withdraw")
    assert counted() == 1
    assert press(client, link, intent="withdraw").status_code == 303
    assert counted() == 0
    assert "has been removed" in client.get(link).content.decode()
    assert "陳大文" not in client.get(URL).content.decode()
    signature = Signature.objects.get()
    assert (signature.name, signature.email, signature.comment, signature.contact) == ("", "", "", "")
    press(client, link, intent="withdraw")
    press(client, link)
    assert counted() == 0


def test_who_was_withdrawn_may_sign_again(petition):
    services.withdraw(signature_id=confirmed(petition).pk)
    assert confirmed(petition).state == SignatureState.CONFIRMED
    assert counted() == 1


def test_deleting_it_before_confirming_leaves_nothing(client, petition):
    post(client)
    link = mailed_link()
    press(client, link, intent="withdraw")
    assert press(client, link).status_code == 303
    assert Signature.objects.get().email == ""
    assert counted() == 0


def test_another_page_cannot_press_the_button(client, petition):
    post(client)
    link = mailed_link()
    for origin in ("http://evil.example", "null"):
        assert client.post(link, {}, HTTP_ORIGIN=origin).status_code == 403
    assert Signature.objects.get().state == SignatureState.PENDING


def test_erasing_a_mailbox_takes_all_its_signatures_off(petition):
    confirmed(petition)
    confirmed(PetitionFactory(), email="TAI-MAN@signer.example".lower())
    assert len([row for row in tell(SIGNER["email"]) if row.source == "petitions"]) == 2
    erase(SIGNER["email"])
    assert set(Signature.objects.values_list("state", flat=True)) == {SignatureState.WITHDRAWN}
    Worker().drain()
    assert set(Tally.objects.values_list("confirmed", flat=True)) == {0}


def test_months_after_the_end_only_numbers_stay(petition):
    from actions.petitions.ending import destroy_keys_of_forgotten_petitions
    from actions.privacy.errors import RecordKeyDestroyedError
    from actions.privacy.record_keys import record_key_for

    confirmed(petition, wants_updates=True, consent_text="Write to me.")
    waiting = signed(petition, email="b@signer.example")
    assert counted() == 1
    now = timezone.now()
    Petition.objects.update(closes_at=now - timedelta(days=100), months_kept=4)
    retire_all(now)
    assert Signature.objects.get(pk=waiting.pk).email == "b@signer.example"
    later = now + timedelta(days=40)
    retire_all(later)
    destroy_keys_of_forgotten_petitions(later)
    assert {(row.name, row.email, row.contact) for row in Signature.objects.all()} == {("", "", "")}
    assert Signature.objects.filter(state="confirmed", place=Place.RIDING).count() == 1
    assert Tally.objects.get().confirmed == 1
    with pytest.raises(RecordKeyDestroyedError):
        record_key_for(owner_kind="petition", owner_id=petition.pk)


def test_only_who_asked_is_shown_the_newest_ten_as_they_typed_it(client, petition):
    for number in range(12):
        confirmed(petition, email=f"s{number}@signer.example", name=f"Signer no. {number}", show_name=number != 11)
    signed(petition, email="waits@signer.example", name="Waits Still", show_name=True)
    assert recent_signers(petition.pk) == sorted(f"Signer no. {number}" for number in range(1, 11))
    page = client.get(URL).content.decode()
    assert "Signer no. 10" in page
    assert "Signer no. 11" not in page
    assert "Waits Still" not in page


def test_no_mail_leaves_for_a_signature_that_nobody_waits_for_any_more(petition):
    signature = signed(petition)
    services.withdraw(signature_id=signature.pk)
    assert mails_to(SIGNER["email"]) == []
