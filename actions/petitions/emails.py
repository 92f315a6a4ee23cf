"""The mails of the petitions room, written in the signer's language. The subject names no cause: others may see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.outbox.messages import MailContent
from actions.outbox.models import OutboxMessage
from actions.outbox.services import enqueue
from actions.petitions.models import Signature
from actions.petitions.signature_models import UNCONFIRMED_FOR

CONFIRM_PURPOSE = "petition"
CONFIRM_KIND = "petition.confirm"
REMINDER_KIND = "petition.reminder"
AGAIN_KIND = "petition.again"
CONFIRM_DAYS = UNCONFIRMED_FOR.days
# The same link takes the signature back later, without an account; nothing is left to take back after that.
LINK_LIFETIME = timedelta(days=730)


def _reason(signature: Signature) -> str:
    """Who asked for updates is not told that the address serves nothing else."""
    if signature.wants_updates:
        return _("You get this mail because this address was typed into a form on our site.")
    return _(
        "You get this mail because this address was typed into a form on our site. "
        "It will not be used for anything else."
    )


def _new_token(signature: Signature) -> str:
    """Return a new token for the signature: its link confirms it, shows it and takes it back."""
    return confirmations.issue(purpose=CONFIRM_PURPOSE, object_id=signature.pk, lifetime=LINK_LIFETIME)


def _enqueue(
    signature: Signature, *, kind: str, key: str, to: str, content: MailContent, language: str, token: str
) -> OutboxMessage | None:
    """Ask for the mail within the mail cap; where it allows none, its link is forgotten."""
    mail = enqueue(
        kind=kind,
        dedupe_key=key,
        to=to,
        content=content,
        language=language,
        is_solicited=False,
        about=signature.pk,
    )
    if mail is None:
        confirmations.revoke(token)
    return mail


def _title(signature: Signature) -> str:
    return str(signature.wording_version.content.get("title", ""))


def _not_you() -> str:
    return _("It was not you? Then do nothing: without your confirmation nothing is counted.")


def send_confirm_link(signature: Signature, *, name: str, email: str) -> datetime | None:
    """Ask the signer to confirm and return when the signature expires (UTC): seven days after the mail may leave.

    None where the mail cap allows no mail.
    """
    token = _new_token(signature)
    with translation.override(signature.language):
        content = MailContent(
            subject=_("Please confirm: your signature is waiting"),
            paragraphs=[
                _("Hello %(name)s,") % {"name": name},
                _("You signed “%(title)s” on our site. Your signature does not count yet.")
                % {"title": _title(signature)},
                _("Open the link and press the button. Only then is it counted."),
            ],
            button=(_("Confirm my signature"), confirmations.link(token, language=signature.language)),
            closing=[
                _("You have %(days)d days. After that the signature is deleted.") % {"days": CONFIRM_DAYS},
                _("Keep this mail: with the same link you can hide your name or remove your signature later."),
                _not_you(),
            ],
            reason=_reason(signature),
        )
    mail = _enqueue(
        signature,
        kind=CONFIRM_KIND,
        key=_key("confirm", signature),
        to=email,
        content=content,
        language=signature.language,
        token=token,
    )
    return mail.next_attempt_at + UNCONFIRMED_FOR if mail else None


def send_already_signed(signature: Signature, *, email: str, language: str) -> None:
    """Tell the owner of a mailbox that has signed that somebody signed with it again; the page tells nobody."""
    token = _new_token(signature)
    with translation.override(language):
        content = MailContent(
            subject=_("You have signed already"),
            paragraphs=[
                _("Hello,"),
                _("This address was used again to sign “%(title)s” on our site.") % {"title": _title(signature)},
                _("Your signature is counted, once. There is nothing to do."),
            ],
            button=(_("See or remove my signature"), confirmations.link(token, language=language)),
            closing=[_("It was not you? Then somebody typed your address. They have learned nothing about you.")],
            reason=_reason(signature),
        )
    _enqueue(
        signature,
        kind=AGAIN_KIND,
        key=_key("again", signature),
        to=email,
        content=content,
        language=language,
        token=token,
    )


def send_reminder(signature: Signature) -> None:
    """Remind the signer, once, that the signature still waits."""
    token = _new_token(signature)
    with translation.override(signature.language):
        content = MailContent(
            subject=_("Your signature is still waiting"),
            paragraphs=[
                _("Hello %(name)s,") % {"name": signature.name},
                _("Two days ago you signed “%(title)s” on our site. It does not count until you confirm it.")
                % {"title": _title(signature)},
            ],
            button=(_("Confirm my signature"), confirmations.link(token, language=signature.language)),
            closing=[_("This is our only reminder. If you do nothing, the signature is deleted."), _not_you()],
            reason=_reason(signature),
        )
    _enqueue(
        signature,
        kind=REMINDER_KIND,
        key=f"petition-reminder:{signature.pk}",
        to=signature.email,
        content=content,
        language=signature.language,
        token=token,
    )


def _key(kind: str, signature: Signature) -> str:
    """Each time the form is sent there is a mail of its own, as far as the mail cap allows."""
    return f"petition-{kind}:{signature.pk}:{signature.signed_at.timestamp():.6f}"
