"""What helps a person to decide about a held letter without reading it: numbers, and how they fit together."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.letters.compose import from_rows
from actions.letters.models import Letter
from actions.letters.states import HeldReason
from actions.letters.suspicions import LOOKED_BACK, domain_is_one_of, letters_alike
from actions.listing import side_by_side
from actions.privacy.errors import UndecryptableError
from actions.representatives.matching import name_key


def evidence_about(letter: Letter) -> str:
    """Return one or two sentences for staff; nothing in them says who wrote or what."""
    about = TOLD.get(letter.held_reason)
    confirmed = _("Its writer has confirmed it.") if letter.confirmed_at else _("Its writer has not confirmed it yet.")
    try:
        told = about(letter) if about else ""
    except UndecryptableError:
        told = _("It cannot be read.")
    return side_by_side(told, confirmed)


def _about_alike(letter: Letter) -> str:
    others = letters_alike(
        letter_campaign_id=letter.letter_campaign_id,
        own_text_sketch=letter.own_text_sketch,
        since=letter.created_at - LOOKED_BACK,
        besides=letter.pk,
    )
    writers = {row.email_fingerprint for row in others}
    homes = {row.postal_fingerprint for row in others}
    alike = ngettext("%(count)d other letter is alike,", "%(count)d other letters are alike,", len(others))
    addresses = ngettext("from %(count)d e-mail address", "from %(count)d e-mail addresses", len(writers))
    codes = ngettext("and %(count)d postal code.", "and %(count)d postal codes.", len(homes))
    counts = ((alike, others), (addresses, writers), (codes, homes))
    return reduce(side_by_side, (text % {"count": len(found)} for text, found in counts))


def _about_address(letter: Letter) -> str:
    if not letter.email:
        return ""
    if domain_is_one_of(letter.email, [settings.SENDER_DOMAIN]):
        return _("The address is at our own mail domain.")
    if domain_is_one_of(letter.email, settings.LETTER_DOMAINS):
        return _("The address is at Parliament; many people work there.")
    return _("It is the address of somebody to whom letters go.")


def _about_name(letter: Letter) -> str:
    if not letter.name:
        return ""
    written_to = {name_key(person.name) for person in from_rows(letter.addressees)}
    if name_key(letter.name) in written_to:
        return _("It bears the name of somebody it is written to.")
    return _("It bears the name of somebody in office to whom it is not written.")


TOLD: dict[str, Callable[[Letter], str]] = {
    HeldReason.NEAR_DUPLICATE: _about_alike,
    HeldReason.SELF_MAIL: _about_address,
    HeldReason.IMPERSONATION: _about_name,
}
