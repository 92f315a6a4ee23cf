"""The admin's page of addresses that do not work: seen and decided by those who may correct addresses."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.letters import services
from actions.letters.models import LetterDelivery
from actions.privacy.models import AccessLog
from actions.representatives.address_trouble import AddressTrouble
from actions.representatives.models import Representative
from tests.factories.letters import written_letter
from tests.factories.representatives import RecipientFactory

MP = "jordan.lee@parl.example"


@pytest.fixture
def page() -> str:
    return reverse("dead_addresses")


@pytest.fixture
def dead(letter_campaign, riding) -> AddressTrouble:
    """The MP's address, with one letter that waits for it."""
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding, name="Canary Writer").pk)
    LetterDelivery.objects.update(state="held", held_reason="dead-address")
    return AddressTrouble.objects.create(address=MP, status="5.1.1", count=4, opened_at=timezone.now())


def test_it_waits_on_the_front_page_until_it_is_closed(moderator, dead, page):
    shown = moderator.get(reverse("wagtailadmin_home")).content.decode()
    assert "Mail to 1 address comes back" in shown
    assert f'href="{page}"' in shown
    AddressTrouble.objects.update(closed_at=timezone.now())
    assert "comes back" not in moderator.get(reverse("wagtailadmin_home")).content.decode()


def test_an_address_is_listed_with_its_person_and_how_much_waits_and_no_writer(moderator, dead, page):
    RecipientFactory(name="Kim Example", email=MP)
    AddressTrouble.objects.create(address="closed@parl.example", opened_at=timezone.now(), closed_at=timezone.now())
    AddressTrouble.objects.create(address="suspected@parl.example", soft_bounces=2)
    AddressTrouble.objects.create(address="nobody@parl.example", opened_at=timezone.now())
    shown = moderator.get(page).content.decode()
    person = Representative.objects.get()
    for words in (MP, "Jordan Lee", "Kim Example", "5.1.1", "nobody any more"):
        assert words in shown
    assert f'href="{reverse("wagtailsnippets_actions_representative:edit", args=[person.pk])}"' in shown
    for words in ("closed@", "suspected@", "Canary"):
        assert words not in shown


def test_saying_that_it_works_lets_the_letters_go_once_and_is_on_record(moderator, dead, page):
    answers = [moderator.post(page, {"address": dead.pk}, follow=True).content.decode() for _ in range(2)]
    assert "Letters to this address leave again" in answers[0]
    assert "somebody did that already" in answers[1]
    assert LetterDelivery.objects.get().state == "queued"
    entry = AccessLog.objects.get()
    assert (entry.username, entry.verb, entry.subject) == ("moderator", "decide", f"address {dead.pk}")


def test_looking_changes_nothing(moderator, dead, page):
    moderator.get(f"{page}?address={dead.pk}")
    assert AddressTrouble.objects.get().is_open


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "9" * 30, "1 OR 1=1", "\0", "１"])
def test_a_number_that_is_none_is_refused(moderator, dead, page, number):
    answer = moderator.post(page, {"address": number})
    assert answer.status_code == 400 or (number == "１" and answer.status_code == 302)


def test_editors_may_neither_look_nor_decide(editor, dead, page):
    for answer in (editor.get(page), editor.post(page, {"address": dead.pk})):
        assert answer.status_code in (302, 403)
    assert AddressTrouble.objects.get().is_open
    assert "comes back" not in editor.get(reverse("wagtailadmin_home")).content.decode()


def test_strangers_are_sent_to_the_log_in(client, dead, page):
    assert "/login/" in client.post(page, {"address": dead.pk})["Location"]
    assert AddressTrouble.objects.get().is_open


def test_the_reply_of_a_failed_letter_shows_its_status_code(moderator, dead):
    LetterDelivery.objects.update(state="failed", held_reason="bounced", last_code=550, last_status="5.1.1")
    shown = moderator.get(reverse("letters_to_decide") + "?show=failed").content.decode()
    assert "550 5.1.1" in shown
    assert "it came back" in shown
