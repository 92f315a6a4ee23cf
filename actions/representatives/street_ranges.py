"""From the numbers of a street to the ranges of one riding, and from a number to its riding.

Ridings are often divided along the middle of a street, so that the even and the odd side are looked at apart. A range
goes from one known number to another with nothing of another riding between them on that side.
"""

from __future__ import annotations

from collections.abc import Iterable

Range = tuple[int, int, int]


def ranges_of(numbers: Iterable[tuple[int, int]]) -> list[Range]:
    """(number, federal number) as (lowest, highest, federal number); both ends are even, or both are odd.

    A number that stands in two ridings is in no range and ends the range before it.
    """
    ridings: dict[int, set[int]] = {}
    for number, fed_num in numbers:
        ridings.setdefault(number, set()).add(fed_num)
    return [found for parity in (0, 1) for found in _runs(ridings, parity)]


def riding_at(ranges: Iterable[Iterable[int]], number: int) -> int | None:
    """The federal number of the riding whose range holds the number on its side of the street."""
    for low, high, fed_num in ranges:
        if low <= number <= high and low % 2 == number % 2:
            return fed_num
    return None


def _runs(ridings: dict[int, set[int]], parity: int) -> list[Range]:
    runs: list[Range] = []
    is_open = False
    for number in sorted(number for number in ridings if number % 2 == parity):
        if len(ridings[number]) > 1:
            is_open = False
            continue
        (fed_num,) = ridings[number]
        if is_open and runs[-1][2] == fed_num:
            runs[-1] = (runs[-1][0], number, fed_num)
        else:
            runs.append((number, number, fed_num))
        is_open = True
    return runs
