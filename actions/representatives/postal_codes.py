"""Canadian postal codes as people type them.

Letter digit letter, digit letter digit; D, F, I, O, Q and U are never used, and W and Z are never first
(https://www.canadapost-postescanada.ca/cpc/en/support/articles/addressing-guidelines/postal-codes.page).
"""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LETTER = "ABCEGHJKLMNPRSTVWXYZ"
_FORMAT = re.compile(f"[ABCEGHJKLMNPRSTVXY][0-9][{_LETTER}][0-9][{_LETTER}][0-9]")
_DIGIT_PLACES = (1, 3, 5)
_MEANT_AS_DIGIT = {"O": "0", "I": "1"}
_MAX_TYPED = 100


def normalise_postal_code(text: str) -> str:
    """Six characters without a space, such as ``K1A0A6``; raises ValidationError with a message for the person.

    Where only a digit can stand, the letters O and I are read as 0 and 1, since no valid code has them anywhere.
    """
    if len(text) > _MAX_TYPED:
        raise ValidationError(_shape_message(), code="invalid")
    code = "".join(char for char in unicodedata.normalize("NFKC", text).upper() if char.isalnum())
    if not code:
        raise ValidationError(_("Enter your postal code."), code="required")
    if len(code) == 6:
        code = "".join(
            _MEANT_AS_DIGIT.get(char, char) if place in _DIGIT_PLACES else char for place, char in enumerate(code)
        )
    if not _FORMAT.fullmatch(code):
        raise _error(code)
    return code


def format_postal_code(code: str) -> str:
    """The way Canada Post writes it: ``K1A 0A6``."""
    return f"{code[:3]} {code[3:]}"


def _error(code: str) -> ValidationError:
    if re.fullmatch("[0-9]{5}([0-9]{4})?", code):
        message = _("That looks like a US ZIP code. Use the postal code of where you live in Canada, such as K1A 0A6.")
        return ValidationError(message, code="us_zip")
    if re.fullmatch("[A-Z][0-9][A-Z]", code):
        message = _("Give all six characters, such as K1A 0A6: the first three alone cover several ridings.")
        return ValidationError(message, code="incomplete")
    if re.fullmatch("([A-Z][0-9]){3}", code):
        if code[0] in "WZ":
            return ValidationError(_("No Canadian postal code begins with W or Z."), code="letter")
        message = _("Canadian postal codes never use the letters D, F, I, O, Q or U. Please check yours.")
        return ValidationError(message, code="letter")
    return ValidationError(_shape_message(), code="invalid")


def _shape_message() -> str:
    return _(
        "A Canadian postal code has a letter, a digit, a letter, then a digit, a letter, a digit, such as K1A 0A6."
    )
