"""What a writer added or changed, told apart from the texts that the letter campaign offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from actions.letters.compose import Addressee
from actions.letters.merge_fields import FIELD
from actions.letters.models import LetterCampaign
from actions.letters.sketches import pieces, squeezed
from actions.representatives.models import Riding
from actions.wordings.models import WordingVersion

LONGEST_FIELD = 120  # letters, of what stands in for {riding} and the like
FEWEST_FIXED = 20  # letters: a line of little but fields could be anybody's


def own_pieces(text: str, *, offered: Iterable[str], known: Iterable[str]) -> set[str]:
    """Return the pieces of ``text`` that are in no offered text; ``known`` is what the fields are filled in with.

    Lines that were left as they are go first, whatever was filled in; of the others only what is new counts, so that a
    word that was changed in a paragraph is one word and not a paragraph.
    """
    lines = [_fixed_parts(line) for offer in offered for line in offer.splitlines() if line.strip()]
    as_they_are = {"".join(parts) for parts in lines} | {""}
    with_fields = [parts for parts in lines if len(parts) > 1 and sum(map(len, parts)) >= FEWEST_FIXED]
    typed = {squeezed(line) for line in text.splitlines()} - as_they_are
    own = [line for line in typed if not any(_is_filled_in(line, parts) for parts in with_fields)]
    if not own:
        return set()
    ours = set().union(*(pieces(part) for parts in lines for part in parts), *(pieces(squeezed(one)) for one in known))
    return set().union(*map(pieces, own)) - ours


def _fixed_parts(line: str) -> tuple[str, ...]:
    """Return what stands between the fields; one part for a line without any."""
    return tuple(squeezed(part) for part in FIELD.split(line)[::2])


def _is_filled_in(line: str, parts: tuple[str, ...]) -> bool:
    """Return whether the line is the offered one with anything of at most LONGEST_FIELD letters in its fields.

    No regular expression: with several wildcards one can be made to search for ever.
    """
    if not (line.startswith(parts[0]) and line.endswith(parts[-1])):
        return False
    at, end = len(parts[0]), len(line) - len(parts[-1])
    for part in parts[1:-1]:
        found = line.find(part, at, min(end, at + LONGEST_FIELD + len(part)))
        if found < 0:
            return False
        at = found + len(part)
    return 0 <= end - at <= LONGEST_FIELD


def offered_texts(letter_campaign: LetterCampaign, version: WordingVersion) -> list[str]:
    """Return all that people may have taken over: the frozen texts they had, and today's in every language."""
    texts = list(_texts_in(version.content))
    for wording in letter_campaign.wordings.all():
        texts += [*_texts_in(wording.frozen_content()), wording.talking_points, wording.phone_script]
    return texts


def _texts_in(content: Any) -> Iterator[str]:
    """Yield every text of a wording's content, those for some recipients too."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, (dict, list)):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _texts_in(value)


def filled_in_with(letter_campaign: LetterCampaign, riding: Riding | None, people: Iterable[Addressee]) -> list[str]:
    bill = letter_campaign.campaign
    values = [bill.bill_number, bill.bill_title_en, bill.bill_title_fr, bill.bill_title_zh]
    values += [value for person in people for value in (person.name, person.salutation)]
    if riding is not None:
        values += [riding.name_en, riding.name_fr, riding.name_zh, str(riding.get_province_display())]
    return values
