"""A petition with any number of confirmed signatures, in seconds: encrypted, recognisable and counted as real ones are.

Signer ``n`` is signer<n>@signer.example; the same numbers make the same petition but for keys and ciphertext.
"""

from __future__ import annotations

import hmac
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from tests.bench import bulk

if TYPE_CHECKING:
    from actions.petitions.models import Petition

RIDINGS_BY_PROVINCE = {
    10: 7,
    11: 4,
    12: 11,
    13: 10,
    24: 78,
    35: 122,
    46: 14,
    47: 14,
    48: 37,
    59: 43,
    60: 1,
    61: 1,
    62: 1,
}
FED_NUMS = [prefix * 1000 + number for prefix, count in RIDINGS_BY_PROVINCE.items() for number in range(1, count + 1)]
LANGUAGES = ("en", "en", "en", "en", "zh-hant", "zh-hant", "fr")
ABROAD_EVERY = 50
FIRST_DAY, DAYS = datetime(2026, 1, 5, 12, tzinfo=UTC), 90
COLUMNS = (
    "row_key", "petition_id", "wording_version_id", "language", "state", "held_reason", "name", "email", "postal_code",
    "comment", "contact", "comment_state", "comment_refused_for", "place", "riding_id", "wants_updates", "consent_text",
    "consent_page", "show_name", "email_fingerprint", "name_fingerprint", "postal_fingerprint", "mail_domain_key",
    "mailbox_key", "is_cleared", "rules_version", "slot", "created_at", "signed_at", "expires_at", "confirmed_at",
)  # fmt: skip


def make_ridings() -> None:
    """Make all 343 ridings, with invented names."""
    from actions.representatives.models import Riding
    from actions.representatives.provinces import province_of

    Riding.objects.bulk_create(
        (
            Riding(fed_num=number, name_en=f"Riding {number}", name_fr=f"Circ. {number}", province=province_of(number))
            for number in FED_NUMS
        ),
        ignore_conflicts=True,
    )


def make_petition(*, signatures: int) -> Petition:
    """Make an open petition in three languages with so many signatures, and its numbers as the worker adds them up."""
    from actions.petitions.models import Signature
    from tests.factories.petitions import PetitionFactory

    make_ridings()
    petition = PetitionFactory(opens_at=FIRST_DAY)
    bulk.insert(Signature, COLUMNS, signature_rows(petition, signatures))
    note_numbers(petition)
    bulk.take_stock()
    return petition


def signature_rows(petition: Petition, count: int, *, first: int = 1) -> Iterator[tuple[Any, ...]]:
    """Yield confirmed signatures of the signers from ``first`` on, spread over ridings, languages and days."""
    from actions.petitions.models import Signature
    from actions.petitions.petition_models import KEY_OWNER
    from actions.privacy.addresses import CURRENT_RULES
    from actions.privacy.fingerprints import domain_fingerprint, record_key_for
    from actions.wordings.services import current_version

    key = record_key_for(KEY_OWNER, petition.pk)
    versions = {wording.locale.language_code: current_version(wording).pk for wording in petition.wordings.all()}
    contact, domain = Signature._meta.get_field("contact"), domain_fingerprint(key, address(1))
    for number in range(first, first + count):
        row_key, email, name = uuid.uuid4(), address(number), f"Signer {number}"
        code = f"K{number % 10}A {number % 7}B{number % 9}"
        language = LANGUAGES[number % len(LANGUAGES)]
        is_abroad = number % ABROAD_EVERY == 0
        riding = None if is_abroad else FED_NUMS[number * 7919 % len(FED_NUMS)]
        at = FIRST_DAY + timedelta(days=number % DAYS, seconds=number % 50_000)
        sealed = contact.protect(f"{name}\n{email}\n{code}", SimpleNamespace(row_key=row_key)).text
        yield (
            row_key, petition.pk, versions[language], language, "confirmed", "", "", "", "", "", sealed, "none",
            "", "abroad" if is_abroad else "riding", riding, False, "", "", False, mark(key, "email", email),
            mark(key, "name", f"signer{number}"), mark(key, "postal", code.replace(" ", "").lower()), domain,
            mark(key, "loose mailbox", email), False, CURRENT_RULES, 1, at, at, at + timedelta(days=7),
            at + timedelta(minutes=5),
        )  # fmt: skip


def address(number: int) -> str:
    return f"signer{number}@signer.example"


def mark(key: bytes, kind: str, text: str) -> str:
    """Return what ``actions.privacy.fingerprints`` makes of text in its plainest form; the harness's test compares."""
    return hmac.digest(key, f"{kind}:{text}".encode(), "sha256").hex()


def note_numbers(petition: Petition) -> None:
    """Write the tally as it is once the worker has added everything up."""
    from django.db.models import Count
    from django.utils import timezone

    from actions.petitions.models import RidingTally, Signature, Tally

    counted = Signature.objects.filter(petition=petition, state="confirmed").order_by().values_list("riding")
    by_riding = Counter(dict(counted.annotate(count=Count("pk"))))
    abroad = by_riding.pop(None, 0)
    RidingTally.objects.bulk_create(
        RidingTally(petition=petition, riding_id=riding, confirmed=count) for riding, count in by_riding.items()
    )
    Tally.objects.create(
        petition=petition,
        confirmed=by_riding.total() + abroad,
        abroad=abroad,
        ridings=len(by_riding),
        counted_at=timezone.now(),
    )
