"""For those who like PO files: down, filled in, up again; files that do not belong here say so."""

from __future__ import annotations

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from home.translations.missing import missing_entries
from tests.factories.translations import submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(article):
    return submitted(article, "zh-hant")


def download(client, translation) -> polib.POFile:
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    assert answer.status_code == 200
    assert "filename=good-news-zh-hant.po" in answer["Content-Disposition"]
    return polib.pofile(answer.content.decode())


def upload(client, translation, content: str | bytes | None):
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    raw = content.encode() if isinstance(content, str) else content
    files = {} if raw is None else {"file": SimpleUploadedFile("words.po", raw)}
    return client.post(url, {"next": "/admin/", **files}, follow=True)


def test_the_round_trip(translator, moderator, translation, client):
    file = download(translator, translation)
    assert {entry.msgid for entry in file} >= {"Good news", "What happened at the harbour yesterday."}
    for entry in file:
        entry.msgstr = {"Good news": "好消息"}.get(entry.msgid, f"譯文：{entry.msgid}")
    answer = upload(translator, translation, str(file))
    assert "Successfully imported" in answer.content.decode()
    assert missing_entries(translation.get_target_instance()) == []
    assert StringTranslation.objects.first().last_translated_by == translator.user
    assert {entry.msgstr for entry in download(translator, translation)} >= {"好消息"}
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderator.post(edit, {"action": "publish"})
    html = client.get("/zh-hant/news/good/").content.decode()
    assert "好消息" in html
    assert 'lang="zh-Hant-HK"' in html


def test_half_a_file_leaves_the_rest_missing(translator, translation):
    file = download(translator, translation)
    file.find("Good news").msgstr = "好消息"
    upload(translator, translation, str(file))
    assert len(missing_entries(translation.get_target_instance())) == 2


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "/etc/passwd",
        "no po file\nat all",
        b"\xff\xfe\x00",
        'msgid ""\nmsgstr ""\n\nmsgid "Good news"\nmsgstr "x"\n',
        "x" * 2_000_001,
    ],
)
def test_other_files_change_nothing_and_are_named(translator, translation, content):
    answer = upload(translator, translation, content)
    assert answer.status_code == 200
    assert "PO file" in answer.content.decode() or "belongs to another translation" in answer.content.decode()
    assert not StringTranslation.objects.exists()


def test_the_file_of_another_language_is_refused(translator, translation, article):
    file = download(translator, translation)
    for entry in file:
        entry.msgstr = "x"
    answer = upload(translator, submitted(article, "fr"), str(file))
    assert "belongs to another translation" in answer.content.decode()
    assert not StringTranslation.objects.exists()


def test_markup_of_ones_own_is_not_published(translator, moderator, translation, client):
    file = download(translator, translation)
    for entry in file:
        entry.msgstr = f"<script>alert(1)</script>{entry.msgid}"
    upload(translator, translation, str(file))
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderator.post(edit, {"action": "publish"})
    assert "<script>alert" not in client.get("/zh-hant/news/good/", follow=True).content.decode()
