"""A made-up hour of a petition: honest signers of every kind, and what a cheat sends. Seeded, so always the same.

Domains of invented people and firms are reserved ones; providers and throwaway domains are real, since the rules know
them by name. No mail ever leaves a test.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

from actions.protection.mail_domains import blocklist

HONEST = {
    "at a provider": 0.442,
    "of their own domain": 0.05,
    "at a large university": 0.04,
    "with a student number": 0.03,
    "of a company": 0.03,
    "of a family": 0.15,
    "sharing a mailbox": 0.04,
    "behind a VPN or Tor": 0.048,
    "at a rally": 0.012,
    "with a tag of their own": 0.07,
    "behind a relay": 0.088,
}
FRAUD = {
    "plus tags": 0.2,
    "dots": 0.2,
    "homoglyphs": 0.2,
    "disposable domains": 0.25,
    "one IPv6 /64": 0.15,
}
SURNAMES = (
    "Chan",
    "Wong",
    "Lee",
    "Lam",
    "Leung",
    "Ho",
    "Ng",
    "Tremblay",
    "Roy",
    "Singh",
    "Smith",
    "Patel",
    "Nguyen",
    "Kim",
)
GIVEN = (
    "Ka",
    "Wing",
    "Man",
    "Yee",
    "Siu",
    "Ming",
    "Marie",
    "Jean",
    "Luc",
    "Anne",
    "Emma",
    "Noah",
    "Omar",
    "Priya",
    "Alex",
)
IN_OTHER_SCRIPTS = (
    "陳大文",
    "李小龍",
    "Иван Петров",
    "Γιώργος Νικολάου",
    "محمد علي",
    "தமிழ் செல்வன்",
    "김민준",
    "陳Peter",
    "Éloïse Côté",
)
DISPOSABLE = sorted(blocklist)
PROVIDERS = ("gmail.com",) * 6 + (
    "hotmail.com",
    "outlook.com",
    "yahoo.ca",
    "icloud.com",
    "yahoo.com.hk",
    "videotron.ca",
    "proton.me",
)
RELAYS = ("duck.com", "privaterelay.appleid.com", "mozmail.com", "simplelogin.com", "passmail.net")
COPIED = (
    "gmаil.com",
    "gmaıl.com",
    "gmail.соm",
    "оutlook.com",
    "gmai1.com",
    "grnail.com",
    "yahоо.ca",
    "ɡmail.com",
    "gmáil.com",
)


class Attempt(NamedTuple):
    kind: str
    is_fraud: bool
    name: str
    email: str
    postal_code: str
    address: str


def fraud_set(size: int, *, seed: int = 20_260) -> list[Attempt]:
    """Return ``size`` honest and ``size`` fraudulent attempts, mixed."""
    chance = random.Random(seed)
    attempts = [one for kind, share in HONEST.items() for one in _honest(kind, round(size * share), chance)]
    attempts += [one for kind, share in FRAUD.items() for one in _fraud(kind, round(size * share), chance)]
    chance.shuffle(attempts)
    return attempts


def _honest(kind: str, count: int, chance: random.Random) -> Iterator[Attempt]:
    for number in range(count):
        name, local, code, address = _name(chance), _local(chance, number), _code(chance), _own_address(chance)
        email = f"{local}@{chance.choice(PROVIDERS)}"
        if kind == "of their own domain":
            email = f"{local}@household-{number}.example"
        elif kind == "at a large university":
            email, address = f"{local}@mail.utoronto.ca", f"198.51.100.{number % 3}"
        elif kind == "with a student number":
            email = f"s{1_155_000 + number}@uni.example"  # on no list
        elif kind == "of a company":
            email, address = f"{local}@company-{number % 4}.example", f"203.0.113.{number % 4}"
        elif kind == "of a family":
            code, address = _code_of(number // 3), f"2001:db8:{number // 3:x}:1::{number % 3 + 1}"
        elif kind == "sharing a mailbox":
            email, code = (
                f"home{number // 2}@{'gmail.com' if number % 4 < 2 else f'household-{number // 2}.example'}",
                _code_of(number // 2),
            )
            name = f"{GIVEN[number % 2]} {chance.choice(SURNAMES)}"
        elif kind == "behind a VPN or Tor":
            address = f"192.0.2.{number % 6}"
        elif kind == "at a rally":
            address = "2001:db8:ffff:2::7" if number % 2 else "192.0.2.77"
        elif kind == "with a tag of their own":
            own = chance.choice(("gmail.com", "fastmail.com", "outlook.com", f"own-{number}.example"))
            email = f"{local}+petitions@{own}"
        elif kind == "behind a relay":
            email = (
                f"{chance.getrandbits(40):x}@{chance.choice(RELAYS)}"
                if number % 4
                else f"acts@reader{number}.anonaddy.com"
            )
        yield Attempt(kind, False, name, email, code, address)


def _fraud(kind: str, count: int, chance: random.Random) -> Iterator[Attempt]:
    mailboxes = max(1, count // 200)
    for number in range(count):
        name, local, code, address = _name(chance), _local(chance, number), _code(chance), _own_address(chance)
        one = number % mailboxes
        email = f"{local}@{chance.choice(PROVIDERS)}"
        if kind == "plus tags":
            email = f"cheat.{'abcdefghij'[one]}+{number}@{('gmail.com', 'outlook.com', 'cheating.example')[one % 3]}"
        elif kind == "dots":
            email = (
                f"{_dotted(f'{chr(97 + one)}cheatingperson', number)}@{('gmail.com', 'gmail.com', 'bell.net')[one % 3]}"
            )
        elif kind == "homoglyphs" and number % 3 == 0:
            email = f"{local}@{chance.choice(COPIED)}"
        elif kind == "homoglyphs" and number % 3 == 1:
            email = f"а{local}@gmail.com"
        elif kind == "homoglyphs":
            name = f"Sаm {chance.choice(SURNAMES)}" if number % 2 else f"{chance.choice(GIVEN)} Chеung"
        elif kind == "disposable domains":
            domain = chance.choice(DISPOSABLE)
            email = f"{local}@{'x' + str(number) + '.' if number % 5 == 0 else ''}{domain}"
        elif kind == "one IPv6 /64":
            address = f"2001:db8:bad:1:{chance.getrandbits(16):x}:{chance.getrandbits(16):x}:{number:x}:1"
        yield Attempt(kind, True, name, email, code, address)


def _name(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(IN_OTHER_SCRIPTS)
    return f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(SURNAMES)}"


def _local(chance: random.Random, number: int) -> str:
    """As people name their mailboxes: mostly names, often with a year or a lucky number."""
    first, second, last = chance.choice(GIVEN).lower(), chance.choice(GIVEN).lower(), chance.choice(SURNAMES).lower()
    initials = "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=3))
    shapes = (
        f"{first}.{last}.{initials}{number}",
        f"{initials}{last}{second}{number % 97}",
        f"{first}{second}.{last}{initials}",
    )
    return chance.choice((*shapes, f"{last}{chance.randrange(10**6)}"))


def _dotted(word: str, number: int) -> str:
    """Return the word with dots where the bits of ``number`` are set."""
    return word[0] + "".join("." * (number >> place & 1) + letter for place, letter in enumerate(word[1:]))


def _code(chance: random.Random) -> str:
    return _code_of(chance.randrange(9_000))


def _code_of(number: int) -> str:
    letters = "ABCEGHJKLM"
    return f"K{number % 10}{letters[number // 10 % 10]} {number // 100 % 10}{letters[number // 1000 % 10]}1"


def _own_address(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return f"2001:db8:{chance.getrandbits(16):x}:{chance.getrandbits(16):x}::1"
    return f"10.{chance.randrange(256)}.{chance.randrange(256)}.{chance.randrange(256)}"
