"""What Word on the web, PowerPoint, LibreOffice, Excel and others write into their files, each in its own way."""

from __future__ import annotations

import itertools
import time
from io import BytesIO

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

from tests.factories.uploads import AUTHOR, TOLD, docx, odt, packed, pdf, photo
from tests.home.uploads.test_documents import clean, code, parts

TYPES = "http://schemas.microsoft.com/office"


def pptx(**more: bytes | str) -> bytes:
    return packed({"ppt/presentation.xml": "<p:presentation/>", **more})


def xlsx(**more: bytes | str) -> bytes:
    return packed({"xl/workbook.xml": "<workbook/>", **more})


def test_word_on_the_web_calls_its_text_otherwise():
    assert clean(packed({"word/document22.xml": "<w:document>Our toolkit</w:document>"}), "a.docx")


def test_who_changed_which_slide_goes_with_every_mention():
    stored = parts(
        clean(
            pptx(
                **{
                    "[Content_Types].xml": "<Types>"
                    '<Override PartName="/ppt/changesInfos/changesInfo1.xml" ContentType="x"/>'
                    '<Override PartName="/ppt/revisionInfo.xml" ContentType="x"/>'
                    '<Override PartName="/docMetadata/LabelInfo.xml" ContentType="x"/>'
                    '<Override PartName="/ppt/presentation.xml" ContentType="x"/></Types>',
                    "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{TYPES}/2020/02/relationships/'
                    'classificationlabels" Target="docMetadata/LabelInfo.xml"/></Relationships>',
                    "ppt/_rels/presentation.xml.rels": "<Relationships>"
                    f'<Relationship Id="a" Type="{TYPES}/2016/11/relationships/changesInfo" '
                    'Target="changesInfos/changesInfo1.xml"/>'
                    f'<Relationship Id="b" Type="{TYPES}/2015/10/relationships/revisionInfo" '
                    'Target="revisionInfo.xml"/><Relationship Id="c" Type="x/slide" Target="slides/slide1.xml"/>'
                    "</Relationships>",
                    "ppt/changesInfos/changesInfo1.xml": f'<pc:chgData name="{AUTHOR}" userId="x"/>',
                    "ppt/revisionInfo.xml": "<p1510:client id='x'/>",
                    "docMetadata/LabelInfo.xml": "<clbl:label siteId='x'/>",
                }
            ),
            "a.pptx",
        )
    )
    everything = b"".join([*stored.values(), *map(str.encode, stored)])
    assert not any(word in everything for word in (AUTHOR.encode(), b"hangesInfo", b"evisionInfo", b"docMetadata"))
    assert b"/ppt/presentation.xml" in stored["[Content_Types].xml"]
    assert b"slide1.xml" in stored["ppt/_rels/presentation.xml.rels"]


FOREIGN = {
    "an old table": docx(**{"word/embeddings/Old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
    "a table with macros": docx(**{"word/embeddings/Sheet.xlsm": packed({"xl/workbook.xml": AUTHOR})}),
    "an object of LibreOffice": odt(**{"Object 1": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}),
    "queries of Excel": xlsx(
        **{"customXml/item1.xml": f'<?xml version="1.0" encoding="utf-16"?><DataMashup>{AUTHOR}'.encode("utf-16")}
    ),
}


@pytest.mark.parametrize(("kind", "name"), [*zip(FOREIGN, ["a.docx", "a.docx", "a.odt", "a.xlsx"], strict=True)])
def test_a_file_of_another_program_inside_is_refused(kind, name):
    assert code(FOREIGN[kind], name) == "active_content"


@pytest.mark.parametrize("raw", [b"\x00\x00\x00\x18ftypmp42", b"\x00\x00\x00\x18ftypheic", b"\x00\x00\x00\x18moov"])
def test_a_film_inside_is_refused_since_it_may_tell_its_place(raw):
    assert code(pptx(**{"ppt/media/media1.mp4": raw}), "a.pptx") == "film"


def test_xml_in_utf_16_is_read_and_cleaned():
    told = '<?xml version="1.0" encoding="utf-16"?><a url="C:\\Users\\taiman\\b"/>'
    stored = parts(clean(docx(**{"customXml/item1.xml": told.encode("utf-16")}), "a.docx"))["customXml/item1.xml"]
    assert stored.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert b"taiman" not in stored


def test_comments_in_utf_16_are_refused():
    comments = f'<w:comments><w:comment w:author="{AUTHOR}"/></w:comments>'
    assert code(docx(**{"word/comments.xml": comments.encode("utf-16")}), "a.docx") == "remarks"
    assert code(docx(**{"word/comments.xml": comments.encode("utf-16-le")}), "a.docx") == "other_kind"


def test_properties_are_emptied_in_their_own_dialect():
    strict = '<Properties xmlns="http://purl.oclc.org/ooxml/officeDocument/extendedProperties" xmlns:vt="http://a/b">'
    stored = parts(clean(docx(**{"docProps/app.xml": f"{strict}<Company>{AUTHOR}</Company></Properties>"}), "a.docx"))
    assert stored["docProps/app.xml"].endswith(strict[:-1].encode() + b"/>")


def test_a_cover_page_keeps_the_title_that_it_shows():
    """Bound to a property that is empty now, Word would show "[Document title]" there."""
    bound = (
        "<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings=\"xmlns:ns0='http://purl.org/dc/elements/1.1/' xmlns:ns1="
        "'http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \" "
        'w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="{6C3C8BC8}"/><w:text/></w:sdtPr>'
        "<w:sdtContent>Our toolkit</w:sdtContent></w:sdt>"
    )
    stored = parts(clean(docx(bound), "a.docx"))["word/document.xml"]
    assert b"dataBinding" not in stored
    assert b"<w:text/></w:sdtPr><w:sdtContent>Our toolkit" in stored


def test_sessions_are_not_told_by_other_names():
    written = parts(clean(docx(**{"word/settings.xml": '<w14:docId w14:val="3F00AB12"/>'}), "a.docx"))
    content = '<style officeooo:rsid="0012ab34" officeooo:paragraph-rsid="0012ab34"/>Our toolkit'
    settings = '<config:config-item config:name="RsidRoot" config:type="int">1223476</config:config-item>'
    drawn = parts(clean(odt(content, **{"settings.xml": settings, "Object 1/meta.xml": f"<a>{AUTHOR}</a>"}), "a.odt"))
    everything = b"".join([*written.values(), *drawn.values()])
    assert not any(told in everything for told in (b"3F00AB12", b"0012ab34", b"1223476", AUTHOR.encode()))
    assert b"Our toolkit" in drawn["content.xml"]


@pytest.mark.parametrize(
    "target", ["/Users/taiman/Documents/Book.xlsx", "https://achk-my.sharepoint.com/personal/taiman/Book.xlsx"]
)
def test_where_a_linked_workbook_lies_is_not_told(target):
    link = f'<Relationship Id="a" Type="x/externalLinkPath" Target="{target}" TargetMode="External"/>'
    stored = parts(clean(xlsx(**{"xl/externalLinks/_rels/externalLink1.xml.rels": link}), "a.xlsx"))
    assert b"taiman" not in b"".join(stored.values())


def test_a_gif_inside_tells_nothing():
    stored = parts(clean(docx(**{"word/media/image9.gif": photo("GIF")}), "a.docx"))["word/media/image9.gif"]
    assert not any(word in stored for word in TOLD)


def written(writer: pypdf.PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_a_long_pdf_in_which_each_page_leads_to_the_next_is_taken():
    writer = pypdf.PdfWriter()
    pages = [writer.add_blank_page(200, 200) for _ in range(150)]
    for page, after in itertools.pairwise(pages):
        link = DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/Link"),
                NameObject("/Rect"): ArrayObject([FloatObject(0)] * 4),
                NameObject("/Dest"): ArrayObject([after.indirect_reference, NameObject("/Fit")]),
            }
        )
        page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    stored = pypdf.PdfReader(BytesIO(clean(written(writer), "a.pdf")), strict=True)
    assert len(stored.pages) == 150
    assert stored.pages[7]["/Annots"][0].get_object()["/Dest"][0].get_object() == stored.pages[8]


def test_an_action_that_is_named_elsewhere_is_found():
    writer = pypdf.PdfWriter(BytesIO(pdf()))
    launch = writer._add_object(NameObject("/Launch"))
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject({NameObject("/S"): launch})
    assert code(written(writer), "a.pdf") == "active_content"


def test_a_list_where_a_name_is_usual_is_no_damage():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)[NameObject("/A")] = DictionaryObject({NameObject("/S"): ArrayObject()})
    assert clean(written(writer), "a.pdf")


def test_a_jpeg_that_is_packed_once_more_tells_nothing():
    writer = pypdf.PdfWriter()
    picture = DecodedStreamObject()
    picture.set_data(photo().hex().encode() + b">")
    picture[NameObject("/Filter")] = ArrayObject([NameObject("/ASCIIHexDecode"), NameObject("/DCTDecode")])
    writer.add_blank_page(200, 200)[NameObject("/I")] = writer._add_object(picture)
    stored = pypdf.PdfReader(BytesIO(clean(written(writer), "a.pdf"))).pages[0]["/I"]
    assert stored["/Filter"] == "/DCTDecode"
    assert stored._data.startswith(b"\xff\xd8")
    assert not any(word in stored._data for word in TOLD)


def test_the_owner_of_a_calendar_is_not_told():
    told = b"X-WR-CALNAME:chan@gmail.com\r\nX-MS-OLK-SENDER;CN=Chan:mailto:chan@a.example\r\n"
    raw = b"BEGIN:VCALENDAR\r\n" + told + b"END:VCALENDAR\r\n"
    assert clean(raw, "a.ics") == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    named = b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Our events\r\nEND:VCALENDAR\r\n"
    assert clean(named, "a.ics") == named


ENDLESS = {
    "word/settings.xml": "<w:rsids>" * 40_000,
    "word/document.xml": "<w:dataBinding " * 40_000,
    "word/_rels/document.xml.rels": "<Relationship " * 40_000,
    "word/media/a.svg": "<!--" * 40_000,
    "customXml/item1.xml": "<properties " + "schemas.microsoft.com/office/2006/metadata/properties " * 20_000,
}


@pytest.mark.parametrize("part", ENDLESS)
def test_a_part_that_never_ends_what_it_begins_keeps_nobody_waiting(part):
    """The first of them, less than a kilobyte when packed, took more than a minute."""
    raw, began = docx(**{part: ENDLESS[part]}), time.process_time()
    clean(raw, "a.docx")
    assert time.process_time() - began < 5


def test_the_place_of_an_old_drawing_is_not_told():
    drawing = '<v:imagedata src="C:\\Users\\taiman\\Pictures\\a.png"/>'
    stored = parts(clean(xlsx(**{"xl/drawings/vmlDrawing1.vml": drawing}), "a.xlsx"))
    assert b"taiman" not in stored["xl/drawings/vmlDrawing1.vml"]
