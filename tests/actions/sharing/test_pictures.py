"""The QR code holds the address; the story's picture has its size, fits any title and shows no markup."""

import io

import pytest
import segno
from PIL import Image

from actions.sharing.pictures import qr_code, story_picture

URL = "https://achk.example/en/act/letters/safe-harbour/"


def picture(**changes) -> Image.Image:
    texts = {"title": "Keep the harbour safe", "call": "Write", "url": URL, "organisation": "ACHK", "language": "en"}
    return Image.open(io.BytesIO(story_picture(**{**texts, **changes})))


def test_the_code_holds_the_address_with_its_source():
    expected = io.BytesIO()
    segno.make(f"{URL}?from=qr", error="q", micro=False).save(
        expected, kind="svg", border=4, scale=8, light="#fff", xmldecl=False
    )
    assert qr_code(URL) == expected.getvalue().decode()
    assert qr_code(URL) != qr_code(URL.replace("/en/", "/fr/"))


@pytest.mark.parametrize(
    "title", ["Short", "不讓任何人被送回去：為香港人打開救生艇計劃的大門" * 4, "W" * 400, '#import "/etc/passwd" $x$']
)
def test_a_picture_has_the_size_of_a_story_whatever_the_title(title):
    assert picture(title=title).size == (1080, 1920)


def test_chinese_is_drawn_and_not_left_out():
    def ink(image):
        return sum(image.convert("L").crop((80, 372, 1000, 1100)).point(lambda value: value < 100).histogram()[1:])

    assert ink(picture(title="打開救生艇計劃", language="zh-hant")) > 5_000
    assert ink(picture(title=" ")) == 0


def test_the_same_picture_is_drawn_once():
    before = story_picture.cache_info().hits
    picture(title="Drawn once"), picture(title="Drawn once")
    assert story_picture.cache_info().hits == before + 1
