"""What speaks against a signature: it is then held for a person, and the signer sees no difference.

None of it proves anything, so a doubt never refuses anybody; it only says "not counted until somebody has looked".
What the form shows by itself is asked when it comes; whatever needs a look at others when its signer confirms it, since
forms can be stored up by the thousand and confirmed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from actions.petitions.models import Signature
from actions.petitions.states import HeldReason, SignatureState
from actions.protection.mail_domains import MailDomainKind, domain_of, is_copy, is_disposable, kind_of, mixes_scripts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Most(NamedTuple):
    """How many confirmed signatures of one kind within a rolling hour, and within a day, still look like people."""

    hour: int
    day: int


class Rules(NamedTuple):
    """The limits; ``of_a_mailbox`` is how many ways to write one mailbox, as many as it has places (slots.py).

    A range of IPv6 is one home or one hall. An IPv4 address may be a campus or a mobile network
    (https://www.rfc-editor.org/rfc/rfc6177, /rfc6269), and protection/limits.py counts there what comes without a
    script. A table at a rally may have either: 60 an hour must pass, for a day of ten hours.
    """

    of_a_mailbox: int = 2
    of_an_ipv6_range: Most = Most(60, 600)
    of_an_ipv4_range: Most = Most(300, 1_500)
    of_a_domain: Most = Most(150, 400)
    of_a_relay: Most = Most(300, 1_000)
    of_an_institution: Most = Most(600, 3_000)


RULES = Rules()


def doubt_about_form(signature: Signature) -> str:
    """Return a HeldReason for what the form itself shows, or blank. The signature is not stored yet; one query."""
    domain = domain_of(signature.email)
    if is_copy(domain) or mixes_scripts(signature.name):
        return HeldReason.LOOKALIKE
    if is_disposable(domain):
        return HeldReason.DISPOSABLE
    same_mailbox = _of_petition(signature).filter(email_fingerprint=signature.email_fingerprint)
    if same_mailbox.filter(state=SignatureState.INVALIDATED).exists():
        return HeldReason.INVALIDATED
    return ""


def doubt_about_confirmation(signature: Signature, *, now: datetime) -> str:
    """Return a HeldReason for what others make of it, or blank; at most five queries, each by an index.

    Only what was confirmed counts against anybody: forms alone are anybody's, who could so have a stranger held.
    """
    if signature.is_cleared:
        return ""
    if signature.mailbox_key:
        others = _of_petition(signature).filter(mailbox_key=signature.mailbox_key)
        others = others.exclude(email_fingerprint=signature.email_fingerprint)
        if others.values("pk")[: RULES.of_a_mailbox].count() >= RULES.of_a_mailbox:
            return HeldReason.VARIANTS
    for reason, column, most in _bursts(signature):
        if _is_burst(signature, column, most, now):
            return reason
    return ""


def _bursts(signature: Signature) -> Iterator[tuple[HeldReason, str, Most]]:
    """Yield what to look for many of: reason, column that they have in common, how many are too many."""
    kind = kind_of(domain_of(signature.email))
    of_a_domain = {
        MailDomainKind.OTHER: RULES.of_a_domain,
        MailDomainKind.RELAY: RULES.of_a_relay,
        MailDomainKind.INSTITUTION: RULES.of_an_institution,
    }
    if kind in of_a_domain:
        yield HeldReason.DOMAIN_BURST, "mail_domain_key", of_a_domain[kind]
    if signature.address_key:
        is_ipv6 = signature.address_key.startswith("6")
        yield HeldReason.RANGE_BURST, "address_key", RULES.of_an_ipv6_range if is_ipv6 else RULES.of_an_ipv4_range


def _is_burst(signature: Signature, column: str, most: Most, now: datetime) -> bool:
    """Return whether as many others as ``most`` says were confirmed lately: whether the n-th newest is that young."""
    alike = _of_petition(signature).filter(**{column: getattr(signature, column)})
    newest = alike.order_by("-confirmed_at").values_list("confirmed_at", flat=True)
    return any(
        newest.filter(confirmed_at__gt=now - window)[number - 1 : number].exists()
        for number, window in ((most.hour, HOUR), (most.day, DAY))
    )


def _of_petition(signature: Signature):  # type: ignore[no-untyped-def]
    return Signature.objects.filter(petition_id=signature.petition_id, confirmed_at__isnull=False)
