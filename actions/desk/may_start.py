"""Who may use the guided way to a new action, and for which kinds: the role table, asked and not repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.permissions import policy_registry

from actions.campaigns.models import Campaign
from actions.donations.models import Appeal, AppealWording
from actions.letters.models import LetterCampaign, LetterWording
from actions.pages import ActionIndexPage
from actions.petitions.models import Petition, PetitionWording
from home.pages import HomePage

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

START_URL = "desk_start"


class Kind(models.TextChoices):
    """What people can do; the values are the names of the blocks."""

    LETTER = "letter", _("Letters to members of Parliament")
    PETITION = "petition", _("A petition")
    DONATION = "donation", _("An appeal for gifts")


NEEDED: dict[str, tuple[type[models.Model], type[models.Model]]] = {
    Kind.LETTER: (LetterCampaign, LetterWording),
    Kind.PETITION: (Petition, PetitionWording),
    Kind.DONATION: (Appeal, AppealWording),
}


def may_add(user: AbstractBaseUser, model: type[Any]) -> bool:
    return bool(policy_registry.get_by_type(model).user_has_permission(user, "add"))


def kinds_for(user: AbstractBaseUser) -> list[Kind]:
    """Return the kinds of which the user may add both the record and its text."""
    return [kind for kind in Kind if all(may_add(user, model) for model in NEEDED[kind])]


def places_for(user: AbstractBaseUser) -> list[ActionIndexPage]:
    """Return the lists of actions below which the user may add a page, in the order of the tree."""
    found = ActionIndexPage.objects.select_related("locale").order_by("path")
    return [place for place in found if place.permissions_for_user(user).can_add_subpage()]


def list_to_make(user: AbstractBaseUser) -> str:
    """Return where the user makes the first list of actions, below a front page; blank when they may not."""
    for front in HomePage.objects.filter(locale=Locale.get_default()).order_by("path"):
        if front.permissions_for_user(user).can_add_subpage():
            return reverse("wagtailadmin_pages:add", args=["actions", "actionindexpage", front.pk])
    return ""


def may_start(user: AbstractBaseUser) -> bool:
    """Return whether the user may make an action of any kind for a campaign that they may make or see."""
    campaigns = policy_registry.get_by_type(Campaign)
    return bool(kinds_for(user)) and bool(campaigns.user_has_any_permission(user, ["add", "change", "view"]))
