"""The letters room's models, gathered."""

from actions.letters.campaign_models import LetterCampaign, LetterDay, LetterTally, LetterTarget
from actions.letters.exclusion_models import LetterExclusion
from actions.letters.hurry_models import Hurry
from actions.letters.letter_models import Letter, LetterDelivery
from actions.letters.wording_models import LetterWording

__all__ = [
    "Hurry",
    "Letter",
    "LetterCampaign",
    "LetterDay",
    "LetterDelivery",
    "LetterExclusion",
    "LetterTally",
    "LetterTarget",
    "LetterWording",
]
