"""Every content block, in every language, and the rules that keep a page readable for all."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.blocks.struct_block import StructBlockValidationError

from home.blocks import CallToActionBlock, CaptionedImageBlock, ContentStreamBlock, LinkBlock, VideoLinkBlock
from tests.factories.pages import CODES, make_image
from tests.home.reading import Reading

BLOCKS = ContentStreamBlock().child_blocks


def render(name: str, raw=None) -> str:
    block = BLOCKS[name]
    value = block.to_python(raw) if raw is not None else block.get_preview_value()
    return block.render(value, context={})


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", [name for name in BLOCKS if name != "image"])
def test_a_block_renders_its_preview_in_every_language(db, name, code):
    with translation.override(code):
        page = Reading(render(name))
    assert page.elements
    assert page.forbidden_by_policy() == []
    assert page.loaded() == []


@pytest.mark.parametrize("name", list(BLOCKS))
def test_a_block_tells_an_editor_what_it_is_for(name):
    meta = BLOCKS[name].meta
    assert meta.icon
    assert meta.label
    assert meta.description
    assert meta.group


def test_a_picture_must_be_described_or_marked_as_decoration(db):
    block = CaptionedImageBlock()
    image = {"image": make_image().pk, "alt_text": "", "decorative": False}
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({"image": image, "caption": ""}))
    block.clean(block.to_python({"image": {**image, "decorative": True}, "caption": ""}))
    block.clean(block.to_python({"image": {**image, "alt_text": "A harbour"}, "caption": ""}))


@pytest.mark.parametrize("code", CODES)
def test_a_picture_carries_its_own_size_and_description(db, code):
    image = {"image": make_image().pk, "alt_text": 'A "harbour"', "decorative": False}
    with translation.override(code):
        page = Reading(render("image", {"image": image, "caption": "Dusk"}))
    picture = page.one("img")
    assert picture["alt"] == 'A "harbour"'
    assert picture["width"]
    assert picture["height"]
    assert picture["src"].startswith("/media/")


def test_a_decorative_picture_has_an_empty_description(db):
    image = {"image": make_image().pk, "alt_text": "ignored", "decorative": True}
    assert Reading(render("image", {"image": image, "caption": ""})).one("img")["alt"] == ""


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.youtube.com/watch?v=1", "YouTube"),
        ("https://youtu.be/1", "YouTube"),
        ("https://vimeo.com/1", "Vimeo"),
        ("https://parlvu.parl.gc.ca/1", "parlvu.parl.gc.ca"),
        ("https://youtube.com.evil.example/", "youtube.com.evil.example"),
    ],
)
def test_a_video_is_a_link_that_names_where_it_leads(url, host):
    value = {"title": "The bill", "url": url, "duration": "4 min"}
    assert VideoLinkBlock().to_python(value).host == host
    page = Reading(render("video", value))
    assert page.one("a")["href"] == url
    assert not page.all("iframe")
    assert not page.all("img")


@pytest.mark.parametrize("field", ["video", "member_groups"])
def test_an_address_that_runs_a_script_is_refused(field):
    url = "javascript:alert(1)"
    value = {
        "video": {"title": "x", "url": url, "duration": ""},
        "member_groups": {"groups": [{"name": "x", "city": "", "description": "", "url": url}]},
    }[field]
    block = BLOCKS[field]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


@pytest.mark.parametrize(("page", "address", "is_fine"), [(1, 1, False), (0, 0, False), (1, 0, True), (0, 1, True)])
def test_a_link_leads_to_exactly_one_place(tree, page, address, is_fine):
    block = LinkBlock()
    value = block.to_python({"page": tree["en"].pk if page else None, "address": "https://a.test/" if address else ""})
    if is_fine:
        assert block.clean(value).url
    else:
        with pytest.raises(StructBlockValidationError):
            block.clean(value)


def test_a_link_to_a_page_follows_the_language(tree):
    about = tree.add_page()
    value = CallToActionBlock().to_python({"button": "Go", "link": {"page": about["en"].pk, "address": ""}})
    for code in CODES:
        with translation.override(code):
            assert value["link"].url == f"/{code}/about/"


def test_a_link_to_a_page_that_went_offline_leaves_no_button(tree):
    about = tree.add_page()
    about["en"].unpublish()
    html = render("call_to_action", {"button": "Go", "link": {"page": about["en"].pk, "address": ""}})
    assert "button" not in html


def test_what_an_editor_types_is_escaped():
    html = render("quote", {"text": "<script>x</script>", "attribution": "<img src=x>"})
    assert "<script>" not in html
    assert "<img" not in html
