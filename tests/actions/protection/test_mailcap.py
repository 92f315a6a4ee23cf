"""Nobody gets more than three unsolicited mails in 24 hours, whoever asks for them."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from actions.protection.mailcap import reserve, sweep_allowances
from actions.protection.models import MailAllowance

pytestmark = pytest.mark.django_db
VICTIM = "may.lee@example.org"
DAY = timedelta(hours=24)


def most_in_any_day(times: list[datetime]) -> int:
    return max(sum(start <= other < start + DAY for other in times) for start in times)


def test_three_mails_leave_at_once_and_the_fourth_a_day_after_the_first():
    now = timezone.now().replace(microsecond=0)
    assert [reserve(address=VICTIM, now=now + timedelta(hours=hour)) for hour in range(3)] == [
        now,
        now + timedelta(hours=1),
        now + timedelta(hours=2),
    ]
    assert reserve(address=VICTIM, now=now + timedelta(hours=3)) == now + DAY
    assert reserve(address=VICTIM, now=now + timedelta(hours=3)) == now + DAY + timedelta(hours=1)


def test_after_a_quiet_day_mails_leave_at_once_again():
    now = timezone.now()
    for _ in range(3):
        reserve(address=VICTIM, now=now)
    later = now + timedelta(hours=25)
    assert reserve(address=VICTIM, now=later) == later


def test_a_thousand_posts_never_make_four_mails_in_a_day():
    start = timezone.now()
    places = [reserve(address=VICTIM, now=start + timedelta(minutes=7 * n)) for n in range(1_000)]
    times = [place for place in places if place]
    assert times == sorted(times)
    assert most_in_any_day(times) == 3


def test_when_three_are_waiting_there_is_no_further_mail_and_the_queue_does_not_grow():
    now = timezone.now()
    places = [reserve(address=VICTIM, now=now) for _ in range(100)]
    assert places[6:] == [None] * 94
    assert max(place for place in places if place) <= now + timedelta(hours=24, seconds=1)
    assert reserve(address=VICTIM, now=now + timedelta(hours=49))


def test_all_spellings_of_one_mailbox_share_the_cap():
    now = timezone.now()
    spellings = ["a.b@gmail.com", "ab@googlemail.com", "AB+petition@GMAIL.com"]
    assert [reserve(address=address, now=now) for address in spellings] == [now] * 3
    assert reserve(address="ab@gmail.com", now=now) > now
    assert reserve(address="someone.else@gmail.com", now=now) == now


def test_a_tag_makes_no_other_inbox_at_any_provider():
    now = timezone.now()
    assert [reserve(address=f"may.lee+{number}@example.org", now=now) for number in range(3)] == [now] * 3
    assert reserve(address=VICTIM, now=now) > now


def test_the_address_is_not_stored():
    reserve(address=VICTIM, now=timezone.now())
    assert "may" not in MailAllowance.objects.get().key


def test_the_sweep_forgets_who_got_no_mail_for_a_day():
    now = timezone.now()
    reserve(address=VICTIM, now=now - timedelta(hours=25))
    reserve(address="other@example.org", now=now)
    sweep_allowances(now)
    assert MailAllowance.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_threads_get_three_places_for_today():
    now, times = timezone.now(), []

    def post() -> None:
        place = reserve(address=VICTIM, now=now)
        if place:
            times.append(place)
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(time == now for time in times) == 3
    assert most_in_any_day(times) == 3
