"""What editors and moderators may do with appeals, campaigns, letter campaigns, petitions, their texts and those who receive letters.

Where letters go is changed by moderators only, so that an editor's stolen account cannot divert them.

Supporters' letters are in nobody's list: they are no snippets, and moderators only decide on held ones, by number. The
permission to submit translations comes with wagtail-localize. Editors write updates to subscribers; moderators send them.
"""

from django.db import migrations

EDITORS = {
    ("actions", "appeal"): ("add", "change"),
    ("actions", "appealwording"): ("add", "change"),
    ("actions", "billposition"): ("add", "change"),
    ("actions", "campaign"): ("add", "change"),
    ("actions", "lettercampaign"): ("add", "change"),
    ("actions", "letterwording"): ("add", "change"),
    ("actions", "petition"): ("add", "change"),
    ("actions", "petitionwording"): ("add", "change"),
    ("actions", "recipient"): ("view",),
    ("actions", "representative"): ("view",),
    ("actions", "riding"): ("view",),
    ("actions", "update"): ("add", "change"),
}
MODERATORS = {
    **EDITORS,
    ("actions", "appealwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "billposition"): ("add", "change", "delete"),
    ("actions", "letterwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "petitionwording"): ("add", "change", "publish", "lock", "unlock"),
    ("actions", "recipient"): ("view", "add", "change"),
    ("actions", "representative"): ("view", "add", "change"),
    ("actions", "riding"): ("view", "change"),
    ("actions", "letterdelivery"): ("resolve_letterdelivery",),
    ("actions", "update"): ("add", "change", "send_update"),
}
REVIEWED = ("appealwording", "letterwording", "petitionwording")
NAMES = {
    "resolve_letterdelivery": "Can decide on held and uncertain letters",
    "send_update": "Can send updates to subscribers",
}


def grant(apps, schema_editor):
    for group, permissions in permissions_of_groups(apps):
        group.permissions.add(*permissions)
    workflow = apps.get_model("wagtailcore.Workflow").objects.filter(active=True).order_by("pk").first()
    for wording in REVIEWED if workflow is not None else ():
        apps.get_model("wagtailcore.WorkflowContentType").objects.get_or_create(
            content_type=content_type(apps, "actions", wording), defaults={"workflow": workflow}
        )


def withdraw(apps, schema_editor):
    for group, permissions in permissions_of_groups(apps):
        group.permissions.remove(*permissions)
    assigned = apps.get_model("wagtailcore.WorkflowContentType").objects
    assigned.filter(content_type__in=[content_type(apps, "actions", wording) for wording in REVIEWED]).delete()


def permissions_of_groups(apps):
    """Yield each of Wagtail's two groups that still exists with its permissions, made here when they are missing."""
    for name, granted in (("Editors", EDITORS), ("Moderators", MODERATORS)):
        for group in apps.get_model("auth.Group").objects.filter(name=name):
            permissions = [permission(apps, *model, action) for model, actions in granted.items() for action in actions]
            yield group, permissions


def permission(apps, app_label, model_name, action):
    # Django makes permissions only after all migrations have run; it keeps rows that are there already.
    codename = action if action in NAMES else f"{action}_{model_name}"
    found, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=content_type(apps, app_label, model_name),
        codename=codename,
        defaults={"name": NAMES.get(action) or f"Can {action} {verbose_name(apps, app_label, model_name)}"},
    )
    return found


def content_type(apps, app_label, model_name):
    found, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model_name)
    return found


def verbose_name(apps, app_label, model_name):
    return apps.get_model(app_label, model_name)._meta.verbose_name_raw


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(grant, withdraw)]
