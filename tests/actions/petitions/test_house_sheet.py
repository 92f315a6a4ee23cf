"""The paper sheet is what a Clerk certifies: read from the PDF itself."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from actions.petitions.house_models import Addressee, HousePetition
from actions.petitions.house_sheet import sheet_of, sheet_pdf
from actions.typesetting.press import typeset

MM_PER_POINT = 25.4 / 72
LONGEST = {
    "grievances_en": "\n".join(["whale " * 31] * 8)[:1500],
    "request_en": "\n".join(["whale " * 26] * 5)[:800],
}


def house(**changes) -> HousePetition:
    values = {
        "addressee": Addressee.HOUSE,
        "grievances_en": "the harbour is invented; and\nmany ships wait.",
        "request_en": "keep the harbour open; and\nbuild a lighthouse.",
        "grievances_fr": "le refuge est inventé.",
        "request_fr": "garder le refuge ouvert.",
    }
    return HousePetition(**{**values, **changes})


def printed(language: str = "en", **changes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(sheet_pdf(sheet_of(house(**changes), language)))


def words_of(page) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def rows_on(page) -> int:
    """Rows for signatures: what the horizontal lines across the page enclose, without the table's head."""
    heights = {
        round(thing.get_bounds()[1])
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
        if thing.get_bounds()[2] - thing.get_bounds()[0] > 150
    }
    return len(heights) - 2


def kinds_on(page) -> set[int]:
    return {thing.type for thing in page.get_objects()}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("texts", [{}, LONGEST, {"grievances_en": "", "grievances_fr": ""}])
def test_there_is_room_for_twenty_five_signatures_and_for_three_on_the_first_sheet(language, texts):
    document = printed(language, **texts)
    rows = [rows_on(page) for page in document]
    assert rows[0] >= 3
    assert min(rows[1:]) >= 5
    assert sum(rows) >= 30  # some of those who sign may be refused


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_prayer_stands_on_every_sheet_and_the_reasons_on_the_first(language):
    document = printed(language)
    sheet = sheet_of(house(), language)
    pages = [words_of(page) for page in document]
    assert len(pages) > 1
    for page in pages:
        at = [page.index(text) for text in (sheet.title.upper()[:20], sheet.prayer[:40], *sheet.requests)]
        assert at == sorted(at)
        assert sheet.signature_note in page
    assert sheet.grievances[0] in pages[0]
    assert sheet.grievances[0] not in pages[1]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("texts", [{}, LONGEST])
def test_nothing_on_it_would_have_it_refused(language, texts):
    """No link, picture or form; nothing of ours; a size between 14 by 21.5 and 28 by 43.25 cm."""
    document = printed(language, **texts)
    for page in document:
        assert kinds_on(page) <= {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH}
        assert raw.FPDFPage_GetAnnotCount(page) == 0
        wide, high = (length * MM_PER_POINT for length in page.get_size())
        assert 140 <= wide <= 280
        assert 215 <= high <= 432.5
        said = words_of(page).lower()
        assert not [word for word in ("alliance", "achk", "http", "www", "@", "qr") if word in said]


def test_the_control_finds_what_was_looked_for(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "logo.png")
    template = tmp_path / "sample.typ"
    template.write_text(
        '#link("https://achk.example")[a] #image("logo.png") #table(columns: 2, rows: 2cm, ..([],) * 6)'
    )
    page = pypdfium2.PdfDocument(typeset(template, {}, options=[{"format": "pdf"}]))[0]
    assert raw.FPDF_PAGEOBJ_IMAGE in kinds_on(page)
    assert raw.FPDFPage_GetAnnotCount(page) == 1


@pytest.mark.parametrize(
    ("language", "changes", "title"),
    [
        ("en", {}, "PETITION TO THE HOUSE OF COMMONS IN PARLIAMENT ASSEMBLED"),
        ("fr", {}, "PÉTITION À LA CHAMBRE DES COMMUNES RÉUNIE EN PARLEMENT"),
        ("en", {"addressee": "government"}, "PETITION TO THE GOVERNMENT OF CANADA"),
        ("fr", {"addressee": "government"}, "PÉTITION AU GOUVERNEMENT DU CANADA"),
        (
            "fr",
            {"addressee": "minister", "addressee_fr": "la ministre des Phares"},
            "PÉTITION À LA MINISTRE DES PHARES",
        ),
        ("fr", {"addressee": "member", "addressee_fr": "Jeanne Élan"}, "PÉTITION À JEANNE ÉLAN"),
    ],
)
def test_it_is_addressed_as_the_language_wants_it(language, changes, title):
    assert title in words_of(printed(language, **changes)[0])


def test_french_contracts_where_it_must():
    sheet = sheet_of(house(addressee="minister", addressee_fr="le ministre des Phares"), "fr")
    assert "l’attention du ministre des Phares" in sheet.opening
    assert "prions le ministre des Phares de" in sheet.prayer


@pytest.mark.parametrize("text", ['#import "x"', "$x$ *b* _i_ = h", "<script>alert(1)</script>", "\\ ~ -- @label"])
def test_what_an_editor_types_is_text_and_nothing_else(text):
    first = words_of(printed(request_en=text, grievances_en=text)[0])
    assert first.count(text) == 2


def test_a_word_without_end_stays_on_the_page():
    page = printed(request_en="w" * 800)[0]
    text = page.get_textpage()
    assert max(text.get_charbox(at)[2] for at in range(text.count_chars())) <= page.get_width() - 50


@pytest.mark.parametrize(("language", "tag"), [("en", b"en-CA"), ("fr", b"fr-CA")])
def test_screen_readers_can_read_it(language, tag):
    content = sheet_pdf(sheet_of(house(), language))
    assert b"pdfuaid:part>1<" in content
    assert b"/Lang(" + tag + b")" in content.replace(b" ", b"")
    assert pypdfium2.PdfDocument(content).is_tagged()


def test_the_same_sheet_is_made_once():
    printed()
    before = sheet_pdf.cache_info().hits
    printed()
    assert sheet_pdf.cache_info().hits == before + 1
