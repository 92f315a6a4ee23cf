"""A petition under attack asks for the check against programs; who has none is held, never refused."""

from __future__ import annotations

import pytest

from actions.petitions.models import Petition, Signature
from actions.petitions.states import HeldReason, SignatureState
from tests.achk_site.test_security_headers import policy_of
from tests.actions.petitions.reading import INBOX, SIGNER, URL, post
from tests.proofs import proof_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def attacked(petition):
    Petition.objects.update(asks_challenge=True)
    return petition


def outcomes() -> set[tuple[str, str]]:
    return set(Signature.objects.values_list("state", "held_reason"))


def test_a_petition_in_peace_shows_nothing_of_it(client, petition):
    assert "challenge" not in client.get(URL).text
    assert post(client, proof="garbage").status_code == 303
    assert outcomes() == {(SignatureState.PENDING, "")}


def test_its_page_stays_free_of_cookies_cacheable_and_under_the_same_policy(client, petition):
    before = client.get(URL)
    Petition.objects.update(asks_challenge=True)
    page = client.get(URL)
    assert 'data-challenge="/en/act/challenge/?action=petition"' in page.text
    assert "You can sign all the same." in page.text
    assert not page.cookies
    assert page["Cache-Control"] == before["Cache-Control"]
    assert "s-maxage=60" in page["Cache-Control"]
    assert policy_of(page) == policy_of(before)
    assert client.get(URL).content == page.content


def test_it_costs_the_page_no_query(client, attacked, django_assert_num_queries):
    client.get(URL)
    with django_assert_num_queries(5):
        client.get(URL)


def test_with_a_proof_a_signature_waits_for_its_signer_only(client, attacked):
    assert post(client, proof=proof_for("petition"))["Location"] == INBOX
    assert outcomes() == {(SignatureState.PENDING, "")}


@pytest.mark.parametrize("proof", [None, "garbage"])
def test_without_one_it_is_held_and_the_answer_is_the_same(client, attacked, proof):
    answer = post(client, proof=proof)
    assert (answer.status_code, answer["Location"]) == (303, INBOX)
    assert outcomes() == {(SignatureState.HELD, HeldReason.CHALLENGE)}


def test_one_proof_is_good_for_one_signature(client, attacked):
    proof = proof_for("petition")
    for name in ("a", "b"):
        post(client, email=f"{name}@signer.example", proof=proof)
    assert sorted(outcomes()) == [(SignatureState.HELD, HeldReason.CHALLENGE), (SignatureState.PENDING, "")]


def test_a_mistake_uses_no_proof_up(client, attacked):
    proof = proof_for("petition")
    assert post(client, proof=proof, email="no address").status_code == 422
    post(client, proof=proof)
    assert outcomes() == {(SignatureState.PENDING, "")}


def test_the_warning_for_people_at_risk_hands_the_proof_on(client, attacked):
    proof = proof_for("petition")
    page = post(client, is_at_risk="on", proof=proof)
    assert f'name="proof" value="{proof}"' in page.text
    post(client, is_at_risk="on", proof=proof, intent="knows-the-risk")
    assert outcomes() == {(SignatureState.PENDING, "")}


def test_an_editor_throws_the_switch(admin_client, petition):
    page = admin_client.get(f"/admin/snippets/actions/petition/edit/{petition.pk}/")
    assert 'name="asks_challenge"' in page.text
    assert SIGNER["email"] not in page.text
