"""The mails of the petitions room, written in the signer's language. The subject names no cause: others may see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from actions.confirmations import services as confirmations
from actions.outbox.messages import MailContent
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


def link_for(signature: Signature) -> str:
    """Return a new link to the signature: it confirms it, shows it and takes it back."""
    token = confirmations.issue(purpose=CONFIRM_PURPOSE, object_id=signature.pk, lifetime=LINK_LIFETIME)
    return confirmations.link(token, language=signature.language)


def _title(signature: Signature) -> str:
    return str(signature.wording_version.content.get("title", ""))


def _not_you() -> str:
    return _("It was not you? Then do nothing: without your confirmation nothing is counted.")


def send_confirm_link(signature: Signature, *, name: str, email: str) -> datetime:
    """Ask the signer to confirm and return when the signature expires (UTC): seven days after the mail may leave."""
    with translation.override(signature.language):
        content = MailContent(
            subject=_("Please confirm: your signature is waiting"),
            paragraphs=[
                _("Hello %(name)s,") % {"name": name},
                _("You signed “%(title)s” on our site. Your signature does not count yet.")
                % {"title": _title(signature)},
                _("Open the link and press the button. Only then is it counted."),
            ],
            button=(_("Confirm my signature"), link_for(signature)),
            closing=[
                _("You have %(days)d days. After that the signature is deleted.") % {"days": CONFIRM_DAYS},
                _("Keep this mail: with the same link you can remove your signature later."),
                _not_you(),
            ],
            reason=_reason(signature),
        )
    mail = enqueue(
        kind=CONFIRM_KIND,
        dedupe_key=_key("confirm", signature),
        to=email,
        content=content,
        language=signature.language,
        is_solicited=False,
        about=signature.pk,
    )
    return (mail.next_attempt_at if mail else timezone.now()) + UNCONFIRMED_FOR


def send_already_signed(signature: Signature, *, email: str, language: str) -> None:
    """Tell the owner of a mailbox that has signed that somebody signed with it again; the page tells nobody."""
    with translation.override(language):
        content = MailContent(
            subject=_("You have signed already"),
            paragraphs=[
                _("Hello,"),
                _("This address was used again to sign “%(title)s” on our site.") % {"title": _title(signature)},
                _("Your signature is counted, once. There is nothing to do."),
            ],
            button=(_("See or remove my signature"), link_for(signature)),
            closing=[_("It was not you? Then somebody typed your address. They have learned nothing about you.")],
            reason=_reason(signature),
        )
    enqueue(
        kind=AGAIN_KIND,
        dedupe_key=_key("again", signature),
        to=email,
        content=content,
        language=language,
        is_solicited=False,
        about=signature.pk,
    )


def send_reminder(signature: Signature) -> None:
    """Remind the signer, once, that the signature still waits."""
    with translation.override(signature.language):
        content = MailContent(
            subject=_("Your signature is still waiting"),
            paragraphs=[
                _("Hello %(name)s,") % {"name": signature.name},
                _("Two days ago you signed “%(title)s” on our site. It does not count until you confirm it.")
                % {"title": _title(signature)},
            ],
            button=(_("Confirm my signature"), link_for(signature)),
            closing=[_("This is our only reminder. If you do nothing, the signature is deleted."), _not_you()],
            reason=_reason(signature),
        )
    enqueue(
        kind=REMINDER_KIND,
        dedupe_key=f"petition-reminder:{signature.pk}",
        to=signature.email,
        content=content,
        language=signature.language,
        is_solicited=False,
        about=signature.pk,
    )


def _key(kind: str, signature: Signature) -> str:
    """Each time the form is sent there is a mail of its own, as far as the mail cap allows."""
    return f"petition-{kind}:{signature.pk}:{signature.signed_at.timestamp():.6f}"
