"""Documents tell nothing of their authors; what only an author can decide, and what acts by itself, is refused."""

from __future__ import annotations

import zipfile
from io import BytesIO

import openpyxl
import pypdf
import pypdfium2
import pytest
import typst
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from home.uploads import office
from home.uploads.cleaning import cleaned
from tests.factories.uploads import AUTHOR, TOLD, W, docx, odt, packed, pdf, photo


def clean(raw: bytes, name: str) -> bytes:
    return cleaned(ContentFile(raw), name).read()


def code(raw: bytes, name: str) -> str:
    with pytest.raises(ValidationError) as refused:
        cleaned(ContentFile(raw), name)
    assert str(refused.value.messages[0])
    return refused.value.code


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(("make", "name"), [(docx, "a.docx"), (odt, "a.odt")])
def test_nothing_is_told_of_the_author(make, name):
    before = b"".join(parts(make()).values())
    assert sum(word in before for word in TOLD) >= 2
    raw = clean(make() + b"<html>behind the end", name)
    after = parts(raw)
    everything = b"".join([raw, *after.values()])
    assert not any(word in everything for word in [*TOLD, b"GPS", b"00AB12CD", b"<html>", b"humbnail"])
    assert b"Our toolkit" in everything
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_odt_keeps_its_kind_first_and_unpacked():
    assert clean(odt(), "a.odt")[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def related(kind: str, target: str, part: str) -> bytes:
    """What is left of a reference from one part of a document to something elsewhere."""
    one = f'<Relationship Id="a" Type="x/{kind}" Target="{target}" TargetMode="External"/>'
    return parts(clean(docx(**{part: f"<Relationships>{one}</Relationships>"}), "a.docx"))[part]


def test_a_template_from_afar_is_not_fetched_by_readers():
    stored = related("attachedTemplate", "https://evil.example/t.dotm", "word/_rels/settings.xml.rels")
    assert b"evil.example" not in stored


def test_links_stay():
    assert b"https://example.org/" in related("hyperlink", "https://example.org/", "word/_rels/document.xml.rels")


def test_a_table_behind_a_chart_is_cleaned_too():
    table = packed({"xl/workbook.xml": "<workbook/>", "docProps/core.xml": f"<cp>{AUTHOR}</cp>"})
    stored = parts(clean(docx(**{"word/embeddings/Sheet.xlsx": table}), "a.docx"))
    assert AUTHOR.encode() not in b"".join(parts(stored["word/embeddings/Sheet.xlsx"]).values())


def test_a_workbook_opens_as_before():
    book = openpyxl.Workbook()
    book.active["A1"] = "Our toolkit"
    book.properties.creator = AUTHOR
    before, after = BytesIO(), BytesIO()
    book.save(before)
    after.write(clean(before.getvalue(), "a.xlsx"))
    opened = openpyxl.load_workbook(after)
    assert opened.active["A1"].value == "Our toolkit"
    assert opened.properties.creator != AUTHOR
    assert not any(AUTHOR.encode() in part for part in parts(after.getvalue()).values())


def test_properties_under_another_name_are_emptied():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"{AUTHOR}</cp:coreProperties>"
    )
    stored = parts(clean(docx(**{"package/services/metadata/core-properties/1.psmdcp": core}), "a.docx"))
    assert not any(AUTHOR.encode() in part for part in stored.values())


def test_a_text_that_shows_its_own_title_stays_whole():
    """Word's cover pages name the properties that they show."""
    space = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    shown = f"<w:sdt><w:dataBinding w:prefixMappings=\"xmlns:ns0='{space}'\"/></w:sdt>Our toolkit"
    assert b"Our toolkit" in parts(clean(docx(shown), "a.docx"))["word/document.xml"]


def test_a_picture_s_old_place_is_taken_out_of_its_description():
    described = '<wp:docPr descr="C:\\Users\\taiman\\Pictures\\a.jpg" title="https://a.example/home/taipei"/>'
    stored = parts(clean(docx(described), "a.docx"))["word/document.xml"]
    assert b"taiman" not in stored
    assert b"https://a.example/home/taipei" in stored


def test_saved_versions_are_left_out():
    old = odt(**{"Versions/Version1": "old words", "VersionList.xml": f"<version>{AUTHOR}</version>"})
    assert not {"Versions/Version1", "VersionList.xml"} & set(parts(clean(old, "a.odt")))


def test_a_jpeg_without_an_end_inside_a_document_tells_nothing():
    stored = parts(clean(docx(**{"word/media/image1.jpeg": photo()[:-2]}), "a.docx"))
    assert not any(word in stored["word/media/image1.jpeg"] for word in TOLD)


def test_the_path_of_a_workbook_is_taken_out():
    place = '<workbook><x15ac:absPath url="C:\\Users\\taiman\\" xmlns:x15ac="x"/></workbook>'
    stored = parts(clean(packed({"xl/workbook.xml": place}), "a.xlsx"))
    assert b"taiman" not in stored["xl/workbook.xml"]


REMARKS = {
    "inserted.docx": docx(f'<w:ins w:id="1" w:author="{AUTHOR}"><w:r/></w:ins>'),
    "another-prefix.docx": docx(f'<ns0:ins ns0:id="1" ns0:author="{AUTHOR}"><ns0:r/></ns0:ins>'),
    "deleted.docx": docx(f'<w:del w:id="1" w:author="{AUTHOR}"/>'),
    "commented.docx": docx(**{"word/comments.xml": f'<w:comments {W}><w:comment w:author="{AUTHOR}"/></w:comments>'}),
    "noted.odt": odt("<office:annotation><dc:creator>x</dc:creator></office:annotation>"),
    "tracked.odt": odt("<text:tracked-changes><text:changed-region/></text:tracked-changes>"),
    "commented.xlsx": packed(
        {"xl/workbook.xml": "<a/>", "xl/comments1.xml": "<comments><comment ref='A1'/></comments>"}
    ),
    "threads.xlsx": packed(
        {"xl/workbook.xml": "<a/>", "xl/threadedComments/threadedComment1.xml": "<threadedComment id='1'/>"}
    ),
    "shared.xlsx": packed({"xl/workbook.xml": "<a/>", "xl/revisions/userNames.xml": "<users/>"}),
    "commented.pptx": packed(
        {"ppt/presentation.xml": "<a/>", "ppt/comments/comment1.xml": "<p:cmLst><p:cm authorId='0'/></p:cmLst>"}
    ),
    "commented.pdf": pdf(annotation="/Text"),
    "marked.pdf": pdf(annotation="/Highlight"),
}


@pytest.mark.parametrize("name", REMARKS)
def test_comments_and_tracked_changes_are_refused(name):
    assert code(REMARKS[name], name) == "remarks"


def test_an_empty_list_of_comments_is_no_comment():
    assert clean(docx(**{"word/comments.xml": f"<w:comments {W}/>"}), "a.docx")


JAVASCRIPT = DictionaryObject(
    {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
)
LAUNCH = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")})
FILES = DictionaryObject({NameObject("/EmbeddedFiles"): DictionaryObject({NameObject("/Names"): ArrayObject()})})
ACTIVE = {
    "macro.docx": docx(**{"word/vbaProject.bin": b"x"}),
    "object.docx": docx(**{"word/embeddings/oleObject1.bin": b"x"}),
    "macro.odt": odt(**{"Basic/Standard/Module1.xml": "x"}),
    "script.pdf": pdf(root={"/OpenAction": JAVASCRIPT}),
    "launch.pdf": pdf(root={"/OpenAction": LAUNCH}),
    "files.pdf": pdf(root={"/Names": FILES}),
    "attached.pdf": pdf(annotation="/FileAttachment"),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_what_acts_by_itself_is_refused(name):
    assert code(ACTIVE[name], name) == "active_content"


OTHER = {
    "page.pdf": b"<html><script>alert(1)</script>",
    "cut.pdf": pdf()[:200],
    "head.pdf": b"%PDF-1.7\n",
    "empty.docx": b"",
    "page.docx": b"<html>",
    "cut.docx": docx()[:-300],
    "sheet.docx": packed({"xl/workbook.xml": "<a/>"}),
    "text.odt": packed({"mimetype": "text/html", "content.xml": "<a/>"}),
    "entities.docx": docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
    "outside.docx": docx(**{"../../etc/passwd": "x"}),
    "page.txt": b"\xef\xbb\xbf <!DOCTYPE html><script>",
    "page.csv": b"<script>alert(1)</script>",
    "program.txt": b"MZ\x90\x00\x03",
    "not.ics": b"hello",
}


@pytest.mark.parametrize("name", OTHER)
def test_what_is_not_what_its_ending_says_is_refused(name):
    assert code(OTHER[name], name) == "other_kind"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a", ".pdf.html"])
def test_other_endings_are_refused(name):
    assert code(b"x", name) == "unknown_kind"


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = packed({"word/document.xml": b"\x00" * (office.UNPACKED_BYTES + 1)})
    assert len(bomb) < 200_000
    assert code(bomb, "a.docx") == "unpacks_too_large"


def test_a_bomb_within_a_document_is_refused_before_it_is_unpacked():
    bomb = packed({"xl/workbook.xml": b"<a/>", "xl/a.xml": b"\x00" * (office.UNPACKED_BYTES // 2)})
    inside = {f"word/embeddings/{number}.xlsx": bomb for number in range(3)}
    assert code(docx(**inside), "a.docx") == "unpacks_too_large"


def test_a_huge_list_of_parts_within_a_document_is_refused_before_it_is_read():
    assert code(docx(**{"word/embeddings/1.xlsx": bytes(20_000_001)}), "a.docx") == "unpacks_too_large"


def test_webp_and_svg_inside_a_document_tell_nothing():
    drawing = (
        f"<svg inkscape:export-filename='x' sodipodi:docname=\"{AUTHOR}.svg\"><metadata>{AUTHOR}</metadata><g/></svg>"
    )
    inside = {"word/media/image3.webp": photo("WEBP"), "word/media/image4.svg": drawing}
    stored = parts(clean(docx(**inside), "a.docx"))
    assert not any(word in b"".join(stored.values()) for word in TOLD)
    assert b"<g/></svg>" in stored["word/media/image4.svg"]
    with Image.open(BytesIO(stored["word/media/image3.webp"])) as picture:
        picture.load()
        assert picture.size == (128, 96)


def test_a_file_with_a_password_is_refused():
    writer = pypdf.PdfWriter(clone_from=BytesIO(pdf()))
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    assert code(target.getvalue(), "a.pdf") == "password"
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx") == "password"


def test_a_pdf_tells_nothing_of_its_author():
    raw = clean(pdf(picture=True) + b"\n<html>behind", "a.pdf")
    assert not any(word in raw for word in [*TOLD, b"Exif", b"xmpmeta", b"<html>", b"Microsoft Word"])
    reader = pypdf.PdfReader(BytesIO(raw))
    assert len(reader.pages) == 1
    assert reader.xmp_metadata is None
    assert not (reader.metadata or {}).get("/Author")
    picture = reader.pages[0]["/Resources"]["/XObject"]["/I"].get_object()
    assert picture._data.startswith(b"\xff\xd8")
    assert len(picture._data) < len(photo())


def test_a_pdf_looks_as_before():
    text = '#set document(author: "Chan Tai Man")\n= Our toolkit\n#outline()\n#link("https://a.example")[b]\n= Two'
    raw = typst.compile(text.encode())
    assert b"Chan Tai Man" in raw
    stored = clean(raw, "a.pdf")
    assert not any(word in stored for word in [*TOLD, b"xmpmeta", b"Typst"])
    before, after = (pypdfium2.PdfDocument(one)[0].render().to_pil().tobytes() for one in (raw, stored))
    assert before == after
    assert pypdfium2.PdfDocument(stored).is_tagged() == pypdfium2.PdfDocument(raw).is_tagged()
    assert stored[:8] == raw[:8]


def test_an_earlier_version_of_a_pdf_is_gone():
    first = pdf()
    writer = pypdf.PdfWriter(BytesIO(first), incremental=True)
    writer.metadata = {"/Author": "Somebody else"}
    target = BytesIO()
    writer.write(target)
    assert b"Microsoft Word" in target.getvalue()
    assert b"Microsoft Word" not in clean(target.getvalue(), "a.pdf")


def test_guests_are_taken_out_of_a_calendar_file():
    raw = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Meeting\r\n"
        b"ATTENDEE;CN=Chan Tai Man:mailto:chan@example.o\r\n rg\r\n"
        b"ORGANIZER:mailto:chan@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    stored = clean(raw, "a.ics")
    assert b"chan" not in stored.lower()
    assert stored.count(b"\r\n") == 5


def test_plain_text_stays_to_the_byte():
    assert clean("姓名,city\n".encode("utf-16"), "a.csv") == "姓名,city\n".encode("utf-16")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("Toolkit 2026 (final).pdf", "Toolkit-2026-final.pdf"),
        ("工具包.pdf", "工具包.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("..\\..\\x\x00y.pdf", "xy.pdf"),
        ("a" * 300 + ".pdf", "a" * 60 + ".pdf"),
        ("\u200b.pdf", "document.pdf"),
    ],
)
def test_the_name_that_readers_see_is_plain(given, stored):
    assert cleaned(ContentFile(pdf()), given).name == stored
