"""Makes a campaign, its actions with their first texts and the page around them: all or nothing, and nothing public."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import slugify
from wagtail.log_actions import log
from wagtail.models import Locale

from actions.campaigns.models import Campaign
from actions.desk.may_start import Kind
from actions.donations.models import Appeal, AppealWording
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, PetitionWording

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

BLOCK_FIELDS = {Kind.LETTER: "letter_campaign", Kind.PETITION: "petition", Kind.DONATION: "appeal"}


@dataclass(frozen=True)
class Plan:
    """What the steps asked for. ``words`` holds the texts of each kind by the name of the form's field."""

    kinds: Sequence[str]
    campaign: Campaign | None
    new_campaign: str
    place: ActionIndexPage
    title: str
    slug: str
    introduction: str
    closes_on: date | None
    words: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    page: ActionPage
    texts: list[Any]


def start(*, plan: Plan, user: AbstractBaseUser | AnonymousUser | None) -> Made:
    """Make everything in one transaction. Page and texts are drafts, so nobody can take part before one is published.

    Raises IntegrityError or ValidationError when somebody took the short name meanwhile, which also is what a second
    click meets.
    """
    with transaction.atomic():
        campaign = plan.campaign or _campaign(plan.new_campaign, user)
        blocks, texts = [], []
        for kind in [one for one in Kind if one in plan.kinds]:
            record, text = MAKERS[kind](plan, campaign)
            record.full_clean()
            record.save()
            log(record, "wagtail.create", user=user)
            if kind == Kind.LETTER:
                LetterTarget.objects.create(letter_campaign=record)
            setattr(text, BLOCK_FIELDS[kind], record)
            texts.append(_draft(text, plan.place.locale, user))
            value = {BLOCK_FIELDS[kind]: record.pk, "heading": ""}
            blocks.append({"type": kind.value, "id": str(uuid.uuid4()), "value": value})
        return Made(_page(plan, campaign, blocks, user), texts)


def _campaign(name: str, user: AbstractBaseUser | AnonymousUser | None) -> Campaign:
    campaign = Campaign(name=name, slug=free_slug(name))
    campaign.full_clean()
    campaign.save()
    log(campaign, "wagtail.create", user=user)
    return campaign


def free_slug(name: str) -> str:
    """Return a short name for staff that no campaign has; of a Chinese name nothing is left, so it gets a number."""
    base = slugify(name)[:50].strip("-") or "campaign"
    taken = set(Campaign.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _letters(plan: Plan, campaign: Campaign) -> tuple[models.Model, Any]:
    record = LetterCampaign(**_common(plan, campaign), stage=campaign.stage)
    text = LetterWording(
        title=plan.title,
        introduction=paragraphs(plan.words["letter_introduction"]),
        letter_subjects=plan.words["letter_subjects"],
        letter_body=plan.words["letter_body"],
    )
    return record, text


def _petition(plan: Plan, campaign: Campaign) -> tuple[models.Model, Any]:
    record = Petition(**_common(plan, campaign), goal=plan.words["petition_goal"])
    text = PetitionWording(
        title=plan.title,
        target=plan.words["petition_target"],
        text=paragraphs(plan.words["petition_text"]),
    )
    return record, text


def _appeal(plan: Plan, campaign: Campaign) -> tuple[models.Model, Any]:
    record = Appeal(**_common(plan, campaign))
    return record, AppealWording(title=plan.title, text=paragraphs(plan.words["donation_text"]))


MAKERS: dict[str, Any] = {Kind.LETTER: _letters, Kind.PETITION: _petition, Kind.DONATION: _appeal}


def _common(plan: Plan, campaign: Campaign) -> dict[str, Any]:
    closes_at = end_of(plan.closes_on) if plan.closes_on else None
    return {"name": plan.title, "slug": plan.slug, "campaign": campaign, "closes_at": closes_at}


def end_of(day: date) -> datetime:
    """Return the midnight after the day, by the organisation's own clocks."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _draft(text: Any, locale: Locale, user: AbstractBaseUser | AnonymousUser | None) -> Any:
    text.locale, text.live = locale, False
    text.save()
    log(text, "wagtail.create", user=user)
    text.save_revision(user=user)
    return text


def _page(
    plan: Plan, campaign: Campaign, blocks: list[dict[str, Any]], user: AbstractBaseUser | AnonymousUser | None
) -> ActionPage:
    page = ActionPage(
        title=plan.title, slug=plan.slug, introduction=plan.introduction, campaign=campaign,
        body=blocks, locale=plan.place.locale, live=False, owner=user,
    )  # fmt: skip
    plan.place.add_child(instance=page)
    log(page, "wagtail.create", user=user)
    page.save_revision(user=user)
    return page


def paragraphs(text: str) -> str:
    """Return typed text as rich text: a blank line begins a paragraph, everything typed is escaped."""
    parts = [" ".join(part.split()) for part in text.replace("\r\n", "\n").split("\n\n")]
    return str(format_html_join("", "<p>{}</p>", ((part,) for part in parts if part)))
