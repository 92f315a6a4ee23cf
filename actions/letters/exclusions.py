"""What a writer sees whose MP gets no letter: why, in the campaign's own words, and the way on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.rich_text import RichText

from actions.letters.asks import Ask
from actions.letters.attributes import SUPPORTS
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterExclusion
from actions.letters.texts import MESSAGE
from actions.letters.whom import Meant, Whom


@dataclass(frozen=True)
class Exclusion:
    """The rule that leaves out ``meant``; ``instead`` is another campaign in which a letter can be written now."""

    meant: Meant
    message: str | RichText
    instead: Ask | None


def exclusion_for(ask: Ask, whom: Whom) -> Exclusion | None:
    """Return what leaves out the writer's own MP or, where nobody remains to be written to, the first of them all."""
    own = [(meant, rule) for meant, rule in whom.left_out if meant.is_own_mp and not meant.is_copy]
    chosen = own or ([] if whom.addressees else whom.left_out)
    if not chosen:
        return None
    meant, rule = chosen[0]
    return Exclusion(meant, message_of(ask, meant, rule), _instead(ask, rule))


def message_of(ask: Ask, meant: Meant, rule: LetterExclusion) -> Any:
    """Return the editors' message in the visitor's language, else a plain sentence."""
    for block in ask.wording.variants if ask.wording else ():
        if block.block_type == MESSAGE and block.value["attribute"] == rule.attribute:
            return block.value["text"]
    if rule.attribute == SUPPORTS and meant.is_own_mp:
        return _("Your MP already supports the bill. No letter is needed.")
    return _("In this campaign no letter to %(name)s is needed.") % {"name": meant.person.name}


def _instead(ask: Ask, rule: LetterExclusion) -> Ask | None:
    other = Ask(rule.instead, ask.language) if rule.instead else None
    return other if other is not None and other.availability == Availability.OPEN else None
