"""Whether a campaign speaks to more than one party: said to editors, never enforced.

The organisation is multi-partisan; letters to one party's people alone look like a party's campaign, or one against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from actions.letters.attributes import INDEPENDENT
from actions.letters.models import LetterCampaign, LetterTarget
from actions.letters.whom import is_to_own_mp, switches_when_dissolved
from actions.listing import listed, side_by_side
from actions.representatives.models import Recipient, Representative

Delivery = LetterTarget.Delivery
NO_PARTY = ("", INDEPENDENT)  # nobody's side: neither one-sided by themselves nor missing
MOST_NAMES = 4


def warnings_about(letter_campaign: LetterCampaign) -> list[str]:
    """Return one sentence for each thing about the campaign's recipients that editors should know."""
    targets = list(LetterTarget.objects.filter(letter_campaign=letter_campaign).select_related("recipient"))
    return [*_one_sided(targets), *_useless_stand_ins(letter_campaign, targets)]


def _one_sided(targets: list[LetterTarget]) -> Iterator[str]:
    words = {
        Delivery.TO: _("All persons named as addressees belong to one party: %(party)s."),
        Delivery.COPY: _("All copies go to one party: %(party)s."),
        Delivery.FALLBACK: _("All who stand in for an MP belong to one party: %(party)s."),
    }
    for delivery, sentence in words.items():
        people = [target.recipient for target in targets if target.recipient and target.delivery == delivery]
        parties = {person.party_name_en for person in people}
        if len(parties) == 1 and not parties & set(NO_PARTY):
            (party,) = parties
            yield side_by_side(sentence % {"party": party}, _whom_to_add(party))


def _whom_to_add(party: str) -> str:
    """Name people of other parties who are on record, one each, else the parties that nobody on record belongs to."""
    others: dict[str, str] = {}
    recipients = Recipient.objects.filter(is_active=True).exclude(party_name_en__in=(party, *NO_PARTY))
    for person in recipients.exclude(email="").order_by("name"):
        others.setdefault(person.party_name_en, f"{person.name} ({person.party_name_en})")
    if others:
        return _("To speak to all parties, add for example: %(people)s.") % {"people": _listed(others.values())}
    members = Representative.objects.filter(is_current=True).exclude(party_name_en__in=(party, *NO_PARTY))
    missing = sorted(set(members.values_list("party_name_en", flat=True)))
    if missing:
        sentence = _("Nobody of another party is kept under “Other recipients” yet; in the House sit: %(parties)s.")
        return sentence % {"parties": _listed(missing)}
    return _("Add somebody of another party.")


def _listed(names: object) -> str:
    return listed(list(names)[:MOST_NAMES])  # type: ignore[call-overload]


def _useless_stand_ins(letter_campaign: LetterCampaign, targets: list[LetterTarget]) -> Iterator[str]:
    stand_ins = [target for target in targets if target.delivery == Delivery.FALLBACK]
    if stand_ins and not any(is_to_own_mp(target) for target in targets):
        yield _("Those who stand in are never written to: the letters do not go to the writer's own MP.")
    if switches_when_dissolved(letter_campaign) and not stand_ins:
        yield _("While Parliament is dissolved nobody stands in for the MP: add persons who do.")
