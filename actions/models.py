"""Re-exports the rooms' models so that Django finds them; nothing else lives here."""

from actions.campaigns.models import Campaign  # noqa: F401
from actions.campaigns.positions import BillPosition  # noqa: F401
from actions.confirmations.models import Confirmation  # noqa: F401
from actions.donations.models import (  # noqa: F401
    Appeal,
    AppealWording,
    ComparedMonth,
    Dispute,
    DisputeEntry,
    Donation,
    DonorLinkWish,
    Payment,
    Payout,
    PayoutLine,
    Reconciliation,
    Refund,
    StripeEvent,
)
from actions.events.models import Event, EventSignUp  # noqa: F401
from actions.letters.models import (  # noqa: F401
    Hurry,
    Letter,
    LetterCampaign,
    LetterDay,
    LetterDelivery,
    LetterExclusion,
    LetterTally,
    LetterTarget,
    LetterWording,
)
from actions.outbox.models import JobRun, OutboxMessage, PaceGate, WorkerBeat  # noqa: F401
from actions.pages import ActionIndexPage, ActionPage  # noqa: F401
from actions.petitions.models import (  # noqa: F401
    DayTally,
    GoalReached,
    HousePetition,
    InvalidatedSignature,
    Invalidation,
    MailDomain,
    Petition,
    PetitionWording,
    RidingTally,
    Signature,
    Tally,
    TallyDelta,
)
from actions.privacy.models import AccessLog, RecordKey  # noqa: F401
from actions.protection.models import (  # noqa: F401
    BreakerMinute,
    BreakerNews,
    DailySalt,
    LimitWindow,
    MailAllowance,
    SpentProof,
    SpentToken,
)
from actions.representatives.address_trouble import AddressTrouble  # noqa: F401
from actions.representatives.models import Recipient, Representative, Riding  # noqa: F401
from actions.representatives.records import (  # noqa: F401
    ImportRun,
    PostalCache,
    PostalStreets,
    PostalTable,
    RepresentBudget,
)
from actions.subscribers.models import Consent, SignUp, Subscriber  # noqa: F401
from actions.subscribers.update_models import Update, UpdateDelivery, UpdateRun  # noqa: F401
from actions.wordings.models import WordingVersion  # noqa: F401
