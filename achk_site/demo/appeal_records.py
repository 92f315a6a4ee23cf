"""The demo's appeal: the record, its texts, and cheques that came before it began."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content import appeal as texts
from achk_site.demo.streams import Writer, demo_key
from actions.donations.models import Appeal, AppealWording
from actions.donations.offline import enter
from actions.donations.states import Source


def load_appeal() -> Appeal:
    made, _ = Appeal.objects.get_or_create(
        slug=texts.SLUG,
        defaults={
            "name": texts.NAME,
            "goal_cents": texts.GOAL_CENTS,
            "once_default": texts.ONCE_DEFAULT,
            "monthly_default": texts.MONTHLY_DEFAULT,
            "suggests_monthly": True,
            "opens_at": timezone.now() - timedelta(days=30),
        },
    )
    return made


def load_appeal_wordings(appeal: Appeal, writers: dict[str, Writer], *, user: Any) -> None:
    """One wording per language, published like an editor would, and then the cheques."""
    key = demo_key("appeal")
    for language, writer in writers.items():
        wording, is_new = AppealWording.objects.get_or_create(
            appeal=appeal,
            locale=Locale.objects.get(language_code=language),
            defaults={"translation_key": key, "live": False, **_wording(writer)},
        )
        if is_new:
            wording.save_revision(user=user).publish(user=user)
    if not appeal.donations.exists():
        _enter_cheques(appeal, user)


def _wording(writer: Writer) -> dict[str, Any]:
    return {
        "title": writer.say(texts.TITLE),
        "text": writer.rich(texts.TEXT),
        "background": writer.rich(texts.BACKGROUND),
        "other_ways": writer.rich(texts.OTHER_WAYS),
        "thank_you": writer.rich(texts.THANK_YOU),
        "share_text": writer.say(texts.SHARE_TEXT),
    }


def _enter_cheques(appeal: Appeal, user: Any) -> None:
    for number, cents in enumerate(texts.CHEQUES_CENTS):
        enter(
            appeal=appeal,
            amount_cents=cents,
            source=Source.CHEQUE,
            received_at=timezone.now() - timedelta(days=2 + 3 * number),
            language="en",
            entered_by=user,
            name=f"Invented Donor {number + 1}",
            is_anonymous=number % 3 == 0,
        )
