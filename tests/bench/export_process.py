"""Seeds a database, and exports from it in a process that does nothing else.

``python -m tests.bench.export_process seed <rows>``; ``… signatures|subscribers csv|xlsx`` logs a member of staff in,
posts the form, reads the file to its end and prints what that cost as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import django

from tests.bench.lookup_process import resident_mib

REASON = "How quick is it, and how much memory?"


def seed(rows: int) -> None:
    from django.contrib.auth.models import User

    from tests.bench.petition_seed import make_petition
    from tests.bench.subscriber_seed import make_subscribers

    petition = make_petition(signatures=rows)
    make_subscribers(petition.campaign, count=rows)
    User.objects.create_superuser("bench", "bench@staff.example", "secret")


def export(name: str, file_format: str) -> dict[str, float]:
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from actions.petitions.models import Petition

    client, page = Client(), reverse("exports_one", args=[name])
    client.force_login(User.objects.get(username="bench"))
    form = {"file_format": file_format, "reason": REASON, "petition": Petition.objects.get().pk, "which": "counted"}
    client.get(page)  # loads what is loaded once
    client.post(page, {**form, "intent": "count"})
    before, used, began = resident_mib(), time.process_time(), time.perf_counter()
    answer = client.post(page, form)
    first, most, size = 0.0, before, 0
    for number, piece in enumerate(answer.streaming_content):
        first = first or time.perf_counter() - began
        size += len(piece)
        if number % 16 == 0:
            most = max(most, resident_mib())
    answer.close()
    seconds, used = time.perf_counter() - began, time.process_time() - used
    return {"seconds": seconds, "cpu_seconds": used, "first": first, "mib": most - before, "bytes": size}


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "seed":
        seed(int(sys.argv[2]))
    else:
        print(json.dumps(export(*sys.argv[1:])))  # noqa: T201 - read by the parent
