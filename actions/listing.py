"""Names in a row, labels and sentences side by side, with the marks that the reader's language has for them.

Chinese sets 、 between the items of a list, full-width marks elsewhere, and no space after them; French has a no-break
space before a colon: https://www.w3.org/TR/clreq/ and
https://vitrinelinguistique.oqlf.gouv.qc.ca/21039/la-typographie/espacement/tableau-des-espacements
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(items: Iterable[object]) -> str:
    """Return the items in a row, for items that hold no comma."""
    return pgettext("between the items of a list", ", ").join(map(str, items))


def listed_apart(items: Iterable[object]) -> str:
    """Return the items in a row where they may hold commas themselves, such as ``Jane Doe, M.P.``."""
    return pgettext("between items that hold commas", "; ").join(map(str, items))


def labelled(label: object, text: object) -> str:
    """Return ``label: text``."""
    return f"{label}{pgettext('after a label', ': ')}{text}"


def side_by_side(first: object, second: object) -> str:
    """Return two sentences after each other; either may be empty."""
    if not (first and second):
        return str(first or second)
    return pgettext("two sentences", "%(first)s %(second)s") % {"first": first, "second": second}
