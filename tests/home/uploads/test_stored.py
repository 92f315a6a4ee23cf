"""What was uploaded before: cleaned by a command that may be cut off and run again."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models.fields.files import FieldFile
from wagtail.documents.models import Document
from wagtail.images.models import Image

from home.uploads import stored
from home.uploads.cleaning import cleaned
from home.uploads.storing import _Cleaned
from tests.factories.uploads import TOLD, docx, pdf, photo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def earlier(monkeypatch):
    """Stores files as they come, as it was done before."""

    def store(model, name: str, raw: bytes):
        with monkeypatch.context() as patch:
            patch.setattr(_Cleaned, "save", FieldFile.save)
            return model.objects.create(title="Before", file=ContentFile(raw, name=name))

    return store


def run(*options: str) -> str:
    out = StringIO()
    call_command("clean_uploads", *options, stdout=out)
    return out.getvalue()


def told(settings) -> list[str]:
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in TOLD) or "Victoria" in path.name]


def test_pictures_and_their_renditions_are_replaced(settings, earlier):
    images = [
        earlier(Image, f"Victoria.{kind.lower()}", photo(kind, orientation=6)) for kind in ("JPEG", "WEBP", "PNG")
    ]
    renditions = [image.get_rendition("width-20") for image in images]
    assert len(told(settings)) == 6
    assert run("--dry-run").startswith("3 files replaced, 0")
    assert len(told(settings)) == 6
    assert run().startswith("3 files replaced, 0")
    assert told(settings) == []
    for image, rendition in zip(images, renditions, strict=True):
        fresh = Image.objects.get(pk=image.pk)
        assert (fresh.width, fresh.height) == (96, 128)
        assert fresh.get_rendition("width-20").file.name != rendition.file.name
        assert fresh.file.storage.exists(fresh.file.name)
    assert told(settings) == []
    assert run().startswith("0 files replaced, 0")


def test_documents_keep_their_address(settings, earlier):
    documents = [earlier(Document, "a.docx", docx()), earlier(Document, "a.pdf", pdf())]
    addresses = [document.url for document in documents]
    assert run().startswith("2 files replaced, 0")
    fresh = [Document.objects.get(pk=document.pk) for document in documents]
    assert [document.url for document in fresh] == addresses
    assert [document.file_size for document in fresh] == [document.file.size for document in fresh]
    assert told(settings) == []
    assert run().startswith("0 files replaced, 0")


@pytest.mark.parametrize("event", ["title", "deleted", "replaced"])
@pytest.mark.parametrize(("model", "name", "raw"), [(Image, "a.jpg", photo()), (Document, "a.docx", docx())])
def test_what_editors_do_meanwhile_stays(settings, earlier, monkeypatch, model, name, raw, event):
    row = earlier(model, name, raw)

    def while_it_is_cleaned(*args):
        if event == "title":
            model.objects.filter(pk=row.pk).update(title="Put right")
        elif event == "deleted":
            model.objects.get(pk=row.pk).delete()
        else:
            model.objects.get(pk=row.pk).file.save(f"new-{name}", ContentFile(raw))
        return cleaned(*args)

    monkeypatch.setattr(stored, "cleaned", while_it_is_cleaned)
    run()
    found = model.objects.filter(pk=row.pk).first()
    if event == "deleted":
        assert found is None
        return
    assert found.title == ("Put right" if event == "title" else "Before")
    with found.file.storage.open(found.file.name) as file:
        assert hashlib.sha1(file.read(), usedforsecurity=False).hexdigest() == found.file_hash


def test_what_cannot_be_cleaned_is_named_by_its_number(settings, earlier):
    document = earlier(Document, "Chan Tai Man.pdf", pdf(annotation="/Text"))
    missing = earlier(Image, "gone.jpg", photo())
    missing.file.storage.delete(missing.file.name)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("clean_uploads", stdout=out)
    assert f"wagtaildocs.document {document.pk}: " in out.getvalue()
    assert f"wagtailimages.image {missing.pk}: " in out.getvalue()
    assert "Chan" not in out.getvalue()
