"""Whether the world can tell that our mail is ours, and whether bounces find their way back.

SPF: https://www.rfc-editor.org/rfc/rfc7208 ; DKIM: https://www.rfc-editor.org/rfc/rfc6376 ;
DMARC: https://www.rfc-editor.org/rfc/rfc7489 ; null MX: https://www.rfc-editor.org/rfc/rfc7505
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from actions.outbox.dns_records import Lookup, NoAnswer

DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?", re.IGNORECASE)
SPF_LOOKUPS = re.compile(
    r"(?:^|\s)[+?~-]?(?:include:|a(?=[\s:/]|$)|mx(?=[\s:/]|$)|ptr|exists:|redirect=)", re.IGNORECASE
)
MOST_LOOKUPS = 10


class Verdict(StrEnum):
    GOOD = "good"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True)
class Finding:
    """One sentence about the domain."""

    verdict: Verdict
    text: str


def check_domain(domain: str, *, selectors: Iterable[str], look_up: Lookup) -> list[Finding]:
    """Return what stands in the domain name system about a sender domain. Raises ValueError for what is no domain."""
    domain = domain.lower().rstrip(".")
    if not DOMAIN.fullmatch(domain):
        raise ValueError("not a domain name")
    parts = [
        lambda: check_spf(domain, look_up),
        lambda: check_dkim(domain, selectors, look_up),
        lambda: check_dmarc(domain, look_up),
        lambda: check_return_path(domain, look_up),
    ]
    found: list[Finding] = []
    for part in parts:
        try:
            found.extend(part())
        except NoAnswer as error:
            found.append(Finding(Verdict.FAULT, f"The name servers of {domain} did not answer ({error}); try again."))
    return found


def check_spf(domain: str, look_up: Lookup) -> Iterator[Finding]:
    records = [text for text in look_up(domain, "TXT") if re.match(r"v=spf1(\s|$)", text, re.IGNORECASE)]
    if not records:
        yield Finding(Verdict.FAULT, f"SPF: {domain} has no record that begins with v=spf1.")
    elif len(records) > 1:
        yield Finding(Verdict.FAULT, f"SPF: {domain} has {len(records)} records; receivers then ignore all of them.")
    else:
        yield from _judge_spf(domain, records[0])


def _judge_spf(domain: str, record: str) -> Iterator[Finding]:
    ends = re.findall(r"(?:^|\s)([+?~-]?)all(?=\s|$)", record, re.IGNORECASE)
    lookups = len(SPF_LOOKUPS.findall(record))
    if any(sign in ("", "+") for sign in ends):
        yield Finding(Verdict.FAULT, f"SPF: “{record}” lets everybody send in our name; end it with -all or ~all.")
    elif lookups > MOST_LOOKUPS:
        yield Finding(Verdict.FAULT, f"SPF: “{record}” needs {lookups} look-ups; receivers stop after {MOST_LOOKUPS}.")
    elif "redirect=" not in record.lower() and not any(sign in ("-", "~") for sign in ends):
        yield Finding(Verdict.NOTE, f"SPF: “{record}” forbids nobody; end it with -all or ~all.")
    else:
        yield Finding(Verdict.GOOD, f"SPF: “{record}”. Compare it with what your mail server or provider asks for.")


def check_dkim(domain: str, selectors: Iterable[str], look_up: Lookup) -> Iterator[Finding]:
    selectors = list(selectors)
    if not selectors:
        yield Finding(Verdict.NOTE, "DKIM: not checked; name the selectors (--selector, or DKIM_SELECTORS).")
    for selector in selectors:
        if not SELECTOR.fullmatch(selector):
            yield Finding(Verdict.FAULT, "DKIM: one of the selectors is none.")
            continue
        name = f"{selector}._domainkey.{domain}"
        keys = [match[1].replace(" ", "") for text in look_up(name, "TXT") if (match := _KEY.search(text))]
        if not keys:
            yield Finding(Verdict.FAULT, f"DKIM: there is no key at {name}.")
        elif not all(keys):
            yield Finding(Verdict.FAULT, f"DKIM: the key at {name} is empty, which means withdrawn.")
        else:
            yield Finding(Verdict.GOOD, f"DKIM: there is a key at {name}; mails must be signed with d={domain}.")


_KEY = re.compile(r"(?:^|;)\s*p\s*=\s*([A-Za-z0-9+/= ]*)")


def check_dmarc(domain: str, look_up: Lookup) -> Iterator[Finding]:
    """From line and return path are both at ``domain``, so SPF is aligned, and DKIM when it signs with that domain."""
    where, record = _dmarc_record(domain, look_up)
    if record is None:
        yield Finding(Verdict.FAULT, f"DMARC: neither {domain} nor a domain above it has exactly one record.")
        return
    tags = dict(re.findall(r"(\w+)\s*=\s*([^;]*)", record))
    wanted = ("sp" if "sp" in tags else "p") if where != domain else "p"
    policy = tags.get(wanted, "").strip().lower()
    if policy not in ("none", "quarantine", "reject"):
        yield Finding(Verdict.FAULT, f"DMARC: “{record}” at _dmarc.{where} states no policy ({wanted}=).")
    elif policy == "none":
        yield Finding(Verdict.NOTE, f"DMARC: “{record}” at _dmarc.{where} only watches; go on to quarantine or reject.")
    else:
        yield Finding(Verdict.GOOD, f"DMARC: “{record}” at _dmarc.{where}.")
    yield Finding(Verdict.GOOD, f"DMARC: From line and return path are both at {domain}, so SPF is aligned.")


def _dmarc_record(domain: str, look_up: Lookup) -> tuple[str, str | None]:
    """Return where the policy stands: at the domain or, since subdomains inherit it, above it."""
    labels = domain.split(".")
    for start in range(len(labels) - 1):
        where = ".".join(labels[start:])
        records = [one for one in look_up(f"_dmarc.{where}", "TXT") if re.match(r"v\s*=\s*DMARC1\s*(;|$)", one)]
        if records:
            return where, records[0] if len(records) == 1 else None
    return domain, None


def check_return_path(domain: str, look_up: Lookup) -> Iterator[Finding]:
    exchangers = look_up(domain, "MX")
    if any(text.split()[-1] == "." for text in exchangers):
        yield Finding(Verdict.FAULT, f"Bounces: {domain} says that it takes no mail (null MX); they would be lost.")
    elif exchangers:
        yield Finding(Verdict.GOOD, f"Bounces: they go to {', '.join(sorted(exchangers))}.")
    elif look_up(domain, "A") or look_up(domain, "AAAA"):
        yield Finding(Verdict.NOTE, f"Bounces: {domain} has no MX record; they go to the machine of that name.")
    else:
        yield Finding(Verdict.FAULT, f"Bounces: {domain} has neither MX nor address; many servers refuse our mail.")
