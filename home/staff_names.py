"""Nobody on the staff has to give a name: a user name is enough, and a name on record can be dangerous.

Wagtail demands first and last name of whoever changes their language or theme, and of whoever adds a user.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

HELP: Any = _("It may stay empty or be any name that you go by. Colleagues see it in place of the user name.")


class _Names(forms.Form):
    first_name = forms.CharField(required=False, label=_("First Name"), help_text=HELP)
    last_name = forms.CharField(required=False, label=_("Last Name"))


class NamesForm(_Names, NameEmailForm):
    pass


class CreationForm(_Names, UserCreationForm):
    pass


class EditForm(_Names, UserEditForm):
    pass


class StaffViewSet(UserViewSet):
    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EditForm if for_update else CreationForm


def connect() -> None:
    """The account page has a hook for further panels only. ``achk_site.apps`` names the views of users."""
    NameEmailSettingsPanel.form_class = NamesForm
