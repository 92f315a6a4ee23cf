"""The fields that editors may write into a letter, such as ``{mp_name}``: an allow-list, replaced in one pass."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

MERGE_FIELDS = {
    "mp_name": _("the name of the writer's MP"),
    "riding": _("the riding"),
    "province": _("the province or territory"),
    "bill_number": _("the number of the bill"),
    "bill_title": _("the title of the bill"),
}
FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def unknown_merge_fields(text: str) -> list[str]:
    """Return what stands in braces and is not on the list, in order, as it was written."""
    return [match[0] for match in FIELD.finditer(text) if match[1] not in MERGE_FIELDS]


def fill_in(text: str, values: dict[str, str]) -> str:
    """Replace each known field once; a value that looks like a field is not looked at again."""
    return FIELD.sub(lambda match: values.get(match[1], match[0]), text)
