"""Whatever is typed, a mail has one recipient, our own sender, and one header per header."""

from __future__ import annotations

import email
import email.policy
import re
from email.utils import getaddresses

import pytest
from django.conf import settings

from actions.outbox.messages import MailContent, build_message, new_message_id, one_line, render_content

TYPED = [
    "Bob\r\nBcc: v@v.example",
    "Bob\nReply-To: v@v.example",
    "Bob\rCc: v@v.example",
    "Bob%0d%0aBcc: v@v.example",
    "=?utf-8?q?=0ABcc:_v=40v.example?=",
    "=?utf-8?b?CkJjYzogdkB2LmV4YW1wbGU=?=",
    "Bob\x00\x0b\x0c\x85\u2028Bcc: v@v.example",
    'Bob" <v@v.example>, "',
    "v@v.example, Bob",
    "Bob <v@v.example>; x",
    "Undisclosed: v@v.example;",
    "(Bob) \\",
    "\u202egnp.exe",
    "\ud800",
    "陳大文",
    "x" * 10_000,
    "長" * 10_000,
    "",
]


def built(**changes):
    values = {
        "to": "jordan.lee@parl.example",
        "subject": "Please",
        "text": "Hello\n",
        "message_id": new_message_id(),
        "language": "en",
    }
    message = build_message(**{**values, **changes})
    raw = message.message().as_bytes(linesep="\r\n")
    return message, email.message_from_bytes(raw, policy=email.policy.default), raw


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_nothing_typed_becomes_a_header_or_a_second_address(typed):
    message, parsed, raw = built(subject=typed, from_name=typed, reply_to=(typed, "tai-man@writer.example"))
    assert message.recipients() == ["jordan.lee@parl.example"]
    for name, address in (
        ("From", settings.DEFAULT_FROM_EMAIL),
        ("To", "jordan.lee@parl.example"),
        ("Reply-To", "tai-man@writer.example"),
    ):
        assert [one.addr_spec for one in parsed[name].addresses] == [address]
        assert len(parsed.get_all(name)) == 1
    assert parsed["Bcc"] is parsed["Cc"] is None
    assert len(str(parsed["Subject"]).strip()) <= 200
    head = raw.partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert head.count(b"\nSubject:") == 1


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example, v@v.example",
        "a@b.example;v@v.example",
        "a@b.example\r\nBcc: v@v.example",
        "a@b.example\n",
        "Bob <v@v.example>",
        '"a,b"@b.example',
        "a(comment)@b.example",
        "@v.example:a@b.example",
        "a@[127.0.0.1]",
        "a b@b.example",
        "a\x00@b.example",
        "ａ@b.example",
        "陳@b.example",
        "a@b\u2028.example",
        "a@@b.example",
        "@b.example",
        "a@",
        "a" * 65 + "@b.example",
        "",
    ],
)
def test_only_one_bare_address_is_a_recipient_or_gets_the_replies(address):
    with pytest.raises(ValueError, match="bare"):
        built(to=address)
    with pytest.raises(ValueError, match="bare"):
        built(reply_to=("Bob", address))


@pytest.mark.parametrize(
    "address", ["a.b+x@b.example", "o'brien@b.example", "v%0d%0aBcc@b.example", "x@xn--fiq228c.example"]
)
def test_unusual_addresses_are_taken_as_they_are(address):
    message, parsed, _ = built(to=address)
    assert message.recipients() == [address]
    assert getaddresses([parsed["To"]]) == [("", address)]


def test_a_header_of_several_lines_is_refused():
    with pytest.raises(ValueError, match="several lines"):
        built(headers={"List-Unsubscribe": "<https://example.org/>\r\nBcc: v@v.example"})
    with pytest.raises(ValueError, match="several lines"):
        built(message_id="<a@b>\nBcc: v@v.example")


def test_names_of_people_arrive_as_they_are_written():
    _, parsed, _ = built(from_name="陳大文", subject="請支持 C-400 – « oui »")
    assert parsed["From"].addresses[0].display_name == "陳大文"
    assert parsed["Subject"] == "請支持 C-400 – « oui »"
    assert one_line("Nguyễn O'Brien") == "Nguyễn O'Brien"


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_html_is_escaped_and_loads_nothing(language):
    typed = '<img src="x"><a href="javascript:x">{{ 7 }}'
    button = (typed, "https://example.org/")
    rendered = render_content(
        MailContent(subject=typed, paragraphs=[typed], button=button, sheets=[(typed, typed)]), language=language
    )
    assert not re.search(r"<img|<link|<script|src=[\"']|url\(|href=[\"']javascript", rendered["html"])
    assert typed in rendered["text"]


def test_no_mail_asks_a_provider_to_watch_its_reader():
    message, _, _ = built()
    assert (message.track_opens, message.track_clicks) == (False, False)
