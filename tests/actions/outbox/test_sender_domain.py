"""SPF, DKIM, DMARC and the way back of bounces, as the domain name system tells them."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.management import CommandError, call_command

from actions.management.commands.check_sender_domain import Command
from actions.outbox import dns_records
from actions.outbox.dns_records import NoAnswer, look_up
from actions.outbox.sender_domain import Verdict, check_domain
from tests.stubs.dns import DnsStub

DOMAIN = "mail.achk.test"
GOOD = {
    (DOMAIN, "TXT"): ["v=spf1 include:spf.provider.example -all", "unrelated=1"],
    (f"s1._domainkey.{DOMAIN}", "TXT"): ["v=DKIM1; k=rsa; p=MIIBIjANBg"],
    (f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; p=reject; adkim=s"],
    (DOMAIN, "MX"): ["10 mx.achk.test."],
}


def findings(changes=None, *, domain=DOMAIN, selectors=("s1",)):
    records = {**GOOD, **(changes or {})}
    return check_domain(domain, selectors=selectors, look_up=lambda name, kind: records.get((name, kind), []))


def faults(*args, **kwargs) -> str:
    return " ".join(one.text for one in findings(*args, **kwargs) if one.verdict == Verdict.FAULT)


def notes(*args, **kwargs) -> str:
    return " ".join(one.text for one in findings(*args, **kwargs) if one.verdict == Verdict.NOTE)


def test_a_domain_that_is_set_up_well_has_nothing_to_mend():
    assert {one.verdict for one in findings()} == {Verdict.GOOD}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({(DOMAIN, "TXT"): []}, "no record that begins with v=spf1"),
        ({(DOMAIN, "TXT"): ["v=spf10 -all"]}, "no record that begins with v=spf1"),
        ({(DOMAIN, "TXT"): ["v=spf1 -all", "v=spf1 mx -all"]}, "2 records"),
        ({(DOMAIN, "TXT"): ["v=spf1 +all"]}, "lets everybody send"),
        ({(DOMAIN, "TXT"): ["v=spf1 mx all"]}, "lets everybody send"),
        ({(DOMAIN, "TXT"): ["v=spf1 " + "include:a.example " * 11 + "-all"]}, "11 look-ups"),
        ({(f"s1._domainkey.{DOMAIN}", "TXT"): []}, f"no key at s1._domainkey.{DOMAIN}"),
        ({(f"s1._domainkey.{DOMAIN}", "TXT"): ["v=DKIM1; p="]}, "withdrawn"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): []}, "DMARC: neither"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; p=none", "v=DMARC1; p=reject"]}, "exactly one record"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; rua=mailto:x@y.example"]}, "states no policy"),
        ({(DOMAIN, "MX"): ["0 ."]}, "null MX"),
        ({(DOMAIN, "MX"): []}, "neither MX nor address"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(changes, words):
    assert words in faults(changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({(DOMAIN, "TXT"): ["v=spf1 mx ?all"]}, "forbids nobody"),
        ({(DOMAIN, "TXT"): ["v=spf1 mx"]}, "forbids nobody"),
        ({(f"_dmarc.{DOMAIN}", "TXT"): ["v=DMARC1; p=none"]}, "only watches"),
        ({(DOMAIN, "MX"): [], (DOMAIN, "A"): ["192.0.2.1"]}, "no MX record"),
    ],
)
def test_what_could_be_better_is_noted_and_is_no_fault(changes, words):
    assert words in notes(changes)
    assert not faults(changes)


def test_a_subdomain_inherits_the_policy_of_the_domain_above_it():
    above = {(f"_dmarc.{DOMAIN}", "TXT"): [], ("_dmarc.achk.test", "TXT"): ["v=DMARC1; p=reject; sp=none"]}
    assert "only watches" in notes(above)
    above["_dmarc.achk.test", "TXT"] = ["v=DMARC1; p=quarantine"]
    assert not notes(above)
    assert not faults(above)


def test_without_selectors_dkim_is_said_to_be_unchecked():
    assert "not checked" in notes(selectors=())


@pytest.mark.parametrize(
    "domain", ["", "localhost", "a b.example", "x@y.example", "-a.example", "a." * 200, "é.example", "\0"]
)
def test_what_is_no_domain_is_refused(domain):
    with pytest.raises(ValueError, match="domain"):
        findings(domain=domain)


@pytest.mark.parametrize("selector", ["", "a b", "../x", "é", "s" * 70])
def test_a_selector_that_is_none_is_a_fault(selector):
    assert "none" in faults(selectors=[selector])


def test_name_servers_that_do_not_answer_are_a_fault_and_the_rest_is_still_said():
    def away(name, kind):
        if kind == "MX":
            raise NoAnswer("LifetimeTimeout")
        return GOOD.get((name, kind), [])

    found = check_domain(DOMAIN, selectors=["s1"], look_up=away)
    assert [one.verdict for one in found].count(Verdict.FAULT) == 1
    assert "did not answer" in found[-1].text


# --- Against a name server ------------------------------------------------------------------------------------------


@pytest.fixture
def server():
    with DnsStub(
        {key: [f'"{text}"' if key[1] == "TXT" else text for text in texts] for key, texts in GOOD.items()}
    ) as stub:
        yield stub


def test_records_are_asked_for_over_the_network_and_long_ones_put_together(server):
    server.records[DOMAIN, "TXT"] = ['"v=spf1 include:spf.provider.exam" "ple -all"']
    ask = partial(look_up, resolver=server.resolver())
    assert ask(DOMAIN, "TXT") == ["v=spf1 include:spf.provider.example -all"]
    assert ask(DOMAIN, "MX") == ["10 mx.achk.test."]
    assert ask(DOMAIN, "AAAA") == []
    assert ask("nothing.example", "TXT") == []


def test_a_name_server_that_is_silent_is_waited_for_a_moment_only(server, monkeypatch):
    monkeypatch.setattr(dns_records, "SECONDS", 0.3)
    server.is_silent = True
    with pytest.raises(NoAnswer):
        look_up(DOMAIN, "TXT", resolver=server.resolver())


def test_the_command_says_what_it_found_and_ends_with_an_error_on_a_fault(server, monkeypatch, capsys, settings):
    settings.DKIM_SELECTORS = ["s1"]
    monkeypatch.setattr(Command, "look_up", staticmethod(partial(look_up, resolver=server.resolver())))
    call_command("check_sender_domain")
    assert "good   SPF: “v=spf1 include:spf.provider.example -all”" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 to be mended"):
        call_command("check_sender_domain", "--selector", "gone")
    with pytest.raises(CommandError, match="not a domain name"):
        call_command("check_sender_domain", "no domain")
