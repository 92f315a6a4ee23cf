"""What staff's pages about signatures cost the database: the same with a handful and with thousands of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from actions.petitions.models import Petition, Signature
from actions.staff.several import list_shown
from tests.actions.petitions.test_queries import counts_everybody
from tests.factories.petitions import PetitionFactory, confirmed, many_signatures

FEW, MANY = 60, 3_000  # the fewest that fill a page of fifty
WHO = {"email": "model@signer.example", "reason": "request of 3 May"}


def seeded(size: int) -> Petition:
    """A petition with a third counted, a third that wait for a decision, a third with comments to read."""
    petition = PetitionFactory(slug=f"signed-by-{size}")
    rows = [row.pk for row in many_signatures(petition, size)]
    a_minute_ago = timezone.now() - timedelta(minutes=1)
    held = Signature.objects.filter(pk__in=rows[: size // 3])
    held.update(state="held", held_reason="limit", confirmed_at=a_minute_ago, slot=None)
    Signature.objects.filter(pk__in=rows[-(size // 3) :]).update(comment_state="hidden")
    confirmed(petition, email=WHO["email"])
    return petition


def lists(petition: Petition) -> dict[str, str]:
    every, today = reverse("petitions_signatures"), timezone.localdate().isoformat()
    return {
        "all": every,
        "the last page": f"{every}?at=end",
        "of a petition": f"{every}?petition={petition.pk}",
        "in a state": f"{every}?state=confirmed",
        "held for a reason": f"{every}?held_reason=limit",
        "of a day": f"{every}?created_at_from={today}&created_at_to={today}",
        "to decide": reverse("petitions_undecided"),
        "comments": reverse("petitions_comments"),
        "find": reverse("petitions_find"),
        "trends": reverse("petitions_trends", args=[petition.pk]),
        "invalidate": reverse("petitions_invalidate", args=[petition.pk]),
        "invalidate, dry run": f"{reverse('petitions_invalidate', args=[petition.pk])}?language=en",
    }


def decisions(client, petition: Petition) -> dict[str, int]:
    """Return what deciding about one row, about a page of them, and about one comment costs."""
    held = list(Signature.objects.filter(petition=petition, state="held").values_list("pk", flat=True)[:5])
    comment = Signature.objects.filter(petition=petition, comment_state="hidden").values_list("pk", flat=True)[0]
    asked = {
        "one": (reverse("petitions_undecided"), {"signature": held[0], "decision": "release"}),
        "several": (
            reverse("petitions_undecided"),
            {
                "shown": list_shown(rows="signatures", pks=held, user=client.user),
                "tick": held[1:],
                "decision": "invalidate",
            },
        ),
        "a comment": (reverse("petitions_comments"), {"signature": comment, "decision": "approve"}),
    }
    found = {}
    for name, (address, data) in asked.items():
        with CaptureQueriesContext(connection) as seen:
            assert client.post(address, data).status_code in (200, 302), name
        found[name] = len(seen)
    return found


@pytest.mark.django_db
def test_pages_cost_the_same_with_a_page_of_signatures_and_with_thousands(superuser, riding, count_queries):
    def costs(size: int) -> dict[str, int]:
        petition = seeded(size)
        found = {name: count_queries(superuser, address) for name, address in lists(petition).items()}
        found["find one"] = count_queries(superuser, reverse("petitions_find"), post=WHO)
        return found | decisions(superuser, petition)

    few = costs(FEW)
    many = costs(MANY)
    assert few == many
    assert max(many.values()) <= 100


@pytest.mark.django_db
def test_no_list_counts_signatures_to_the_end(superuser, riding):
    petition = seeded(FEW)
    bounded = {name: address for name, address in lists(petition).items() if not name.startswith(("trends", "inval"))}
    for name, address in bounded.items():
        with CaptureQueriesContext(connection) as seen:
            superuser.get(address)
        assert not counts_everybody(query["sql"] for query in seen), name
