"""A letter that failed goes back to its writer with the ways that remain, and only with those that make sense."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pypdfium2
import pytest
from django.core import mail
from django.utils import timezone

from actions.letters import emails, services
from actions.letters.models import LetterCampaign, LetterDelivery
from actions.letters.other_ways import MAILTO_LENGTH, WAYS_BY_REASON, mailto, other_ways
from actions.letters.paper import attached_pdf
from actions.letters.states import HeldReason
from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from tests.factories.letters import written_letter


@pytest.fixture
def delivery(letter_campaign, riding) -> LetterDelivery:
    services.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    OutboxMessage.objects.all().delete()
    return LetterDelivery.objects.get()


def ways_of(delivery: LetterDelivery, reason: str):
    fresh = LetterDelivery.objects.get(pk=delivery.pk)
    return other_ways(fresh.letter, reason=reason, delivery=fresh, now=timezone.now())


def trouble_mail(delivery: LetterDelivery, reason: str = ""):
    emails.send_trouble(delivery.letter, reason=reason, delivery=delivery)
    LetterDelivery.objects.all().update(state="held")
    Worker().drain()
    return mail.outbox[-1]


def test_the_mail_says_how_to_call_write_and_post(delivery):
    message = trouble_mail(delivery)
    assert message.subject == "Your letter has not been delivered"
    for text in ("1 613 555-0100", "1 604 555-0100", "jordan.lee@parl.example", "Please vote for it.", "No stamp"):
        assert text in message.body
    html = message.alternatives[0][0]
    assert 'href="tel:+1-613-555-0100"' in html
    assert (
        'href="mailto:jordan.lee@parl.example?subject=Please%20support%20C-400&amp;body=Dear%20Jordan%20Lee%2C' in html
    )
    assert "mailto:" not in message.body
    (file,) = message.attachments
    assert (file[0], file[2]) == ("letter.pdf", "application/pdf")
    document = pypdfium2.PdfDocument(io.BytesIO(file[1]))
    text = " ".join(document[0].get_textpage().get_text_range().split())
    for part in ("1 Invented Street", "House of Commons", "Ottawa Centre (K1A 0A6)", "我的家人在香港。"):
        assert part in text
    assert "was sent through" not in text


def test_the_pdf_itself_is_never_stored(delivery):
    emails.send_trouble(delivery.letter, reason="", delivery=delivery)
    row = OutboxMessage.objects.get()
    assert "%PDF" not in str(row.payload)
    assert attached_pdf(row.payload["attachments"][0][1]).content.startswith(b"%PDF")
    LetterDelivery.objects.all().update(state="held")
    Worker().drain()
    assert not OutboxMessage.objects.filter(payload__isblank=False).exists()


def test_a_pdf_that_cannot_be_made_does_not_stop_the_mail(delivery, monkeypatch, caplog):
    from actions import registry

    def broken(_data):
        raise RuntimeError("陳大文, 1 Invented Street")

    monkeypatch.setitem(registry._attachments, "letters.paper", broken)
    message = trouble_mail(delivery)
    assert message.attachments == []
    assert "Please vote for it." in message.body
    assert "If there is no PDF, copy the text below." in message.body
    assert "RuntimeError" in caplog.text
    assert "Invented Street" not in caplog.text


def test_labels_follow_the_writer_and_the_paper_follows_the_letter(letter_campaign, riding):
    letter = written_letter(letter_campaign, riding=riding, language="fr", letter_language="fr", body="Texte.")
    services.confirm(letter_id=letter.pk)
    OutboxMessage.objects.all().delete()
    message = trouble_mail(LetterDelivery.objects.get())
    assert "Colline du Parlement" in message.body
    assert message.attachments[0][0] == "lettre.pdf"


@pytest.mark.parametrize("reason", HeldReason.values)
def test_every_reason_has_its_ways(delivery, reason):
    ways = ways_of(delivery, reason)
    wanted = WAYS_BY_REASON.get(reason, ())
    assert any(link.href.startswith("tel:") for link in ways.links) == ("phone" in wanted)
    assert any(link.href.startswith("mailto:") for link in ways.links) == ("mail" in wanted)
    assert bool(ways.attachments) == ("post" in wanted)


@pytest.mark.parametrize(
    "reason",
    ["text-changed", "mp-changed", "withdrawn", "dissolved", "honeypot", "limit", "impersonation", "self-mail"],
)
def test_no_way_is_offered_where_none_makes_sense(delivery, reason):
    ways = ways_of(delivery, reason)
    assert (ways.links, ways.attachments) == ([], [])
    message = trouble_mail(delivery, reason)
    assert message.attachments == []
    assert "Other ways" not in message.body
    assert "Please vote for it." in message.body


def test_a_dead_address_is_not_offered_again(delivery):
    ways = ways_of(delivery, HeldReason.DEAD_ADDRESS)
    assert not any("mailto" in link.href for link in ways.links)
    assert ways.attachments


@pytest.mark.parametrize("change", [{"is_current": False}, {"riding": None}])
def test_who_lost_the_seat_is_not_called_or_written_to(delivery, member, change):
    type(member).objects.filter(pk=member.pk).update(**change)
    assert ways_of(delivery, "").links == []
    assert ways_of(delivery, "").attachments == []


def test_a_new_address_of_the_same_person_is_used(delivery, member):
    type(member).objects.filter(pk=member.pk).update(email="new@parl.example")
    assert ways_of(delivery, "").links[-1].shown == "new@parl.example"


@pytest.mark.parametrize("reason", ["", "too-late", "gave-up"])
def test_after_the_vote_nothing_is_offered(delivery, reason):
    LetterCampaign.objects.update(useless_after=timezone.now() - timedelta(minutes=1))
    assert ways_of(delivery, reason).links == []
    LetterCampaign.objects.update(useless_after=timezone.now() + timedelta(hours=1))
    assert ways_of(delivery, reason).links != []


def test_a_letter_without_a_delivery_has_no_ways(delivery):
    ways = other_ways(delivery.letter, reason="", delivery=None, now=timezone.now())
    assert (ways.links, ways.attachments) == ([], [])


def test_a_link_says_all_that_fits():
    subject, body = "A & B? 100% #1\u00a0é", "Dear x,\n\n你好 + more = all & <b>\n"
    link = mailto("o'neil+x@parl.example", subject=subject, body=body)
    parts = urlsplit(link)
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "o'neil+x@parl.example")
    assert parse_qs(parts.query) == {"subject": [subject], "body": [body.replace("\n", "\r\n")]}
    assert link.isascii()


@pytest.mark.parametrize(("body", "has_body"), [("x" * 1_500, True), ("x" * 1_800, False), ("字" * 400, False)])
def test_a_link_that_mail_programs_would_cut_leaves_the_body_out(body, has_body):
    link = mailto("a@parl.example", subject="S", body=body)
    assert len(link) <= MAILTO_LENGTH
    assert ("&body=" in link) is has_body


def test_nobody_can_slip_a_header_into_the_link():
    link = mailto("a@parl.example?cc=evil@example.org", subject="S&cc=evil@example.org", body="")
    assert parse_qs(urlsplit(link).query) == {"subject": ["S&cc=evil@example.org"]}


@pytest.mark.parametrize(
    ("changes", "can_write"),
    [
        ({}, True),
        ({"is_paused": True}, False),
        ({"is_stopped": True}, False),
        ({"closes_at": timezone.now() - timedelta(hours=1)}, False),
        ({"useless_after": timezone.now() - timedelta(hours=1)}, False),
    ],
)
def test_who_cannot_write_again_is_not_told_to(delivery, changes, can_write):
    LetterCampaign.objects.update(opens_at=timezone.now() - timedelta(days=9), **changes)
    fresh = LetterDelivery.objects.get(pk=delivery.pk)
    body = " ".join(trouble_mail(fresh, HeldReason.TOO_LATE if "useless_after" in changes else "").body.split())
    assert "Nothing is lost: this is what you wrote. You can send it yourself" in body
    assert ("write again on our site" in body) is can_write
