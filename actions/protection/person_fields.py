"""Form fields for what people say about themselves; strict where mail would break, open to names in any script."""

from __future__ import annotations

import difflib
import re
import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from email_validator import EmailNotValidError, validate_email

# What reorders or hides text: soft hyphens, bidirectional and annotation controls, zero-width blanks, line separators,
# byte order mark, tags, what is no character at all (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point).
# Joiners (U+200C, U+200D) stay, for Persian names and emoji, and selectors, which pick one of a Han letter's forms.
HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TITLE = r"(?<!\.)(?:dr|mlle|mme|mr|mrs|ms|prof|rev|st)\."
# Mail programs make a link of a bare host name too, and our first mail goes to an address that nobody has confirmed.
# Mr.Page and Dr.Win are people.
WEB_ADDRESS = re.compile(
    rf"https?:|www\.|://|(?<![\w-])(?!{TITLE})[\w-]+\.[a-z]{{2,}}/|"
    rf"(?<![\w-])(?!{TITLE}(?:co|fun|link|ly|page|win)\b)[\w-]{{2,}}\."
    r"(?:app|biz|ca|cc|club|cn|co|com|dev|fun|hk|icu|info|io|link|live|ly|me|net|"
    r"online|org|page|ru|shop|site|space|store|tech|top|tv|uk|us|vip|website|win|xyz|zip)\b",
    re.IGNORECASE,
)
# Letters by their class, but blank: fillers of Korean syllables. Names of nothing else would be shown as nothing.
# https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"
JOINERS = "\u200c\u200d"
MARKS_ON_A_LETTER = 4
RUNS_OF_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
KNOWN_DOMAINS = (
    "gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "yahoo.ca", "icloud.com", "live.ca", "live.com",
    "proton.me", "protonmail.com", "bell.net", "rogers.com", "shaw.ca", "telus.net", "sympatico.ca", "videotron.ca",
)  # fmt: skip
NEARNESS = 0.82


def clean_text(text: str) -> str:
    """Return the text in NFC without hidden characters, control characters and towers of combining marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", without_towers(CONTROL.sub("", HIDDEN.sub("", text))))


def without_towers(text: str) -> str:
    """Return the text with at most MARKS_ON_A_LETTER marks on a letter: no living script needs more.

    It comes before NFC, which takes quadratic time to put a tower in order (a second for 64 KB of marks).
    """
    kept, height = [], 0
    for char in text:
        if unicodedata.category(char) in ("Mn", "Me"):
            height += 1
        elif char not in JOINERS:
            height = 0
        if height <= MARKS_ON_A_LETTER:
            kept.append(char)
    return "".join(kept)


class PlainTextField(forms.CharField):
    """Several lines of text as people type them; cleaned by ``clean_text``."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "").strip()


class OneLineField(PlainTextField):
    """One line; line breaks and runs of blanks become one blank. The no-break spaces of French stay."""

    def to_python(self, value: Any) -> str:
        return RUNS_OF_BLANKS.sub(" ", super().to_python(value))


class PersonNameField(OneLineField):
    """A name in any script, in one field and any order; only web addresses and empty noise are refused."""

    refuses_addresses = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your name"),
            max_length=100,
            error_messages={
                "required": _("Enter your name."),
                "max_length": _("Please shorten your name to 100 characters."),
            },
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        # Browsers take the Chinese full stop for a dot, too: https://www.unicode.org/reports/tr46/#Notation
        if self.refuses_addresses and WEB_ADDRESS.search(unicodedata.normalize("NFKC", name).replace("。", ".")):
            raise ValidationError(
                _("A name cannot hold a web address. If it is none, put a blank after the dot."), code="url"
            )
        if not any(char.isalnum() and char not in BLANK_LETTERS for char in name):
            raise ValidationError(_("Enter your name."), code="required")
        return name


class EmailAddressField(forms.CharField):
    """A bare mail address that mail can really be sent to; aliases and plus-addresses are welcome.

    Full-width characters are read as typed on a Chinese keyboard (NFKC), and what is copied along unseen is dropped.
    Look-alike letters of other scripts before the @, address literals, quoted and over-long local parts are refused;
    a domain in another script becomes the ASCII name that DNS knows, and is shown so.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Your e-mail address"),
            max_length=254,
            error_messages={
                "required": _("Enter your e-mail address."),
                "max_length": _("That address is too long to be real. Please check it."),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        typed = HIDDEN.sub("", unicodedata.normalize("NFKC", super().clean(value))).strip()
        try:
            found = validate_email(
                typed,
                allow_smtputf8=False,
                strict=True,
                check_deliverability=False,
                test_environment=settings.DEMO or settings.TESTING,
            )
        except EmailNotValidError as error:
            message = _("Check the e-mail address: it should look like name@example.ca.")
            raise ValidationError(message, code="invalid") from error
        address = found.ascii_email or found.normalized
        if address.rpartition("@")[2].lower() == settings.SENDER_DOMAIN.lower():
            raise ValidationError(_("Use your own address: this one is ours."), code="ours")
        return address


def likely_typo(address: str) -> str:
    """Return the address that was perhaps meant (``x@gmial.com`` -> ``x@gmail.com``), or nothing. Never blocks."""
    local, _at, domain = address.rpartition("@")
    domain = domain.lower()
    if domain in KNOWN_DOMAINS:
        return ""
    near = difflib.get_close_matches(domain, KNOWN_DOMAINS, n=1, cutoff=NEARNESS)
    return f"{local}@{near[0]}" if near else ""
