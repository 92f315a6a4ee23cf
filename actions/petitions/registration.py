"""What the petitions room offers to the others."""

from datetime import timedelta
from typing import Any

from wagtail.permissions import register_permission_policy

from actions import registry
from actions.petitions import readiness
from actions.petitions.confirming import SignatureConfirmation
from actions.petitions.emails import AGAIN_KIND, CONFIRM_KIND, REMINDER_KIND
from actions.petitions.ending import destroy_keys_of_forgotten_petitions
from actions.petitions.exporting import SignaturesExport
from actions.petitions.finding import signatures_of
from actions.petitions.invalidating import work_on_all
from actions.petitions.models import Petition, PetitionWording, Signature
from actions.petitions.open_actions import open_petitions
from actions.petitions.places import settle_places
from actions.petitions.public_pages import open_petition_pages
from actions.petitions.reminding import is_still_counted, is_still_wanted, remind_unconfirmed
from actions.petitions.services import erase, expire_unconfirmed
from actions.petitions.signature_models import PERSONAL_COLUMNS
from actions.petitions.states import ENDED_STATES, SignatureState
from actions.petitions.tally import add_up_all, check_drift
from actions.privacy.retention import retire
from actions.privacy.sealing import Sealed
from actions.representatives.permissions import KeptPolicy


def _tell(signature: Signature) -> dict[str, str]:
    """What is held about the signer; what is sealed only the organisation can open, on its own machine."""
    return {name: _readable(getattr(signature, name)) for name in PERSONAL_COLUMNS}


def _readable(value: Any) -> str:
    return "(sealed)" if isinstance(value, Sealed) else value or ""


def register() -> None:
    # Signatures refer to their petition for good; editors close it instead of deleting it.
    register_permission_policy(Petition, KeptPolicy(Petition), exact_class=True)
    registry.register_export(SignaturesExport())
    registry.register_confirm_handler(SignatureConfirmation())
    registry.register_acts(
        PetitionWording._meta.label,
        registry.Acts(
            standing=lambda: Signature.objects.exclude(state__in=ENDED_STATES),
            counted=lambda: Signature.objects.filter(state=SignatureState.CONFIRMED),
        ),
    )
    registry.register_wanted(CONFIRM_KIND, is_still_wanted)
    registry.register_wanted(REMINDER_KIND, is_still_wanted)
    registry.register_wanted(AGAIN_KIND, is_still_counted)
    registry.register_readiness(Petition._meta.label, readiness.about_petition)
    registry.register_readiness(PetitionWording._meta.label, readiness.about_text)
    registry.register_open_actions("petitions", open_petitions)
    registry.register_public_pages("petitions", open_petition_pages)
    registry.register_chore(registry.Chore("petitions.tally", add_up_all))
    registry.register_chore(registry.Chore("petitions.invalidate", work_on_all))
    registry.register_job(registry.PeriodicJob("petitions.expire", timedelta(hours=1), expire_unconfirmed))
    registry.register_job(registry.PeriodicJob("petitions.remind", timedelta(minutes=10), remind_unconfirmed))
    registry.register_job(registry.PeriodicJob("petitions.places", timedelta(minutes=1), settle_places))
    registry.register_job(registry.PeriodicJob("petitions.drift", timedelta(days=1), check_drift))
    registry.register_job(
        registry.PeriodicJob("petitions.destroy_keys", timedelta(days=1), destroy_keys_of_forgotten_petitions)
    )
    registry.register_source(
        registry.PersonalDataSource(
            name="petitions",
            model=Signature,
            find=signatures_of,
            tell=_tell,
            erase=erase,
            retire=lambda now: retire(Signature, now),
        )
    )
