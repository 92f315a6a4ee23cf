"""Why a file is not taken: each says what is wrong and what its editor can do about it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def damaged_picture() -> ValidationError:
    return ValidationError(
        _(
            "This picture cannot be read: the file is damaged or cut off. Open it in a picture program and "
            "save it again."
        ),
        code="damaged",
    )


def too_many_pixels(limit: int) -> ValidationError:
    return ValidationError(
        _(
            "This picture is too large. It may have at most %(limit)s million pixels, all frames of an animation "
            "together."
        ),
        code="too_many_pixels",
        params={"limit": limit // 1_000_000},
    )


def unknown_kind(ending: str) -> ValidationError:
    return ValidationError(
        _("Files ending in “%(ending)s” are not accepted."), code="unknown_kind", params={"ending": ending}
    )


def other_kind(ending: str) -> ValidationError:
    return ValidationError(
        _(
            "This file is damaged, or it is not what its ending “%(ending)s” says. Open it in its program "
            "and save it again."
        ),
        code="other_kind",
        params={"ending": ending},
    )


def password() -> ValidationError:
    return ValidationError(
        _(
            "This file is protected by a password, so what it says about its authors cannot be removed. "
            "Save it without a password."
        ),
        code="password",
    )


def unpacks_too_large(limit: int) -> ValidationError:
    return ValidationError(
        _("Unpacked, this file would be larger than %(limit)s MB. Make its pictures smaller, or split the file."),
        code="unpacks_too_large",
        params={"limit": limit // 1_000_000},
    )


def active_content() -> ValidationError:
    return ValidationError(
        _(
            "This file contains a script, a macro, an attached file or a digital signature. Print it to a new PDF, or "
            "save it without these, and upload the result."
        ),
        code="active_content",
    )


def film() -> ValidationError:
    return ValidationError(
        _(
            "This file contains a film, a sound or a HEIC picture, which may tell where it was taken. Take it out, or "
            "put a JPEG in its place, and upload the file again."
        ),
        code="film",
    )


def remarks() -> ValidationError:
    return ValidationError(
        _(
            "This file contains comments or tracked changes, with the names of those who made them. Accept or reject "
            "all changes and delete all comments (in Word and LibreOffice under “Review” or “Edit”), save it and "
            "upload it again."
        ),
        code="remarks",
    )


def pdf_remarks() -> ValidationError:
    return ValidationError(
        _(
            "This PDF contains comments or marks, with the names of those who made them. Delete them, or print the "
            "document to a new PDF without them, and upload the result."
        ),
        code="remarks",
    )
