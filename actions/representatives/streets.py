"""Which of several ridings an address lies in, when the register says so beyond doubt; else the person chooses.

``PostalStreets.streets`` is a list of ``[name, type, direction, ranges]`` in the words of ``street_names``, with ranges
as ``street_ranges`` makes them. A street without ranges is one that towns in different ridings share. What is typed
here is looked at and forgotten: it is neither stored nor logged.
"""

from __future__ import annotations

from typing import Any

from actions.representatives import postal_table
from actions.representatives.records import PostalStreets
from actions.representatives.street_names import TypedAddress, read_address, ways_to_write
from actions.representatives.street_ranges import riding_at


def has_streets(code: str) -> bool:
    """Whether an address can settle the riding of this normalised code."""
    return PostalStreets.objects.filter(table_id=postal_table.current_set(), code=code).exists()


def settle(code: str, typed_address: str) -> int | None:
    """The federal number of the riding of an address in a normalised code; None when there is any doubt.

    All streets that may be meant must give the same riding. The number before a hyphen is a unit, as Canada Post wants
    it; but when it is the larger one and a house of another riding on the same street, nothing is settled.
    """
    address = read_address(typed_address)
    if address is None:
        return None
    streets = PostalStreets.objects.filter(table_id=postal_table.current_set(), code=code)
    meant = [street for street in streets.values_list("streets", flat=True).first() or [] if _may_be(street, address)]
    ridings = {riding_at(street[3], address.number) for street in meant}
    if len(ridings) != 1:
        return None
    (fed_num,) = ridings
    if address.other_number is not None:
        others = {riding_at(street[3], address.other_number) for street in meant}
        if others - {fed_num, None}:
            return None
    return fed_num if fed_num in postal_table.ridings_of(code) else None


def _may_be(street: list[Any], address: TypedAddress) -> bool:
    name, kind, direction, _ranges = street
    return not ways_to_write(name, kind, direction).isdisjoint(address.streets)
