"""Whoever works here may do so without a name: nothing in the admin demands one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from home.staff_names import HELP
from tests.actions.admin.conftest import logged_in

pytestmark = pytest.mark.django_db
ACCOUNT = {
    "locale-preferred_language": "fr", "locale-current_time_zone": "America/Toronto", "theme-theme": "dark",
    "theme-contrast": "system", "theme-density": "default",
}  # fmt: skip
PASSWORD = "a-long-enough-phrase-1"


def test_language_and_theme_are_saved_without_a_name():
    staff = logged_in("writer", "Editors")
    assert str(HELP) in staff.get(reverse("wagtailadmin_account")).content.decode()
    answer = staff.post(
        reverse("wagtailadmin_account"), {"name_email-first_name": "", "name_email-last_name": "", **ACCOUNT}
    )
    assert answer.status_code == 302
    profile = User.objects.get(username="writer").wagtail_userprofile
    assert (profile.preferred_language, profile.theme) == ("fr", "dark")


def test_one_name_is_enough_and_stays():
    staff = logged_in("writer", "Editors")
    staff.post(
        reverse("wagtailadmin_account"), {"name_email-first_name": "Ming", "name_email-last_name": "", **ACCOUNT}
    )
    assert User.objects.get(username="writer").get_full_name() == "Ming"


def test_a_user_is_added_and_changed_without_a_name():
    administrator = logged_in("administrator", is_superuser=True)
    group = Group.objects.get(name="Editors")
    fields = {"username": "someone", "email": "someone@staff.example", "groups": [group.pk]}
    administrator.post(
        reverse("wagtailusers_users:add"), {**fields, "password1": PASSWORD, "password2": PASSWORD}, follow=True
    )
    user = User.objects.get(username="someone")
    assert user.check_password(PASSWORD)
    administrator.post(
        reverse("wagtailusers_users:edit", args=[user.pk]),
        {**fields, "email": "else@staff.example", "is_active": "on"},
    )
    user.refresh_from_db()
    assert (user.email, user.get_full_name(), list(user.groups.all())) == ("else@staff.example", "", [group])
