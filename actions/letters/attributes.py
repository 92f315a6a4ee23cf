"""What is known about people in office, in one vocabulary: ``kind:value``, such as ``party:Liberal``.

Editors choose from it which text somebody gets and to whom no letter goes. A member of the cabinet has two records, a
seat and an office: whoever shares a published address is one person, with the roles of both.
"""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actions.campaigns.models import Campaign
from actions.campaigns.positions import BillPosition
from actions.representatives.models import Recipient, Representative

Person = Representative | Recipient

ATTRIBUTE_LENGTH = 100
INDEPENDENT = "Independent"  # the House's word, see representatives/parties.py
STAND_IN = "as:stand_in"  # not about the person but about why the letter goes there
SUPPORTS = f"position:{BillPosition.Stand.SUPPORTS.value}"
_SHAPE = re.compile(r"(role|party|position|as):\S.*")
_NO_ROLE = (Recipient.Role.OTHER,)


def attributes_of(person: Person, campaign: Campaign) -> frozenset[str]:
    """Return everything in the vocabulary that fits the person now, for the campaign's bill."""
    offices = offices_of(person)
    found = {f"role:{office.role}" for office in offices if office.role not in _NO_ROLE}
    if person.party_name_en:
        found.add(f"party:{person.party_name_en}")
    noted = position_of(person, campaign)
    if noted is not None:
        found.add(f"position:{noted.stand}")
    return frozenset(found)


def offices_of(person: Person) -> list[Recipient]:
    """Return the offices that the person holds, by their own record or one at the same address."""
    own = [person] if isinstance(person, Recipient) else []
    if not person.email:
        return own
    others = Recipient.objects.filter(is_active=True, email__iexact=person.email)
    return [*own, *(office for office in others if office != person)]


def position_of(person: Person, campaign: Campaign) -> BillPosition | None:
    """Return what is noted about the person and the campaign's bill; their own record goes before one they share."""
    is_own = Q(representative=person) if isinstance(person, Representative) else Q(recipient=person)
    notes = BillPosition.objects.filter(campaign=campaign)
    own = notes.filter(is_own).first()
    if own is not None or not person.email:
        return own
    same_address = Q(recipient__email__iexact=person.email, recipient__is_active=True)
    same_address |= Q(representative__email__iexact=person.email, representative__is_current=True)
    return notes.filter(same_address).order_by("-noted_on", "pk").first()


def is_attribute(text: str) -> bool:
    return len(text) <= ATTRIBUTE_LENGTH and _SHAPE.fullmatch(text) is not None


def attribute_choices() -> list[tuple[Any, Any]]:
    """Return what editors may choose from, in groups; the parties are those of the people on record.

    Each ends the sentence "For everybody who" and says its kind: a closed list shows the choice without its group.
    """
    parties: set[str] = set()
    for model in (Representative, Recipient):
        parties.update(model._default_manager.exclude(party_name_en="").values_list("party_name_en", flat=True))
    roles = [
        (f"role:{role.value}", _("holds the office: %s") % role.label)
        for role in Recipient.Role
        if role not in _NO_ROLE
    ]
    stands = [(f"position:{stand.value}", stand.label) for stand in BillPosition.Stand]
    return [
        (_("Position on the bill"), stands),
        (_("Office"), roles),
        (_("Party"), [(f"party:{name}", _party_label(name)) for name in sorted(parties)]),
        (_("Why the letter goes there"), [(STAND_IN, _("stands in for the MP"))]),
    ]


def _party_label(name: str) -> Any:
    return _("belongs to no party") if name == INDEPENDENT else _("belongs to the party: %s") % name


def attribute_label(attribute: str) -> str:
    """Return how the attribute is called in the list, or the attribute itself when it is no longer there."""
    named = {value: label for _group, options in attribute_choices() for value, label in options}
    return str(named.get(attribute, attribute))
