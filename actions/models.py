"""Re-exports the rooms' models so that Django finds them; nothing else lives here."""

from actions.privacy.models import AccessLog, RecordKey  # noqa: F401
from actions.protection.models import DailySalt, LimitWindow, MailAllowance, SpentToken  # noqa: F401
from actions.representatives.models import Recipient, Representative, Riding  # noqa: F401
from actions.representatives.records import ImportRun, PostalCache, PostalRiding, RepresentBudget  # noqa: F401
