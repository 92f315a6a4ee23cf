"""Parliament is dissolved: nothing goes to anybody who is no MP any more, every writer is told, nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import services
from actions.letters.deciding import Decision, decide_delivery
from actions.letters.delivery import LetterQueue
from actions.letters.dissolution import hold_while_dissolved
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import HeldReason, LetterState
from actions.outbox.clock import database_now
from actions.outbox.dispatch import deliver
from actions.outbox.models import JobRun, PaceGate
from actions.outbox.states import DispatchState
from actions.outbox.transports import BackendTransport
from actions.outbox.worker import Worker
from actions.privacy.retention import retire_all
from home.site_settings import SiteSettings
from tests.actions.letters.reading import URL, WRITER, post, words_of
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.outbox import claim
from tests.factories.representatives import RecipientFactory, RepresentativeFactory


def dissolve(*, is_dissolved: bool = True) -> None:
    SiteSettings.objects.update_or_create(
        site=SiteSettings.current().site, defaults={"parliament_dissolved": is_dissolved}
    )


def work() -> None:
    """Two rounds of a worker that has just been started: every job that is due runs, and every mail that may leave."""
    for _round in range(2):
        JobRun.objects.all().delete()
        PaceGate.objects.all().delete()
        Worker().drain()


def told(address: str = WRITER["email"]) -> list[str]:
    return [message.body for message in mail.outbox if message.to == [address] and "not been delivered" in message.body]


def sent_to(address: str) -> int:
    return len([message for message in mail.outbox if message.to == [address]])


def only_row() -> LetterDelivery:
    return LetterDelivery.objects.get()


@pytest.fixture
def confirmed(letter_campaign, riding) -> Letter:
    letter = written_letter(letter_campaign, riding=riding)
    services.confirm(letter_id=letter.pk)
    return letter


def test_a_queued_letter_is_held_and_its_writer_told_once_with_their_text(confirmed, member):
    dissolve()
    work()
    work()
    assert (only_row().state, only_row().held_reason) == (DispatchState.HELD, "dissolved")
    assert not sent_to(member.email)
    assert len(told()) == 1
    assert "until the election nobody is a Member of Parliament" in told()[0]
    assert "Please vote for it." in told()[0]


def test_lifting_the_switch_lets_nothing_leave(confirmed, member):
    dissolve()
    work()
    dissolve(is_dissolved=False)
    work()
    assert only_row().state == DispatchState.HELD
    assert not sent_to(member.email)


def test_the_switch_acts_before_the_job_has_run(confirmed, member):
    dissolve()
    assert claim(LetterQueue(), database_now()) is None


def test_a_letter_that_a_worker_holds_is_stopped_before_it_is_handed_over(confirmed, member):
    row = claim(LetterQueue(), database_now())
    dissolve()
    deliver(LetterQueue(), row, BackendTransport())
    assert (only_row().state, only_row().held_reason) == (DispatchState.HELD, "dissolved")
    assert not sent_to(member.email)
    work()
    assert len(told()) == 1


def test_confirming_while_dissolved_holds_the_letter_and_says_so(client, letter_campaign, riding, member):
    from tests.actions.letters.test_after_confirming import link_of

    letter = written_letter(letter_campaign, riding=riding)
    link = link_of(letter)
    dissolve()
    assert "we keep your letter to the MP until then" in words_of(client.get(link).content.decode())
    post(client, link, {})
    letter.refresh_from_db()
    assert letter.state == LetterState.CONFIRMED
    assert only_row().held_reason == "dissolved"
    page = words_of(client.get(link).content.decode())
    assert "Your letter has not been sent" in page
    assert "until the election nobody is a Member of Parliament" in page
    assert "is confirmed" not in page
    work()
    assert len(told()) == 1
    assert not sent_to(member.email)


DOUBTED = [
    ("", "plain@writer.example"),
    ("limit", "limit@writer.example"),
    ("honeypot", "honeypot@writer.example"),
    ("near-duplicate", "near@writer.example"),
]


def answers(client, campaign, riding) -> list[tuple[bytes, list[str]]]:
    """Confirm letters with and without a doubt about them; what the page answers, and what the mails say."""
    from tests.actions.letters.test_after_confirming import link_of

    links = {}
    for reason, email in DOUBTED:
        links[email] = link_of(written_letter(campaign, riding=riding, email=email, held_reason=reason))
    dissolve()
    for link in links.values():
        post(client, link, {})
    work()
    return [(page_behind(client, link), told(email)) for email, link in links.items()]


def page_behind(client, link: str) -> bytes:
    """The page's bytes without its own address, which the language picker repeats."""
    return client.get(link).content.replace(link.split("/")[-2].encode(), b"")


@pytest.mark.parametrize("to_others", [False, True])
def test_a_doubted_letter_gets_the_same_page_and_mail_as_any_other(client, letter_campaign, member, riding, to_others):
    """Else a stranger could find out which letters we look at."""
    others = [RecipientFactory(name="Pat Minister")] if to_others else []
    campaign = LetterCampaignFactory(recipients=others)
    found = answers(client, campaign, riding)
    pages, mails = [page for page, _mails in found], [[_anonymous(one) for one in mails] for _page, mails in found]
    assert set(pages) == {pages[0]}
    expected = "Held back: Jordan Lee" if to_others else "Your letter has not been sent"
    assert expected in words_of(pages[0].decode())
    assert mails == [mails[0]] * len(mails)
    assert len(mails[0]) == 1
    assert not sent_to(member.email)
    dissolve(is_dissolved=False)
    work()
    assert {len(told(email)) for _reason, email in DOUBTED} == {1}


def _anonymous(text: str) -> str:
    return re.sub(r"\w+@writer\.example", "", text)


def test_a_doubted_letter_looks_like_any_other_when_its_moment_passes_too(client, letter_campaign, riding, member):
    found = answers(client, letter_campaign, riding)
    links = [re.search(r"/\S+/confirm/[0-9a-f]{64}/", message.body)[0] for message in mail.outbox[: len(DOUBTED)]]
    type(letter_campaign).objects.update(useless_after=timezone.now() - timedelta(minutes=1))
    work()
    assert {len(told(email)) for _reason, email in DOUBTED} == {1}
    pages = {page_behind(client, link) for link in links}
    assert len(pages) == 1
    assert pages == {found[0][0]}


def test_the_doubt_stays_on_record_and_letting_it_go_tells_nothing_twice(client, letter_campaign, riding, member):
    answers(client, letter_campaign, riding)
    letter = Letter.objects.get(held_reason="limit")
    services.release(letter_id=letter.pk)
    work()
    assert LetterDelivery.objects.get(letter=letter).held_reason == HeldReason.DISSOLVED
    assert len(told("limit@writer.example")) == 1


def test_a_doubted_letter_that_was_confirmed_before_looks_like_one_that_left(client, letter_campaign, riding, member):
    from tests.actions.letters.test_after_confirming import confirmed_page, link_of

    left = written_letter(letter_campaign, riding=riding, email="left@writer.example")
    doubted = written_letter(letter_campaign, riding=riding, email="doubted@writer.example", held_reason="limit")
    for letter in (left, doubted):
        confirmed_page(client, letter)
    work()
    dissolve()
    work()
    assert sent_to(member.email) == 1
    assert page_behind(client, link_of(left)) == page_behind(client, link_of(doubted)) != b""
    assert "Your letter is confirmed" in client.get(link_of(doubted)).content.decode()
    assert told("doubted@writer.example") == []


def test_what_goes_to_others_still_leaves_and_the_page_tells_both(client, member, riding):
    from tests.actions.letters.test_after_confirming import link_of

    minister = RecipientFactory(name="Pat Minister")
    campaign = LetterCampaignFactory(recipients=[minister])
    letter = written_letter(campaign, riding=riding)
    link = link_of(letter)
    dissolve()
    post(client, link, {})
    work()
    assert (sent_to(minister.email), sent_to(member.email)) == (1, 0)
    page = words_of(client.get(link).content.decode())
    assert "Held back: Jordan Lee" in page
    assert len(told()) == 1


def test_after_the_election_a_person_lets_it_go_to_the_same_member(confirmed, member):
    dissolve()
    work()
    refused = decide_delivery(delivery_id=only_row().pk, decision=Decision.SEND_AGAIN, user=None)
    assert not refused.is_changed
    dissolve(is_dissolved=False)
    released = decide_delivery(delivery_id=only_row().pk, decision=Decision.SEND_AGAIN, user=None)
    assert released.state == DispatchState.QUEUED
    work()
    assert sent_to(member.email) == 1


def test_after_the_election_it_never_goes_to_a_new_member(confirmed, member, riding):
    dissolve()
    work()
    type(member).objects.filter(pk=member.pk).update(is_current=False)
    successor = RepresentativeFactory(riding=riding)
    dissolve(is_dissolved=False)
    decide_delivery(delivery_id=only_row().pk, decision=Decision.SEND_AGAIN, user=None)
    assert (only_row().state, only_row().held_reason) == (DispatchState.HELD, "mp-changed")
    work()
    assert not sent_to(member.email)
    assert not sent_to(successor.email)
    assert len(told()) == 2
    assert "has changed" in told()[1]


def test_after_the_election_writing_anew_takes_the_place_of_what_was_held(confirmed, letter_campaign, riding, member):
    dissolve()
    work()
    dissolve(is_dissolved=False)
    anew = written_letter(letter_campaign, riding=riding, body="Written anew.")
    assert services.confirm(letter_id=anew.pk) == LetterState.CONFIRMED
    work()
    assert sent_to(member.email) == 1
    assert LetterDelivery.objects.get(letter=confirmed).state == DispatchState.FAILED


@pytest.mark.parametrize("how", ["a person", "time"])
def test_giving_up_after_the_election_tells_the_writer(confirmed, how):
    dissolve()
    work()
    if how == "a person":
        decide_delivery(delivery_id=only_row().pk, decision=Decision.GIVE_UP, user=None)
    else:
        services.end_stuck_letters(timezone.now() + timedelta(days=60, minutes=1))
    work()
    assert (only_row().state, only_row().held_reason) == (DispatchState.FAILED, "after-election")
    assert "it was not sent after the election either" in told()[-1]


def test_a_held_letter_outlives_an_election_campaign(confirmed):
    """Up to 51 days from the writs to the vote: https://laws-lois.justice.gc.ca/eng/acts/E-2.01/section-57.html ."""
    dissolve()
    work()
    retire_all(timezone.now() + timedelta(days=51))
    services.end_stuck_letters(timezone.now() + timedelta(days=51))
    confirmed.refresh_from_db()
    assert confirmed.body
    assert only_row().state == DispatchState.HELD


def test_a_letter_that_its_writer_takes_back_is_gone(confirmed):
    dissolve()
    work()
    services.withdraw(letter_id=confirmed.pk)
    confirmed.refresh_from_db()
    assert (confirmed.body, only_row().state) == ("", DispatchState.FAILED)


def test_an_unreadable_letter_stops_no_other(confirmed, letter_campaign, riding):
    other = written_letter(letter_campaign, riding=riding, email="other@writer.example")
    services.confirm(letter_id=other.pk)
    table = Letter._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = 'not a ciphertext' WHERE id = %s", [confirmed.pk])
    dissolve()
    hold_while_dissolved(timezone.now())
    assert set(LetterDelivery.objects.values_list("state", flat=True)) == {DispatchState.HELD}
    work()
    assert len(told("other@writer.example")) == 1


def test_a_letter_let_go_by_a_person_during_dissolution_is_held_for_the_election(letter_campaign, riding, member):
    letter = written_letter(letter_campaign, riding=riding, held_reason="limit")
    services.confirm(letter_id=letter.pk)
    dissolve()
    services.release(letter_id=letter.pk)
    assert only_row().held_reason == HeldReason.DISSOLVED
    work()
    assert len(told()) == 1


def test_without_a_switch_to_others_nobody_can_write(client, letter_campaign):
    dissolve()
    assert "Parliament is dissolved." in client.get(URL).content.decode()
    answer = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert answer.status_code == 409
    assert WRITER["own_words"] in answer.content.decode()


@pytest.fixture
def switching(member):
    stand_ins = [RecipientFactory(name=f"Person {party}", party_name_en=party) for party in ("Liberal", "NDP")]
    return LetterCampaignFactory(slug="second-reading", stand_ins=stand_ins, when_dissolved="switch")


def test_the_form_stays_open_and_goes_to_those_who_stand_in(client, switching, member):
    dissolve()
    assert "Find my MP" in client.get(URL).content.decode()
    page = words_of(post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode())
    assert "Parliament is dissolved." in page
    assert "Person Liberal" in page
    assert "Jordan Lee" not in page
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    services.confirm(letter_id=Letter.objects.get().pk)
    work()
    assert {sent_to(target.recipient.email) for target in switching.targets.exclude(recipient=None)} == {1}
    assert not sent_to(member.email)


def test_nobody_in_office_to_stand_in_means_that_nobody_can_write(client, switching):
    RecipientFactory._meta.model.objects.update(is_active=False)
    dissolve()
    assert "Parliament is dissolved." in client.get(URL).content.decode()
    assert "Find my MP" not in client.get(URL).content.decode()


def test_a_letter_confirmed_to_an_mp_before_is_held_and_not_sent_to_a_stand_in(switching, riding, member):
    letter = written_letter(switching, riding=riding)
    services.confirm(letter_id=letter.pk)
    dissolve()
    work()
    assert only_row().held_reason == "dissolved"
    assert not any(sent_to(target.recipient.email) for target in switching.targets.exclude(recipient=None))
    assert len(told()) == 1


@pytest.mark.parametrize("moment", ["before confirming", "before sending"])
def test_when_there_are_mps_again_no_letter_goes_to_a_stand_in(switching, riding, member, moment):
    dissolve()
    letter = written_letter(switching, riding=riding)
    if moment == "before sending":
        services.confirm(letter_id=letter.pk)
    dissolve(is_dissolved=False)
    services.confirm(letter_id=letter.pk)
    work()
    assert not any(sent_to(target.recipient.email) for target in switching.targets.exclude(recipient=None))
    assert not sent_to(member.email)
    assert "Somebody sits for your riding again" in told()[-1]


def test_an_mp_who_leads_a_party_too_can_stand_in_for_themselves(riding, member):
    leader = RecipientFactory(email=member.email)
    campaign = LetterCampaignFactory(stand_ins=[leader], when_dissolved="switch")
    dissolve()
    letter = written_letter(campaign, riding=riding)
    assert services.confirm(letter_id=letter.pk) == LetterState.CONFIRMED
    work()
    assert sent_to(member.email) == 1
