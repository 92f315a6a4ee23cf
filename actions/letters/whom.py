"""To whom a letter goes at this moment: the MP, or who stands in for them; others; and who is left out by a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from actions.letters.attributes import STAND_IN, Person, attributes_of
from actions.letters.models import LetterCampaign, LetterExclusion, LetterTarget
from actions.letters.switches import current_switches
from actions.representatives.dead_addresses import dead_among
from actions.representatives.lookup import current_representative
from actions.representatives.models import Representative, Riding

VACANT, DISSOLVED = "vacant", "dissolved"


@dataclass(frozen=True)
class Meant:
    """One person whom a campaign's letter may go to, and as what."""

    person: Person
    target: LetterTarget

    @property
    def is_copy(self) -> bool:
        return self.target.delivery == LetterTarget.Delivery.COPY

    @property
    def is_stand_in(self) -> bool:
        return self.target.delivery == LetterTarget.Delivery.FALLBACK

    @property
    def is_own_mp(self) -> bool:
        return self.target.kind == LetterTarget.Kind.OWN_MP

    @property
    def key(self) -> str:
        return f"{'mp' if isinstance(self.person, Representative) else 'recipient'}:{self.person.pk}"

    @cached_property
    def attributes(self) -> frozenset[str]:
        found = attributes_of(self.person, self.target.letter_campaign.campaign)
        return found | {STAND_IN} if self.is_stand_in else found


@dataclass(frozen=True)
class Whom:
    """``people`` get a letter: the MP first, copies last, one per inbox. ``left_out`` would, but for a rule.

    ``everybody`` are they and those whom no mail reaches: nothing published, or an address that does not work now.
    ``empty_seat`` says why somebody stands in for the MP: VACANT, DISSOLVED, or blank when nobody does.
    """

    people: list[Meant]
    everybody: list[Meant]
    left_out: list[tuple[Meant, LetterExclusion]]
    empty_seat: str

    @property
    def addressees(self) -> list[Meant]:
        return [meant for meant in self.people if not meant.is_copy]


def whom(letter_campaign: LetterCampaign, riding: Riding | None) -> Whom:
    """Return everybody whom a letter from the riding would go to if it were written now."""
    is_dissolved = current_switches().is_parliament_dissolved
    rules = list(letter_campaign.exclusions.select_related("instead"))
    everybody = list(_meant(letter_campaign, riding, is_dissolved=is_dissolved))
    left_out = []
    for meant in everybody if rules else ():
        rule = next((rule for rule in rules if rule.attribute in meant.attributes), None)
        if rule is not None:
            left_out.append((meant, rule))
    out = {meant.key for meant, _rule in left_out}
    everybody = [meant for meant in everybody if meant.key not in out]
    dead = dead_among(meant.person.email for meant in everybody)
    people = one_per_inbox([meant for meant in everybody if meant.person.email.lower() not in dead])
    empty_seat = (DISSOLVED if is_dissolved else VACANT) if any(meant.is_stand_in for meant in everybody) else ""
    return Whom(people, everybody, left_out, empty_seat)


def still_meant(letter_campaign: LetterCampaign, riding: Riding | None) -> list[Meant]:
    """Return everybody whom a letter that was written already may still go to.

    Rules about who is left out steer the form only. While Parliament is dissolved that is both who sat, so that a
    letter to them can wait for the election, and who stands in meanwhile.
    """
    meant = list(_meant(letter_campaign, riding, is_dissolved=False))
    if current_switches().is_parliament_dissolved:
        meant += _meant(letter_campaign, riding, is_dissolved=True)
    return [one for one in meant if one.person.email]


def one_per_inbox(everybody: list[Meant]) -> list[Meant]:
    """Return those with a published address, the MP first and copies last; two people may share one inbox."""
    by_inbox: dict[str, Meant] = {}
    for meant in sorted(everybody, key=lambda meant: (meant.is_copy, not meant.is_own_mp)):
        if meant.person.email:
            by_inbox.setdefault(meant.person.email.lower(), meant)
    return list(by_inbox.values())


def _meant(letter_campaign: LetterCampaign, riding: Riding | None, *, is_dissolved: bool) -> Iterator[Meant]:
    """Yield who is meant by each line of the campaign; nobody for an empty seat or somebody who left office."""
    targets = list(letter_campaign.targets.select_related("recipient").order_by("sort_order", "pk"))
    member = current_representative(riding) if riding and not is_dissolved else None
    has_stand_ins = (
        riding is not None
        and member is None
        and (not is_dissolved or switches_when_dissolved(letter_campaign))
        and any(is_to_own_mp(target) for target in targets)
    )
    for target in targets:
        target.letter_campaign = letter_campaign
        if target.kind == LetterTarget.Kind.OWN_MP:
            if member is not None:
                yield Meant(member, target)
            continue
        is_needed = has_stand_ins or target.delivery != LetterTarget.Delivery.FALLBACK
        if target.recipient and target.recipient.is_active and is_needed:
            yield Meant(target.recipient, target)


def is_to_own_mp(target: LetterTarget) -> bool:
    return target.kind == LetterTarget.Kind.OWN_MP and target.delivery == LetterTarget.Delivery.TO


def switches_when_dissolved(letter_campaign: LetterCampaign) -> bool:
    return letter_campaign.when_dissolved == LetterCampaign.WhenDissolved.SWITCH


def is_seat_filled_again(letter_campaign: LetterCampaign, *, recipient_id: int, riding: Riding | None) -> bool:
    """Return whether the person is there only to stand in for an MP, and is not needed: somebody sits for the riding.

    What its writer confirmed to a stand-in then waits, so that they may write to the MP they have now.
    """
    lines = set(letter_campaign.targets.filter(recipient_id=recipient_id).values_list("delivery", flat=True))
    if lines != {LetterTarget.Delivery.FALLBACK} or riding is None or current_representative(riding) is None:
        return False
    return not (switches_when_dissolved(letter_campaign) and current_switches().is_parliament_dissolved)
