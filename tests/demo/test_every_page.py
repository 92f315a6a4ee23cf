"""Every page of the demo that a stranger or a member of staff reaches is whole: found, valid, open to all.

Chromium is shown what the test client has answered, so that pages need no server here.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, Route

from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.conftest import ROOT
from tests.crawling import crawl, links_of, local, text_of
from tests.home.reading import Reading

pytestmark = pytest.mark.usefixtures("demo_site")

LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
CHECKER = ROOT / "var/node/node_modules/vnu-jar/build/dist/vnu.jar"
HOST = "http://testserver"
ROLES = ("admin", "editor", "writer", "campaigner", "privacy", "finance")
# Each record has such pages; two of a kind tell enough.
ALIKE = 2


@pytest.fixture
def pages(client) -> dict[str, str]:
    """Each page of the site as a stranger reads it: address and HTML."""
    found = crawl(client.get)
    assert [path for path, response in found.items() if response.status_code >= 400] == []
    return {path: text_of(one) for path, one in found.items() if one.status_code == 200 and "html" in one["Content-Type"]}


def language_of(path: str) -> str:
    return path.split("/")[1]


def test_each_page_is_in_the_language_of_its_address_and_leads_to_the_others(client, pages):
    alternates = {}
    for path, html in pages.items():
        reading = Reading(html)
        if language_of(path) not in LANGUAGES:
            continue
        assert reading.one("html")["lang"] == LANGUAGES[language_of(path)], path
        alternates[path] = {local(one["href"]) for one in reading.all("link", rel="alternate") if "hreflang" in one}
    assert len(alternates) > 100
    for path, others in alternates.items():
        for other in others:  # whoever is named names back
            assert others == alternates[other], (path, other)


def test_the_language_picker_leads_somewhere_from_every_page(client, pages):
    for path, html in pages.items():
        picker = re.search(r'<ul class="languages".*?</ul>', html, re.DOTALL)
        assert picker is not None or language_of(path) not in LANGUAGES, path
        for link in Reading(picker[0]).all("a") if picker else []:
            assert client.get(local(link["href"])).status_code == 200, (path, link)


@pytest.mark.browser
def test_each_page_is_valid_html(pages, tmp_path):
    complaints = checked(pages, tmp_path)
    open("/tmp/found/c.txt","w").write("\n".join(complaints))
    assert complaints == []


@pytest.mark.browser
def test_the_checker_sees_what_is_wrong(tmp_path):
    assert len(checked({"/": "<!doctype html><title>x</title><p id=a><ul id=a><li></ul></p>"}, tmp_path)) >= 2


def checked(pages: dict[str, str], folder: Path) -> list[str]:
    """What the W3C's checker has against the pages, one line for each complaint and page."""
    names = {}
    folder.mkdir(exist_ok=True)
    for number, (path, html) in enumerate(pages.items()):
        names[f"{number}.html"] = path
        (folder / f"{number}.html").write_text(html)
    command = ["java", "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--errors-only", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=True, timeout=300)
    messages = json.loads(done.stderr)["messages"]
    return [f"{names[one['url'].rpartition('/')[2]]}: {one['message']} {one.get('extract', '')}" for one in messages]


@pytest.mark.browser
def test_no_page_keeps_anybody_out(pages, browser):  # noqa: F811
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.route("**/*", lambda route: answer(route, pages))
    assert violations(page, one_of_each_kind(pages)) == {}


def one_of_each_kind(paths: Iterable[str]) -> list[str]:
    """The first two addresses of each view and language."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        kinds.setdefault((kind, language_of(path)), []).append(path)
    return [path for alike in kinds.values() for path in alike[:ALIKE]]


def violations(page: Page, paths: Iterable[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(f"{HOST}{path}")
        if broken := Axe().run(page).response["violations"]:
            found[path] = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in broken]
    return found


def answer(route: Route, pages: dict[str, str]) -> None:
    """Give the browser a page from ``pages`` and files from where they lie; pictures are missing."""
    path = urlsplit(route.request.url).path
    if path.startswith("/static/") and isinstance(file := finders.find(path.removeprefix("/static/")), str):
        route.fulfill(path=file)
    elif path in pages:
        route.fulfill(content_type="text/html; charset=utf-8", body=pages[path])
    else:
        route.fulfill(status=404)


@pytest.mark.parametrize("role", ROLES)
def test_staff_find_every_link_of_the_admin(client, role):
    client.force_login(get_user_model().objects.get(username=role))
    waiting, seen, kinds = ["/admin/"], {"/admin/"}, {}
    while waiting:
        path = waiting.pop(0)
        response = client.get(path)
        assert response.status_code < 400, (role, path)
        for link in sorted({local(one) for one in links_of(response)} | {response.get("Location", "")}):
            if link in seen or not link.startswith("/admin/") or "logout" in link:
                continue
            seen.add(link)
            kind = resolve(urlsplit(link).path).view_name
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= ALIKE:
                waiting.append(link)
    assert len(kinds) > 5
