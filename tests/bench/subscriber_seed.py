"""Any number of subscribers who agreed to a campaign's updates, in seconds, encrypted as real ones are."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.bench import bulk
from tests.bench.petition_seed import DAYS, FED_NUMS, FIRST_DAY, LANGUAGES, make_ridings, mark

if TYPE_CHECKING:
    from actions.campaigns.models import Campaign

COLUMNS = (
    "id", "row_key", "name", "email", "email_fingerprint", "fingerprint_rules", "leave_hash", "language", "riding_id",
    "province", "state", "subscribed_at",
)  # fmt: skip
CONSENT_COLUMNS = ("subscriber_id", "wording", "language", "page", "source", "campaign_id", "given_at")


def make_subscribers(campaign: Campaign, *, count: int) -> None:
    """Make them in an empty table, numbered from 1 on."""
    from actions.subscribers.models import Consent, Subscriber

    make_ridings()
    bulk.insert(Subscriber, COLUMNS, subscriber_rows(count))
    bulk.insert(Consent, CONSENT_COLUMNS, consent_rows(campaign, count))
    bulk.take_stock()


def subscriber_rows(count: int) -> Iterator[tuple[Any, ...]]:
    from actions.privacy.addresses import CURRENT_RULES
    from actions.representatives.provinces import province_of
    from actions.subscribers.leaving import leave_hash, list_key
    from actions.subscribers.models import Subscriber

    key = list_key()
    name, email = (Subscriber._meta.get_field(column) for column in ("name", "email"))
    provinces = {number: str(province_of(number)) for number in FED_NUMS}
    for number in range(1, count + 1):
        row_key, address = uuid.uuid4(), f"reader{number}@reader.example"
        row, riding = SimpleNamespace(row_key=row_key), FED_NUMS[number * 7919 % len(FED_NUMS)]
        yield (
            number, row_key, name.protect(f"Reader {number}", row).text, email.protect(address, row).text,
            mark(key, "email", address), CURRENT_RULES, leave_hash(row_key, key=key), language_of(number), riding,
            provinces[riding], "subscribed", FIRST_DAY + timedelta(days=number % DAYS),
        )  # fmt: skip


def consent_rows(campaign: Campaign, count: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, count + 1):
        given_at = FIRST_DAY + timedelta(days=number % DAYS)
        yield (number, "Send me updates.", language_of(number), "/en/act/", "petition", campaign.pk, given_at)


def language_of(number: int) -> str:
    return LANGUAGES[number % len(LANGUAGES)]
