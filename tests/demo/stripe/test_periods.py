"""Months are of different lengths."""

from datetime import UTC, datetime

import pytest

from achk_site.demo.stripe.periods import period_end

MONTH = {"interval": "month", "interval_count": 1}


def moment(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("recurring", "number", "end"),
    [
        (MONTH, 1, "2027-02-28T10:30"),
        (MONTH, 2, "2027-03-31T10:30"),
        (MONTH, 3, "2027-04-30T10:30"),
        (MONTH, 13, "2028-02-29T10:30"),
        ({"interval": "month", "interval_count": 3}, 1, "2027-04-30T10:30"),
        ({"interval": "year", "interval_count": 1}, 1, "2028-01-31T10:30"),
        ({"interval": "week", "interval_count": 2}, 1, "2027-02-14T10:30"),
        ({"interval": "day", "interval_count": 1}, 0, "2027-01-31T10:30"),
    ],
)
def test_a_period_ends_on_the_anchor_s_day_or_the_month_s_last(recurring, number, end):
    assert period_end(moment("2027-01-31T10:30"), recurring, number) == moment(end)
