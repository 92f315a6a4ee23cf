"""What the letters room offers to the others."""

from collections.abc import Iterator
from datetime import timedelta

from wagtail.permissions import register_permission_policy

from actions import registry
from actions.letters import readiness
from actions.letters.answer_mail import ANSWER_KIND
from actions.letters.answering import AnswerConfirmation
from actions.letters.answers import ask_for_answers, is_still_asked
from actions.letters.campaign_models import KEY_OWNER
from actions.letters.confirming import LetterConfirmation, is_not_taken_back, is_waiting
from actions.letters.delivery import LetterQueue
from actions.letters.dissolution import hold_while_dissolved
from actions.letters.emails import TROUBLE_KIND
from actions.letters.ending import destroy_keys_of_ended_campaigns
from actions.letters.hurrying import refresh_hurries
from actions.letters.letter_models import PERSONAL_COLUMNS
from actions.letters.models import Letter, LetterCampaign, LetterWording
from actions.letters.open_actions import open_letters
from actions.letters.paper import ATTACHMENT, attached_pdf
from actions.letters.public_pages import open_letter_pages
from actions.letters.services import end_stuck_letters, erase, expire_unconfirmed
from actions.letters.states import ENDED_STATES, LetterState
from actions.letters.too_late import hold_too_late
from actions.letters.trial import KIND as TRIAL_KIND
from actions.letters.trial import forget_trials, is_trial_wanted
from actions.letters.waiting_for_address import release_corrected
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.record_keys import live_record_keys
from actions.privacy.retention import retire
from actions.representatives.permissions import KeptPolicy


def _find(email: str) -> Iterator[Letter]:
    """Every letter of the address, under each letter campaign's own key."""
    for owner_id, key in live_record_keys(KEY_OWNER):
        yield from Letter.objects.filter(letter_campaign_id=owner_id, email_fingerprint=email_fingerprint(key, email))


def _tell(letter: Letter) -> dict[str, str]:
    """What is held about the writer; further texts, to other people than the MP, follow the first."""
    told = {name: getattr(letter, name) or "" for name in PERSONAL_COLUMNS if name != "further_texts"}
    texts = [f"{text['subject']}\n\n{text['body']}" for text in letter.further_texts.values()]
    return {**told, "further_texts": "\n\n".join(texts)}


def register() -> None:
    # Letters refer to their campaign for good; editors close it instead of deleting it.
    register_permission_policy(LetterCampaign, KeptPolicy(LetterCampaign), exact_class=True)
    registry.register_confirm_handler(LetterConfirmation())
    registry.register_confirm_handler(AnswerConfirmation())
    registry.register_acts(
        LetterWording._meta.label,
        registry.Acts(
            standing=lambda: Letter.objects.exclude(state__in=ENDED_STATES),
            counted=lambda: Letter.objects.filter(state=LetterState.CONFIRMED),
        ),
    )
    registry.register_wanted("letter.confirm", is_waiting)
    registry.register_wanted(TROUBLE_KIND, is_not_taken_back)
    registry.register_wanted(TRIAL_KIND, is_trial_wanted)
    registry.register_wanted(ANSWER_KIND, is_still_asked)
    registry.register_readiness(LetterCampaign._meta.label, readiness.about_letter_campaign)
    registry.register_readiness(LetterWording._meta.label, readiness.about_text)
    registry.register_open_actions("letters", open_letters)
    registry.register_public_pages("letters", open_letter_pages)
    registry.register_attachment(ATTACHMENT, attached_pdf)
    registry.register_queue(LetterQueue())
    registry.register_job(registry.PeriodicJob("letters.expire", timedelta(hours=1), expire_unconfirmed))
    registry.register_job(registry.PeriodicJob("letters.hurry", timedelta(minutes=1), refresh_hurries))
    registry.register_job(registry.PeriodicJob("letters.too_late", timedelta(minutes=1), hold_too_late))
    registry.register_job(registry.PeriodicJob("letters.ask_answers", timedelta(minutes=10), ask_for_answers))
    registry.register_job(registry.PeriodicJob("letters.end_stuck", timedelta(hours=6), end_stuck_letters))
    registry.register_job(registry.PeriodicJob("letters.addresses", timedelta(minutes=5), release_corrected))
    registry.register_job(
        registry.PeriodicJob("letters.destroy_keys", timedelta(days=1), destroy_keys_of_ended_campaigns)
    )
    registry.register_job(registry.PeriodicJob("letters.hold_dissolved", timedelta(minutes=1), hold_while_dissolved))
    registry.register_job(registry.PeriodicJob("letters.forget_trials", timedelta(hours=1), forget_trials))
    registry.register_source(
        registry.PersonalDataSource(
            name="letters",
            model=Letter,
            find=_find,
            tell=_tell,
            erase=erase,
            retire=lambda now: retire(Letter, now),
        )
    )
