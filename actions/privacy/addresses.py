"""One mailbox, one spelling: the rules by which two ways to write an e-mail address are the same person's.

Rules are versioned: a row keeps the version its fingerprint was made with, so that better rules never orphan old rows.
Sources: Gmail https://support.google.com/mail/answer/7436150 (dots) and /answer/10313 (googlemail.com);
Outlook https://support.microsoft.com/office/d9f2ff3f (plus); Fastmail https://www.fastmail.help/hc/en-us/articles/360060591053;
Proton https://proton.me/support/addresses-and-aliases ; iCloud https://support.apple.com/102540 .
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

CURRENT_RULES = 1
# Second levels under which countries register: commerce, schools and authorities, and Canada's provinces.
SHARED_SECOND_LEVELS = frozenset(
    (
        *(
            "ac",
            "asn",
            "co",
            "com",
            "edu",
            "gc",
            "go",
            "gob",
            "gouv",
            "gov",
            "gv",
            "id",
            "ltd",
            "ne",
            "net",
            "nhs",
            "nom",
        ),
        *(
            "or",
            "org",
            "plc",
            "sch",
            "ab",
            "bc",
            "mb",
            "nb",
            "nf",
            "nl",
            "ns",
            "nt",
            "nu",
            "on",
            "pe",
            "qc",
            "sk",
            "yk",
        ),
    )
)


class CanonicalEmail(NamedTuple):
    """An address in the one spelling that stands for its mailbox, and the version of the rules that made it."""

    address: str
    rules_version: int


@dataclass(frozen=True)
class DomainRule:
    """How a provider reads the part before the @: characters it ignores, and where a tag begins."""

    domain: str
    ignored: str = ""
    tag: str = "+"


_GMAIL = DomainRule("gmail.com", ignored=".")
_PROTON = DomainRule("proton.me", ignored=".-_")
_ICLOUD = DomainRule("icloud.com")
_TAGGED = (
    *("outlook.com", "outlook.fr", "hotmail.com", "hotmail.ca", "hotmail.fr", "hotmail.co.uk", "live.com", "live.ca"),
    *("msn.com", "fastmail.com", "fastmail.fm", "pobox.com", "tutanota.com", "tuta.com", "zoho.com", "hey.com"),
)
_RULES: dict[int, dict[str, DomainRule]] = {
    1: {
        "gmail.com": _GMAIL,
        "googlemail.com": _GMAIL,
        **dict.fromkeys(("proton.me", "protonmail.com", "protonmail.ch", "pm.me"), _PROTON),
        **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _ICLOUD),
        **{domain: DomainRule(domain) for domain in _TAGGED},
    },
}


RULES_VERSIONS = tuple(_RULES)


def canonical_email(address: str, *, rules_version: int = CURRENT_RULES) -> CanonicalEmail:
    """Return the address as one mailbox is always written; raise ValueError when it is no address at all.

    It is for comparing only: mail goes to the address as it was typed.
    """
    folded = fold(address)
    local, at, domain = folded.rpartition("@")
    domain = _ascii_domain(domain.strip().rstrip("."))
    local = local.strip()
    if not at or not local or not domain:
        raise ValueError("This is not an e-mail address.")
    rule = _RULES[rules_version].get(domain)
    if rule is not None:
        untagged = local.partition(rule.tag)[0]
        bare = "".join(letter for letter in untagged if letter not in rule.ignored)
        local, domain = bare or local, rule.domain
    return CanonicalEmail(f"{local}@{domain}", rules_version)


def untagged(address: str) -> str:
    """Return the address in lower case without a tag, at whatever provider: for caution, never to know a person by.

    Most servers deliver ``name+anything`` to ``name``, those of firms and parliaments too.
    """
    local, _at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def loosely_written(address: str) -> str:
    """Return the canonical address without tag and dots, whoever the provider is: for caution, as ``untagged``."""
    local, _at, domain = canonical_email(address).address.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '') or local}@{domain}"


def registered_domain(domain: str) -> str:
    """Return the part of a mail domain that somebody had to register: ``a.b.example.co.uk`` -> ``example.co.uk``.

    A rule of thumb instead of the public suffix list: it decides what is counted together, never who may sign.
    """
    labels = _ascii_domain(fold(domain).rstrip(".")).split(".")
    is_shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SHARED_SECOND_LEVELS
    return ".".join(labels[-3 if is_shared else -2 :])


def fold(text: str) -> str:
    """Return the text with width, case, composition and invisible characters made equal (NFKC, casefold, no Cf)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(letter for letter in folded if unicodedata.category(letter) != "Cf").strip()


def in_ascii(address: str) -> str:
    """Return the address as mail can be sent to it: its domain as DNS knows it, all else as it stands."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_ascii_domain(domain)}"


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # not a name DNS knows; it still has one spelling
