"""Where a writer leaves a trace: nowhere but in ciphertext, in the mails, and behind the mailed link."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from achk_site.log_filter import WithoutPersonalData
from actions.letters import services
from actions.letters.models import Letter
from actions.outbox.models import PaceGate
from actions.outbox.worker import Worker
from tests.bad_input.conftest import ACTION
from tests.crawling import START, crawl, text_of
from tests.stubs.represent import CODES as REPRESENT_CODES
from tests.stubs.represent import represent_stub

pytestmark = pytest.mark.django_db

CANARY = {
    "name": "Kanarienvogel 金絲雀",
    "email": "canary-bird@kanari.example",
    "postal_code": "H2Z 9X8",
    "street_address": "77 Kanarigasse",
    "own_words": "Mein Kanari singt: 雀仔唱歌",
    "body": "Body of the canary letter, 雀籠",
    "subject": "Subject of the canary letter",
}
TRACES = [
    "kanari", "canary", "金絲雀", "雀仔", "雀籠", "h2z9x8", "h2z 9x8", "h2z%209x8", "h2z+9x8", "\\u91d1", "%e9%87%91",
]  # fmt: skip


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text.lower()]


@pytest.fixture
def logged() -> Iterator[dict[str, io.StringIO]]:
    """Everything that is logged, down to DEBUG: as it was said, and as the site's own handlers write it."""
    streams = {"raw": io.StringIO(), "written": io.StringIO()}
    handlers = [logging.StreamHandler(stream) for stream in streams.values()]
    handlers[1].addFilter(WithoutPersonalData())
    loggers = [logging.getLogger(name) for name in ("", "django", "actions", "urllib3")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    for handler in handlers:
        logging.getLogger().addHandler(handler)
    yield streams
    for handler in handlers:
        logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def tables() -> Iterator[tuple[str, str]]:
    """Each table with all that it holds, as text."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            values = (value for row in cursor.fetchall() for value in row if value is not None)
            yield name, "\n".join(value.decode(errors="replace") if is_bytes(value) else str(value) for value in values)


def is_bytes(value: object) -> bool:
    return isinstance(value, (bytes, bytearray, memoryview))


def pages_of(stranger) -> dict[str, str]:
    """Every page that a stranger reaches, by address, with its headers."""
    start = [page.url for page in Page.objects.live().exclude(depth=1)]
    start += [*START, ACTION, ACTION.replace("/en/", "/zh-hant/"), f"{ACTION}write/", "/en/act/check-your-inbox/"]
    found = crawl(lambda path: stranger.get(path, headers={"sec-fetch-site": "same-origin"}), start)
    return {path: f"{response.headers}\n{text_of(response)}" for path, response in found.items()}


def whole_way(stranger) -> str:
    """From the look-up to the MP's inbox, with the mistakes that people make; returns the token."""
    for path in ("find/", "write/", "pdf/"):
        for intent in ("edit", "riding", "check", "language-fr"):
            stranger.post(ACTION + path, {**CANARY, "intent": intent, "riding": "35079", "letter_language": "en"})
    stranger.write("send", **{**CANARY, "email": "canary@@kanari.example"})
    stranger.client.post(f"{ACTION}write/", {**CANARY, "intent": "send"})
    stranger.write("send", **{**CANARY, "name": "x\0"})
    for number in range(5):
        assert stranger.write("send", **CANARY, form_token="x" * number).status_code == 303
    Worker().drain()
    link = re.search(r"http://testserver(/\S+/confirm/([0-9a-f]{64})/)", mail.outbox[0].body)
    stranger.client.post(link[1], {})  # from elsewhere: refused, and Django logs the path
    stranger.client.generic("PUT", link[1])
    stranger.get(link[1])
    assert stranger.post(link[1], {}).status_code == 303
    stranger.get(link[1])
    PaceGate.objects.all().delete()
    Worker().drain()
    assert any(message.to == ["jordan.lee@parl.example"] for message in mail.outbox)
    return link[2]


def test_the_whole_way_leaves_no_trace_in_pages_tables_or_logs(stranger, site, logged, settings, monkeypatch):
    monkeypatch.setitem(REPRESENT_CODES, "H2Z9X8", ([35079], [], False))
    with represent_stub() as stub:
        settings.REPRESENT_API_URL = stub.url
        token = whole_way(stranger)
    assert Letter.objects.filter(state=Letter.State.CONFIRMED).exists()

    pages = pages_of(stranger)
    assert {"/en/actions/safe/", "/fr/about/", "/zh-hant/actions/"} <= pages.keys()
    for path, page in pages.items():
        assert traces_in(path + page) == [], path
        assert token not in page, path

    for name, held in tables():
        assert traces_in(held) == [], name
        assert token not in held, name

    assert traces_in(logged["raw"].getvalue()) == []
    written = logged["written"].getvalue()
    assert traces_in(written) == []
    assert token not in written
    assert "[secret]" in written  # the log spoke of the link, so that the test can fail


def test_a_crash_while_confirming_leaves_no_trace_in_the_log(stranger, site, logged, monkeypatch):
    stranger.write("send", **CANARY)
    Worker().drain()
    link = re.search(r"http://testserver(/\S+/confirm/([0-9a-f]{64})/)", mail.outbox[-1].body)

    def fail(**kwargs: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(services, "confirm", fail)
    response = stranger.post(link[1], CANARY)
    assert response.status_code == 500
    assert len(stranger.crashes) == 1
    stranger.crashes.clear()
    assert "RuntimeError" in logged["written"].getvalue()
    assert link[2] not in logged["written"].getvalue()
    assert traces_in(logged["raw"].getvalue() + response.content.decode()) == []


def test_wagtail_knows_nothing_of_letters(stranger, site):
    stranger.write("send", **CANARY)
    services.confirm(letter_id=Letter.objects.get().pk)
    names = ("letter", "letterdelivery", "outboxmessage", "confirmation", "recordkey")
    for model in (Revision, ReferenceIndex, IndexEntry):
        assert not model.objects.filter(content_type__app_label="actions", content_type__model__in=names).exists()
    assert not ReferenceIndex.objects.filter(to_content_type__model__in=names).exists()
