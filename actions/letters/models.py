"""The letters room's models, gathered."""

from actions.letters.campaign_models import (
    LetterCampaign,
    LetterTally,
    LetterTarget,
    LetterWording,
)
from actions.letters.exclusion_models import LetterExclusion
from actions.letters.hurry_models import Hurry
from actions.letters.letter_models import Letter, LetterDelivery

__all__ = [
    "Hurry",
    "Letter",
    "LetterCampaign",
    "LetterDelivery",
    "LetterExclusion",
    "LetterTally",
    "LetterTarget",
    "LetterWording",
]
