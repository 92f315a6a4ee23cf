"""What is printed is what was written, whatever it looks like to a typesetter, and anybody can read the PDF."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from actions.letters.pdf import TEMPLATE, PaperLetter, PdfUnavailable, render_letter_pdf
from actions.typesetting import press

SENDER = ["陳大文", "12, rue de l’Église", "K1A 0A6"]
ADDRESSEE = ["Jordan Lee, M.P.", "House of Commons", "Ottawa ON\u00a0 K1A 0A6"]
MARKUP = [
    '#import "x"',
    '#import "@preview/cetz:0.1.0": *',
    '#read("/etc/passwd")',
    '#include "letter.typ"',
    "#sys.inputs #panic() #{1+1}",
    "$x$ and $ sum_(i=1)^n $",
    "*bold* _emphasis_ `code`",
    "= heading",
    "- list\n+ numbered\n/ term: said",
    "<script>alert(1)</script>",
    "//comment /* comment */",
    "back\\slash \\n \\u{41} \\",
    '"quoted" \'single\' {"json": [1]} ", "name": "x',
    "~ -- --- ... @label <label> https://example.org/?a=1&b=2#c",
]
CHINESE = [
    "陳大文",
    "𨋢",
    "我哋喺香港嘅屋企人，搭𨋢嗰陣，佢冇乜嘢，咗啲嚟。",
    "简体字也可以写，国家、门、开发。",
    "「引號」《書名》——……",
]
FRENCH = ["L’été où l’Œuvre naquit, à Noël: « ça », Ÿ, ç, ê, ï, 25\u00a0$."]


def letter(*paragraphs: str, **changes) -> PaperLetter:
    values = {
        "sender": SENDER,
        "date": "November 25, 2026",
        "addressee": ADDRESSEE,
        "subject": "Please support C-400",
        "greeting": "Dear Jordan Lee,",
        "paragraphs": list(paragraphs),
        "closing": "Sincerely,",
        "name": "陳大文",
        "copies": "Copy: Robin Example, M.P.",
    }
    return PaperLetter(**{**values, **changes})


def printed(*letters: PaperLetter, language: str = "en") -> bytes:
    return render_letter_pdf(letters, language=language, title="Please support C-400")


def text_of(content: bytes) -> str:
    """The text of all pages in one line, without page numbers and without the marks where a long word may break."""
    document = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in document]
    numbered = [re.sub(r"\s\d+\s*$", "", page) if at else page for at, page in enumerate(pages)]
    return in_one_line(" ".join(numbered))


def in_one_line(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def written(one: PaperLetter) -> str:
    """The letter in the order in which it is read."""
    parts = [*one.sender, one.date, *one.addressee, one.subject, one.greeting, *one.paragraphs]
    return in_one_line(" ".join([*parts, one.closing, one.name, one.copies]))


@pytest.mark.parametrize("text", [*MARKUP, *CHINESE, *FRENCH])
def test_everything_typed_is_printed_as_it_stands(text):
    one = letter(text)
    assert text_of(printed(one)) == written(one)


@pytest.mark.parametrize("text", ['#read("/etc/passwd")', "*b*", "𨋢", "<script>", "= x", "$x$", "\\"])
def test_no_field_is_read_as_markup(text):
    one = letter(
        "Body",
        sender=[text, text],
        date=text,
        addressee=[text],
        subject=text,
        greeting=text,
        closing=text,
        name=text,
        copies=text,
    )
    content = render_letter_pdf([one], language="en", title=text)
    assert text_of(content) == written(one)
    assert pypdfium2.PdfDocument(content).get_metadata_value("Title") == text


def test_everything_together_over_several_pages():
    one = letter(*MARKUP, *CHINESE, *FRENCH, *["A plain sentence, again and again. " * 12] * 12)
    content = printed(one)
    assert len(pypdfium2.PdfDocument(content)) > 1
    assert text_of(content) == written(one)


@pytest.mark.parametrize("word", ["word ", "字", "𨋢。", "x"])
def test_ten_thousand_characters_fill_pages_and_lose_nothing(word):
    text = (word * 10_000)[:10_000].strip()
    one = letter(text, "The end.")
    content = printed(one)
    assert len(pypdfium2.PdfDocument(content)) > 2
    assert text_of(content).replace(" ", "") == written(one).replace(" ", "")


def test_a_word_without_end_stays_on_the_page():
    document = pypdfium2.PdfDocument(printed(letter("https://example.org/" + "abcdefghij" * 60)))
    page = document[0].get_textpage()
    right_edge = max(page.get_charbox(at)[2] for at in range(page.count_chars()))
    assert right_edge <= document[0].get_width() - 70


@pytest.mark.parametrize("text", ["שלום לכולם", "مرحبا بالعالم", "של\u05b8לום (1) abc"])
def test_scripts_that_run_to_the_left_are_printed_from_the_right(text):
    content = printed(letter(text))
    document = pypdfium2.PdfDocument(content)
    found = text_of(content)
    for word in re.findall(r"\w{4,}", text):
        assert word in found
    page = document[0].get_textpage()
    strong = [at for at in range(page.count_chars()) if "\u0590" <= page.get_text_range(at, 1) <= "\u06ff"]
    assert max(page.get_charbox(at)[2] for at in strong) > document[0].get_width() - 90


@pytest.mark.parametrize("text", ["e\u0301te\u0301", "a\u0302\u0323bc", "a" + "\u0301" * 4, "नमस्ते", "ก็"])
def test_combining_marks_and_other_scripts_stop_nothing(text):
    found = text_of(printed(letter(f"before {text} after")))
    assert "before" in found
    assert "after" in found


@pytest.mark.parametrize("sign", ["😀", "👩‍👩‍👧", "ቢ", "\ufffe", "\ue000", "한국", "\U000e0041", "\u0007"])
def test_a_sign_that_no_font_has_costs_only_itself(sign):
    content = printed(letter(f"before {sign} after"))
    document = pypdfium2.PdfDocument(content)
    assert document.is_tagged()
    assert re.search(r"before .*after Sincerely,", text_of(content))


def test_a_lone_half_of_a_character_is_refused_without_showing_the_text():
    with pytest.raises(PdfUnavailable) as caught:
        printed(letter("secret \ud800"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("language", "tag"), [("en", b"en-CA"), ("fr", b"fr-CA")])
def test_screen_readers_are_told_language_title_and_order(language, tag):
    content = printed(letter("Text", *FRENCH), language=language)
    document = pypdfium2.PdfDocument(content)
    assert document.is_tagged()
    assert document.get_metadata_value("Title") == "Please support C-400"
    assert b"/Lang(" + tag + b")" in content.replace(b" ", b"")
    assert b"pdfuaid:part>1<" in content
    assert b"/DisplayDocTitle true" in content


def test_chinese_paragraphs_say_that_they_are_chinese():
    assert b"zh-HK" in printed(letter("我哋喺香港。"))
    assert b"zh-HK" not in printed(letter("We live here, 陳大文 and I."))


def test_each_person_gets_a_letter_that_begins_on_a_page_of_its_own():
    first, second = letter("Text", name="First"), letter("Text", name="Second", addressee=["Robin Example, M.P."])
    document = pypdfium2.PdfDocument(printed(first, second))
    pages = [in_one_line(page.get_textpage().get_text_range()) for page in document]
    assert pages == [written(first), written(second)]


def test_paper_is_us_letter():
    assert pypdfium2.PdfDocument(printed(letter("Text")))[0].get_size() == (612, 792)


def test_there_is_room_for_a_signature():
    document = pypdfium2.PdfDocument(printed(letter("Text")))
    page = document[0].get_textpage()
    text = page.get_text_range()
    closing = page.get_charbox(text.index("Sincerely"))
    name = page.get_charbox(text.rindex("陳"))
    assert closing[1] - name[3] > 40  # points: more than 14 mm


@pytest.mark.parametrize("letters", [[], [letter("x" * 160_000)], [letter("x" * 12_000)] * 14])
def test_nothing_and_too_much_are_refused(letters):
    with pytest.raises(PdfUnavailable):
        printed(*letters)


def test_a_press_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(press, "SECONDS", 0)
    with pytest.raises(PdfUnavailable):
        printed(letter("Text"))


def test_only_our_fonts_count():
    """Else the same letter would look different on every machine."""
    content = printed(letter(*CHINESE, "Latin"))
    families = set(re.findall(rb"/BaseFont/[A-Z]{6}\+(\w+)", content.replace(b" ", b"")))
    assert families == {b"LibertinusSerif", b"NotoSerifHK", b"NotoSerifSC"}


def test_the_template_cannot_see_other_files():
    assert [path.name for path in TEMPLATE.parent.iterdir()] == ["letter.typ"]
    assert (press.FONTS / "OFL.txt").read_text().count("SIL OPEN FONT LICENSE") == 1
