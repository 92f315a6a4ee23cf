"""Getting onto the list: by the form and the button in our mail, or by a confirmed action with the box ticked."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from actions.campaigns.models import Campaign
from actions.privacy.access import record_access
from actions.privacy.addresses import CURRENT_RULES
from actions.privacy.fingerprints import email_fingerprint
from actions.privacy.retention import blank
from actions.protection.tokens import spend_token
from actions.representatives import postal_table
from actions.representatives.models import Riding
from actions.representatives.provinces import province_of
from actions.subscribers import emails
from actions.subscribers.leaving import leave_hash, list_key
from actions.subscribers.models import Consent, SignUp, Subscriber
from actions.subscribers.states import ConsentSource, HeldReason, SubscriberState
from actions.subscribers.subscriber_models import PAGE_LENGTH, WORDING_LENGTH
from actions.subscribers.wording import Shown

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

RELEASED_AT_ONCE = 500


@dataclass(frozen=True)
class Place:
    """Where somebody lives, as far as a postal code says it without doubt: a riding, or only the province."""

    riding: Riding | None = None
    province: str = ""


@dataclass(frozen=True)
class Agreement:
    """What somebody agreed to: the words as shown, in which language, where, on which kind of form, for what."""

    wording: str
    language: str
    page: str
    source: ConsentSource
    campaign: Campaign | None = None


def place_of(postal_code: str) -> Place:
    """Return what our own table knows of a normalised code; nobody else is asked, and nothing is guessed."""
    numbers = postal_table.ridings_of(postal_code) if postal_code else {}
    ridings = list(Riding.objects.filter(fed_num__in=numbers))
    provinces = {province_of(number) for number in numbers}
    province = provinces.pop() if len(provinces) == 1 else None
    return Place(ridings[0] if len(numbers) == len(ridings) == 1 else None, province or "")


def subscribe(
    *, email: str, name: str, place: Place, shown: Shown, held_reason: str = "", attempt_id: uuid.UUID | None = None
) -> SignUp | None:
    """Store a sign-up and the mail with its link; None when this attempt was accepted before.

    It does not look whether the address is known, so nobody can learn that from the answer or its time. A held one gets
    its mail when a person lets it go on.
    """
    key = list_key()
    with transaction.atomic():
        if not spend_token(attempt_id):
            return None
        sign_up = SignUp.objects.create(
            name=name,
            email=email,
            email_fingerprint=email_fingerprint(key, email),
            language=shown.language,
            riding=place.riding,
            province=place.province,
            wording=shown.wording,
            page=shown.page,
            campaign=Campaign.objects.filter(pk=shown.campaign_id).first() if shown.campaign_id else None,
            held_reason=held_reason,
        )
        if not held_reason:
            _send_link(sign_up)
    return sign_up


def _send_link(sign_up: SignUp) -> bool:
    """Return whether there is a mail: none when the mailbox has too many of them waiting."""
    ends_at = emails.send_confirm_link(sign_up)
    if ends_at is not None:
        sign_up.expires_at = ends_at
        sign_up.save(update_fields=["expires_at"])
    return ends_at is not None


def confirm(*, sign_up_id: int, now: datetime | None = None) -> bool:
    """Carry out the button of the mail; False when there was nothing to do, such as the second time."""
    now = now or timezone.now()
    with transaction.atomic():
        # It is gone when its mailbox's owner has left the list since.
        sign_up = SignUp.objects.select_for_update().select_related(None).filter(pk=sign_up_id).first()
        if sign_up is None or sign_up.confirmed_at is not None or not sign_up.email or sign_up.expires_at < now:
            return False
        _join(
            email=sign_up.email,
            name=sign_up.name,
            language=sign_up.language,
            place=Place(sign_up.riding, sign_up.province),
            agreement=Agreement(
                sign_up.wording, sign_up.language, sign_up.page, ConsentSource.SIGN_UP, sign_up.campaign
            ),
            now=now,
        )
        SignUp.objects.filter(pk=sign_up_id).update(confirmed_at=now)
        blank(sign_up)
    return True


def offer(
    *,
    email: str,
    name: str,
    language: str,
    riding: Riding | None,
    consent_text: str,
    page: str,
    source: str,
    campaign: Campaign | None = None,
    now: datetime | None = None,
) -> Subscriber:
    """Put somebody on the list who ticked "send me updates" and has confirmed their action by our mail.

    Call it in the transaction that confirms, once: the mailbox is proven, so no second mail is sent. ``consent_text``
    are the words beside the box as they were shown, in ``language``; ``page`` the path of the page; ``source`` a
    ConsentSource. Raises ValueError for an empty wording or an unknown source.
    """
    if not consent_text.strip():
        raise ValueError("Nobody consents to nothing.")
    agreement = Agreement(consent_text[:WORDING_LENGTH], language, page[:PAGE_LENGTH], ConsentSource(source), campaign)
    province = riding.province if riding else ""
    with transaction.atomic():
        return _join(
            email=email,
            name=name,
            language=language,
            place=Place(riding, province),
            agreement=agreement,
            now=now or timezone.now(),
        )


def _join(*, email: str, name: str, language: str, place: Place, agreement: Agreement, now: datetime) -> Subscriber:
    """Give the mailbox its one place, or its old one back; what is not said anew stays as it was."""
    key = list_key()
    row_key = uuid.uuid4()
    found, _is_new = Subscriber.objects.get_or_create(
        email_fingerprint=email_fingerprint(key, email),
        defaults={"row_key": row_key, "leave_hash": leave_hash(row_key, key=key), "fingerprint_rules": CURRENT_RULES},
    )
    subscriber: Subscriber = Subscriber.objects.select_for_update().get(pk=found.pk)
    if subscriber.state != SubscriberState.SUBSCRIBED:
        subscriber.subscribed_at = now
    subscriber.state, subscriber.ended_at = SubscriberState.SUBSCRIBED, None
    subscriber.email, subscriber.language = email, language
    subscriber.name = name or subscriber.name
    if place.riding is not None or place.province:
        subscriber.riding, subscriber.province = place.riding, place.province
    subscriber.save()
    Consent.objects.create(
        subscriber=subscriber,
        wording=agreement.wording,
        language=agreement.language,
        page=agreement.page,
        source=agreement.source,
        campaign=agreement.campaign,
        given_at=now,
    )
    return subscriber


def release_held(*, user: AbstractBaseUser | AnonymousUser | None, now: datetime | None = None) -> int:
    """A person lets those go on that were held for their number, oldest first. Returns how many get a mail now.

    Never what filled in the hidden field: programs type other people's addresses. A mailbox that has enough mails
    waiting stays held.
    """
    now = now or timezone.now()
    with transaction.atomic():
        held = SignUp.objects.select_for_update().filter(held_reason=HeldReason.LIMIT, expires_at__gt=now)
        sent = [one.pk for one in held.order_by("created_at", "pk")[:RELEASED_AT_ONCE] if _send_link(one)]
        SignUp.objects.filter(pk__in=sent).update(held_reason="")
        if sent:
            record_access(user=user, verb="release sign-ups", subject="held sign-ups", reason="", count=len(sent))
    return len(sent)


def forget_sign_ups(now: datetime) -> None:
    """Delete sign-ups whose link has ended: of somebody who did not confirm nothing stays, no fingerprint either."""
    SignUp.objects.filter(expires_at__lt=now).delete()
