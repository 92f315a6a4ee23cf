"""What only a process with the peer's settings can do; prints its answer as JSON.

``python -m tests.bench.petitions.peer.peer_side seed <signatures>``; ``… figures`` counts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

from tests.bench import bulk

FIELDS = [
    ("name", "singleline", True),
    ("email", "email", True),
    ("postal_code", "singleline", True),
    ("comment", "multiline", False),
    ("wants_updates", "checkbox", False),
]
COLUMNS = ("name", "email", "postal_code", "riding", "language", "created_at")


def seed(signatures: int) -> dict[str, str]:
    """Make two form pages, one that mails each form on, the table and somebody who may read it."""
    from django.contrib.auth.models import User
    from django.test import Client
    from wagtail.models import Page, Site

    from tests.bench.petitions.peer.models import FormField, FormPage, PeerSignature

    home = Site.objects.get(is_default_site=True).root_page
    for slug, to in (("petition", ""), ("mailing", "office@bench.test")):
        page = FormPage(title="Petition", slug=slug, to_address=to, from_address="no-reply@bench.test")
        Page.objects.get(pk=home.pk).add_child(instance=page)
        for order, (label, kind, is_required) in enumerate(FIELDS):
            FormField.objects.create(page=page, sort_order=order, label=label, field_type=kind, required=is_required)
    bulk.insert(PeerSignature, COLUMNS, rows(signatures))
    bulk.take_stock()
    client = Client()
    client.force_login(User.objects.create_superuser("bench", "bench@staff.example", "secret"))
    return {"cookie": "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())}


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    from tests.bench.petition_seed import DAYS, FED_NUMS, FIRST_DAY, LANGUAGES, address

    for number in range(1, count + 1):
        at, riding = FIRST_DAY + timedelta(days=number % DAYS), FED_NUMS[number * 7919 % len(FED_NUMS)]
        code, language = f"K{number % 10}A {number % 7}B{number % 9}", LANGUAGES[number % len(LANGUAGES)]
        yield f"Signer {number}", address(number), code, f"Riding {riding}", language, at


def figures() -> dict[str, int]:
    from wagtail.contrib.forms.models import FormSubmission

    return {"rows": FormSubmission.objects.count()}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(seed(int(sys.argv[2])) if sys.argv[1] == "seed" else figures()))  # noqa: T201 - read by the parent
