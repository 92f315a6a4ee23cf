"""Which riding each location of the register lies in: eight bytes a location, so that a country fits into memory.

The key of a location is 63 bits of its identifier's hash: among the eleven million locations of Canada two share one
with a chance below one in 100,000, and then they count as one location in two ridings, which is refused.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise

_BUCKET_BITS, _PLACE_BITS = 8, 9
_KEY_MASK = (1 << (64 - _PLACE_BITS)) - 1
_PLACE_MASK = (1 << _PLACE_BITS) - 1
# The place of a location for which the register names no riding.
NOWHERE = _PLACE_MASK


class Places:
    """First ``add`` every location, then ``seal``, then ``find``. Places are numbers below 511, or NOWHERE."""

    def __init__(self) -> None:
        self._buckets = [array("Q") for _ in range(1 << _BUCKET_BITS)]
        self._used: list[bytearray] = []

    def __len__(self) -> int:
        return sum(map(len, self._buckets))

    def add(self, location: str, place: int) -> None:
        bucket, key = _address_of(location)
        self._buckets[bucket].append(key << _PLACE_BITS | place)

    def seal(self) -> int:
        """Make it ready for ``find``; returns how many locations were added with two different ridings."""
        contradictions = 0
        for number, bucket in enumerate(self._buckets):
            entries = sorted(set(bucket))
            contradictions += sum(
                entry >> _PLACE_BITS == following >> _PLACE_BITS for entry, following in pairwise(entries)
            )
            self._buckets[number] = array("Q", entries)
        self._used = [bytearray(len(bucket)) for bucket in self._buckets]
        return contradictions

    def find(self, location: str) -> int | None:
        """The place of a location, None when there is no such location."""
        number, key = _address_of(location)
        bucket = self._buckets[number]
        at = bisect_left(bucket, key << _PLACE_BITS)
        if at == len(bucket) or bucket[at] >> _PLACE_BITS != key:
            return None
        self._used[number][at] = 1
        return bucket[at] & _PLACE_MASK

    def without_address(self) -> int:
        """How many locations were never asked for."""
        return len(self) - sum(sum(used) for used in self._used)


def _address_of(location: str) -> tuple[int, int]:
    number = hash(location)
    return number & 0xFF, number >> _BUCKET_BITS & _KEY_MASK
