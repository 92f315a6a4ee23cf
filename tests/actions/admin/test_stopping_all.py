"""The stop of all letters is one click, stays until somebody lifts it, and no form that was open before undoes it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Site

from actions.letters.site_stopping import SiteSwitch, switch_site
from actions.letters.switches import Switches, current_switches
from actions.privacy.models import AccessLog
from home.admin_forms import SiteSettingsForm
from home.site_settings import SiteSettings


@pytest.fixture
def page(letter_campaign) -> str:
    return reverse("letters_stop_all")


def settings_form() -> tuple[str, dict[str, object]]:
    """The address of the settings' form, and what a browser posts that opened it when nothing was stopped."""
    site = Site.objects.get(is_default_site=True)
    names = ("organisation_name", "privacy_officer_title", "notice")
    texts = {f"{name}_{suffix}": f"{name} {suffix}" for name in names for suffix in ("en", "fr", "zh")}
    address = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    return address, {**texts, "sender_name": "Typo mended", "letters_stopped": "", "parliament_dissolved": ""}


def test_each_switch_is_thrown_once_and_on_record(superuser, page):
    for to, switches in (
        ("stop", Switches(True, False)),
        ("dissolve", Switches(True, True)),
        ("resume", Switches(False, True)),
        ("return", Switches(False, False)),
    ):
        assert f'value="{to}"' in superuser.get(page).content.decode()
        for _click in range(2):
            assert superuser.post(page, {"switch": to}).status_code == 302
        assert current_switches() == switches
    entries = AccessLog.objects.order_by("id").values_list("username", "verb", "subject", "reason")
    assert list(entries) == [("root", "switch", "all letters", to) for to in ("stop", "dissolve", "resume", "return")]


def test_it_works_on_a_site_whose_settings_were_never_saved(superuser, page):
    SiteSettings.objects.all().delete()
    superuser.post(page, {"switch": "stop"})
    assert current_switches().are_letters_stopped


def test_a_settings_form_opened_before_the_stop_does_not_lift_it(superuser, page):
    superuser.post(page, {"switch": "stop"})
    superuser.post(page, {"switch": "dissolve"})
    address, form = settings_form()
    assert superuser.post(address, form).status_code == 302
    assert SiteSettings.objects.get().sender_name == "Typo mended"
    assert current_switches() == Switches(True, True)


def test_a_stop_while_the_settings_are_being_saved_stays(superuser, page, monkeypatch):
    clean = SiteSettingsForm.clean

    def clean_while_a_colleague_stops(form):
        switch_site(to=SiteSwitch.STOP, user=None)
        return clean(form)

    monkeypatch.setattr(SiteSettingsForm, "clean", clean_while_a_colleague_stops)
    address, form = settings_form()
    assert superuser.post(address, form).status_code == 302
    assert SiteSettings.objects.get().sender_name == "Typo mended"
    assert current_switches().are_letters_stopped


def test_the_switches_are_no_fields_of_the_settings_form_but_one_click_away(superuser, page):
    address, _form = settings_form()
    shown = superuser.get(address).content.decode()
    assert 'name="letters_stopped"' not in shown
    assert 'name="parliament_dissolved"' not in shown
    assert f'href="{page}"' in shown
    assert f'href="{page}"' in superuser.get(reverse("wagtailadmin_home")).content.decode()


def test_who_may_change_the_settings_may_stop_without_being_a_superuser(editor, page):
    permission = Permission.objects.get(codename="change_sitesettings")
    assert editor.get(page).status_code == 302
    editor.user.user_permissions.add(permission)
    assert editor.post(page, {"switch": "stop"}).status_code == 302
    assert current_switches().are_letters_stopped


def test_others_are_turned_away_but_see_that_letters_are_stopped(editor, moderator, client, page):
    for visitor in (editor, moderator, client):
        assert visitor.get(page).status_code == 302
        assert visitor.post(page, {"switch": "stop"}).status_code == 302
    assert not current_switches().are_letters_stopped
    assert "all-letters" not in editor.get(reverse("wagtailadmin_home")).content.decode()
    switch_site(to=SiteSwitch.STOP, user=None)
    shown = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "all letters are stopped" in shown
    assert page not in shown


@pytest.mark.parametrize("posted", [{}, {"switch": "explode"}, {"switch": "stop\0"}])
def test_nonsense_changes_nothing(superuser, page, posted):
    assert superuser.post(page, posted).status_code == 400
    assert superuser.get(page, {"switch": "stop"}).status_code == 200
    assert current_switches() == Switches()
