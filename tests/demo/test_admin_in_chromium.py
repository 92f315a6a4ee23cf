"""Every kind of page of the admin, as each role sees it, is open to all who work there, in light and dark.

Chromium is shown what the test client has answered before, as for the public pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from playwright.sync_api import Page, Route, sync_playwright
from wagtail.users.models import UserProfile

from tests.browser.conftest import launched
from tests.crawling import text_of
from tests.demo.staff_walk import ROLES, Seen, walk
from tests.demo.test_pages_in_chromium import HOST, answer
from tests.home.reading import Reading

pytestmark = [pytest.mark.browser, pytest.mark.long]

WITHOUT_LOGIN = ("/admin/login/", "/admin/password_reset/", "/admin/password_reset/done/")
# What draws words in more than one script, and the longest forms.
IN_ALL_LANGUAGES = (
    *("/admin/", "/admin/start/", "/admin/translations/", "/admin/exports/", "/admin/privacy/erase/"),
    *("/admin/snippets/actions/event/add/", "/admin/snippets/actions/petition/add/", "/admin/donations/"),
)
# Rule and place of what is not ours, and why it is left.
UPSTREAM = {
    ("heading-order", "h3"): "wagtail-localize puts a heading of the third level into the form of a locale",
    ("link-name", ".bicolor"): "wagtail-localize adds a locale with a link that is a picture only",
    ("aria-required-parent", ".w-w-fit"): "the button to the next part of Wagtail's form of a user calls itself a tab",
    ("empty-table-header", 'th[aria-label="Action"]'): "the column of buttons in Wagtail's form of a workflow",
}
CONTROL = "/admin/unsound/"
UNSOUND = """<!doctype html><html lang=en><title>Unsound</title><style>
@media (prefers-color-scheme: dark) { p { color: #777; background: #666; } }</style>
<main><h1>Unsound</h1><img src=x.png><p>Hard to read in the dark</p></main></html>"""
SCRIPTS = ("wagtailadmin_javascript_catalog", "wagtailadmin_sprite")
# What fades in would be hard to read for a moment.
STILL = "<style>*, ::before, ::after { transition: none !important; animation: none !important; }</style></head>"
DARK = "axe.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })"


@dataclass(frozen=True)
class Complaint:
    rule: str
    place: str
    address: str
    html: str

    @classmethod
    def of(cls, address: str, rule: str, node: dict[str, Any]) -> Self:
        return cls(rule, " ".join(map(str, node["target"])), address, node["html"][:200])


def signs(html: str) -> set[tuple[str, ...]]:
    """What a page is built from: pages that have nothing new need no second look."""
    wanted = ("class", "type", "role")
    return {(tag, *(attributes.get(name, "") for name in wanted)) for tag, attributes in Reading(html).elements}


def is_own(kind: str) -> bool:
    """A page of ours, or a form whose fields are ours."""
    return not kind.startswith("wagtail") or ((":add" in kind or ":edit" in kind) and "wagtailsnippets" in kind)


@pytest.fixture(scope="class")
def walked(demo_rows, django_db_blocker) -> dict[str, list[Seen]]:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=demo_rows, STRIPE_SECRET_KEY="sk_test_never_used"):
        return {role: walk(role, alike=1) for role in ROLES}


@pytest.fixture(scope="class")
def in_other_languages(demo_rows, django_db_blocker) -> dict[str, str]:
    pages = {}
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=demo_rows):
        user, client = get_user_model().objects.get(username="admin"), Client()
        client.force_login(user)
        for code in ("fr", "zh-hant"):
            UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": code})
            pages |= {f"{path}?in={code}": text_of(client.get(path)) for path in IN_ALL_LANGUAGES}
        UserProfile.objects.filter(user=user).update(preferred_language="")
        pages |= {path: text_of(Client().get(path)) for path in WITHOUT_LOGIN}
    return pages


@pytest.fixture(scope="class")
def shown(walked, in_other_languages) -> dict[str, str]:
    """A page of each view of ours, and whatever looks new to somebody; the address says who saw it."""
    known: dict[bool, set[tuple[str, ...]]] = {True: set(), False: set()}
    kinds: set[str] = set()
    chosen = {}
    for role, pages in walked.items():
        for one in pages:
            own = is_own(one.kind)
            is_new = signs(one.html) - known[own] or (one.html and own and one.kind not in kinds)
            if one.path.startswith("/admin/") and is_new:
                known[own] |= signs(one.html)
                kinds.add(one.kind)
                chosen[f"{one.path}{'&' if '?' in one.path else '?'}role={role}"] = one.html
    return chosen | in_other_languages


@pytest.fixture(scope="class")
def window(shown, walked) -> Iterator[Page]:
    """A window on the pages, in which nothing moves."""
    scripts = {urlsplit(one.path).path: text_of(one.response) for one in walked["admin"] if one.kind in SCRIPTS}
    pages = {**shown, CONTROL: UNSOUND}

    def give(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        if address in pages:
            route.fulfill(content_type="text/html; charset=utf-8", body=pages[address].replace("</head>", STILL, 1))
        else:
            answer(route, scripts)

    with sync_playwright() as playwright:
        page = launched(playwright).new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.route("**/*", give)
        yield page


def complaints(page: Page, addresses: Iterable[str]) -> list[Complaint]:
    """What axe has against the pages, and against their colours once more in the dark."""
    found = []
    for address in addresses:
        page.emulate_media(color_scheme="light")
        page.goto(f"{HOST}{address}")
        results = [*Axe().run(page).response["violations"]]
        page.emulate_media(color_scheme="dark")
        results += page.evaluate(DARK)["violations"]
        found += [Complaint.of(address, rule["id"], node) for rule in results for node in rule["nodes"]]
    return found


class TestTheAdmin:
    def test_what_keeps_somebody_out_is_seen(self, window):
        found = complaints(window, [CONTROL])
        assert {(one.rule, one.place) for one in found} == {("image-alt", "img"), ("color-contrast", "p")}

    def test_no_page_keeps_anybody_out(self, window, shown):
        found = complaints(window, shown)
        assert [one for one in found if (one.rule, one.place) not in UPSTREAM] == []
        assert {(one.rule, one.place) for one in found} >= set(UPSTREAM)  # what is mended there leaves the list
