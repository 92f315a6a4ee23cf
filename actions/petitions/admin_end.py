"""Moving a petition's end: what the history keeps of it, and until when a mistyped one can be put right."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.log_actions import LogFormatter, log

from actions.petitions.models import Petition

ENTRY = "petitions.end"


class PetitionForm(WagtailAdminModelForm):
    """Puts on record who moved the end, from when to when; Wagtail's own entry does not say what was changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.end_before: datetime | None = self.instance.ends_at

    def save(self, commit: bool = True) -> Petition:
        is_new = self.instance.pk is None
        petition: Petition = super().save(commit=commit)
        if commit and not is_new and petition.ends_at != self.end_before:
            ends = {"from": _stored(self.end_before), "to": _stored(petition.ends_at)}
            log(instance=petition, action=ENTRY, user=self.for_user, data=ends)
        return petition


class EndEntry(LogFormatter):
    label = gettext_lazy("Move the end of a petition")

    def format_message(self, log_entry: Any) -> str:
        ends = {name: _in_words(log_entry.data.get(name, "")) for name in ("from", "to")}
        return _("Moved the end: it was %(from)s and is %(to)s now") % ends


def register_log_entry(actions: Any) -> None:
    actions.register_action(ENTRY)(EndEntry)


def tell_how_long_it_can_be_changed(request: HttpRequest, saved: Any) -> None:
    """Tell the editor of a petition that is over until when its dates can still be put right; a hook after saving."""
    now = timezone.now()
    if not isinstance(saved, Petition) or not saved.is_over(now) or saved.is_frozen(now):
        return
    words = _(
        "By its dates this petition has ended, and nobody can sign. If a date is wrong, put it right before "
        "%(moment)s. After that the petition stays closed."
    )
    messages.warning(request, words % {"moment": _in_words(_stored(saved.frozen_at))})


def _stored(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _in_words(stored: str) -> str:
    moment = parse_datetime(stored) if stored else None
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else _("no end")
