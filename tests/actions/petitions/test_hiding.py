"""A signer who was shown can sign on unseen: name and comment go everywhere, the count stays."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from achk_site.middleware.public_cache import SHARED
from actions.outbox.worker import Worker
from actions.petitions import services
from actions.petitions.deciding import decide_comment
from actions.petitions.hiding import hide
from actions.petitions.models import Petition, Signature, Tally
from actions.petitions.recent import KEPT_SECONDS, recent_comments, recent_signers
from actions.privacy.retention import retire_all
from tests.actions.petitions.reading import SIGNER, URL, mailed_link, post, press
from tests.factories.petitions import confirmed, signed

pytestmark = pytest.mark.django_db
NAME, WORDS = SIGNER["name"], "Because my family waits"
LANGUAGES = ("en", "fr", "zh-hant")


def counted() -> int:
    Worker().drain()
    return Tally.objects.get().confirmed


def approve(**query) -> None:
    for row in Signature.objects.filter(**query):
        decide_comment(signature_id=row.pk, refusal="", user=None)


@pytest.fixture
def link(client, petition) -> str:
    """The mailed link of somebody who is shown with name and comment."""
    post(client, show_name="on", comment=WORDS)
    found = mailed_link()
    press(client, found)
    approve()
    return found


def pages(client) -> str:
    return "".join(client.get(URL.replace("/en/", f"/{code}/")).content.decode() for code in LANGUAGES)


def test_name_and_comment_go_from_every_page_and_the_signature_still_counts(client, link):
    before = pages(client)
    assert before.count(NAME) == 6  # among the signers and beside the comment, in three languages
    assert before.count(WORDS) == 3
    assert "Keep my signature" in client.get(link).content.decode()
    for _ in range(2):
        assert press(client, link, intent="hide").status_code == 303
        after = pages(client)
        assert NAME not in after
        assert WORDS not in after
    assert counted() == 1
    row = Signature.objects.get()
    assert (row.state, row.name, row.comment, row.comment_state, row.show_name) == ("confirmed", "", "", "none", False)
    assert NAME in row.contact
    assert "Nothing about you is shown" in client.get(link).content.decode()


def test_opening_the_page_hides_nothing(client, link):
    client.get(f"{link}?intent=hide")
    client.head(link)
    assert NAME in pages(client)
    assert client.post(link, {"intent": "hide"}, HTTP_ORIGIN="http://evil.example").status_code == 403
    assert NAME in pages(client)


def test_no_cache_keeps_a_hidden_name_for_longer_than_five_minutes(client, link):
    ages = [int(age) for age in re.findall(r"(?:s-maxage|stale-while-revalidate)=(\d+)", SHARED)]
    assert client.get(URL)["Cache-Control"] == SHARED
    # Another process still has the name in its own memory when a cache in front asks it for the page.
    assert KEPT_SECONDS + sum(ages) <= 300


def test_a_reader_in_between_does_not_keep_the_old_name(petition, django_capture_on_commit_callbacks):
    row = confirmed(petition, name="Shown Signer", show_name=True)
    key = f"petition-signers:{petition.pk}"
    with django_capture_on_commit_callbacks(execute=True):
        hide(signature_id=row.pk)
        cache.set(key, ["Shown Signer"])  # somebody read the row before the commit
    assert recent_signers(petition.pk) == []


def test_hiding_before_confirming_leaves_the_name_for_the_mail_only(client, petition):
    row = signed(petition, show_name=True, comment=WORDS)
    assert hide(signature_id=row.pk)
    row.refresh_from_db()
    assert (row.name, row.show_name, row.comment, row.state) == (NAME, False, "", "pending")
    services.confirm(signature_id=row.pk)
    row.refresh_from_db()
    assert row.name == ""
    assert NAME not in pages(client)


def test_a_held_one_that_is_hidden_stays_hidden_when_it_is_released(petition):
    row = confirmed(petition, show_name=True, comment=WORDS, held_reason="limit")
    hide(signature_id=row.pk)
    services.release(signature_id=row.pk)
    approve()
    assert recent_signers(petition.pk) == []
    assert recent_comments(petition.pk) == []


def test_the_link_of_a_repeated_form_hides_the_signature_that_counts(client, petition):
    first = signed(petition, show_name=True, comment=WORDS)
    second = signed(petition, comment="Another form")
    for row in (first, second):
        services.confirm(signature_id=row.pk)
    approve(pk=first.pk)
    assert hide(signature_id=second.pk)
    first.refresh_from_db()
    assert (first.state, first.show_name, first.comment) == ("confirmed", False, "")
    assert NAME not in pages(client)


def test_the_other_person_of_the_mailbox_stays_shown(petition):
    confirmed(petition, show_name=True, name="First Person")
    second = confirmed(petition, show_name=True, name="Second Person")
    hide(signature_id=second.pk)
    assert recent_signers(petition.pk) == ["First Person"]


def test_it_works_long_after_the_end(client, link):
    Petition.objects.update(closes_at=timezone.now() - timedelta(days=10))
    press(client, link, intent="hide")
    assert NAME not in pages(client)
    assert counted() == 1


@pytest.mark.parametrize("end", ["withdraw", "invalidate"])
def test_a_comment_goes_at_once_with_its_signature(client, petition, end):
    row = confirmed(petition, comment=WORDS)
    approve()
    assert WORDS in pages(client)
    getattr(services, end)(signature_id=row.pk)
    assert WORDS not in pages(client)


def test_an_erased_and_an_outlived_comment_is_gone(client, petition):
    row = confirmed(petition, comment=WORDS)
    approve()
    services.erase(row)
    assert recent_comments(petition.pk) == []
    confirmed(petition, comment=WORDS, email="b@signer.example")
    approve()
    assert recent_comments(petition.pk)
    Petition.objects.update(closes_at=timezone.now() - timedelta(days=300))
    retire_all(timezone.now())
    cache.clear()
    assert recent_comments(petition.pk) == []
    assert set(Signature.objects.values_list("comment", flat=True).distinct()) == {""}


def test_comments_stand_without_names_and_in_their_own_language(client, petition):
    confirmed(petition, name="Hidden Person", comment="Parce que", language="fr", email="f@signer.example")
    confirmed(
        petition, name="Named Person", comment="因為家人", language="zh-hant", email="z@signer.example", show_name=True
    )
    confirmed(petition, name="Unread Person", comment="Not yet read", email="u@signer.example")
    approve(language="fr")
    approve(language="zh-hant")
    for code in LANGUAGES:
        shown = client.get(URL.replace("/en/", f"/{code}/")).content.decode()
        assert '<blockquote lang="fr-CA" dir="auto"><p>Parce que</p>' in shown
        assert '<blockquote lang="zh-Hant-HK" dir="auto"><p>因為家人</p>' in shown
        assert "Hidden Person" not in shown
        assert shown.count("Named Person") == 2
        assert "Not yet read" not in shown


def test_a_comment_is_text_and_never_markup(client, petition):
    confirmed(petition, comment="<img src=x onerror=alert(1)> https://spam.example")
    approve()
    shown = client.get(URL).content.decode()
    assert "<img src=x" not in shown
    assert 'href="https://spam.example' not in shown
    assert "&lt;img src=x" in shown


def test_an_archived_petition_shows_nobody(client, link):
    Petition.objects.update(archived_at=timezone.now() - timedelta(days=1))
    assert NAME not in pages(client)
    assert WORDS not in pages(client)


def test_the_page_costs_the_same_queries_with_one_comment_and_with_fifty(client, petition, django_assert_num_queries):
    confirmed(petition, comment=WORDS)
    approve()
    client.get(URL)
    cache.clear()
    with django_assert_num_queries(2):
        recent_comments(petition.pk), recent_signers(petition.pk)
    for number in range(49):
        confirmed(petition, comment=WORDS, email=f"c{number}@signer.example", name=f"C {number}")
    approve()
    cache.clear()
    with django_assert_num_queries(2):
        assert len(recent_comments(petition.pk)) == 10
        recent_signers(petition.pk)
