"""Makes the roles of actions/staff/roles.py and lets Wagtail's workflow review our texts.

Supporters' letters and signatures are no snippets; who may see or decide what of them stands in the role table.
"""

from django.conf import settings
from django.db import migrations

from actions.staff.roles import AS_MODERATORS, CHANGE_PAGES, OURS, WAGTAILS

REVIEWED = (
    ("actions", "appealwording"),
    ("actions", "letterwording"),
    ("actions", "petitionwording"),
    ("blog", "topic"),
)
# What Wagtail itself grants below a page and within a collection.
BELOW = (("GroupPagePermission", "page_id"), ("GroupCollectionPermission", "collection_id"))


def grant(apps, schema_editor):
    for group, permissions in permissions_of_groups(apps, make=True):
        group.permissions.add(*permissions)
    grant_pages(apps)
    workflow = apps.get_model("wagtailcore.Workflow").objects.filter(active=True).order_by("pk").first()
    for text in REVIEWED if workflow is not None else ():
        apps.get_model("wagtailcore.WorkflowContentType").objects.get_or_create(
            content_type=content_type(apps, *text), defaults={"workflow": workflow}
        )


def withdraw(apps, schema_editor):
    for group, permissions in permissions_of_groups(apps, make=False):
        group.permissions.remove(*permissions)
    for name, _place in BELOW:
        apps.get_model("wagtailcore", name).objects.filter(group__name__in=[AS_MODERATORS, CHANGE_PAGES]).delete()
    assigned = apps.get_model("wagtailcore.WorkflowContentType").objects
    assigned.filter(content_type__in=[content_type(apps, *text) for text in REVIEWED]).delete()


def grant_pages(apps):
    for name, place in BELOW:
        rows = apps.get_model("wagtailcore", name).objects
        group = apps.get_model("auth.Group").objects.get(name=AS_MODERATORS)
        for at, permission_id in list(rows.filter(group__name="Moderators").values_list(place, "permission_id")):
            rows.get_or_create(group_id=group.pk, permission_id=permission_id, **{place: at})
    everywhere = apps.get_model("wagtailcore.GroupPagePermission").objects
    change = permission(apps, "wagtailcore", "page", "change")
    for root in apps.get_model("wagtailcore.Page").objects.filter(depth=1):
        group = apps.get_model("auth.Group").objects.get(name=CHANGE_PAGES)
        everywhere.get_or_create(group_id=group.pk, page_id=root.pk, permission_id=change.pk)


def permissions_of_groups(apps, *, make):
    """Yield each group that there is, or ours made anew, with its permissions, made here when they are missing."""
    groups = apps.get_model("auth.Group").objects
    if make:
        for name in OURS:
            groups.get_or_create(name=name)
    for name, granted in {**WAGTAILS, **OURS}.items():
        for group in groups.filter(name=name):
            yield group, [permission(apps, *model, word) for model, words in granted.items() for word in words]


def permission(apps, app_label, model_name, word):
    # Django makes permissions only after all migrations have run; it keeps rows that are there already.
    kind = content_type(apps, app_label, model_name)
    rows = apps.get_model("auth.Permission").objects
    if (app_label, model_name) == ("wagtailadmin", "admin"):
        return rows.get_or_create(content_type=kind, codename=word, defaults={"name": "Can access Wagtail admin"})[0]
    meta = apps.get_model(app_label, model_name)._meta
    own = {"submit_translation": "Can submit translations", **dict(meta.permissions)}
    codename = word if word in own else f"{word}_{model_name}"
    name = own.get(word, f"Can {word} {meta.verbose_name_raw}")
    return rows.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]


def content_type(apps, app_label, model_name):
    return apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app_label, model=model_name)[0]


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_initial"),
        ("blog", "0001_initial"),
        ("home", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailredirects", "0001_initial"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(grant, withdraw)]
