"""Fields in braces where nothing fills them in: a reader would see ``{mp_name}`` as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actions.listing import listed

FIELD = re.compile(r"\{\s*[A-Za-z_][\w .-]{0,40}\}")


def stray_fields(record: Any, names: Iterable[str]) -> dict[str, ValidationError]:
    """Return by field what is wrong; nothing for texts without braces."""
    found = {name: stray_field_error(str(getattr(record, name) or "")) for name in names}
    return {name: error for name, error in found.items() if error}


def stray_field_error(text: str) -> ValidationError | None:
    """Return what is wrong with a text in which nothing is filled in, None when nothing is."""
    fields = FIELD.findall(text)
    words = _("Nothing fills in %(fields)s here: fields in braces work in a letter and its phone script only.")
    return ValidationError(words % {"fields": listed(fields)}) if fields else None
