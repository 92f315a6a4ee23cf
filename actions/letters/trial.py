"""A "[TEST]" letter to a member of staff: the letter as it would arrive, in their own inbox and in nobody else's.

It is an OutboxMessage and never a LetterDelivery, so whatever the switches and targets say, it has no way to an MP: its
one address is the account's own, and an account with an official's address gets none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.letters.attributes import Person, attributes_of
from actions.letters.compose import LetterText, addressee, letter_text
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.letters.suspicions import domain_is_one_of
from actions.letters.texts import merge_values, text_for
from actions.letters.whom import Meant, whom
from actions.outbox.messages import MailContent, checked_address
from actions.outbox.models import OutboxMessage
from actions.outbox.services import enqueue
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.privacy.access import record_access
from actions.privacy.addresses import untagged
from actions.privacy.retention import blank
from actions.representatives.lookup import current_representative
from actions.representatives.models import Recipient, Representative, Riding

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser

KIND = "letter.test"
PREFIX = "[TEST]"
ONE_EVERY = timedelta(hours=1)
TEXT_KEPT_FOR = timedelta(hours=22)  # forgotten by an hourly job, so gone after a day at most
# Part of the letter, so in its language.
SAMPLE = {
    "en": ("(Here stand the writer’s own words.)", "1 Example Street"),
    "fr": ("(Ici figurent les mots de la personne qui écrit.)", "1, rue de l’Exemple"),
}
SAMPLE_POSTAL_CODE = "K1A0A6"


class NoTrial(Exception):
    """No test letter was sent; the message says why, to the member of staff."""


@dataclass(frozen=True)
class Trial:
    """What is tried: a text as frozen content in ``en`` or ``fr``, from a riding or to somebody with an attribute."""

    letter_campaign: LetterCampaign
    content: dict[str, Any]
    language: str
    riding: Riding | None = None
    attribute: str = ""


def content_of(wording: LetterWording, *, is_draft: bool) -> dict[str, Any]:
    """Return the text as it is published, or as it was saved last."""
    return (wording.get_latest_revision_as_object() if is_draft else wording).frozen_content()


def send_trial(trial: Trial, *, user: AbstractUser, now: datetime | None = None) -> str:
    """Queue one test letter to the user's own address and return the address. Raises NoTrial."""
    now = now or timezone.now()
    refusal = why_not(user)
    if refusal:
        raise NoTrial(refusal)
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update().get(pk=user.pk)  # two clicks at once are one
        if _was_sent_lately(trial.letter_campaign, user, now):
            raise NoTrial(_("You have had a test letter of this campaign within the last hour. Please wait."))
        subject, text = composed(trial, user)
        enqueue(
            kind=KIND,
            dedupe_key=f"{_key(trial.letter_campaign, user)}{now:%Y%m%d%H%M%S%f}",
            to=user.email,
            content=MailContent(subject=f"{PREFIX} {subject}", paragraphs=[], as_it_is=text),
            language=trial.language,
            is_solicited=True,
            about=user.pk,
        )
        subject = f"letter campaign {trial.letter_campaign.pk}"
        record_access(user=user, verb="test letter", subject=subject, reason=trial.language, count=1)
    return user.email


def why_not(user: AbstractUser) -> str:
    """Return why the account can get no test letter, blank when it can."""
    if not user.email:
        return _("Your account has no e-mail address. Add one in your account settings first.")
    try:
        checked_address(user.email)
    except ValueError:
        return _("The e-mail address of your account cannot be written to. Please correct it in your account settings.")
    if is_officials(user.email):
        return _("The address of your account is an official's. A test letter never goes to somebody in office.")
    return ""


def is_officials(address: str) -> bool:
    """Return whether the address is at Parliament or belongs to anybody on record, in office or not."""
    if domain_is_one_of(address, settings.LETTER_DOMAINS):
        return True
    mailbox = untagged(address)
    return any(
        untagged(known) == mailbox
        for model in (Representative, Recipient)
        for known in model._default_manager.exclude(email="").values_list("email", flat=True)
    )


def is_trial_wanted(user_id: int) -> bool:
    """Asked just before a test letter leaves: the account is still there, and its address is still nobody else's."""
    user = get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
    if user is None or why_not(user):
        return False
    rows = OutboxMessage.objects.filter(kind=KIND, state=DispatchState.SENDING, dedupe_key__contains=f":{user_id}:")
    return all(row.payload.get("to") == user.email for row in rows)


def forget_trials(now: datetime) -> None:
    """Delete the text of test letters that have not left within a day; they are then no use to anybody."""
    waiting = (DispatchState.QUEUED, DispatchState.HELD, DispatchState.UNCERTAIN)
    for row in OutboxMessage.objects.filter(kind=KIND, state__in=waiting, created_at__lt=now - TEXT_KEPT_FOR):
        with transaction.atomic():
            ended = OutboxMessage.objects.filter(pk=row.pk, state__in=waiting)
            if ended.update(state=DispatchState.FAILED, held_reason=NOT_WANTED, settled_at=now):
                blank(row)


def composed(trial: Trial, user: AbstractUser) -> tuple[str, str]:
    """Return subject and text of the letter as its first addressee would read it. Raises NoTrial when there is none."""
    meant, riding = _sample(trial)
    member = current_representative(riding) if riding else None
    values = merge_values(trial.letter_campaign.campaign, riding=riding, representative=member, language=trial.language)
    text = text_for({trial.attribute} if trial.attribute else meant.attributes, trial.content)
    own_words, street = SAMPLE[trial.language]
    person = addressee(meant, language=trial.language)
    copies = trial.letter_campaign.targets.filter(delivery=LetterTarget.Delivery.COPY, recipient__is_active=True)
    rendered = letter_text(
        LetterText(
            name=user.get_full_name() or user.get_username(),
            postal_code=SAMPLE_POSTAL_CODE,
            street_address=street if trial.letter_campaign.asks_street_address else "",
            own_words=own_words,
            body=text.filled_body(values),
        ),
        greeting=person.salutation,
        closing_line=person.closing,
        riding_name=riding.localized_name(trial.language) if riding else "",
        language=trial.language,
        copies=[
            addressee(Meant(target.recipient, target), language=trial.language).name
            for target in copies.select_related("recipient")
        ],
    )
    return next(iter(text.subjects(values)), ""), rendered


def _sample(trial: Trial) -> tuple[Meant, Riding | None]:
    """Return to whom the test is addressed in its text, and from which riding."""
    if trial.riding is not None:
        first = next(iter(whom(trial.letter_campaign, trial.riding).addressees), None)
        if first is None:
            raise NoTrial(_("From this riding nobody can be written to in this campaign at the moment."))
        return first, trial.riding
    person = _somebody_with(trial.attribute, trial.letter_campaign)
    if person is None:
        raise NoTrial(_("Nobody on record fits this at the moment. Choose a riding instead."))
    riding = person.riding if isinstance(person, Representative) else Riding.objects.order_by("pk").first()
    target = LetterTarget(letter_campaign=trial.letter_campaign, kind=LetterTarget.Kind.RECIPIENT)
    return Meant(person, target), riding


def _somebody_with(attribute: str, letter_campaign: LetterCampaign) -> Person | None:
    """Return the first person on record who has the attribute; for those who stand in, the campaign's own."""
    own = [target.recipient for target in letter_campaign.targets.filter(delivery=LetterTarget.Delivery.FALLBACK)]
    if attribute.startswith("as:"):
        return next((person for person in own if person and person.is_active), None)
    members = Representative.objects.filter(is_current=True, riding__isnull=False).select_related("riding")
    others = Recipient.objects.filter(is_active=True)
    if attribute.startswith("party:"):
        party = attribute.removeprefix("party:")
        return members.filter(party_name_en=party).first() or others.filter(party_name_en=party).first()
    if attribute.startswith("role:"):
        return others.filter(role=attribute.removeprefix("role:")).first()
    noted = letter_campaign.campaign.bill_positions.filter(stand=attribute.removeprefix("position:"))
    people = (row.person for row in noted.select_related("representative__riding", "recipient"))
    return next((one for one in people if one and attribute in attributes_of(one, letter_campaign.campaign)), None)


def _key(letter_campaign: LetterCampaign, user: AbstractUser) -> str:
    return f"letter-test:{letter_campaign.pk}:{user.pk}:"


def _was_sent_lately(letter_campaign: LetterCampaign, user: AbstractUser, now: datetime) -> bool:
    mine = OutboxMessage.objects.filter(kind=KIND, dedupe_key__startswith=_key(letter_campaign, user))
    return mine.filter(created_at__gt=now - ONE_EVERY).exists()
