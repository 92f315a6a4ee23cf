"""The mail with the link to a donor's own page; a mailbox that we do not know is told so there, and only there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from actions.donations.mailing import ask_again_url
from actions.outbox.messages import MailContent

LINK_KIND = "donation.link"


def link_mail(url: str, *, days: int) -> MailContent:
    """The words for a mailbox from which was given, in the active language."""
    return MailContent(
        subject=_("The link that you asked for"),
        paragraphs=[
            _("Hello,"),
            _("On your page you see your payments, and can enter another card and change or stop a monthly payment."),
        ],
        button=(_("Open my page"), url),
        closing=[
            _("The link works for %(days)d days. Whoever has it sees the page, so please do not pass this mail on.")
            % {"days": days},
            _("It was not you who asked? Then do nothing: nothing has changed."),
        ],
        reason=_typed(),
    )


def nothing_mail() -> MailContent:
    """The words for a mailbox that we do not know."""
    return MailContent(
        subject=_("The link that you asked for"),
        paragraphs=[
            _("Hello,"),
            _("Somebody asked on our site for a link to the payments made with this address. We know of none."),
            _("If it was you, perhaps you paid with another address: the mail with a receipt shows which."),
            _("If you have only just paid, we may not know it yet. The link will then follow by itself."),
        ],
        button=(_("Ask with another address"), ask_again_url()),
        closing=[_("It was not you who asked? Then do nothing.")],
        reason=_typed(),
    )


def _typed() -> str:
    return _(
        "You get this mail because this address was typed into a form on our site. "
        "It will not be used for anything else."
    )
