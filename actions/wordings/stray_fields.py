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
    found = {name: FIELD.findall(str(getattr(record, name) or "")) for name in names}
    words = _("Nothing fills in %(fields)s here: fields in braces work in a letter and its phone script only.")
    return {name: ValidationError(words % {"fields": listed(fields)}) for name, fields in found.items() if fields}
