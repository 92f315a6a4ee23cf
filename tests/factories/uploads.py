"""Files as phones and offices make them: full of what they tell."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import ByteStringObject, DictionaryObject, NameObject, StreamObject

AUTHOR = "Chan Tai Man"
PLACE = "Victoria Park"
DEVICE = "Pixel of Tai Man"
TOLD = [word.encode() for word in (AUTHOR, PLACE, DEVICE, "Secret Company", "taiman")]
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><creator>{AUTHOR}</creator></x:xmpmeta>".encode()


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = DEVICE
    tags[ExifTags.Base.Artist] = AUTHOR
    tags[ExifTags.Base.ImageDescription] = PLACE
    tags[ExifTags.Base.Orientation] = orientation
    gps = tags.get_ifd(ExifTags.IFD.GPSInfo)
    gps[1], gps[2], gps[3], gps[4] = "N", (22.0, 16.0, 56.0), "E", (114.0, 11.0, 18.0)
    return tags


def two_colours(size: tuple[int, int] = (128, 96), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right: turning it shows."""
    picture = Image.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def photo(kind: str = "JPEG", orientation: int = 1, picture: Image.Image | None = None, **options: Any) -> bytes:
    """A photo with position, device, author and XMP; PNGs in text chunks, too."""
    target = BytesIO()
    options = {"exif": exif(orientation)} | options
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options |= {"xmp": XMP}
    if kind in {"JPEG", "GIF"}:
        options |= {"comment": AUTHOR.encode()}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Author", AUTHOR)
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options |= {"pnginfo": text}
    if kind == "GIF":
        del options["exif"]
    (picture or two_colours()).save(target, kind, **options)
    return target.getvalue()


def animation(kind: str, number: int = 3) -> bytes:
    target = BytesIO()
    colours = ["red", "green", "blue", "white"]
    frames = [Image.new("RGB", (40, 30), colours[n % 4]) for n in range(number)]
    extra: dict[str, Any] = {"comment": AUTHOR.encode()} if kind == "GIF" else {"exif": exif()}
    frames[0].save(target, kind, save_all=True, append_images=frames[1:], duration=200, loop=0, **extra)
    return target.getvalue()


def packed(parts: dict[str, bytes | str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = AUTHOR.encode()
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str = "<w:p><w:r><w:t>Our toolkit</w:t></w:r></w:p>", **more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="x/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
        "docProps/core.xml": f"<cp><dc:creator>{AUTHOR}</dc:creator><cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy>"
        "</cp>",
        "docProps/app.xml": "<Properties><Company>Secret Company</Company></Properties>",
        "docProps/custom.xml": f"<Properties>{AUTHOR}</Properties>",
        "docProps/thumbnail.jpeg": photo(),
        "word/people.xml": f'<w15:people><w15:person w15:author="{AUTHOR}"/></w15:people>',
        "word/settings.xml": f'<w:settings {W}><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>',
        "word/_rels/settings.xml.rels": '<Relationships><Relationship Id="a" Type="x/attachedTemplate" '
        'Target="file:///C:\\Users\\taiman\\Own.dotx" TargetMode="External"/></Relationships>',
        "word/document.xml": f'<w:document {W}><w:body w:rsidR="00AB12CD">{body}</w:body></w:document>',
        "word/media/image1.jpeg": photo(),
        "word/media/image2.png": photo("PNG"),
    }
    return packed(parts | more)


def odt(content: str = "<office:text>Our toolkit</office:text>", **more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content>{content}</office:document-content>",
        "meta.xml": f"<office:document-meta><dc:creator>{AUTHOR}</dc:creator></office:document-meta>",
        "settings.xml": '<config:config-item config:name="PrinterName" config:type="x">taiman</config:config-item>',
        "Thumbnails/thumbnail.png": photo("PNG"),
        "META-INF/manifest.xml": "<manifest:manifest>"
        '<manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png" manifest:media-type="image/png"/>'
        "</manifest:manifest>",
    }
    return packed(parts | more)


def pdf(*, picture: bool = False, root: dict[str, Any] | None = None, annotation: str = "") -> bytes:
    """A page with authors in /Info and XMP; ``root`` adds to the catalogue, ``annotation`` is a kind of remark."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": AUTHOR, "/Title": f"Microsoft Word - {PLACE}.docx"})
    xmp = StreamObject()
    xmp.set_data(XMP)
    writer.root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/Who"): ByteStringObject(AUTHOR.encode())})
    if picture:
        image = StreamObject()
        image[NameObject("/Filter")] = NameObject("/DCTDecode")
        image[NameObject("/Subtype")] = NameObject("/Image")
        image._data = photo()
        drawn = DictionaryObject({NameObject("/I"): writer._add_object(image)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    if annotation:
        writer.add_annotation(0, _annotation(annotation))
    for key, value in (root or {}).items():
        writer.root_object[NameObject(key)] = value
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _annotation(kind: str) -> Any:
    from pypdf.generic import ArrayObject, FloatObject, TextStringObject

    rectangle = ArrayObject([FloatObject(n) for n in (10, 10, 50, 50)])
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(kind),
            NameObject("/Rect"): rectangle,
            NameObject("/T"): TextStringObject(AUTHOR),
        }
    )
