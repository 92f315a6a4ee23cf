"""What is known of a mail domain: whose people share it, and whether it is a throwaway or a copy of a known one.

Nothing here refuses anybody. People at risk use relays and aliases, so these are never treated as throwaway domains;
the list of those is the library disposable-email-domains, which leaves relays out as well.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache

from disposable_email_domains import blocklist

from actions.privacy.addresses import registered_domain
from actions.protection.mail_domain_lists import INSTITUTIONS, PROVIDERS, RELAYS


class MailDomainKind(Enum):
    """Who has an address at the domain: PROVIDER anybody, RELAY anybody who hides theirs, INSTITUTION its members."""

    PROVIDER = "provider"
    RELAY = "relay"
    INSTITUTION = "institution"
    OTHER = "other"


ACADEMIC = frozenset(("edu", "ac"))
# Letters of other scripts that look like a Latin one; https://www.unicode.org/reports/tr39/ lists many more, but these
# are the ones a mail domain can be copied with.
COPIES = str.maketrans("авсԁеһіјӏкмнорԛѕтʋѵѡхуɡıαεικνορτυωχ01", "abcdehijlkmhopqstvvwxygiaeiknoptuwxol")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].lower().rstrip(".")


def kind_of(domain: str) -> MailDomainKind:
    """Return who has an address at a domain in lower case."""
    registered = registered_domain(domain)
    if domain in PROVIDERS or registered in PROVIDERS:
        return MailDomainKind.PROVIDER
    if domain in RELAYS or registered in RELAYS:
        return MailDomainKind.RELAY
    is_school = bool(ACADEMIC & set(registered.split(".")[1:]))
    is_known = registered in INSTITUTIONS or domain in INSTITUTIONS
    return MailDomainKind.INSTITUTION if is_school or is_known else MailDomainKind.OTHER


def is_disposable(domain: str) -> bool:
    """Return whether the domain, or one that it lies under, gives out throwaway addresses."""
    labels = domain.split(".")
    return any(".".join(labels[start:]) in blocklist for start in range(len(labels) - 1))


@cache
def listed_domains() -> frozenset[str]:
    """Return the registered domains on all lists: names that are public and nobody's own."""
    return frozenset(map(registered_domain, (*PROVIDERS, *RELAYS, *INSTITUTIONS, *blocklist)))


def is_listed(domain: str) -> bool:
    return domain in listed_domains()


def is_copy(domain: str) -> bool:
    """Return whether the domain looks like a known one or mixes scripts in one label, as no country's registry does.

    ``domain`` is in ASCII, as DNS knows it (``xn--``).
    """
    shown = ".".join(_shown(label) for label in domain.split("."))
    if any(mixes_scripts(label) for label in shown.split(".")):
        return True
    return domain not in PROVIDERS and kind_of(domain) == MailDomainKind.OTHER and _bones(shown) in _known_bones()


def mixes_scripts(text: str) -> bool:
    """Return whether one word has letters of two scripts that look alike (Latin with Cyrillic or Greek).

    ``陳Peter`` and ``Иван Smith`` do not: no letter of theirs could be taken for one of the other script.
    """
    return any(len(_scripts(word)) > 1 for word in text.split())


def _scripts(word: str) -> set[str]:
    names = (unicodedata.name(letter, "").split(" ", 1)[0] for letter in word if letter.isalpha())
    return {name for name in names if name in SCRIPTS}


def _shown(label: str) -> str:
    try:
        return label[4:].encode().decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _bones(domain: str) -> str:
    """Return what the eye takes the domain for: no accents, no other scripts, no 1 for l, no rn for m."""
    plain = unicodedata.normalize("NFKD", domain.translate(COPIES))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bare.translate(COPIES).replace("rn", "m").replace("vv", "w")


@cache
def _known_bones() -> frozenset[str]:
    return frozenset(_bones(domain) for domain in PROVIDERS)
