"""Which mail domain a key stands for, so that staff can read what a flood comes from.

A signature keeps a keyed hash of its domain only, for a domain of one's own names a person. Names come from two places:
lists of domains that are public anyway, hashed under the petition's key, and the domains that at least TOGETHER
confirmed signers share, noted when the last of these confirms (docs/decisions/0018).
"""

from __future__ import annotations

from collections.abc import Iterable

from actions.petitions.models import MailDomain, Signature
from actions.petitions.petition_models import KEY_OWNER
from actions.privacy.addresses import registered_domain
from actions.privacy.fingerprints import named_domain_fingerprint
from actions.privacy.record_keys import existing_record_key
from actions.protection.mail_domains import domain_of, is_listed, listed_domains

TOGETHER = 10


def note_name(*, petition_id: int, key: str, email: str) -> None:
    """Note the name of the domain that an address just confirmed with, once TOGETHER have; two queries at most."""
    name = registered_domain(domain_of(email))
    if not name or is_listed(name) or MailDomain.objects.filter(petition_id=petition_id, key=key).exists():
        return
    signers = Signature.objects.filter(petition_id=petition_id, mail_domain_key=key, confirmed_at__isnull=False)
    mailboxes = signers.values_list("email_fingerprint", flat=True)[: TOGETHER * 3]
    if len(set(mailboxes)) >= TOGETHER:
        MailDomain.objects.bulk_create([MailDomain(petition_id=petition_id, key=key, name=name)], ignore_conflicts=True)


def names_of(petition_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Return the names of those keys that have one."""
    wanted = set(keys)
    names = dict(MailDomain.objects.filter(petition_id=petition_id, key__in=wanted).values_list("key", "name"))
    unnamed = wanted - names.keys()
    secret = existing_record_key(KEY_OWNER, petition_id) if unnamed else None
    if secret is not None:
        for name in listed_domains():
            key = named_domain_fingerprint(secret, name)
            if key in unnamed:
                names[key] = name
    return names


def may_be_named(petition_id: int, domain: str) -> bool:
    """Return whether staff may ask about a registered domain: else whoever owns one would be told to have signed."""
    return is_listed(domain) or MailDomain.objects.filter(petition_id=petition_id, name=domain).exists()


def key_of(petition_id: int, domain: str) -> str:
    """Return what a domain that somebody typed is known by under the petition; blank where nobody can be recognised."""
    secret = existing_record_key(KEY_OWNER, petition_id)
    return named_domain_fingerprint(secret, domain) if secret is not None else ""
