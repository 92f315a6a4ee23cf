"""What the migration grants: enough to run an action, nothing about supporters, and all of it can be taken back."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import WorkflowContentType

from actions.donations.models import AppealWording
from actions.letters.models import LetterWording
from actions.petitions.models import PetitionWording

RECORDS = (
    "appeal", "appealwording", "billposition", "campaign", "lettercampaign", "letterwording", "petition",
    "petitionwording", "update",
)  # fmt: skip
PEOPLE = ("recipient", "representative")
EDITORS = {f"{verb}_{model}" for model in RECORDS for verb in ("add", "change")} | {
    f"view_{model}" for model in (*PEOPLE, "riding")
}
MODERATORS = EDITORS | {
    *(f"{verb}_{model}" for model in PEOPLE for verb in ("add", "change")),
    "change_riding",
    "delete_billposition",
    "publish_appealwording",
    "lock_appealwording",
    "unlock_appealwording",
    "publish_letterwording",
    "lock_letterwording",
    "unlock_letterwording",
    "publish_petitionwording",
    "lock_petitionwording",
    "unlock_petitionwording",
    "resolve_letterdelivery",
    "send_update",
}
migration = import_module("actions.migrations.0002_permissions")


def granted(group: str) -> set[str]:
    held = Group.objects.get(name=group).permissions.filter(content_type__app_label="actions")
    return set(held.values_list("codename", flat=True))


def has_workflow() -> bool:
    models = [kind._meta.model_name for kind in (AppealWording, LetterWording, PetitionWording)]
    return WorkflowContentType.objects.filter(content_type__model__in=models).count() == len(models)


@pytest.mark.django_db
def test_editors_and_moderators_get_what_their_work_needs_and_no_more():
    assert granted("Editors") == EDITORS
    assert granted("Moderators") == MODERATORS
    assert has_workflow()
    for group in Group.objects.all():
        assert group.permissions.filter(codename="submit_translation").exists()


@pytest.mark.django_db
def test_the_grant_can_be_taken_back_and_given_again():
    migration.withdraw(apps, None)
    assert not granted("Editors") | granted("Moderators")
    assert not has_workflow()
    Permission.objects.filter(content_type__app_label="actions").delete()  # as on a new database
    migration.grant(apps, None)
    migration.grant(apps, None)
    assert (granted("Editors"), granted("Moderators")) == (EDITORS, MODERATORS)


@pytest.mark.django_db
def test_groups_that_were_deleted_are_left_alone():
    Group.objects.filter(name="Editors").delete()
    migration.grant(apps, None)
    assert not Group.objects.filter(name="Editors").exists()
