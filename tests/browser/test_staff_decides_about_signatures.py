"""A moderator decides and reads comments in Chromium; a signer takes her name off the page, also without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, Page

from actions.confirmations.services import issue
from actions.petitions.emails import CONFIRM_PURPOSE
from actions.petitions.models import Signature
from tests.browser.test_staff_policy import LISTEN, refused
from tests.databases import use_loaded_demo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OURS = {"include": [["main"]], "exclude": [[".w-slim-header"]]}
PAGES = ("signatures/", "signatures/decide/", "signatures/comments/", "signatures/find/", "privacy/erase/",
         "privacy/access-log/")  # fmt: skip


@pytest.fixture
def site(live_server):
    use_loaded_demo()
    cache.clear()
    return live_server


@pytest.fixture
def staff(browser: Browser, site, request) -> Iterator[Page]:
    """Somebody with every role of ours, on a desktop in light or on a phone in dark colours."""
    scheme, width = getattr(request, "param", ("light", 1280))
    user = User.objects.create_user("somebody", "somebody@staff.example", "x")
    user.groups.set(Group.objects.filter(name__in=["Moderators", "Data protection"]))
    client = Client()
    client.force_login(user)
    context = browser.new_context(base_url=site.url, color_scheme=scheme, viewport={"width": width, "height": 900})
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("staff", [("light", 1280), ("dark", 390)], indirect=True)
def test_every_page_fits_and_axe_has_nothing_to_say(staff):
    for path in PAGES:
        staff.goto(f"/admin/{path}")
        staff.wait_for_load_state("networkidle")
        assert refused(staff) == [], path
        assert not staff.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path
        found = Axe().run(staff, context=OURS)
        assert found.violations_count == 0, (path, found.generate_report())


def test_a_moderator_lets_a_held_signature_count_and_shows_a_comment(staff):
    staff.goto("/admin/signatures/decide/")
    staff.locator("tbody tr").first.get_by_role("button", name="Let it count").click()
    staff.get_by_text("confirmed and counted.").wait_for()
    staff.goto("/admin/signatures/comments/")
    staff.locator("tbody tr").first.get_by_role("button", name="Show it").click()
    staff.get_by_text("within two minutes").wait_for()
    row = staff.locator("tbody tr").first
    row.get_by_role("button", name="Refuse").click()
    staff.get_by_text("Choose why the comment is refused").wait_for()
    staff.locator("tbody tr").first.get_by_role("combobox").select_option("danger")
    staff.locator("tbody tr").first.get_by_role("button", name="Refuse").click()
    staff.get_by_text("No comment waits to be read.").wait_for()
    assert Signature.objects.filter(comment_state="approved").count() == 4


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_signer_takes_name_and_comment_off_the_page(browser, site, has_scripts):
    shown = Signature.objects.filter(show_name=True).first()
    name, link = shown.name, f"/en/act/confirm/{issue(purpose=CONFIRM_PURPOSE, object_id=shown.pk)}/"
    context = browser.new_context(base_url=site.url, java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto("/en/act/petitions/keep-the-door-open/")
    assert page.get_by_text(name).count() == 2
    page.goto(link)
    page.get_by_text("Keep my signature, but show nothing about me").click()
    page.get_by_role("button", name="Show nothing about me").click()
    page.get_by_text("Nothing about you is shown on our pages.").wait_for()
    page.goto("/en/act/petitions/keep-the-door-open/")
    assert page.get_by_text(name).count() == 0
    context.close()
    shown.refresh_from_db()
    assert shown.state == "confirmed"
