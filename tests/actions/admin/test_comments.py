"""Comments are read before anybody else reads them; staff see the words and not who wrote them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.petitions import services
from actions.petitions.models import Signature
from actions.petitions.states import CommentRefusal
from actions.privacy.models import AccessLog
from tests.factories.petitions import PetitionFactory, confirmed, signed, undecided


@pytest.fixture
def page(db) -> str:
    return reverse("petitions_comments")


@pytest.fixture
def petition(riding):
    return PetitionFactory()


def comment(petition, words: str, number: int = 0, **changes) -> Signature:
    return confirmed(petition, email=f"c{number}@signer.example", name=f"Canary {number}", comment=words, **changes)


def state(row: Signature) -> tuple[str, str]:
    row.refresh_from_db()
    return row.comment_state, row.comment_refused_for


def test_the_oldest_stands_first_without_its_author(moderator, page, petition):
    rows = [comment(petition, f"Because {n}", n, show_name=True) for n in range(3)]
    Signature.objects.filter(pk=rows[2].pk).update(confirmed_at=timezone.now() - timedelta(days=2))
    answer = moderator.get(page)
    shown = answer.content.decode()
    assert [row.pk for row in answer.context["object_list"]] == [rows[2].pk, rows[0].pk, rows[1].pk]
    assert "Because 1" in shown
    assert "Canary" not in shown
    assert "signer.example" not in shown


def test_only_comments_of_signatures_that_count_wait(moderator, page, petition):
    signed(petition, comment="Not confirmed", email="n@signer.example")
    undecided(petition, comment="Held back", email="h@signer.example", name="H")
    gone = comment(petition, "Taken back", 1)
    services.withdraw(signature_id=gone.pk)
    invalid = comment(petition, "Invalid one", 2)
    services.invalidate(signature_id=invalid.pk)
    shown = moderator.get(page).content.decode()
    assert "No comment waits to be read." in shown


def test_one_is_shown_and_refused_later_and_each_is_on_record(moderator, page, petition):
    row = comment(petition, "Because")
    for _ in range(2):
        moderator.post(page, {"signature": row.pk, "decision": "approve"})
    assert state(row) == ("approved", "")
    assert "Because" in moderator.get(page, {"show": "approved"}).content.decode()
    for _ in range(2):
        moderator.post(page, {"signature": row.pk, "decision": "refuse", "reason": "danger"})
    assert state(row) == ("refused", CommentRefusal.DANGER)
    assert "Because" in moderator.get(page, {"show": "refused"}).content.decode()
    assert list(AccessLog.objects.order_by("pk").values_list("subject", "reason")) == [
        (f"comment of signature {row.pk}", "approve"),
        (f"comment of signature {row.pk}", "refuse: danger"),
    ]
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_refusing_needs_a_reason_and_nonsense_is_refused(moderator, page, petition):
    row = comment(petition, "Because")
    answer = moderator.post(page, {"signature": row.pk, "decision": "refuse", "reason": ""}, follow=True)
    assert "Choose why the comment is refused" in answer.content.decode()
    for posted in (
        {"signature": row.pk, "decision": "refuse", "reason": "mood"},
        {"signature": row.pk, "decision": "delete"},
        {"signature": "x", "decision": "approve"},
        {"signature": 10**30, "decision": "approve"},
        {},
    ):
        assert moderator.post(page, posted).status_code == 400, posted
    assert state(row) == ("hidden", "")


def test_a_comment_that_its_author_deleted_meanwhile_is_not_shown(moderator, page, petition):
    row = comment(petition, "Because")
    services.withdraw(signature_id=row.pk)
    answer = moderator.post(page, {"signature": row.pk, "decision": "approve"}, follow=True)
    assert "its author took it back" in answer.content.decode()
    assert state(row)[0] != "approved"


def test_what_was_typed_is_shown_as_text_and_in_its_language(moderator, page, petition):
    comment(petition, "<script>alert(1)</script>\nline two", language="fr")
    shown = moderator.get(page).content.decode()
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>line two" in shown
    assert 'lang="fr-CA"' in shown


def test_the_front_page_tells_of_comments_that_wait(moderator, campaigner, page, petition):
    comment(petition, "Because")
    assert "1 comment waits to be read.<" in moderator.get(reverse("wagtailadmin_home")).content.decode()
    Signature.objects.update(confirmed_at=timezone.now() - timedelta(days=3))
    assert "1 comment waits to be read, for 3\xa0days." in moderator.get(reverse("wagtailadmin_home")).content.decode()
    assert "to be read" not in campaigner.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("who", ["editor", "campaigner", "finance", "data_protection"])
def test_only_moderators_read_comments(request, who, page, petition):
    row = comment(petition, "Because")
    client = request.getfixturevalue(who)
    assert client.get(page).status_code in (302, 403)
    assert client.post(page, {"signature": row.pk, "decision": "approve"}).status_code in (302, 403)
    assert state(row) == ("hidden", "")
