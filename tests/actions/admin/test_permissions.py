"""What the migration grants each role: enough for its work and no more; all of it can be taken back."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupCollectionPermission, GroupPagePermission, WorkflowContentType

from actions.donations.models import AppealWording
from actions.letters.models import LetterWording
from actions.petitions.models import PetitionWording
from actions.wagtail_hooks import permissions

RECORDS = (
    "appeal", "appealwording", "billposition", "campaign", "event", "housepetition", "lettercampaign", "letterwording",
    "petition", "petitionwording", "update",
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
    "view_signature",
    "decide_signature",
    "moderate_comment",
}
ROLES = {
    "Editors": EDITORS,
    "Moderators": MODERATORS,
    "Campaigners": {
        *("view_campaign", "view_lettercampaign", "view_petition", "view_signature", "invalidate_signature"),
        *("add_update", "change_update", "send_update"),
    },
    "Finance": {
        *("view_donation", "refund_donation", "end_donation", "add_offline_donation", "export_donation"),
    },
    "Data protection": {
        *("view_signature", "find_signature", "export_signature", "export_subscriber", "export_eventsignup"),
        *("view_accesslog", "erase_person"),
    },
    "Administrators": MODERATORS
    | {
        *("find_signature", "invalidate_signature", "export_signature", "export_subscriber", "export_eventsignup"),
        *("view_accesslog", "erase_person"),
    },
}
migration = import_module("actions.migrations.0002_permissions")


def granted(group: str) -> set[str]:
    held = Group.objects.get(name=group).permissions.filter(content_type__app_label="actions")
    return set(held.values_list("codename", flat=True))


def has_workflow() -> bool:
    models = [kind._meta.model_name for kind in (AppealWording, LetterWording, PetitionWording)]
    return WorkflowContentType.objects.filter(content_type__model__in=models).count() == len(models)


@pytest.mark.django_db
def test_each_role_gets_what_its_work_needs_and_no_more():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)
    for name, codenames in ROLES.items():
        assert granted(name) == codenames, name
        assert Group.objects.get(name=name).permissions.filter(codename="access_admin").exists(), name
    assert has_workflow()
    for name in ("Editors", "Moderators", "Administrators"):
        assert Group.objects.get(name=name).permissions.filter(codename="submit_translation").exists()


@pytest.mark.django_db
def test_only_administrators_manage_users_and_settings():
    managing = {"add_user", "change_user", "delete_user", "change_group", "change_sitesettings"}
    for name in ROLES:
        held = set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))
        assert (managing & held) == (managing if name == "Administrators" else set()), name


@pytest.mark.django_db
def test_administrators_do_with_pages_and_pictures_what_moderators_do():
    for rows in (GroupPagePermission.objects, GroupCollectionPermission.objects):
        held = [
            set(rows.filter(group__name=name).values_list("permission__codename", flat=True))
            for name in ("Moderators", "Administrators")
        ]
        assert held[0]
        assert held[0] == held[1]


@pytest.mark.django_db
def test_no_role_is_given_a_permission_that_no_model_declares():
    known = set(Permission.objects.values_list("codename", flat=True))
    create_permissions(apps.get_app_config("actions"), verbosity=0)
    assert set(Permission.objects.values_list("codename", flat=True)) == known


@pytest.mark.django_db
def test_an_administrator_can_grant_each_of_our_own_permissions():
    declared = {code for model in apps.get_app_config("actions").get_models() for code, _ in model._meta.permissions}
    shown = set(permissions().values_list("codename", flat=True))
    assert declared - shown <= {"lock_letterwording"}
    assert {"view_signature", "view_accesslog"} <= shown


@pytest.mark.django_db
def test_the_grant_can_be_taken_back_and_given_again():
    migration.withdraw(apps, None)
    assert not set().union(*map(granted, ROLES))
    assert not has_workflow()
    Permission.objects.filter(content_type__app_label="actions").delete()  # as on a new database
    migration.grant(apps, None)
    migration.grant(apps, None)
    assert {name: granted(name) for name in ROLES} == ROLES


@pytest.mark.django_db
def test_groups_that_were_deleted_are_left_alone():
    Group.objects.filter(name="Editors").delete()
    migration.grant(apps, None)
    assert not Group.objects.filter(name="Editors").exists()
