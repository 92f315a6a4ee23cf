"""Whom a letter goes to, and what each of them gets."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from actions.representatives.models import Recipient
from tests.actions.letters.reading import URL, WRITER, post
from tests.factories.letters import LetterCampaignFactory, addressees, written_letter
from tests.factories.representatives import RecipientFactory


@pytest.mark.parametrize("role", ["recipients", "copies"])
def test_one_inbox_gets_one_letter(member, riding, role):
    minister = RecipientFactory(email=member.email.upper())
    letter_campaign = LetterCampaignFactory(slug="one-inbox", **{role: [minister]})
    people = addressees(letter_campaign, riding=riding)
    assert [(one.email, one.is_copy) for one in people] == [(member.email, False)]
    assert len(written_letter(letter_campaign, riding=riding).addressees) == 1


def test_an_addressee_comes_before_a_copy_to_the_same_inbox(member, riding):
    letter_campaign = LetterCampaignFactory(slug="one-inbox", recipients=[RecipientFactory(email=member.email)])
    letter_campaign.targets.filter(kind="own_mp").update(delivery="copy")
    people = addressees(letter_campaign, riding=riding)
    assert [one.is_copy for one in people] == [False]


def test_a_mail_of_ones_own_greets_each_person_and_does_not_claim_to_come_through_us(client, member):
    minister = RecipientFactory(name="Pat Minister", role=Recipient.Role.MINISTER)
    LetterCampaignFactory(slug="second-reading", recipients=[minister])
    page = post(client, f"{URL}write/", {**WRITER, "intent": "check"}).content.decode()
    bodies = [unquote(unescape(body)) for body in re.findall(r'href="mailto:[^"]*body=([^"]*)"', page)]
    assert [body.split("\n")[0] for body in bodies] == ["Dear Jordan Lee,", "Dear Minister:"]
    assert not any("sent through Alliance" in body for body in bodies)


def test_two_forms_on_one_page_have_ids_of_their_own(letter_campaign):
    other = LetterCampaignFactory(slug="committee")
    template = Template("{% load action_tags %}{% letter_form one %}{% letter_form other %}")
    request = RequestFactory().get("/en/")
    page = template.render(Context({"one": letter_campaign, "other": other, "request": request}))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert {"act-second-reading", "act-committee"} <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_the_writer_is_told_once_more_who_gets_what_and_where_the_code_goes(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "intent": "check"}).content.decode()
    assert "The people above receive your name, address and e-mail address." in page
    assert "Represent service" in client.get(URL).content.decode()
