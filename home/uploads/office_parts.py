"""What stands in which part of an office file, and what of it tells who wrote it.

ECMA-376 (https://ecma-international.org/publications-and-standards/standards/ecma-376/) and OpenDocument 1.3
(https://docs.oasis-open.org/office/OpenDocument/v1.3/) name the parts. Their XML is changed as text: parsed and written
anew, it would lose the prefixes that Office relies on in ``mc:Ignorable``.
"""

from __future__ import annotations

import re

from home.uploads import embedded, refusals

OLE = b"\xd0\xcf\x11\xe0"
_XML_ENDINGS = (".xml", ".rels", ".rdf", ".vml")
_DECLARED = re.compile(rb"""^(<\?xml[^<>]*encoding=["'])[\w-]+""")
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = b"http://schemas.openxmlformats.org/"
_MICROSOFT = b"http://schemas.microsoft.com/"
_OPEN = b"urn:oasis:names:tc:opendocument:"
# The core part keeps nothing: even titles are often those of an older document.
_EMPTIED = {
    "docprops/core.xml": b'<cp:coreProperties xmlns:cp="%bpackage/2006/metadata/core-properties"/>' % _TYPES,
    "docprops/app.xml": b'<Properties xmlns="%bofficeDocument/2006/extended-properties"/>' % _TYPES,
    "docprops/custom.xml": b'<Properties xmlns="%bofficeDocument/2006/custom-properties"/>' % _TYPES,
    "word/people.xml": b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>',
    "ppt/commentauthors.xml": b'<p:cmAuthorLst xmlns:p="%bpresentationml/2006/main"/>' % _TYPES,
    "ppt/authors.xml": b'<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"/>',
    "xl/persons": b'<personList xmlns="%boffice/spreadsheetml/2018/threadedcomments"/>' % _MICROSOFT,
    "meta.xml": b'<office:document-meta xmlns:office="%bxmlns:office:1.0" office:version="1.3"/>' % _OPEN,
}
# Previews, earlier versions, who changed which slide (MS-PPTX, 2.1), and whose labels of secrecy it bears.
_LEFT_OUT = re.compile(
    r"docprops/thumbnail\.|^thumbnails/|^versions/|^versionlist\.xml$|^ppt/(changesinfos/|revisioninfo)|^docmetadata/",
    re.I,
)
_TAG = re.compile(rb"<(?:\w+:)?(Relationship|Override|file-entry|dataBinding)\b[^<>]*>")
_GONE = {  # tags that mention what is left out
    b"Relationship": re.compile(rb'/(thumbnail|changesInfo|revisionInfo|classificationlabels)"', re.I),
    b"Override": re.compile(rb'"/(ppt/changesInfos/|ppt/revisionInfo|docMetadata/)', re.I),
    b"file-entry": re.compile(rb"Thumbnails/|Versions/|VersionList\.xml"),
    # Shown properties would be read anew from the emptied part; without this, the shown words stay.
    b"dataBinding": re.compile(rb"oreProperties|xtendedProperties|metadata/properties"),
}
_ACTIVE = re.compile(
    r"vbaproject|\.vbs$|activex|embeddings/.*\.(bin|ole)$|^basic/|^scripts/|^objectreplacements/.*\.bin$|_xmlsignatures|documentsignatures",
    re.I,
)
_COMMENT_PART = re.compile(r"(^|/)(comments?|threadedcomments?|modernComment)[^/]*(\.xml$|/)", re.I)
_COMMENT = re.compile(rb"<(\w+:)?(comment|threadedComment|cm)[\s>]")
_CHANGE = re.compile(
    rb"<\w+:(ins|del|moveFrom|moveTo|cellIns|cellDel|\w+PrChange|numberingChange|tblGridChange)\s[^<>]*:author="
    rb"|<text:changed-region|<office:annotation[\s>]"
)
_TOLD = (
    # Editing sessions: who compares them finds out which documents come from one machine.
    (re.compile(rb'\sw:rsid\w*="[0-9A-Fa-f]*"'), b""),
    (re.compile(rb'\s(w14:paraId|w14:textId)="[0-9A-Fa-f]*"'), b""),
    (re.compile(rb"<w1[45]:docId\b[^<>]*/>"), b""),
    (re.compile(rb'\sofficeooo:(paragraph-)?rsid="[^"]*"'), b""),
    (re.compile(rb'(<config:config-item config:name="Rsid(?:Root)?"[^<>]*>)[^<]*'), rb"\g<1>0"),
    # Where it lay: C:\Users\<name>\...
    (re.compile(rb'(<x15ac:absPath\b[^<>]*\burl=")[^"]*"'), rb'\1"'),
    (re.compile(rb'(<fileSharing\b[^<>]*\buserName=")[^"]*"'), rb'\1"'),
    (re.compile(rb'(="(?:file:[^"<>]*|[A-Za-z]:)[\\/](?:Users|home|Utilisateurs)[\\/])[^\\/"<>]+'), rb"\1x"),
    # Its printer, in OpenDocument.
    (re.compile(rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^<>]*>)[^<]*'), rb"\1"),
    # Who wrote it, in fields that show it.
    (
        re.compile(
            rb"(<(text:(?:initial-creator|creator|author-name|author-initials|printed-by))\b[^<>]*>)[^<]*(?=</\2>)"
        ),
        rb"\1",
    ),
    (re.compile(rb"(<(meta:initial-creator|dc:creator|meta:printed-by)>)[^<]*(?=</\2>)"), rb"\1"),
)
_DRAWING_TOLD = re.compile(rb"\s(sodipodi:docname|inkscape:export-filename|sodipodi:absref)=\"[^\"]*\"")
# From one sign to another; searched for, since a pattern would look for the second one from each of the first anew.
_SPANS = ((b"<w:rsids>", b"</w:rsids>"), (b"<w:docVars>", b"</w:docVars>"))
_DRAWING_SPANS = ((b"<metadata", b"</metadata>"), (b"<!--", b"-->"))
_PROPERTIES = re.compile(rb"(\xef\xbb\xbf)?\s*(<\?xml[^<>]*>\s*)?(?P<start><(\w+:)?(coreP|P)roperties\s[^<>]*?)/?>")
_PROPERTY_SPACES = re.compile(
    rb"http://(schemas\.openxmlformats\.org/\w+/2006/(metadata/core-|extended-|custom-)properties"
    rb"|purl\.oclc\.org/ooxml/officeDocument/(extended|custom)Properties)"
)
_TARGET = re.compile(rb'\bTarget="[^"]*"')
_OWN_PLACE = re.compile(
    rb'\bTarget="(file:|[A-Za-z]:[\\/]|\\\\|/Users/|/home/)|xternalLink(Long)?Path|/mailMerge\w*Source"', re.I
)
_LIBRARY = re.compile(rb"<(\w+:)?properties\b[^<>]*>")


def is_active(name: str) -> bool:
    """Whether a part of this name holds a macro, a control, another program's object or a signature."""
    return bool(_ACTIVE.search(name))


def refuse_foreign(part: bytes) -> None:
    """Raise ValidationError for another program's file, and for films and HEIC, into which phones write their place."""
    if part.startswith((OLE, b"PK\x03\x04")):
        raise refusals.active_content()
    if part[4:8] in {b"ftyp", b"moov", b"wide"}:
        raise refusals.film()


def as_utf8(name: str, part: bytes) -> bytes:
    """Return XML that says UTF-16, as Office writes some of it, in UTF-8; ValidationError for Excel's own queries."""
    if not name.lower().endswith(_XML_ENDINGS) or part[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return part
    text = part.decode("utf-16").encode()
    if b"<DataMashup" in text:
        raise refusals.active_content()
    return _DECLARED.sub(rb"\1UTF-8", text)


def has_remarks(name: str, part: bytes) -> bool:
    """Whether the part holds comments or tracked changes."""
    if not name.lower().endswith(".xml"):
        return False
    if name.lower().startswith("xl/revisions/"):
        return True
    return bool(_CHANGE.search(part) or (_COMMENT_PART.search(name) and _COMMENT.search(part)))


def cleaned_part(name: str, part: bytes, ending: str) -> bytes | None:
    """Return the part without what it tells, None if it is left out; ValidationError for XML of no Office."""
    if _LEFT_OUT.search(name):
        return None
    if emptied := _emptied(name.lower(), part):
        return _XML + emptied
    if name.lower().endswith(_XML_ENDINGS):
        return _cleaned_xml(name, part, ending)
    if name.lower().endswith(".svg"):
        return _DRAWING_TOLD.sub(b"", _without_spans(part, _DRAWING_SPANS))
    if "printersettings" in name.lower():  # a printer's name and its place in the network; Excel asks the printer anew
        return bytes(len(part))
    return embedded.without_remarks(part)


def _emptied(name: str, part: bytes) -> bytes | None:
    """Return what stands instead of a part that only tells of people; properties may lie under any name."""
    if name.startswith("xl/persons/"):
        return _EMPTIED["xl/persons"]
    if (root := _PROPERTIES.match(part)) and _PROPERTY_SPACES.search(root["start"]):
        return root["start"] + b"/>"  # in its own dialect, "strict" or not
    return _EMPTIED["meta.xml"] if name.endswith("/meta.xml") else _EMPTIED.get(name)


def _cleaned_xml(name: str, part: bytes, ending: str) -> bytes:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:4]:
        raise refusals.other_kind(ending)
    for pattern, instead in _TOLD:
        part = pattern.sub(instead, part)
    part = _TAG.sub(_without_mention, _without_spans(part, _SPANS))
    return _without_columns(part) if "customxml" in name.lower() else part


def _without_spans(part: bytes, spans: tuple[tuple[bytes, bytes], ...]) -> bytes:
    for start, end in spans:
        kept, at = [], 0
        while (begin := part.find(start, at)) >= 0 and (close := part.find(end, begin)) >= 0:
            kept.append(part[at:begin])
            at = close + len(end)
        part = b"".join([*kept, part[at:]])
    return part


def _without_columns(part: bytes) -> bytes:
    """Empty what a library of documents has noted about this one."""
    start, end = _LIBRARY.search(part), part.rfind(b"</")
    is_told = start and b"schemas.microsoft.com/office/2006/metadata/properties" in start.group()
    return part[: start.end()] + part[end:] if start and is_told and start.end() <= end else part


def _without_mention(found: re.Match[bytes]) -> bytes:
    tag = found.group()
    if tag.endswith(b"/>") and _GONE[found[1]].search(tag):
        return b""
    return _without_place(tag) if found[1] == b"Relationship" else tag


def _without_place(relation: bytes) -> bytes:
    """Templates and linked files are named by their place on a disk; each reader would fetch a distant template."""
    if b"/attachedTemplate" in relation:
        return _TARGET.sub(b'Target="Normal.dotm"', relation)
    return _TARGET.sub(b'Target="about:blank"', relation) if _OWN_PLACE.search(relation) else relation
