"""What speaks against a signature: it is then held for a person, and the signer sees no difference.

None of it proves anything, so a doubt never refuses anybody; it only says "not counted until somebody has looked".
What the form shows by itself is asked when it comes; whatever needs a look at others when its signer confirms it, since
forms can be stored up by the thousand and confirmed at once.
"""

from __future__ import annotations

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
    script. A table at a rally may have either: 60 an hour must pass, for a day of ten hours. A domain that nobody knows
    is taken for an institution where its signers come from many ranges: a school that is on no list.
    """

    of_a_mailbox: int = 2
    of_an_ipv6_range: Most = Most(60, 600)
    of_an_ipv4_range: Most = Most(300, 1_500)
    of_a_domain: Most = Most(150, 400)
    of_a_relay: Most = Most(300, 1_000)
    of_an_institution: Most = Most(600, 3_000)
    looked_at: int = 100
    ranges_of_a_school: int = 40


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
    """Return a HeldReason for what others make of it, or blank; at most eight queries, each by an index.

    Only what was confirmed counts against anybody: forms alone are anybody's, who could so have a stranger held.
    """
    if signature.is_cleared:
        return ""
    if signature.mailbox_key:
        others = _of_petition(signature).filter(mailbox_key=signature.mailbox_key)
        others = others.exclude(email_fingerprint=signature.email_fingerprint)
        if others.values("pk")[: RULES.of_a_mailbox].count() >= RULES.of_a_mailbox:
            return HeldReason.VARIANTS
    if _is_burst_of_domain(signature, now):
        return HeldReason.DOMAIN_BURST
    if signature.address_key:
        is_ipv6 = signature.address_key.startswith("6")
        if _is_burst(signature, "address_key", RULES.of_an_ipv6_range if is_ipv6 else RULES.of_an_ipv4_range, now):
            return HeldReason.RANGE_BURST
    return ""


def _is_burst_of_domain(signature: Signature, now: datetime) -> bool:
    kind = kind_of(domain_of(signature.email))
    if kind == MailDomainKind.PROVIDER:
        return False
    if kind == MailDomainKind.OTHER and _is_burst(signature, "mail_domain_key", RULES.of_a_domain, now):
        kind = MailDomainKind.INSTITUTION
        if not _comes_from_many_ranges(signature):
            return True
    if kind == MailDomainKind.OTHER:
        return False
    most = RULES.of_a_relay if kind == MailDomainKind.RELAY else RULES.of_an_institution
    return _is_burst(signature, "mail_domain_key", most, now)


def _comes_from_many_ranges(signature: Signature) -> bool:
    """Return whether the newest signers of the same domain came from about as many address ranges as people do."""
    alike = _of_petition(signature).filter(mail_domain_key=signature.mail_domain_key)
    newest = alike.order_by("-confirmed_at").values_list("address_key", flat=True)[: RULES.looked_at]
    return len({key for key in newest if key}) >= RULES.ranges_of_a_school


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
