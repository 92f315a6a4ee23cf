"""Sums of money: what people type, what an address may carry, what a reader sees. Always whole cents.

Nothing is guessed: a text that can be read in two ways (« 1,000 » on a French page) is refused with a reason.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from home.languages import current_language

LONGEST = 20
# Full-width forms to plain ones (U+FF01 to U+FF5E, 0xFEE0 above ASCII). Not by NFKC: « 25² » would be a gift of 252.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# What may stand beside the number, on either side.
MARK = re.compile(r"(?:ca\$|c\$|\$\s?ca|\$|cad|加元|加幣|元)", re.IGNORECASE)
PLAIN = re.compile(r"(?P<whole>[0-9]{1,20})(?:[.,](?P<cents>[0-9]{1,2}))?")
BY_COMMAS = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<cents>[0-9]{1,2}))?")
BY_BLANKS = re.compile(r"(?P<whole>[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<cents>[0-9]{1,2}))?")
NO_BREAK_SPACE = "\u00a0"


class AmountError(ValueError):
    """The text is no sum that can be given; ``code`` is empty, unclear, too-small or too-large."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_amount(text: str, *, language: str) -> int:
    """Return the sum in cents that somebody typed in dollars. Raises AmountError.

    Full-width digits, $ on either side, « 25,00 » and blanks between thousands are understood in every language;
    commas between thousands are not in French, where they mark the cents.
    """
    typed = text[: LONGEST * 4].translate(FULL_WIDTH).strip()
    if not typed:
        raise AmountError("empty")
    number = _without_mark(" ".join(typed.split()))
    ways = (PLAIN, BY_BLANKS) if language == "fr" else (PLAIN, BY_BLANKS, BY_COMMAS)
    found = next((match for way in ways if (match := way.fullmatch(number))), None)
    if len(typed) > LONGEST or found is None:
        raise AmountError("unclear")
    whole = re.sub("[ ,]", "", found["whole"])
    return int(whole) * 100 + int((found["cents"] or "0").ljust(2, "0"))


def _without_mark(text: str) -> str:
    """Return the text without one mark of the currency before or after the number."""
    for pattern in (rf"{MARK.pattern}\s?(.+)", rf"(.+?)\s?{MARK.pattern}"):
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found:
            return str(found[1])
    return text


def check_limits(cents: int, *, minimum: int, maximum: int) -> int:
    """Return the cents. Raises AmountError when they are below ``minimum`` or above ``maximum`` (cents)."""
    if cents < minimum:
        raise AmountError("too-small")
    if cents > maximum:
        raise AmountError("too-large")
    return cents


def explained(code: str, *, minimum: int, maximum: int) -> str:
    """Return what to tell somebody whose text was refused, in the active language."""
    if code == "too-small":
        return _("The smallest gift is %(amount)s.") % {"amount": format_amount(minimum)}
    if code == "too-large":
        return _("The largest gift by card is %(amount)s. For more, please write to us.") % {
            "amount": format_amount(maximum)
        }
    if code == "empty":
        return _("Choose an amount, or type one.")
    return _("Write the amount as a number of dollars, such as 25 or 25.50.")


def format_amount(cents: int, language: str | None = None, *, with_cents: bool = False) -> str:
    """Return the sum as its reader writes it: CA$1,234.50, « 1 234,50 $ » or 1,234.50加元; cents only when there are.

    ``with_cents`` writes them always, for columns of sums.

    https://vitrinelinguistique.oqlf.gouv.qc.ca/21238/la-typographie/nombres/le-symbole-du-dollar
    """
    language = language or current_language()
    sign = "-" if cents < 0 else ""
    dollars, rest = divmod(abs(cents), 100)
    number = f"{dollars:,}" + (f".{rest:02d}" if rest or with_cents else "")
    if language == "fr":
        number = number.replace(",", NO_BREAK_SPACE).replace(".", ",")
        return f"{sign}{number}{NO_BREAK_SPACE}$"
    return f"{sign}{number}加元" if language == "zh-hant" else f"{sign}CA${number}"


def typed_form(cents: int, language: str) -> str:
    """Return the sum as it would be typed into a field: 25, 25.50 or « 25,50 »."""
    dollars, rest = divmod(cents, 100)
    return f"{dollars}{',' if language == 'fr' else '.'}{rest:02d}" if rest else str(dollars)


def fee_cover(cents: int, *, basis_points: int, fixed_cents: int) -> int:
    """Return the least sum in cents to add, so that after the fee on the whole no less than ``cents`` remains.

    The fee is ``basis_points`` hundredths of a per cent of the whole plus ``fixed_cents``, rounded up to a cent
    (https://stripe.com/en-ca/pricing: 2.9 % + 30 cents).
    """
    total = -(-(cents + fixed_cents) * 10_000 // (10_000 - basis_points))
    while total - -(-total * basis_points // 10_000) - fixed_cents < cents:
        total += 1
    return total - cents
