"""What only a process with our settings can do for the races of petitions; prints its answer as JSON.

``python -m tests.bench.petitions.our_side seed <signatures>``; ``… forms <first> <count> <file>`` writes the requests
of so many signers, ``… links <file>`` those of the buttons in their mails; ``… compare <file with addresses>`` says
which signers have no signature or no mail; ``… figures`` counts.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

STAFF = "bench"
DOMAINS = 997  # so many that no domain looks like a flood
ORIGIN = {"Sec-Fetch-Site": "same-origin"}
CONFIRM_LINK = re.compile(r"/en/act/confirm/[0-9a-f]{64}/")


def seed(signatures: int) -> dict[str, str]:
    """Make the petition, the table of its postal codes and a member of staff with a session."""
    from django.contrib.auth.models import User
    from django.test import Client

    from actions.representatives.postal_format import CompactTable
    from actions.representatives.postal_sets import replace_table
    from tests.bench.petition_seed import FED_NUMS, make_petition

    petition = make_petition(signatures=signatures)
    codes = [postal_code(number) for number in range(630)]
    replace_table(CompactTable.from_rows((code, FED_NUMS[at % 343], 50) for at, code in enumerate(sorted(codes))))
    client = Client()
    client.force_login(User.objects.create_superuser(STAFF, "bench@staff.example", "secret"))
    return {"slug": petition.slug, "cookie": "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())}


def postal_code(number: int) -> str:
    return f"K{number % 10}A{number % 7}B{number % 9}"


def address(number: int) -> str:
    return f"supporter{number}@d{number % DOMAINS}.example"


def forms(first: int, count: int, path: Path) -> int:
    """Write what browsers send: each with a form token of its own, from an address of its own."""
    from actions.petitions.asks import ACTION
    from actions.petitions.models import Petition
    from actions.protection.tokens import issue_token
    from actions.wordings.services import current_version

    petition = Petition.objects.get()
    wording = current_version(petition.wordings.get(locale__language_code="en")).pk
    requests = [
        {
            "path": f"/en/act/petitions/{petition.slug}/sign/",
            "body": urlencode(
                {
                    "name": f"Supporter {number}",
                    "email": address(number),
                    "postal_code": postal_code(number),
                    "comment": "",
                    "website": "",
                    "wording": wording,
                    "form_token": issue_token(ACTION),
                }
            ),
            "headers": from_somewhere(number),
            "about": address(number),
        }
        for number in range(first, first + count)
    ]
    path.write_text(json.dumps(requests))
    return count


def from_somewhere(number: int) -> dict[str, str]:
    """Return headers of a page of ours and of a home of its own, as a proxy passes it on."""
    return {**ORIGIN, "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def links(path: Path) -> int:
    """Write the press of the button of every confirmation mail."""
    from actions.outbox.models import OutboxMessage
    from actions.petitions.emails import CONFIRM_KIND

    requests = []
    for number, mail in enumerate(OutboxMessage.objects.filter(kind=CONFIRM_KIND).order_by("pk")):
        link = CONFIRM_LINK.search(str(mail.payload))
        if link is None:
            raise ValueError(f"mail {mail.pk} has no link")
        requests.append({"path": link[0], "body": "", "headers": from_somewhere(number), "about": str(mail.pk)})
    path.write_text(json.dumps(requests))
    return len(requests)


def compare(path: Path) -> dict[str, int]:
    """Return how many of the addresses have no signature, how many signatures no mail, and what was held."""
    from actions.outbox.models import OutboxMessage
    from actions.petitions.emails import CONFIRM_KIND
    from actions.petitions.models import Petition, Signature
    from actions.petitions.petition_models import KEY_OWNER
    from actions.privacy.fingerprints import email_fingerprint
    from actions.privacy.record_keys import record_key_for

    key = record_key_for(KEY_OWNER, Petition.objects.get().pk)
    wanted = [email_fingerprint(key, one) for one in json.loads(path.read_text())]
    rows = Signature.objects.filter(state__in=("pending", "held"))
    found = dict(rows.values_list("email_fingerprint", "pk"))
    told = {mail.payload["about"] for mail in OutboxMessage.objects.filter(kind=CONFIRM_KIND)}
    return {
        "lost": sum(one not in found for one in wanted),
        "rows": rows.count(),
        "mails": len(told),
        "without_mail": len(set(found.values()) - told),
        "held": rows.filter(state="held").count(),
    }


def figures() -> dict[str, int]:
    """Return the number that is told, and the signatures that it should tell."""
    from actions.petitions.models import Signature, Tally, TallyDelta
    from actions.petitions.tally import drift_of

    tally = Tally.objects.get()
    return {
        "told": tally.confirmed,
        "confirmed": Signature.objects.filter(state="confirmed").count(),
        "waiting": TallyDelta.objects.count(),
        "drift": drift_of(tally.petition_id),
    }


def main(command: str, *args: str) -> Any:
    commands = {
        "seed": lambda: seed(int(args[0])),
        "forms": lambda: forms(int(args[0]), int(args[1]), Path(args[2])),
        "links": lambda: links(Path(args[0])),
        "compare": lambda: compare(Path(args[0])),
        "figures": figures,
    }
    return commands[command]()


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201 - read by the parent
