"""The postal table in its compact form: two sorted arrays in memory, one compressed blob in the database.

A code is a number below 7,200,000 (see ``code_number``), a riding the place of its number in a list of at most 512;
both together fill one 32-bit key. The national register makes about 0.9 million keys: 7 MiB with the counts of
addresses.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping

RIDING_BITS = 9
MOST_RIDINGS = 1 << RIDING_BITS
_HEADER = struct.Struct("<4sHHI")
_MAGIC, _VERSION = b"APRT", 1
_LARGEST_BYTES = 64 * 1024 * 1024
_FIRST = {letter: number for number, letter in enumerate("ABCEGHJKLMNPRSTVXY")}
_LETTER = {letter: number for number, letter in enumerate("ABCEGHJKLMNPRSTVWXYZ")}
_DIGIT = {digit: number for number, digit in enumerate("0123456789")}


class CorruptTable(Exception):
    """The blob is not what was stored; nothing may be read from it."""


def code_number(code: str) -> int | None:
    """A postal code of six characters, such as ``K1A0A6``, as a number; None for anything else."""
    if len(code) != 6:
        return None
    try:
        area = (_FIRST[code[0]] * 10 + _DIGIT[code[1]]) * 20 + _LETTER[code[2]]
        return ((area * 10 + _DIGIT[code[3]]) * 20 + _LETTER[code[4]]) * 10 + _DIGIT[code[5]]
    except KeyError:
        return None


class CompactTable:
    """Ridings and their number of addresses by postal code. Never changed once made, so threads may share it."""

    __slots__ = ("_addresses", "_fed_nums", "_keys")

    def __init__(self, fed_nums: Iterable[int], counts: Mapping[int, int]) -> None:
        """``counts`` has keys of code number and place in ``fed_nums``, as ``key_of`` makes them."""
        self._fed_nums = list(fed_nums)
        if len(self._fed_nums) > MOST_RIDINGS:
            raise ValueError("too many ridings for the format")
        self._keys = array("I", sorted(counts))
        self._addresses = array("I", (counts[key] for key in self._keys))

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, int, int]]) -> CompactTable:
        """Make it of postal code, federal number and number of addresses; ValueError for what is no code."""
        rows = list(rows)
        fed_nums = sorted({fed_num for _code, fed_num, _addresses in rows})
        counts = {}
        for code, fed_num, addresses in rows:
            number = code_number(code)
            if number is None:
                raise ValueError("not a postal code")
            counts[key_of(number, fed_nums.index(fed_num))] = addresses
        return cls(fed_nums, counts)

    def __len__(self) -> int:
        return len(self._keys)

    def codes(self) -> int:
        """How many different codes it knows."""
        return len({key >> RIDING_BITS for key in self._keys})

    def addresses_by_riding(self) -> dict[int, int]:
        """How many addresses it knows in each riding that has any."""
        found: dict[int, int] = {}
        for key, addresses in zip(self._keys, self._addresses, strict=True):
            fed_num = self._fed_nums[key & (MOST_RIDINGS - 1)]
            found[fed_num] = found.get(fed_num, 0) + addresses
        return found

    def ridings_of(self, code: str) -> dict[int, int]:
        """Federal numbers with the addresses that the code has there; empty when the table does not know the code."""
        number = code_number(code)
        if number is None:
            return {}
        keys, found = self._keys, {}
        at = bisect_left(keys, number << RIDING_BITS)
        end = (number + 1) << RIDING_BITS
        while at < len(keys) and keys[at] < end:
            found[self._fed_nums[keys[at] & (MOST_RIDINGS - 1)]] = self._addresses[at]
            at += 1
        return found

    def to_blob(self) -> tuple[bytes, str]:
        """The compressed content, and the SHA-256 of what is in it."""
        header = _HEADER.pack(_MAGIC, _VERSION, len(self._fed_nums), len(self._keys))
        content = b"".join([header, *map(_little_endian, (array("I", self._fed_nums), self._keys, self._addresses))])
        return zlib.compress(content), hashlib.sha256(content).hexdigest()

    @classmethod
    def from_blob(cls, blob: bytes, sha256: str) -> CompactTable:
        """Raises CorruptTable when the blob is damaged or not the one that the hash was made of."""
        content = _opened(blob)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise CorruptTable("the hash differs")
        if len(content) < _HEADER.size:
            raise CorruptTable("no header")
        magic, version, ridings, rows = _HEADER.unpack_from(content)
        if (magic, version) != (_MAGIC, _VERSION) or len(content) != _HEADER.size + 4 * (ridings + 2 * rows):
            raise CorruptTable("another format")
        table, numbers = cls((), {}), memoryview(content)[_HEADER.size :]
        table._fed_nums = _numbers(numbers[: 4 * ridings]).tolist()
        table._keys = _numbers(numbers[4 * ridings : 4 * (ridings + rows)])
        table._addresses = _numbers(numbers[4 * (ridings + rows) :])
        return table


def key_of(number: int, place: int) -> int:
    """The key of a code's number and a riding's place in the list of federal numbers."""
    return number << RIDING_BITS | place


def _opened(blob: bytes) -> bytes:
    """At most 64 MiB, so that a damaged length cannot fill the memory."""
    opener = zlib.decompressobj()
    try:
        content = opener.decompress(blob, _LARGEST_BYTES)
    except zlib.error as error:
        raise CorruptTable("not compressed data") from error
    if not opener.eof or opener.unused_data:
        raise CorruptTable("cut off or too large")
    return content


def _numbers(little_endian: memoryview) -> array[int]:
    numbers = array("I")
    numbers.frombytes(little_endian)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _little_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()
