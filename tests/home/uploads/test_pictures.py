"""A stored picture looks as before and tells nothing: no place, no device, no name."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

from home.uploads.pictures import clean_picture
from tests.factories.uploads import TOLD, XMP, animation, photo, two_colours

KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]


def opened(raw: bytes) -> Image.Image:
    picture = Image.open(BytesIO(raw))
    picture.load()
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Root mean square of the colours' differences, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).rms)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_told(kind):
    raw = photo(kind)
    assert any(word in raw for word in TOLD)
    clean, _ = clean_picture(raw)
    assert not any(word in clean for word in [*TOLD, b"Exif", b"xmpmeta", b"tEXt", b"iTXt", b"eXIf", b"GPS"])
    picture = opened(clean)
    assert dict(picture.getexif()) == {}
    assert not {"exif", "xmp", "comment", "photoshop", "icc_profile", "XML:com.adobe.xmp", "mp"} & set(picture.info)


@pytest.mark.parametrize("kind", KINDS)
def test_what_hangs_behind_the_end_is_gone(kind):
    clean, _ = clean_picture(photo(kind) + b"<html><script>alert(1)</script>PK\x03\x04")
    assert b"<script>" not in clean
    assert b"PK\x03\x04" not in clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_stored_upright(kind, orientation):
    raw = photo(kind, orientation)
    upright = ImageOps.exif_transpose(opened(raw))
    clean = opened(clean_picture(raw)[0])
    assert clean.size == upright.size
    assert difference(clean, upright) < 6  # the edge between red and blue is the worst there is


@pytest.mark.parametrize("quality", [60, 85, 97])
def test_a_turned_jpeg_loses_less_than_one_can_see(quality):
    raw = photo(
        picture=Image.effect_mandelbrot((416, 304), (-2, -1, 1, 1), 60).convert("RGB"), orientation=6, quality=quality
    )
    clean, ending = clean_picture(raw)
    assert ending == "jpg"
    assert difference(ImageOps.exif_transpose(opened(raw)), opened(clean)) < 3
    assert len(clean) < len(raw) * 1.1


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"picture": two_colours(mode="L")}])
def test_an_upright_jpeg_loses_nothing(options):
    raw = photo(**options)
    assert difference(opened(raw), opened(clean_picture(raw)[0])) == 0


@pytest.mark.parametrize("marker", [*range(0xE0, 0xF0), 0xFE, 0xDC])
def test_no_segment_of_a_jpeg_hides_anything(marker):
    raw = photo()
    hidden = b"JFIF\x00Adobe<html><script>"
    raw = raw[:2] + struct.pack(">BBH", 0xFF, marker, len(hidden) + 2) + hidden + raw[2:]
    assert b"<script>" not in clean_picture(raw)[0]


def test_a_jpeg_with_padding_between_its_segments_is_read():
    raw = photo()
    clean, _ = clean_picture(raw[:2] + b"\xff\xff\xff" + raw[2:])
    assert not any(word in clean for word in TOLD)
    assert difference(opened(raw), opened(clean)) == 0


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_cleaning_twice_changes_nothing(kind):
    once, _ = clean_picture(photo(kind, orientation=6))
    assert clean_picture(once)[0] == once


def test_a_colour_profile_is_applied_and_left_out():
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green = swapped.find(b"rXYZ"), swapped.find(b"gXYZ")
    raw_profile = bytearray(swapped)
    raw_profile[red : red + 4], raw_profile[green : green + 4] = b"gXYZ", b"rXYZ"
    profile = bytes(raw_profile).replace(b"s\0R\0G\0B", b"T\0a\0i\0M").replace(b"sRGB", b"TaiM")
    clean = opened(clean_picture(photo("PNG", icc_profile=profile))[0])
    assert "icc_profile" not in clean.info
    assert clean.getpixel((10, 10)) != (255, 0, 0)


def test_a_broken_profile_is_left_out():
    clean = opened(clean_picture(photo(icc_profile=b"Tai Man's screen"))[0])
    assert "icc_profile" not in clean.info


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_transparency_stays(kind):
    picture = two_colours(mode="RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    clean = opened(clean_picture(photo(kind, picture=picture))[0])
    assert clean.mode == "RGBA"
    assert difference(clean.getchannel("A"), picture.getchannel("A")) < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    clean = opened(clean_picture(photo("PNG", picture=Image.new(mode, (20, 20))))[0])
    assert clean.size == (20, 20)


def test_a_transparent_palette_stays_transparent():
    picture = two_colours().quantize(4)
    clean = opened(clean_picture(photo("PNG", picture=picture, transparency=0))[0])
    assert clean.has_transparency_data


def test_colours_for_print_become_colours_for_screens():
    assert opened(clean_picture(photo(picture=two_colours(mode="RGB").convert("CMYK")))[0]).mode == "RGB"


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_an_animation_still_moves(kind):
    raw = animation(kind)
    clean = clean_picture(raw)[0]
    assert not any(word in clean for word in TOLD)
    before, after = Image.open(BytesIO(raw)), Image.open(BytesIO(clean))
    assert after.n_frames == before.n_frames == 3
    for number in range(3):
        before.seek(number)
        after.seek(number)
        assert difference(before, after) < 4
        assert after.info["duration"] == before.info["duration"]


def test_a_gif_stays_as_it_is_drawn_to_the_byte():
    raw = animation("GIF")
    once = clean_picture(raw)[0]
    assert clean_picture(once)[0] == once
    assert b"NETSCAPE2.0" in once


def test_previews_behind_the_first_picture_are_gone():
    target = BytesIO()
    two_colours().save(target, "MPO", save_all=True, append_images=[two_colours((60, 40))], exif=photo_exif())
    raw = target.getvalue()
    assert Image.open(BytesIO(raw)).n_frames == 2
    clean, ending = clean_picture(raw)
    assert (ending, opened(clean).format) == ("jpg", "JPEG")
    assert clean.count(b"\xff\xd8\xff") == 1


def photo_exif():
    from tests.factories.uploads import exif

    return exif()


def huge_png(side: int = 50_000) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side // 8 + 1) * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BROKEN = {
    "nothing": b"",
    "page": b"<html><script>alert(1)</script>",
    "cut jpeg": photo()[:400],
    "cut png": photo("PNG")[:-200],
    "cut gif": animation("GIF")[:60],
    "cut webp": photo("WEBP")[:90],
    "cut avif": photo("AVIF")[:-150],
    "only a head": b"GIF89a",
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "huge": huge_png(),
    "large": huge_png(8_000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_refused_in_words(name):
    with pytest.raises(ValidationError) as refused:
        clean_picture(BROKEN[name])
    assert refused.value.code in {"damaged", "too_many_pixels"}


def test_xmp_of_the_samples_is_what_it_should_be():
    assert XMP in photo()


def test_the_depth_behind_a_large_photo_is_no_second_photo(settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 128 * 96
    target = BytesIO()
    two_colours().save(target, "MPO", save_all=True, append_images=[two_colours((64, 48))] * 2)
    assert opened(clean_picture(target.getvalue())[0]).size == (128, 96)


def test_an_animation_of_countless_tiny_frames_is_refused():
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    frame = b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00"
    with pytest.raises(ValidationError) as refused:
        clean_picture(head + frame * 7_000 + b";")
    assert refused.value.code == "too_many_pixels"


def test_a_colour_that_stands_for_none_stays_so_in_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "mine".encode("utf-16-be")).replace(
        b"\x00\x02\x33\x33", b"\x00\x01\x80\x00"
    )
    raw = photo("PNG", picture=Image.new("RGB", (8, 8), (10, 200, 30)), transparency=(10, 200, 30), icc_profile=profile)
    assert opened(clean_picture(raw)[0]).convert("RGBA").getpixel((1, 1))[3] == 0
