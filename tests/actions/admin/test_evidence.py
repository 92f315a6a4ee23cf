"""Who decides about a held letter is told what helps, and nothing about its writer."""

from __future__ import annotations

import pytest
from django.urls import reverse

from actions.letters.evidence import evidence_about
from actions.letters.models import Letter
from actions.letters.services import confirm
from tests.actions.letters.test_sketches import ENGLISH
from tests.factories.letters import written_letter
from tests.factories.representatives import RecipientFactory


@pytest.fixture
def page(db) -> str:
    return reverse("letters_to_decide") + "?show=letters"


def test_letters_alike_are_counted_with_their_addresses_and_postal_codes(moderator, page, letter_campaign, riding):
    for number, code in enumerate(("K1A0A6", "K1A0A6", "K2P1L4", "K2P1L4")):
        written_letter(
            letter_campaign, riding=riding, email=f"w{number}@writer.example", postal_code=code, own_words=ENGLISH
        )
    held = Letter.objects.filter(state="held").first()
    confirm(letter_id=held.pk)
    shown = moderator.get(page).content.decode()
    assert (
        "3 other letters are alike, from 3 e-mail addresses and 2 postal codes. Its writer has confirmed it." in shown
    )
    assert "Its writer has not confirmed it yet." in shown
    assert not [word for word in ("grandmother", "writer.example", "K1A", "K2P", "陳大文") if word in shown]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "Lee, Jordan"}, "the name of somebody it is written to"),
        ({"name": "Robin Example"}, "somebody in office to whom it is not written"),
        ({"email": "clerk@parl.gc.ca"}, "at Parliament"),
        ({"email": "robin@parl.example"}, "somebody to whom letters go"),
    ],
)
def test_names_and_addresses_are_told_by_what_they_are(moderator, page, letter_campaign, riding, changes, told):
    RecipientFactory(name="Robin Example", email="robin@parl.example")
    written_letter(letter_campaign, riding=riding, **changes)
    shown = moderator.get(page).content.decode()
    assert told in shown
    assert not [value for value in changes.values() if value in shown]


def test_a_letter_that_cannot_be_read_or_was_emptied_is_still_listed(moderator, page, letter_campaign, riding):
    written_letter(letter_campaign, riding=riding, name="Jordan Lee", email="w1@writer.example")
    written_letter(letter_campaign, riding=riding, email="clerk@parl.gc.ca")
    Letter._base_manager.filter(held_reason="self-mail").update(email="")
    broken = Letter.objects.get(held_reason="impersonation")
    other = Letter.objects.get(held_reason="self-mail")
    with_other_key = Letter._base_manager.filter(pk=broken.pk)
    with_other_key.update(row_key="00000000-0000-4000-8000-000000000000")
    assert moderator.get(page).status_code == 200
    assert "It cannot be read." in evidence_about(Letter.objects.get(pk=broken.pk))
    assert evidence_about(Letter.objects.get(pk=other.pk)) == "Its writer has not confirmed it yet."
