"""What the subscribers room offers to the others."""

from collections.abc import Iterator
from datetime import timedelta

from wagtail.permissions import register_permission_policy

from actions import registry
from actions.campaigns.models import Campaign
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.retention import blank, retire
from actions.representatives.permissions import KeptPolicy
from actions.subscribers.confirming import SubscribeConfirmation, is_waiting
from actions.subscribers.emails import CONFIRM_KIND
from actions.subscribers.exporting import SubscribersExport
from actions.subscribers.leaving import leave, list_key
from actions.subscribers.models import SignUp, Subscriber
from actions.subscribers.sending import EVERY, make_rows
from actions.subscribers.services import forget_sign_ups
from actions.subscribers.update_models import Update
from actions.subscribers.update_queue import UpdateQueue
from actions.subscribers.update_trial import KIND as TRIAL_KIND
from actions.subscribers.update_trial import is_trial_wanted
from actions.subscribers.views import alternates


def _pages() -> Iterator[registry.PublicPage]:
    yield registry.PublicPage(alternates("subscribe"))


def _find_subscriber(email: str) -> Iterator[Subscriber]:
    yield from Subscriber.objects.filter(email_fingerprint=email_fingerprint(list_key(), email))


def _find_sign_ups(email: str) -> Iterator[SignUp]:
    yield from SignUp.objects.filter(email_fingerprint=email_fingerprint(list_key(), email))


def _tell(row: Subscriber | SignUp) -> dict[str, str]:
    told = {"name": row.name, "email": row.email, "language": row.language, "riding": str(row.riding or "")}
    if isinstance(row, Subscriber):
        given = [f"{one.given_at:%Y-%m-%d %H:%M} UTC {one.page}\n{one.wording}" for one in row.consents.order_by("pk")]
        told.update(state=row.state, consents="\n\n".join(given))
    return told


def _erase_subscriber(row: Subscriber) -> None:
    """As leaving; the fingerprint stays, so that an older list cannot bring them back."""
    leave(subscriber_id=row.pk)
    blank(row)


def register() -> None:
    # What was sent to people stays on record; a draft that is not wanted is used for the next one.
    register_permission_policy(Update, KeptPolicy(Update), exact_class=True)
    # What people agreed to names its campaign and is kept as proof; the database refuses to let one go.
    register_permission_policy(Campaign, KeptPolicy(Campaign), exact_class=True)
    registry.register_export(SubscribersExport())
    registry.register_queue(UpdateQueue())
    registry.register_wanted(TRIAL_KIND, is_trial_wanted)
    registry.register_job(registry.PeriodicJob("subscribers.make_rows", EVERY, make_rows))
    registry.register_confirm_handler(SubscribeConfirmation())
    registry.register_wanted(CONFIRM_KIND, is_waiting)
    registry.register_public_pages("subscribers", _pages)
    registry.register_job(registry.PeriodicJob("subscribers.forget_sign_ups", timedelta(hours=1), forget_sign_ups))
    registry.register_source(
        registry.PersonalDataSource(
            name="subscribers",
            model=Subscriber,
            find=_find_subscriber,
            tell=_tell,
            erase=_erase_subscriber,
            retire=lambda now: retire(Subscriber, now),
        )
    )
    registry.register_source(
        registry.PersonalDataSource(
            name="sign-ups",
            model=SignUp,
            find=_find_sign_ups,
            tell=_tell,
            erase=lambda row: row.delete(),
            retire=lambda now: retire(SignUp, now),
        )
    )
