"""What a visitor finds, in three languages and on both databases alike."""

from __future__ import annotations

import pytest

from search.excerpts import excerpt
from search.words import query_words, words_of

SENTENCE = "我們在香港見面討論政策，反對跨國鎮壓。"


@pytest.mark.parametrize("query", ["香港", "政策", "跨國鎮壓", "鎮", "討論政策", "香港 見面"])
def test_chinese_inside_a_sentence_is_found(write, look, query):
    write("zh-hant", "聚會", SENTENCE)
    write("zh-hant", "另一頁", "沒有關係的內容")
    assert look("zh-hant", query) == ["聚會"]


@pytest.mark.parametrize("query", ["鎮國", "港面", "台灣"])
def test_characters_that_do_not_stand_together_are_not_found(write, look, query):
    write("zh-hant", "聚會", SENTENCE)
    assert look("zh-hant", query) == []


@pytest.mark.parametrize(
    ("language", "text", "query"),
    [
        ("fr", "Nos députés se réunissent", "deputes"),
        ("fr", "Un événement à Montréal", "EVENEMENT"),
        ("fr", "L’accord d'hier", "accord"),
        ("fr", "Les réfugiés hongkongais", "réfugié"),
        ("en", "Visas for families", "visa"),
        ("en", "It is being debated", "debates"),
        ("en", "Bill C-400 is read", "c-400"),
        ("en", "Write to 香港人 today", "香港"),
        ("en", "Nguyễn Văn speaks", "nguyen van"),
        ("en", "Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("zh-hant", "支持 Bill C-400 二讀", "C-400 二讀"),
    ],
)  # fmt: skip
def test_accents_case_width_and_endings_do_not_matter(write, look, language, text, query):
    write(language, "The page", text)
    assert look(language, query) == ["The page"]


def test_only_pages_in_the_visitors_language_are_found(write, look):
    write("en", "English", "harbour")
    write("fr", "French", "harbour")
    assert look("en", "harbour") == ["English"]


def test_a_word_of_the_title_comes_before_one_of_the_text(write, look):
    write("en", "About us", "harbour " * 40)
    write("en", "The harbour", "Nothing more.")
    write("en", "Introduction", "Other words.", seo_title="x")
    assert look("en", "harbour") == ["The harbour", "About us"]


def test_all_words_come_first_and_some_words_only_when_there_are_no_others(write, look, client):
    write("en", "Both", "harbour and lantern")
    write("en", "One", "harbour alone")
    assert look("en", "harbour lantern") == ["Both"]
    assert look("en", "harbour unicorn") == ["One", "Both"] or look("en", "harbour unicorn") == ["Both", "One"]
    page = client.get("/en/search/", {"q": "harbour unicorn"}).content.decode()
    assert "These have some of them" in page


def test_stop_words_alone_find_nothing_and_do_not_hinder_others(write, look):
    write("en", "The harbour", "Of all")
    assert look("en", "the of a") == []
    assert look("en", "the harbour") == ["The harbour"]


def test_hits_are_marked_in_an_excerpt(write, client):
    write("zh-hant", "聚會", SENTENCE)
    page = client.get("/zh-hant/search/", {"q": "跨國鎮壓"}).content.decode()
    assert "<mark>跨國鎮壓</mark>" in page
    write("en", "Long", "word " * 200 + "the lanterns burn " + "word " * 200)
    page = client.get("/en/search/", {"q": "lantern"}).content.decode()
    assert "… word" in page
    assert "<mark>lanterns</mark> burn" in page


def test_an_excerpt_keeps_every_letter_of_its_part():
    text = "Ouvrons la porte aux réfugiés d’Asie."
    pieces = excerpt(text, query_words("refugie asie", "fr"), "fr")
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_hit] == ["réfugiés", "Asie"]


def test_the_words_of_a_text_stand_where_they_say():
    text = "香港 and Visas"
    assert [(word.word, text[word.start : word.end]) for word in words_of(text, "en")] == [
        ("香", "香"), ("香港", "香港"), ("港", "港"), ("visa", "Visas"),
    ]  # fmt: skip


def test_results_come_in_pages_of_ten(write, look, client):
    for number in range(23):
        write("en", f"Harbour {number}")
    seen = [title for page in (1, 2, 3) for title in look("en", "harbour", page=page)]
    assert len(seen) == len(set(seen)) == 23
    assert look("en", "harbour", page=99) == look("en", "harbour", page=3)
    assert 'rel="next" href="?q=harbour&amp;page=2"' in client.get("/en/search/?q=harbour").content.decode()
    assert 'rel="next"' not in client.get("/en/search/?q=harbour&page=3").content.decode()
