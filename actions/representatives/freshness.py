"""Which data about members somebody should look at: a dead or missing address loses letters and nobody notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from actions.representatives.models import Representative

CHECKED_EVERY = timedelta(days=7)
KEPT_BY_HAND_FOR = timedelta(days=90)


class Flaw(TextChoices):
    VACANT = "vacant", _("nobody sits here")
    NO_EMAIL = "no-email", _("no e-mail")
    NOT_CHECKED = "not-checked", _("not checked in the last 7 days")
    LONG_BY_HAND = "long-by-hand", _("kept by hand for more than 90 days")


def flaws_of(person: Representative | None, *, looked_at: datetime | None, now: datetime) -> list[Flaw]:
    """Return what is wrong with what we know about who sits for a riding; ``looked_at``: see ``last_edits``."""
    if person is None:
        return [Flaw.VACANT]
    flaws = [] if person.email else [Flaw.NO_EMAIL]
    if person.locked_by_editor:
        since = max(filter(None, (person.fetched_at, looked_at)), default=None)
        return [*flaws, Flaw.LONG_BY_HAND] if since is None or now - since > KEPT_BY_HAND_FOR else flaws
    is_fresh = person.fetched_at is not None and now - person.fetched_at <= CHECKED_EVERY
    return flaws if is_fresh else [*flaws, Flaw.NOT_CHECKED]


def last_edits(people: Iterable[Representative]) -> dict[int, datetime]:
    """Return when somebody last saved each member that is kept by hand (UTC), by the member's number; one query.

    Imports leave these members alone, so the edit history is the only trace of a look at them.
    """
    pks = [str(person.pk) for person in people if person.locked_by_editor]
    if not pks:
        return {}
    kind = ContentType.objects.get_for_model(Representative)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id__in=pks).values_list("object_id")
    return {int(pk): at for pk, at in entries.annotate(at=Max("timestamp")).order_by()}
