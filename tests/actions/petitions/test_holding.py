"""What speaks against a signature, each rule by itself: what it holds, and whom it leaves alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from actions.petitions import holding, services
from actions.petitions.holding import Most, Rules
from actions.petitions.models import Signature
from actions.petitions.states import HeldReason, SignatureState
from actions.privacy.addresses import loosely_written, registered_domain
from actions.privacy.retention import retire
from actions.protection.limits import range_key
from actions.protection.mail_domains import MailDomainKind, is_copy, is_disposable, kind_of, mixes_scripts
from tests.actions.petitions.reading import post
from tests.factories.petitions import PetitionFactory, confirmed, signed


def states(petition, number: int, **changes) -> list[str]:
    """Confirm so many signatures that differ in name and mailbox; return reason or state of each."""
    made = [
        confirmed(petition, name=f"Signer {n}", **{"email": f"s{n}@gmail.com", **{k: v(n) for k, v in changes.items()}})
        for n in range(number)
    ]
    return [one.held_reason or one.state for one in made]


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("a.b.throwaway.example", "throwaway.example"),
        ("mail.utoronto.ca", "utoronto.ca"),
        ("ic.gc.ca", "ic.gc.ca"),
        ("x.bbc.co.uk", "bbc.co.uk"),
        ("Example.ORG.", "example.org"),
        ("xn--gmil-63d.com", "xn--gmil-63d.com"),
        ("gmаil.com", "xn--gmil-63d.com"),
        ("localhost", "localhost"),
    ],
)
def test_a_domain_is_counted_as_it_was_registered(domain, expected):
    assert registered_domain(domain) == expected


def test_a_mailbox_is_loosely_one_without_tag_and_dots():
    assert loosely_written("T.Ai+x@Corp.example") == loosely_written("tai@corp.example") == "tai@corp.example"
    assert loosely_written("+x@corp.example") == "+x@corp.example"


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("gmail.com", MailDomainKind.PROVIDER),
        ("ns.sympatico.ca", MailDomainKind.PROVIDER),
        ("duck.com", MailDomainKind.RELAY),
        ("jane.anonaddy.com", MailDomainKind.RELAY),
        ("student.ubc.ca", MailDomainKind.INSTITUTION),
        ("link.cuhk.edu.hk", MailDomainKind.INSTITUTION),
        ("firm.example", MailDomainKind.OTHER),
    ],
)
def test_who_shares_a_domain_is_known(domain, kind):
    assert kind_of(domain) == kind


def test_throwaway_domains_are_known_with_what_lies_below_them_and_relays_are_none():
    assert is_disposable("mailinator.com")
    assert is_disposable("a.b.mailinator.com")
    for domain in (
        "duck.com",
        "mozmail.com",
        "privaterelay.appleid.com",
        "simplelogin.com",
        "proton.me",
        "firm.example",
    ):
        assert not is_disposable(domain), domain


@pytest.mark.parametrize(
    "domain", ["gmаil.com", "gmaıl.com", "оutlook.com", "gmáil.com", "gmai1.com", "grnail.com", "ɡmail.com"]
)
def test_a_copy_of_a_known_domain_is_noticed(domain):
    assert is_copy(domain.encode("idna").decode() if not domain.isascii() else domain)


@pytest.mark.parametrize(
    "domain", ["gmail.com", "ymail.com", "例子.香港", "müller.de", "почта.рф", "mail.com", "firm.example", "163.com"]
)
def test_a_domain_in_any_script_is_no_copy(domain):
    assert not is_copy(domain.encode("idna").decode())


@pytest.mark.parametrize(
    "name", ["陳Peter", "Иван Smith", "Γιώργος N.", "محمد", "O'Néill-Côté", "김민준", "山田たろう", "DJ 陳"]
)
def test_a_name_in_any_script_is_welcome(petition, name):
    assert not mixes_scripts(name)
    assert confirmed(petition, name=name).state == SignatureState.CONFIRMED


def test_a_latin_name_with_a_cyrillic_letter_in_it_is_held(petition):
    assert confirmed(petition, name="Sаm Chan").held_reason == HeldReason.LOOKALIKE


def test_a_throwaway_address_and_a_copied_domain_are_held_and_hold_no_other(petition):
    assert confirmed(petition, email="a@mailinator.com").held_reason == HeldReason.DISPOSABLE
    assert confirmed(petition, email="a@xn--gmil-63d.com", name="B").held_reason == HeldReason.LOOKALIKE
    assert confirmed(petition, email="a@gmail.com", name="C").state == SignatureState.CONFIRMED


def test_the_third_way_to_write_a_mailbox_is_held(petition):
    found = states(petition, 4, email=lambda n: f"cheat+{n}@firm.example")
    assert found == ["confirmed", "confirmed", HeldReason.VARIANTS, HeldReason.VARIANTS]
    assert confirmed(petition, email="honest+x@firm.example", name="H").state == SignatureState.CONFIRMED


def test_forms_that_were_stored_up_and_confirmed_at_once_are_held_as_well(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_a_domain=Most(3, 3)))
    rows = [signed(petition, email=f"a{n}@throwaway.example", name=f"A {n}") for n in range(6)]
    assert {row.held_reason for row in rows} == {""}
    assert [services.confirm(signature_id=row.pk) for row in rows] == ["confirmed"] * 3 + ["held"] * 3
    assert services.confirm(signature_id=rows[-1].pk) == SignatureState.HELD
    held = Signature.objects.filter(state=SignatureState.HELD)
    assert {row.held_reason for row in held} == {HeldReason.DOMAIN_BURST}
    assert all(row.confirmed_at and row.email for row in held)


@pytest.mark.parametrize(
    ("domains", "rule"),
    [
        (lambda n: f"x{n}.throwaway.example", "of_a_domain"),
        (lambda n: f"reader{n}.anonaddy.com", "of_a_relay"),
        (lambda n: "mail.utoronto.ca", "of_an_institution"),
    ],
)
def test_each_kind_of_domain_has_its_own_limit_and_subdomains_count_together(petition, monkeypatch, domains, rule):
    monkeypatch.setattr(holding, "RULES", Rules(**{rule: Most(3, 9)}))
    found = states(petition, 5, email=lambda n: f"s{n}x@{domains(n)}")
    assert found == ["confirmed"] * 3 + [HeldReason.DOMAIN_BURST] * 2
    Signature.objects.update(confirmed_at=timezone.now() - timedelta(hours=2))
    assert confirmed(petition, email=f"later@{domains(9)}", name="Later").state == SignatureState.CONFIRMED


def test_what_comes_slowly_is_held_by_the_day(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_a_domain=Most(3, 5)))
    found = []
    for number in range(7):
        Signature.objects.update(confirmed_at=timezone.now() - timedelta(hours=2))
        one = confirmed(petition, email=f"s{number}@throwaway.example", name=f"S {number}")
        found.append(one.held_reason or one.state)
    assert found == ["confirmed"] * 5 + [HeldReason.DOMAIN_BURST] * 2


def test_providers_that_everybody_uses_have_no_limit(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_a_domain=Most(1, 1)))
    assert states(petition, 4) == ["confirmed"] * 4


def test_an_address_range_that_floods_is_held_and_others_are_not(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_an_ipv6_range=Most(3, 9)))
    key = range_key("2001:db8:bad:1::5", about="x")
    assert range_key("2001:db8:bad:1:ffff::9", about="x") == key
    found = states(petition, 5, address_key=lambda n: key)
    assert found == ["confirmed"] * 3 + [HeldReason.RANGE_BURST] * 2
    other = range_key("2001:db8:bad:2::5", about="x")
    assert confirmed(petition, email="o@gmail.com", name="O", address_key=other).state == SignatureState.CONFIRMED


def test_a_table_at_a_rally_gets_its_sixty_an_hour_without_script(petition):
    """One address, IPv6, no form token: DESIGN section 5."""
    client = Client(REMOTE_ADDR="2001:db8:ffff:2::7")
    for number in range(60):
        post(client, name=f"Walker {number}", email=f"walker.{number}x@gmail.com")
    for row in Signature.objects.all():
        services.confirm(signature_id=row.pk)
    assert Signature.objects.filter(state=SignatureState.CONFIRMED).count() == 60


def test_no_form_of_a_stranger_holds_anybody_by_its_range(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_an_ipv4_range=Most(3, 9)))
    for number in range(9):
        signed(petition, email=f"s{number}@gmail.com", name=f"S {number}", address_key="4abc")
    assert confirmed(petition, address_key="4abc").state == SignatureState.CONFIRMED


def test_what_a_person_let_count_is_not_held_again(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_a_domain=Most(1, 1)))
    states(petition, 2, email=lambda n: f"s{n}@firm.example")
    waiting = signed(petition, email="s9@firm.example", name="S 9", held_reason="limit")
    services.release(signature_id=waiting.pk)
    assert services.confirm(signature_id=waiting.pk) == SignatureState.CONFIRMED


def test_petitions_are_looked_at_apart(petition, monkeypatch):
    monkeypatch.setattr(holding, "RULES", Rules(of_a_domain=Most(1, 1)))
    assert states(petition, 1, email=lambda n: f"s{n}@firm.example") == ["confirmed"]
    assert states(PetitionFactory(), 1, email=lambda n: f"s{n}@firm.example") == ["confirmed"]


def test_the_range_of_an_address_cannot_be_joined_or_traced_and_is_forgotten_after_two_days(petition, client):
    post(client)
    row = Signature.objects.get()
    assert row.address_key == range_key("127.0.0.1", about=f"petition {petition.pk}")
    assert row.address_key != range_key("127.0.0.1", about="petition 0")
    assert "127" not in row.address_key[:2]
    retire(Signature, timezone.now() + timedelta(hours=47))
    row.refresh_from_db()
    assert row.address_key
    retire(Signature, timezone.now() + timedelta(hours=49))
    row.refresh_from_db()
    assert row.address_key is None


@pytest.mark.parametrize("size", [1, 60])
def test_pressing_the_button_costs_the_same_however_many_have_signed(petition, size, django_assert_max_num_queries):
    for number in range(size):
        confirmed(petition, email=f"s{number}@firm.example", name=f"S {number}", address_key="6abc")
    waiting = signed(petition, email="last@firm.example", name="Last", address_key="6abc")
    with django_assert_max_num_queries(22):
        assert services.confirm(signature_id=waiting.pk) in (SignatureState.CONFIRMED, SignatureState.HELD)
