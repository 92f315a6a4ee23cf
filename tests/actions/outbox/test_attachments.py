"""Files are made when their mail leaves; one that cannot be made costs only itself."""

from __future__ import annotations

import pytest
from django.core import mail

from actions import registry
from actions.outbox.messages import MailContent, MailLink
from actions.outbox.models import OutboxMessage
from actions.outbox.services import enqueue
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker

pytestmark = pytest.mark.django_db


def send(attachments, links=()):
    content = MailContent(subject="Hello", paragraphs=["Text."], links=list(links))
    enqueue(
        kind="test.mail",
        dedupe_key="one",
        to="someone@writer.example",
        content=content,
        language="en",
        is_solicited=True,
        attachments=attachments,
    )
    Worker().drain()
    return mail.outbox[-1]


@pytest.fixture
def kinds(monkeypatch):
    def build(data):
        if data.get("breaks"):
            raise ValueError("secret")
        return registry.Attachment("x.pdf", b"%PDF" + data["text"].encode(), "application/pdf")

    monkeypatch.setattr(registry, "_attachments", {})
    registry.register_attachment("test.file", build)


def test_a_file_is_made_of_its_data_when_the_mail_leaves(kinds):
    message = send([("test.file", {"text": "陳"})])
    assert [tuple(file) for file in message.attachments] == [("x.pdf", "%PDF陳".encode(), "application/pdf")]
    assert message.message().get_content_type() == "multipart/mixed"
    assert not OutboxMessage.objects.get().payload


@pytest.mark.parametrize("broken", [("test.file", {"breaks": True}), ("test.unknown", {}), ("test.file", {})])
def test_a_file_that_cannot_be_made_is_left_out_and_the_mail_leaves(kinds, caplog, broken):
    message = send([broken, ("test.file", {"text": "whole"})])
    assert [file[1] for file in message.attachments] == [b"%PDFwhole"]
    assert OutboxMessage.objects.get().state == DispatchState.SENT
    assert "left out" in caplog.text
    assert "secret" not in caplog.text


def test_a_kind_has_one_builder(kinds):
    with pytest.raises(RuntimeError):
        registry.register_attachment("test.file", print)


def test_links_are_links_in_html_and_plain_in_text(kinds):
    links = [MailLink("Call <us>", "1 613", "tel:+1-613"), MailLink("Nothing to dial", "ask")]
    message = send([], links)
    assert "Call <us>\n    1 613\nNothing to dial\n    ask\n" in message.body
    html = message.alternatives[0][0]
    assert 'Call &lt;us&gt;<br><a href="tel:+1-613"' in html
    assert "Nothing to dial<br>ask" in html
