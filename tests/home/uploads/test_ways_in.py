"""Whichever way a file comes in, what the site stores and serves tells nothing."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import FileField
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from home.uploads.forms import DOCUMENT_HELP, PICTURE_HELP
from home.uploads.stored import _FIELDS
from home.uploads.storing import _Cleaned
from tests.factories.uploads import TOLD, docx, pdf, photo, two_colours
from tests.home.uploads.test_pictures import BROKEN

NAME = "IMG_20260701_Victoria-Park_陳大文.jpg"
OUR_NAME = re.compile(r"^original_images/[0-9a-f]{16}\.jpg$")
pytestmark = pytest.mark.django_db


def sent(raw: bytes, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, raw, "application/octet-stream")


def stored_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def check(settings, number: int = 1) -> None:
    """What lies in the folder tells nothing, by its content and by its name."""
    files = stored_files(settings)
    assert len(files) == number
    for path in files:
        assert not any(word in path.read_bytes() for word in [*TOLD, b"Exif", b"GPS"])
        assert "IMG_2026" not in path.name


def check_columns(image: Image) -> None:
    raw = image.file.storage.open(image.file.name).read()
    assert OUR_NAME.match(image.file.name)
    assert (image.file_size, image.file_hash) == (len(raw), hashlib.sha1(raw).hexdigest())
    assert (image.width, image.height) == Picture.open(BytesIO(raw)).size


def fields(**more):
    return {"title": "A gathering", "collection": Collection.get_first_root_node().pk, **more}


def test_one_picture(editor, settings):
    answer = editor.post(reverse("wagtailimages:add"), fields(file=sent(photo(orientation=6))))
    assert answer.status_code == 302
    image = Image.objects.get()
    assert (image.width, image.height) == (96, 128)
    check_columns(image)
    check(settings)


def test_several_pictures(editor, settings):
    answer = editor.post(
        reverse("wagtailimages:add_multiple"),
        fields(**{"files[]": sent(photo())}),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert answer.json()["success"] is True
    check_columns(Image.objects.get())
    check(settings)


def test_a_title_that_is_too_long_lets_nothing_wait_uncleaned(editor, settings):
    """Wagtail keeps the file under its own name until the title is mended."""
    name = f"{'IMG_2026' * 30}{'x' * 20}.jpg"
    url = reverse("wagtailimages:add_multiple")
    answer = editor.post(
        url,
        {"title": "x" * 300, "collection": fields()["collection"], "files[]": sent(photo(), name)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()
    check(settings)
    waiting = UploadedFile.objects.get()
    prefix = f"uploaded-image-{waiting.pk}"
    made = editor.post(
        reverse("wagtailimages:create_multiple_from_uploaded_image", args=[answer["uploaded_file_id"]]),
        {
            f"{prefix}-title": "Short",
            f"{prefix}-collection": fields()["collection"],
            f"{prefix}-description": "",
            f"{prefix}-tags": "",
        },
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert made.json()["success"] is True
    image = Image.objects.get()
    check_columns(image)
    check(settings)


def test_a_picture_from_a_chooser(editor, settings):
    answer = editor.post(
        reverse("wagtailimages_chooser:create"),
        {f"image-chooser-upload-{key}": value for key, value in fields(file=sent(photo())).items()},
    )
    assert answer.json()["step"] == "chosen"
    check_columns(Image.objects.get())
    check(settings, number=2)  # with what the chooser shows


def test_another_file_for_a_picture(editor, settings):
    image = Image.objects.create(title="Old", file=ContentFile(photo(), name="old.jpg"))
    answer = editor.post(reverse("wagtailimages:edit", args=[image.pk]), fields(file=sent(photo(orientation=8))))
    assert answer.status_code == 302
    image.refresh_from_db()
    assert (image.width, image.height) == (96, 128)
    check_columns(image)
    check(settings)


@pytest.mark.parametrize("way", ["create", "save", "bulk"])
def test_a_picture_from_code(settings, way):
    file = ContentFile(photo(orientation=6), name=NAME)
    if way == "create":
        Image.objects.create(title="a", file=file)
    elif way == "save":
        Image(title="a").file.save(NAME, file)
    else:
        Image.objects.bulk_create([Image(title="a", file=file)])
    check_columns(Image.objects.get())
    check(settings)


def test_a_picture_that_staff_show_of_themselves(admin_user, settings):
    profile = UserProfile.get_for_user(admin_user)
    profile.avatar.save(NAME, ContentFile(photo()))
    check(settings)


def test_what_pages_show_tells_nothing(settings):
    image = Image.objects.create(title="a", file=ContentFile(photo(orientation=6), name=NAME))
    for spec in ["width-60|format-jpeg", "width-60|format-webp", "width-60|format-avif", "original"]:
        rendition = image.get_rendition(spec)
        assert rendition.width < rendition.height
    check(settings, number=5)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_is_a_message(editor, settings, name):
    for ending in ("jpg", "png", "gif", "webp", "avif"):
        answer = editor.post(reverse("wagtailimages:add"), fields(file=sent(BROKEN[name], f"a.{ending}")))
        assert answer.status_code == 200
        assert answer.context["form"].errors["file"]
    assert stored_files(settings) == []


@pytest.mark.parametrize(
    "name",
    [
        "../../a.jpg",
        "a\u202egpj.jpg",
        "a" * 250 + ".jpg",
        "a" * 300 + ".jpg",
        ".jpg.jpg",
        "a\x00.jpg",
        "%2e%2e%2fa.jpg",
    ],
)
def test_no_name_is_an_error(editor, settings, name):
    assert editor.post(reverse("wagtailimages:add"), fields(file=sent(photo(), name))).status_code == 302
    check_columns(Image.objects.get())
    check(settings)


def test_a_page_with_the_ending_of_a_picture_is_a_message(editor, settings):
    answer = editor.post(reverse("wagtailimages:add"), fields(file=sent(b"<html>", "a.html")))
    assert answer.context["form"].errors["file"]
    assert stored_files(settings) == []


def test_a_document(editor, settings):
    answer = editor.post(reverse("wagtaildocs:add"), fields(file=sent(docx(), "Toolkit (2026).docx")))
    assert answer.status_code == 302
    document = Document.objects.get()
    assert document.filename == "Toolkit-2026.docx"
    raw = document.file.storage.open(document.file.name).read()
    assert (document.file_size, document.file_hash) == (len(raw), hashlib.sha1(raw).hexdigest())


def test_a_document_with_comments_is_a_message(editor, settings):
    raw = docx("<w:ins w:id='1' w:author='x'/>".replace("'", '"'))
    answer = editor.post(reverse("wagtaildocs:add"), fields(file=sent(raw, "a.docx")))
    [only] = answer.context["form"].errors["file"]
    assert "tracked changes" in only  # and nothing of an ending that would be wrong
    several = editor.post(
        reverse("wagtaildocs:add_multiple"),
        fields(**{"files[]": sent(raw, "a.docx")}),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert several.json()["error_message"].strip() == only
    assert stored_files(settings) == []


def test_a_document_from_code_is_refused_aloud(settings):
    with pytest.raises(ValidationError):
        Document(title="a").file.save("a.pdf", ContentFile(b"<html>"))
    assert stored_files(settings) == []


@pytest.mark.parametrize(
    ("name", "raw", "kind"),
    [("a.pdf", pdf(), "application/pdf"), ("a.txt", b"words", "text/plain"), ("a.docx", docx(), None)],
)
def test_documents_act_nowhere(client, name, raw, kind):
    document = Document(title="a")
    document.file.save(name, ContentFile(raw))
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    # A PDF opens in the reader's program and leaves no copy among the downloads of a shared machine.
    assert answer["Content-Disposition"].startswith("inline" if name == "a.pdf" else "attachment")
    assert kind is None or answer["Content-Type"].startswith(kind)
    assert not any(word in b"".join(answer.streaming_content) for word in TOLD)


def test_the_forms_say_what_is_taken_out(editor):
    for name, told in [
        ("wagtailimages:add", PICTURE_HELP),
        ("wagtailimages:add_multiple", PICTURE_HELP),
        ("wagtaildocs:add", DOCUMENT_HELP),
        ("wagtaildocs:add_multiple", DOCUMENT_HELP),
    ]:
        assert str(told) in editor.get(reverse(name)).content.decode().replace("&#x27;", "'")


@pytest.mark.parametrize("name", ["photo", "large", *BROKEN])
def test_a_portrait_from_the_account_page(editor, settings, name):
    raw = {"photo": photo(orientation=6), "large": photo(picture=two_colours((1600, 1200)))}.get(name) or BROKEN[name]
    page = editor.get(reverse("wagtailadmin_account"))
    account = {"name_email-first_name": "A", "name_email-last_name": "B", "locale-current_time_zone": "America/Toronto"}
    account |= {
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    assert page.status_code == 200
    answer = editor.post(reverse("wagtailadmin_account"), {**account, "avatar-avatar": sent(raw)})
    if raw.startswith(b"\xff\xd8") and name != "cut jpeg":
        assert answer.status_code == 302
        check(settings)
    else:
        assert answer.status_code == 200
        assert stored_files(settings) == []


def test_no_field_for_files_is_forgotten():
    """Whoever adds one says in ``storing`` how its files are cleaned."""
    fields = {
        field for model in apps.get_models() for field in model._meta.get_fields() if isinstance(field, FileField)
    }
    forgotten = {field for field in fields if not issubclass(field.attr_class, _Cleaned)}
    assert {field.model._meta.label for field in forgotten} == {"wagtailimages.Rendition"}


def test_the_command_knows_the_same_fields():
    cleaned = {(model, name) for model, name in _FIELDS}
    assert all(issubclass(model._meta.get_field(name).attr_class, _Cleaned) for model, name in cleaned)
    assert len(cleaned) == sum(
        issubclass(field.attr_class, _Cleaned)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, FileField)
    )
