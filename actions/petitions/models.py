"""The petitions room's models, gathered."""

from actions.petitions.flood_models import InvalidatedSignature, Invalidation, MailDomain
from actions.petitions.house_models import HousePetition
from actions.petitions.petition_models import GoalReached, Petition
from actions.petitions.signature_models import Signature
from actions.petitions.tally_models import DayTally, RidingTally, Tally, TallyDelta
from actions.petitions.wording_models import PetitionWording

__all__ = [
    "DayTally",
    "GoalReached",
    "HousePetition",
    "InvalidatedSignature",
    "Invalidation",
    "MailDomain",
    "Petition",
    "PetitionWording",
    "RidingTally",
    "Signature",
    "Tally",
    "TallyDelta",
]
