"""Signing: what is stored, what is mailed, and that nobody learns anything from our answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from actions.petitions import services
from actions.petitions.holding import Most, Rules
from actions.petitions.models import Petition, Signature, TallyDelta
from actions.petitions.states import HeldReason, Place, SignatureState
from actions.protection.limits import Limit
from actions.protection.tokens import issue_token
from tests.actions.petitions.reading import INBOX, SIGNER, URL, mails_to, post
from tests.factories.petitions import confirmed, signed

pytestmark = pytest.mark.django_db


def test_signing_stores_a_pending_signature_and_one_mail(client, petition, riding):
    answer = post(client, comment="For my family.", wants_updates="on")
    assert (answer.status_code, answer["Location"]) == (303, INBOX)
    signature = Signature.objects.get()
    assert (signature.name, signature.email, signature.postal_code) == ("陳大文", "tai-man@signer.example", "K1A0A6")
    assert (signature.state, signature.riding, signature.place) == (SignatureState.PENDING, riding, Place.RIDING)
    assert (signature.comment, signature.comment_state) == ("For my family.", "hidden")
    assert (signature.wants_updates, signature.show_name) == (True, False)
    assert signature.consent_text == "Write to me about what becomes of it. You can leave at any time."
    assert signature.consent_page == URL
    assert OutboxMessage.objects.count() == 1
    assert not TallyDelta.objects.exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fr", "Écrivez-moi pour me dire ce qu’il en advient. Vous pouvez vous désinscrire en tout temps."),
        ("zh-hant", "請以電郵告知我後續發展。你可以隨時取消。"),
    ],
)
def test_the_words_that_somebody_agreed_to_are_kept_as_they_stood(client, petition, code, words):
    post(client, f"/{code}/act/petitions/open-door/sign/", wants_updates="on")
    post(client, f"/{code}/act/petitions/open-door/sign/", email="b@signer.example")
    assert set(Signature.objects.values_list("language", "consent_text")) == {(code, words), (code, "")}


def test_nothing_personal_stands_in_the_table(client, petition):
    post(client, comment="My secret")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM actions_signature")
        row = str(cursor.fetchone())
    for text in ("陳大文", "tai-man", "K1A", "My secret"):
        assert text not in row


@pytest.mark.parametrize(("code", "subject"), [("en", "Please confirm: your signature is waiting")])
def test_the_mail_names_no_cause_in_its_subject(client, petition, code, subject):
    post(client)
    message = mails_to(SIGNER["email"])[0]
    assert message.subject == subject
    assert "Keep the door open" in message.body
    assert "remove your signature" in message.body


def test_who_lives_abroad_gives_no_postal_code(client, petition):
    assert post(client, postal_code="", is_abroad="on").status_code == 303
    assert post(client, email="b@signer.example", postal_code="10001", is_abroad="on").status_code == 303
    assert set(Signature.objects.values_list("place", "riding")) == {(Place.ABROAD, None)}
    assert {row.postal_code for row in Signature.objects.all()} == {""}


def test_a_code_in_several_ridings_is_counted_for_none(client, petition):
    post(client, postal_code="K1A 0A7")
    signature = Signature.objects.get()
    assert (signature.place, signature.riding) == (Place.SEVERAL, None)


def test_the_text_that_was_on_the_page_is_kept(client, petition):
    page = client.get(URL).content.decode()
    number = page.partition('name="wording" value="')[2].partition('"')[0]
    wording = petition.wordings.get(locale__language_code="en")
    wording.title = "Another title"
    wording.save_revision().publish()
    post(client, wording=number)
    post(client, email="b@signer.example", wording="9" * 30)
    titles = [row.wording_version.content["title"] for row in Signature.objects.order_by("pk")]
    assert titles == ["Keep the door open", "Another title"]


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("name", "", "Enter your name."),
        ("name", "win at evil.com", "A name cannot hold a web address."),
        ("email", "tai", "it should look like name@example.ca"),
        ("email", "letters@{ours}", "Use your own address"),
        ("postal_code", "", "Enter your postal code."),
        ("postal_code", "90210", "US ZIP code"),
        ("comment", "x" * 501, "Please shorten your comment to 500 characters."),
    ],
)
def test_a_mistake_is_said_once_and_what_was_typed_is_kept(client, petition, settings, field, value, complaint):
    value = value.replace("{ours}", settings.SENDER_DOMAIN)
    answer = post(client, **{"comment": "Kept words", "show_name": "on", field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no-store" in answer["Cache-Control"]
    assert 'class="error-summary"' in page
    assert complaint in page
    assert value in page
    for name in set(SIGNER) - {field}:
        assert SIGNER[name] in page
    assert "checked" in page
    assert not Signature.objects.exists()


def test_no_box_is_ticked_beforehand(client, petition):
    assert "checked" not in client.get(URL).content.decode()


def test_the_language_can_be_changed_with_what_was_typed(client, petition):
    answer = post(client, "/fr/act/petitions/open-door/sign/", intent="page-language", comment="Kept words")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'lang="fr-CA"' in page
    assert "Kept words" in page
    assert "陳大文" in page
    assert not Signature.objects.exists()


def test_who_is_in_hong_kong_is_warned_first_and_nothing_is_stored(client, petition):
    answer = post(client, is_at_risk="on", comment="Kept words", postal_code="")
    page = answer.content.decode()
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    assert "Before you sign" in page
    for text in ("陳大文", "tai-man@signer.example", "Kept words"):
        assert f'value="{text}"' in page
    assert not Signature.objects.exists()
    assert post(client, is_at_risk="on", postal_code="", intent="edit").status_code == 200
    assert post(client, is_at_risk="on", postal_code="", intent="knows-the-risk").status_code == 303
    assert Signature.objects.get().place == Place.ABROAD


def test_that_somebody_is_in_hong_kong_is_never_stored(client, petition):
    post(client, is_at_risk="on", intent="knows-the-risk")
    assert Signature.objects.get().place == Place.RIDING
    assert not [field.name for field in Signature._meta.fields if "risk" in field.name]


@pytest.mark.parametrize("change", [{"is_paused": True}, {"closes_at": timezone.now()}, {"won_at": timezone.now()}])
def test_when_it_has_closed_meanwhile_the_words_come_back(client, petition, change):
    Petition.objects.update(**change)
    answer = post(client, comment="Kept words")
    assert answer.status_code == 409
    assert "Kept words" in answer.content.decode()
    assert not Signature.objects.exists()


def answers_to_everybody(client, petition, settings) -> list:
    token = issue_token("petition")
    answers = [post(client, form_token=token)]
    services.confirm(signature_id=Signature.objects.get().pk)
    answers.append(post(client, form_token=token))  # the attempt was accepted before
    answers.append(post(client))  # this mailbox has signed
    answers.append(post(client, email="spam@signer.example", website="spam"))
    answers += [post(client) for _ in range(8)]  # more mails than a mailbox gets in a day
    settings.PROTECTION_LIMITS = {"submit": Limit(1, 3600)}
    answers.append(post(client, email="somebody@signer.example"))
    return answers


def test_new_repeated_held_and_spent_signatures_get_the_same_answer(client, petition, settings):
    answers = answers_to_everybody(client, petition, settings)
    assert {(HeldReason.HONEYPOT), (HeldReason.LIMIT)} <= set(Signature.objects.values_list("held_reason", flat=True))
    headers = [sorted((name, value) for name, value in one.items() if name != "Expires") for one in answers]
    assert headers == [headers[0]] * len(answers)
    assert {one.content for one in answers} == {b""}
    assert (answers[0].status_code, answers[0]["Location"]) == (303, INBOX)
    assert Signature.objects.filter(email_fingerprint=Signature.objects.first().email_fingerprint).count() == 1


@pytest.mark.parametrize("size", [1, 40])
def test_a_post_costs_the_same_however_many_have_signed(client, petition, size):
    for number in range(size):
        confirmed(petition, email=f"s{number}@signer.example", name=f"Signer {number}")
    post(client, email="first@signer.example")  # the day's salt is made once
    with CaptureQueriesContext(connection) as new:
        post(client, email="new@signer.example")
    with CaptureQueriesContext(connection) as again:
        post(client, email="s0@signer.example", name="Signer 0")
    assert len(new) == 22
    # The insert of the row with its savepoint, and the check for the same mail: nothing that a clock could tell apart.
    assert 0 <= len(new) - len(again) <= 4


def test_the_owner_of_a_mailbox_that_has_signed_is_told_by_mail_within_the_cap(client, petition):
    confirmed(petition)
    Worker().drain()
    mail.outbox.clear()
    for _ in range(6):
        post(client)
    told = mails_to(SIGNER["email"])
    assert [message.subject for message in told] == ["You have signed already"] * 2  # the first of three was the link
    assert Signature.objects.count() == 1


def test_the_same_form_twice_is_one_signature_with_two_links(client, petition):
    post(client)
    post(client)
    assert Signature.objects.count() == 1
    links = {message.body.partition("/confirm/")[2][:64] for message in mails_to(SIGNER["email"])}
    assert len(links) == 2


def test_another_wish_is_another_signature_so_that_nobody_changes_a_strangers(client, petition):
    post(client)
    post(client, show_name="on")
    assert [row.show_name for row in Signature.objects.order_by("pk")] == [False, True]


def test_forms_that_nobody_confirmed_hold_no_stranger(petition, monkeypatch):
    monkeypatch.setattr("actions.petitions.holding.RULES", Rules(of_a_domain=Most(3, 3)))
    for number in range(6):
        signed(petition, email=SIGNER["email"], name=f"Invented {number}")
    assert confirmed(petition, email=SIGNER["email"], name="The owner").state == SignatureState.CONFIRMED
    assert confirmed(petition, email="other@signer.example", name="A colleague").state == SignatureState.CONFIRMED


def test_whose_signature_was_invalidated_is_held_the_next_time(petition):
    first = confirmed(petition)
    services.invalidate(signature_id=first.pk)
    assert signed(petition).held_reason == HeldReason.INVALIDATED


def test_a_form_that_brings_no_mail_keeps_nobody_for_longer(petition, monkeypatch):
    waiting = signed(petition)
    until = Signature.objects.get().expires_at
    monkeypatch.setattr("actions.petitions.emails.enqueue", lambda **mail: None)  # the mail cap is used up
    signed(petition)
    waiting.refresh_from_db()
    assert waiting.expires_at == until


def test_an_invalidated_form_that_nobody_confirmed_ends_in_time(petition):
    waiting = signed(petition)
    services.invalidate(signature_id=waiting.pk)
    services.expire_unconfirmed(timezone.now() + timedelta(days=9))
    waiting.refresh_from_db()
    assert waiting.state == SignatureState.EXPIRED


def test_plus_addresses_of_one_mailbox_are_one_place(petition):
    confirmed(petition, email="tai.man+a@gmail.com")
    assert confirmed(petition, email="taiman+b@googlemail.com").state == SignatureState.CONFIRMED  # the first one
    assert Signature.objects.count() == 1


def test_a_signature_that_waits_is_reminded_once_and_then_forgotten(petition):
    from actions.petitions.reminding import remind_unconfirmed

    signature = signed(petition)
    start = timezone.now()
    for day in (1, 2.1, 2.2, 4):
        remind_unconfirmed(start + timedelta(days=day))
    assert [message.subject for message in mails_to(SIGNER["email"])] == [
        "Please confirm: your signature is waiting",
        "Your signature is still waiting",
    ]
    services.expire_unconfirmed(start + timedelta(days=8))
    signature.refresh_from_db()
    assert signature.state == SignatureState.EXPIRED
    assert signed(petition).pk != signature.pk


def test_no_network_is_asked_in_the_request(client, petition, monkeypatch):
    def fail(*args, **kwargs):
        raise AssertionError("asked the look-up while somebody waits")

    monkeypatch.setattr("actions.petitions.places.find_ridings", fail)
    assert post(client, postal_code="V6X 1A1").status_code == 303
    assert Signature.objects.get().place == Place.WAITING
