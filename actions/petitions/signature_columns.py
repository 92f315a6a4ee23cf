"""What staff see of a signature: its number, its state, a riding and days; never who signed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Column, StatusTagColumn

from actions.petitions.models import Signature
from actions.petitions.states import HeldReason, SignatureState
from actions.staff.columns import LabelledColumn
from home.languages import own_name


def place_of(row: Signature) -> str:
    """The riding, or what else is known of where the signer lives."""
    return row.riding.localized_name(get_language() or "en") if row.riding else row.get_place_display()


def day_of(row: Signature) -> str:
    return date_format(timezone.localtime(row.created_at))


def held_reason_of(row: Signature) -> str:
    """The reason in words; one that was written by a newer or older version stays as it is."""
    return str(HeldReason(row.held_reason).label) if row.held_reason in HeldReason.values else row.held_reason


def waiting_of(row: Signature) -> str:
    """How long a held one waits for a person: since its signer has pressed the button."""
    if row.state != SignatureState.HELD:
        return ""
    return timesince(row.confirmed_at, depth=1) if row.confirmed_at else _("not confirmed by its signer")


def state_of(row: Signature) -> str:
    """The state in words; what staff had decided before its signer withdrew it stays in sight."""
    if row.state == SignatureState.WITHDRAWN and row.invalidated_at is not None:
        return _("invalidated by staff, then withdrawn by the signer")
    return row.get_state_display()


def language_of(row: Signature) -> str:
    return own_name(row.language)


def number_column() -> Column:
    return LabelledColumn("pk", label=pgettext_lazy("of a signature", "Number"), classname="staff-leading")


def petition_column() -> Column:
    return LabelledColumn("petition", label=gettext_lazy("Petition"))


def state_column() -> Column:
    return StatusTagColumn(
        "state",
        label=gettext_lazy("State"),
        accessor=state_of,
        primary=lambda row: row.state == SignatureState.CONFIRMED,
    )


def about_columns() -> list[Column]:
    """Place, language and day."""
    return [
        LabelledColumn("place", label=gettext_lazy("Riding or place"), accessor=place_of),
        LabelledColumn("language", label=gettext_lazy("Language"), accessor=language_of),
        LabelledColumn("day", label=gettext_lazy("Signed on"), accessor=day_of),
    ]


def held_columns() -> list[Column]:
    return [
        LabelledColumn("reason", label=gettext_lazy("Held because"), accessor=held_reason_of, classname="staff-reason"),
        LabelledColumn("waiting", label=gettext_lazy("Waits for a decision"), accessor=waiting_of),
    ]


def all_columns() -> list[Any]:
    return [number_column(), petition_column(), state_column(), *about_columns(), *held_columns()]
