"""A picture as the site stores it: its pixels, upright and in sRGB, and nothing that tells who took it, when and where.

JPEGs that stand upright and GIFs keep their pixels to the byte: only the segments that draw are copied. All others are
decoded and written anew, so only what we write is there, and nothing that somebody has hung behind the picture's end.
A turned JPEG keeps its own quantisation tables, turned with it, which loses less than anyone can see. A colour profile
is applied and left out: profiles of monitors and scanners carry the name and the serial number of a device, at times of
its owner.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image, ImageCms, ImageOps, ImageSequence, JpegImagePlugin

from home.uploads import refusals
from home.uploads.embedded import plain_jpeg
from home.uploads.gif import without_remarks

FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp", "AVIF": "avif"}
_ANIMATED = {"PNG", "WEBP", "AVIF"}
_FRAME = 10_000  # pixels as which a frame of an animation counts at least
_JPEG_QUALITY = 92  # where the tables of the original do not fit any more
_SRGB = ImageCms.createProfile("sRGB")


def clean_picture(raw: bytes) -> tuple[bytes, str]:
    """Return the cleaned file and its ending; raise ValidationError for what cannot be read or is too large."""
    try:
        with Image.open(BytesIO(raw), formats=list(FORMATS)) as source:
            _refuse_too_many_pixels(source)
            # A JPEG with further pictures behind the first (depth, previews) calls itself MPO.
            kind = "JPEG" if source.format == "MPO" else str(source.format)
            return _written(source, kind, raw), FORMATS[kind]
    except ValidationError:
        raise
    except Image.DecompressionBombError:
        raise refusals.too_many_pixels(settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS) from None
    except Exception as trouble:
        raise refusals.damaged_picture() from trouble


def _refuse_too_many_pixels(source: Image.Image) -> None:
    limit = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    # Behind the first picture of an MPO lie others that nobody decodes. A frame costs time, too, however small it is.
    frames = 1 if source.format == "MPO" else getattr(source, "n_frames", 1)
    if max(source.width * source.height, _FRAME if frames > 1 else 0) * frames > limit:
        raise refusals.too_many_pixels(limit)


def _written(source: Image.Image, kind: str, raw: bytes) -> bytes:
    if kind == "GIF":
        for frame in ImageSequence.Iterator(source):
            frame.load()
        return without_remarks(raw)
    if kind == "JPEG" and _stands_as_it_is(source):
        source.load()
        with contextlib.suppress(IndexError, struct.error):  # what Pillow reads and we do not is written anew
            return plain_jpeg(raw, with_profile=False)
    profile = source.info.get("icc_profile")
    count = getattr(source, "n_frames", 1) if kind in _ANIMATED else 1
    durations: list[float] = []
    frames = []
    for number in range(1 if count > 1 and source.info.get("default_image") else 0, count):
        source.seek(number)
        source.load()
        durations.append(source.info.get("duration", 0))
        frames.append(_bare(_in_srgb(ImageOps.exif_transpose(source), profile)))
    options = _OPTIONS[kind](source, frames[0], raw)
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
        options["loop"] = source.info.get("loop", 0)
    target = BytesIO()
    frames[0].save(target, format=kind, **options)
    return target.getvalue()


def _stands_as_it_is(source: Image.Image) -> bool:
    """Whether screens show the pixels of this JPEG upright and in their own colours without being told."""
    profile = source.info.get("icc_profile")
    upright = source.getexif().get(ExifTags.Base.Orientation, 1) == 1
    return upright and source.mode in {"L", "RGB"} and (not profile or _is_srgb(profile))


def _is_srgb(profile: bytes) -> bool:
    try:
        return "srgb" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile))).lower()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return True  # makes no sense, so nobody can apply it


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture as screens without colour management show it; a profile that does not fit is left out."""
    if profile and not _is_srgb(profile):
        image = _through_profile(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _through_profile(image: Image.Image, profile: bytes) -> Image.Image:
    if image.mode == "P" or "transparency" in image.info:  # a colour that stands for none is another one afterwards
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, theirs, _SRGB, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _bare(image: Image.Image) -> Image.Image:
    """Writers take remarks from ``info`` when they are given none; transparency alone belongs to the picture."""
    image.info = {"transparency": image.info["transparency"]} if "transparency" in image.info else {}
    return image


def _jpeg(source: Image.Image, frame: Image.Image, _raw: bytes) -> dict[str, Any]:
    sampling = JpegImagePlugin.get_sampling(source)
    if frame.mode != source.mode or sampling < 0:
        return {"quality": _JPEG_QUALITY}
    tables: dict[int, list[int]] = getattr(source, "quantization")  # noqa: B009  not in Pillow's types
    if source.getexif().get(ExifTags.Base.Orientation, 1) > 4:  # lines become columns, in the tables, too
        tables = {key: [table[8 * (n % 8) + n // 8] for n in range(64)] for key, table in tables.items()}
    return {"qtables": tables, "subsampling": sampling}


def _png(_source: Image.Image, _frame: Image.Image, _raw: bytes) -> dict[str, Any]:
    return {"compress_level": 4}


def _webp(_source: Image.Image, _frame: Image.Image, raw: bytes) -> dict[str, Any]:
    return {"lossless": True, "quality": 25} if b"VP8L" in raw[:200] else {"quality": 92, "method": 2}


def _avif(_source: Image.Image, _frame: Image.Image, _raw: bytes) -> dict[str, Any]:
    return {"quality": 88, "speed": 9}


_OPTIONS: dict[str, Callable[[Image.Image, Image.Image, bytes], dict[str, Any]]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WEBP": _webp,
    "AVIF": _avif,
}
