"""Signing, confirming, withdrawing, releasing. Each function is one transaction and says what happened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from actions.petitions import emails
from actions.petitions.domain_names import note_name
from actions.petitions.holding import doubt_about_confirmation, doubt_about_form
from actions.petitions.models import Petition, Signature
from actions.petitions.petition_models import KEY_OWNER
from actions.petitions.places import place_of
from actions.petitions.recent import forget_recent
from actions.petitions.signature_models import FINGERPRINTS
from actions.petitions.slots import blocking, holders, take_slot
from actions.petitions.states import CommentState, Place, SignatureState
from actions.petitions.tally import count
from actions.privacy.addresses import CURRENT_RULES
from actions.privacy.fingerprints import (
    domain_fingerprint,
    email_fingerprint,
    loose_mailbox_fingerprint,
    name_fingerprint,
    postal_fingerprint,
    text_fingerprint,
)
from actions.privacy.record_keys import record_key_for
from actions.privacy.retention import blank
from actions.protection.tokens import spend_token
from actions.subscribers.services import offer
from actions.subscribers.states import ConsentSource
from actions.wordings.models import WordingVersion

UNCONFIRMED = (SignatureState.PENDING, SignatureState.HELD)
# The button looks the same for one that staff have invalidated, so that it tells a program nothing.
PRESSABLE = (*UNCONFIRMED, SignatureState.INVALIDATED)


@dataclass(frozen=True)
class Submission:
    """A valid form. ``postal_code`` is normalised, blank for who lives abroad; ``held_reason`` blank without doubt.

    ``consent_text`` are the words beside the box for updates as they were shown, ``consent_page`` the page's path.
    ``address_key`` is what the address range is known by today (protection/limits.py).
    """

    name: str
    email: str
    postal_code: str
    language: str
    comment: str = ""
    wants_updates: bool = False
    consent_text: str = ""
    consent_page: str = ""
    show_name: bool = False
    held_reason: str = ""
    attempt_id: uuid.UUID | None = None
    address_key: str = ""


def sign(*, petition: Petition, wording_version: WordingVersion, submission: Submission) -> Signature | None:
    """Store the signature and the mail with its link; None when this attempt was accepted before.

    The same form while it still waits is the same signature; a mailbox that has its places already keeps them, and its
    owner is told by mail. Whatever it is, one row is written and one mail asked for, so that time tells nothing.
    """
    signature = _unsaved(petition, wording_version, submission)
    signature.held_reason = submission.held_reason or doubt_about_form(signature)
    signature.state = SignatureState.HELD if signature.held_reason else SignatureState.PENDING
    with transaction.atomic():
        if not spend_token(submission.attempt_id):
            return None
        holder = blocking(signature, list(holders(signature)))
        waiting = Signature.objects.filter(pending_key=signature.pending_key).first()
        if holder is not None:
            return _sent_again(holder, signature)
        stored = waiting or _stored(signature)
        _mark_as_sent_again(stored, signature.signed_at)
        ends_at = emails.send_confirm_link(stored, name=submission.name, email=submission.email)
        # A form that brings no mail keeps nobody's address for longer, and a mail that leaves at once changes nothing.
        if ends_at is not None and ends_at - stored.expires_at > timedelta(minutes=1):
            stored.expires_at = ends_at
            Signature.objects.filter(pk=stored.pk).update(expires_at=ends_at)
        return stored


def _sent_again(holder: Signature, signature: Signature) -> Signature:
    """Tell the owner of a mailbox that has signed; nothing of what was typed this time is stored."""
    _mark_as_sent_again(holder, signature.signed_at)
    emails.send_already_signed(holder, email=signature.email, language=signature.language)
    return holder


def _mark_as_sent_again(signature: Signature, at: datetime) -> None:
    """Note when the form was last sent. The row is always locked before the mail cap's, so that nobody deadlocks."""
    if signature.signed_at != at:
        Signature.objects.filter(pk=signature.pk).update(signed_at=at)
        signature.signed_at = at


def _unsaved(petition: Petition, version: WordingVersion, submission: Submission) -> Signature:
    key = record_key_for(owner_kind=KEY_OWNER, owner_id=petition.pk)
    placed = place_of(submission.postal_code)
    return Signature(
        petition=petition,
        wording_version=version,
        language=submission.language,
        name=submission.name,
        email=submission.email,
        postal_code=submission.postal_code,
        comment=submission.comment,
        comment_state=CommentState.HIDDEN if submission.comment else CommentState.NONE,
        place=placed.place,
        riding=placed.riding,
        wants_updates=submission.wants_updates,
        consent_text=submission.consent_text if submission.wants_updates else "",
        consent_page=submission.consent_page if submission.wants_updates else "",
        show_name=submission.show_name,
        email_fingerprint=email_fingerprint(key, submission.email),
        name_fingerprint=name_fingerprint(key, submission.name),
        postal_fingerprint=postal_fingerprint(key, submission.postal_code) if submission.postal_code else "",
        mail_domain_key=domain_fingerprint(key, submission.email),
        mailbox_key=loose_mailbox_fingerprint(key, submission.email),
        address_key=submission.address_key or None,
        rules_version=CURRENT_RULES,
        pending_key=text_fingerprint(key, _all_of(submission, version)),
        signed_at=timezone.now(),
    )


def _all_of(submission: Submission, version: WordingVersion) -> str:
    """The text and all that was typed and ticked: another wish is another signature; nobody changes a stranger's."""
    typed = (submission.name, submission.email, submission.postal_code, submission.comment, submission.language)
    return "\x00".join([*typed, str(version.pk), str(submission.wants_updates), str(submission.show_name)])


def _stored(signature: Signature) -> Signature:
    """Insert the signature, or return the same form that somebody sent at this very moment.

    Should that one be confirmed just now, its key is free again and the second attempt inserts.
    """
    for _attempt in range(2):
        try:
            with transaction.atomic():
                signature.save(force_insert=True)
            return signature
        except IntegrityError as error:
            same = Signature.objects.filter(pending_key=signature.pending_key).first()
            if same is not None:
                return same
            trouble = error
    raise trouble


def locked(signature_id: int) -> Signature:
    """Lock the row alone: many signers of one petition must not wait for each other."""
    rows = Signature.objects.select_for_update(of=("self",)).select_related("petition")
    return rows.get(pk=signature_id)


def confirm(*, signature_id: int, now: datetime | None = None) -> SignatureState:
    """Carry out the signer's confirmation and return the state it led to; doing it again changes nothing."""
    now = now or timezone.now()
    with transaction.atomic():
        signature = locked(signature_id)
        if signature.confirmed_at is None and signature.state in PRESSABLE:
            if not can_confirm(signature, now):
                _end(signature, SignatureState.EXPIRED, now)
            else:
                _take_in(signature, now)
        return SignatureState(signature.state)


def _take_in(signature: Signature, now: datetime) -> None:
    """Let it count, or hold it: forms may have been stored up, so what speaks against it is asked only now."""
    email = signature.email
    # Whom a person let pass is not held again; what had spoken against the form stays to be read.
    doubt = "" if signature.is_cleared else signature.held_reason or doubt_about_confirmation(signature, now=now)
    if signature.state == SignatureState.PENDING and not doubt:
        count_in(signature, now)
    else:  # noted, for the person who decides
        signature.held_reason = signature.held_reason or doubt
        if signature.state == SignatureState.PENDING:
            signature.state = SignatureState.HELD
        signature.confirmed_at, signature.pending_key = now, None
        signature.save(update_fields=["state", "held_reason", "confirmed_at", "pending_key"])
    note_name(petition_id=signature.petition_id, key=signature.mail_domain_key, email=email)


def can_confirm(signature: Signature, now: datetime) -> bool:
    """Return whether the signer's button still counts at ``now`` (UTC)."""
    return now < signature.expires_at and signature.petition.counts_confirmations(now)


def count_in(signature: Signature, now: datetime) -> None:
    """Let the signature count if its mailbox has a place left, and keep of its signer only what is needed."""
    signature.confirmed_at, signature.pending_key = signature.confirmed_at or now, None
    if not take_slot(signature):
        _end(signature, SignatureState.REPEATED, now)
        return
    signature.state, signature.ended_at = SignatureState.CONFIRMED, None
    if not signature.contact:
        if signature.wants_updates and signature.consent_text:
            _put_on_the_list(signature, now)
        put_away(signature)
    signature.save()
    count(signature, 1)
    if signature.is_shown:
        forget_recent(signature.petition_id)


def _put_on_the_list(signature: Signature, now: datetime) -> None:
    """The mailbox is proven and the box was ticked: updates go to the list of subscribers, never to signatures."""
    offer(
        email=signature.email,
        name=signature.name,
        language=signature.language,
        riding=signature.riding,
        consent_text=signature.consent_text,
        page=signature.consent_page,
        source=ConsentSource.PETITION,
        campaign=signature.petition.campaign,
        now=now,
    )


def put_away(signature: Signature) -> None:
    """Put name, address and postal code where only the organisation opens them, save for a name that is to be shown."""
    signature.contact = "\n".join((signature.name, signature.email, signature.postal_code))
    signature.email = ""
    if not signature.show_name:
        signature.name = ""
    if signature.place != Place.WAITING:
        signature.postal_code = ""


def withdraw(*, signature_id: int, now: datetime | None = None) -> SignatureState:
    """Take the signature back: it does not count any more, and everything personal is deleted at once.

    Behind the link of one that was repeated it is the mailbox's signature of the same name that goes, whether it counts
    or staff have invalidated it. What staff decided stays on the row: by itself it says nothing about anybody.
    """
    now = now or timezone.now()
    with transaction.atomic():
        signature = locked(signature_id)
        if signature.state == SignatureState.REPEATED:
            for other in _of_the_same_person(signature):
                withdraw(signature_id=other.pk, now=now)
        if signature.state == SignatureState.INVALIDATED:
            signature.invalidated_at = signature.ended_at
        if signature.state not in (SignatureState.EXPIRED, SignatureState.WITHDRAWN):
            _take_out(signature, SignatureState.WITHDRAWN, now)
        blank(signature)
        Signature.objects.filter(pk=signature.pk).update(**dict.fromkeys(FINGERPRINTS, ""))
        return SignatureState(signature.state)


def _of_the_same_person(signature: Signature) -> QuerySet[Signature]:
    """Return the signatures that a repeated one stands for: those that count, and those that staff have invalidated."""
    rows = Signature.objects.filter(
        petition_id=signature.petition_id,
        email_fingerprint=signature.email_fingerprint,
        name_fingerprint=signature.name_fingerprint,
    )
    return rows.filter(Q(slot__isnull=False) | Q(state=SignatureState.INVALIDATED)).exclude(pk=signature.pk)


def erase(signature: Signature) -> None:
    """Forget the signer: as a withdrawal, and whatever an ended signature still holds."""
    withdraw(signature_id=signature.pk)


def release(*, signature_id: int, now: datetime | None = None) -> SignatureState:
    """A person looked at a held or invalidated signature and lets it count, if its signer has confirmed it.

    Also after the end of the petition, until nothing is held about its signers any more.
    """
    now = now or timezone.now()
    with transaction.atomic():
        signature = locked(signature_id)
        may_decide = not signature.petition.is_forgotten(now)
        if may_decide and signature.state in (SignatureState.HELD, SignatureState.INVALIDATED):
            signature.is_cleared = True
            if signature.confirmed_at is not None:
                count_in(signature, now)
            else:
                signature.state, signature.ended_at = SignatureState.PENDING, None
                signature.save(update_fields=["state", "ended_at", "is_cleared"])
        return SignatureState(signature.state)


def invalidate(*, signature_id: int, now: datetime | None = None) -> SignatureState:
    """A person decides that a signature is none: it does not count. Its row stays, so that it can be released again."""
    now = now or timezone.now()
    with transaction.atomic():
        signature = locked(signature_id)
        may_decide = not signature.petition.is_forgotten(now)
        if may_decide and signature.state in (SignatureState.PENDING, SignatureState.HELD, SignatureState.CONFIRMED):
            _take_out(signature, SignatureState.INVALIDATED, now)
        return SignatureState(signature.state)


def _take_out(signature: Signature, state: SignatureState, now: datetime) -> None:
    if signature.state == SignatureState.CONFIRMED:
        # A number that was handed over stands, whoever leaves later; one that a person finds to be wrong does not.
        if state == SignatureState.INVALIDATED or not signature.petition.is_frozen(now):
            count(signature, -1)
        if signature.is_shown:
            forget_recent(signature.petition_id)
    _end(signature, state, now)


def _end(signature: Signature, state: SignatureState, now: datetime) -> None:
    signature.state, signature.slot, signature.pending_key, signature.ended_at = state, None, None, now
    columns = ["state", "slot", "pending_key", "ended_at", "invalidated_at", "confirmed_at", "is_cleared"]
    signature.save(update_fields=columns)


def expire_unconfirmed(now: datetime) -> None:
    """End what nobody confirmed in time, held and invalidated ones too; retention then deletes what they hold."""
    endable = (*UNCONFIRMED, SignatureState.INVALIDATED)
    waiting = Signature.objects.filter(state__in=endable, confirmed_at=None, expires_at__lt=now)
    waiting.update(state=SignatureState.EXPIRED, ended_at=now, pending_key=None)
