"""The demo's mailbox: shows the folder's mails, opens our links only, and leaves no way to another file."""

import os
import tempfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail

from achk_site.demo.mailbox import split_links

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.demo.urls")]


@pytest.fixture
def folder(settings, tmp_path):
    settings.OUTBOX_FOLDER = tmp_path / "mail"
    settings.OUTBOX_FOLDER.mkdir()
    return settings.OUTBOX_FOLDER


def put(folder, name, *, subject="Please confirm", text="Hello", html="", age=0):
    mail = EmailMessage()
    mail["From"] = "Mei Chan <no-reply@mail.achk.test>"
    mail["Reply-To"] = "Mei Chan <mei@example.org>"
    mail["To"] = "imogen.tallwater@parliament.example"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<{name}@mail.achk.test>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    file = folder / f"{name}.eml"
    file.write_bytes(mail.as_bytes())
    os.utime(file, (1_700_000_000 - age, 1_700_000_000 - age))


def test_a_note_of_the_admin_lands_in_the_mailbox_too(client, folder, settings):
    settings.EMAIL_BACKEND = "achk_site.demo.post.FolderBackend"
    assert send_mail("Waits for approval", "Look at it.", None, ["editor@achk.test"]) == 1
    page = client.get("/demo/mailbox/").content.decode()
    assert "Waits for approval" in page
    assert "editor@achk.test" in page
    assert [file.suffix for file in folder.iterdir()] == [".eml"]


def test_lists_the_newest_mail_first(client, folder):
    put(folder, "old", subject="Older", age=60)
    put(folder, "new", subject="信件已寄出")
    page = client.get("/demo/mailbox/").content.decode()
    assert page.index("信件已寄出") < page.index("Older")


def test_an_empty_or_missing_folder_says_so(client, folder):
    assert "No mail yet" in client.get("/demo/mailbox/").content.decode()
    folder.rmdir()
    assert client.get("/demo/mailbox/").status_code == 200


def test_shows_the_headers_and_the_text(client, folder):
    put(folder, "one", text="Dear Imogen Tallwater,", html="<p>HTML part</p>")
    page = client.get("/demo/mailbox/one/").content.decode()
    for shown in (
        "Mei Chan &lt;no-reply@mail.achk.test&gt;",
        "Mei Chan &lt;mei@example.org&gt;",
        "imogen.tallwater@parliament.example",
        "&lt;one@mail.achk.test&gt;",
        "Dear Imogen Tallwater,",
    ):
        assert shown in page
    assert "HTML part" not in page


def test_what_a_mail_contains_cannot_become_markup(client, folder):
    put(folder, "one", subject="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    for address in ("/demo/mailbox/", "/demo/mailbox/one/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_only_links_to_this_site_can_be_pressed(client, folder):
    put(folder, "one", text="Yes: http://testserver/en/act/confirm/abc/. No: https://evil.example/en/act/confirm/abc/")
    page = client.get("/demo/mailbox/one/").content.decode()
    assert '<a href="/en/act/confirm/abc/">http://testserver/en/act/confirm/abc/</a>.' in page
    assert 'href="https://evil.example' not in page


@pytest.mark.parametrize(
    "address",
    [
        "http://user@evil.example:8000/",
        "http://127.0.0.1:8000@evil.example/",
        "http://127.0.0.1:8000.evil.example/",
        "http://127.0.0.1:8000//evil.example/",
        "javascript:alert(1)",
    ],
)
def test_no_link_is_made_of_an_address_that_only_looks_like_ours(address):
    assert [part.path for part in split_links(f"see {address} now", {"127.0.0.1:8000"})] == [""]


def test_the_parts_of_a_text_are_the_text():
    text = "a http://x.test/1, (http://x.test/2) http://y.test/3\n"
    parts = split_links(text, {"x.test"})
    assert "".join(part.text for part in parts) == text
    assert [part.path for part in parts if part.path] == ["/1", "/2"]


@pytest.mark.parametrize(
    "name",
    [
        "../secret",
        "..%2fsecret",
        "%2e%2e%2fsecret",
        "..%5csecret",
        "secret",
        "link",
        "one.eml",
        ".part",
        "*",
        "one%00",
        "%2fetc%2fpasswd",
    ],
)
def test_no_other_file_can_be_read(client, folder, name):
    put(folder, "one")
    put(folder.parent, "secret", text="TOP SECRET")
    (folder / "link.eml").symlink_to(folder.parent / "secret.eml")
    (folder / ".part.eml").symlink_to(folder.parent / "secret.eml")
    response = client.get(f"/demo/mailbox/{name}/", follow=True)
    assert response.status_code in (400, 404)
    assert "TOP SECRET" not in response.content.decode()


def test_nothing_is_stored_and_nothing_can_be_posted(client, folder):
    put(folder, "one")
    for address in ("/demo/mailbox/", "/demo/mailbox/one/"):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies
        assert client.post(address).status_code in (403, 405)


def test_uploaded_pictures_are_served(client):
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".png") as picture:
        assert client.get(f"/media/{Path(picture.name).name}").status_code == 200
    assert client.get("/media/../db.sqlite3").status_code in (400, 404)
