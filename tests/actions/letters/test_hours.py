"""Office hours are those of Ottawa's clocks, and the reckoned end is never sooner than the pace allows."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from actions.letters.hours import ANY_HOUR, Hours, finish, is_open, places, spacing, windows

OTTAWA = ZoneInfo("America/Toronto")
OFFICE = Hours(office_opens=time(8), office_closes=time(18))


def ottawa(text: str) -> datetime:
    """``2026-03-06 08:00`` on the wall in Ottawa, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=OTTAWA).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "answer"),
    [
        ("2026-03-06 07:59:59", False),
        ("2026-03-06 08:00", True),  # a Friday
        ("2026-03-06 17:59:59", True),
        ("2026-03-06 18:00", False),
        ("2026-03-07 12:00", False),
        ("2026-03-08 12:00", False),
        ("2026-03-09 00:00", False),
        ("2026-03-09 08:00", True),
    ],
)
def test_letters_leave_on_working_days_only_between_the_hours(moment, answer):
    assert is_open(OFFICE, ottawa(moment)) is answer
    assert is_open(ANY_HOUR, ottawa(moment))


def test_the_office_opens_at_eight_before_and_after_the_clocks_change():
    friday, monday = ottawa("2026-03-06 08:00"), ottawa("2026-03-09 08:00")
    assert (friday.hour, monday.hour) == (13, 12)  # UTC: summer time began on the Sunday between
    assert next(windows(OFFICE, ottawa("2026-03-06 18:00")))[0] == monday
    assert next(windows(OFFICE, ottawa("2026-10-30 18:00")))[0] == ottawa("2026-11-02 08:00")
    assert ottawa("2026-11-02 08:00").hour == 13


def test_a_late_evening_in_ottawa_is_another_day_in_utc():
    late = Hours(office_opens=time(20), office_closes=time(23, 59))
    assert is_open(late, ottawa("2026-03-06 23:30"))  # Saturday in UTC
    assert not is_open(late, ottawa("2026-03-08 23:30"))  # Monday in UTC
    assert is_open(Hours(office_opens=time(0), office_closes=time(8)), ottawa("2026-03-09 00:00"))


def test_an_open_office_opens_now():
    now = ottawa("2026-03-06 10:17")
    assert next(windows(OFFICE, now))[0] == next(windows(ANY_HOUR, now))[0] == now


@pytest.mark.parametrize("closes", [time(8), time(7)])
def test_hours_that_never_come_are_no_endless_search(closes):
    never = Hours(office_opens=time(8), office_closes=closes)
    now = ottawa("2026-03-06 08:00")
    assert not is_open(never, now)
    assert list(windows(never, now)) == []
    assert finish(1, 60, never, now) is None


def test_the_last_of_a_queue_leaves_at_the_pace():
    now = ottawa("2026-03-06 10:00")
    assert finish(0, 60, OFFICE, now) == now
    assert finish(1, 60, OFFICE, now) == now
    assert finish(3, 60, OFFICE, now) == now + 2 * spacing(60)
    assert spacing(60) >= timedelta(seconds=60)


def test_a_queue_goes_on_after_the_night_and_the_weekend():
    now = ottawa("2026-03-06 17:00")
    first_day = places(60, now, ottawa("2026-03-06 18:00"))
    assert first_day == 60
    assert finish(first_day, 60, OFFICE, now) < ottawa("2026-03-06 18:00")
    assert finish(first_day + 1, 60, OFFICE, now) == ottawa("2026-03-09 08:00")
    assert finish(first_day + 1, 60, ANY_HOUR, now) == now + first_day * spacing(60)


def test_five_thousand_letters_to_one_inbox_take_nine_working_days():
    assert finish(5_000, 60, OFFICE, ottawa("2026-03-09 08:00")).date() == datetime(2026, 3, 19, tzinfo=UTC).date()


@pytest.mark.parametrize("pace", [1, 7, 60, 3600])
@pytest.mark.parametrize("count", [1, 2, 59, 600, 1_801])
def test_the_reckoned_end_never_breaks_the_pace_nor_the_hours(pace, count):
    now = ottawa("2026-10-30 16:10")  # the clocks go back on the Sunday
    end = finish(count, pace, OFFICE, now)
    if end is None:
        assert pace == 1  # ten a working day: out of sight
        return
    assert is_open(OFFICE, end)
    assert end - now >= timedelta(hours=1) / pace * (count - 1)
    gone = 0
    for opens, closes in windows(OFFICE, now):
        gone += places(pace, opens, min(closes, end + timedelta(seconds=1)))
        if closes > end:
            break
    assert gone >= count


def test_what_would_take_years_is_out_of_sight():
    assert finish(100_000, 1, ANY_HOUR, ottawa("2026-03-06 10:00")) is None
