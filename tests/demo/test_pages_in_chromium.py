"""Every page of the demo is valid HTML, open to all, light and steady.

Chromium is shown what the test client has answered before, so that no server is needed here.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, Route, sync_playwright

from tests.browser.conftest import launched
from tests.databases import ROOT

pytestmark = pytest.mark.browser

CHECKER = ROOT / "var/node/node_modules/vnu-jar/build/dist/vnu.jar"
HOST = "http://testserver"
ALIKE = 2  # of each kind of page

ACTION_PAGES = (
    "/en/take-action/safe-harbour/",
    "/zh-hant/act/petitions/keep-the-door-open/",
    "/fr/act/donate/keep-the-lights-on/",
    "/fr/act/letters/safe-harbour/",
)
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { sum += one.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 500);
})"""


@pytest.fixture(scope="class")
def chromium(pages) -> Iterator[Browser]:
    """Started when nothing is asked of the database any more: its event loop would be given another connection."""
    with sync_playwright() as playwright:
        yield launched(playwright)


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


def one_of_each_kind(paths: Iterable[str]) -> list[str]:
    """The first two addresses of each view and language."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        kinds.setdefault((kind, path.split("/")[1]), []).append(path)
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


def test_the_checker_sees_what_is_wrong(tmp_path):
    assert len(checked({"/": "<!doctype html><title>x</title><p id=a><ul id=a><li></ul></p>"}, tmp_path)) >= 2


class TestEachPage:
    def test_each_page_is_valid_html(self, pages, tmp_path):
        complaints = checked(pages, tmp_path)
        assert complaints == []

    def test_no_page_keeps_anybody_out(self, pages, chromium):
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        page.route("**/*", lambda route: answer(route, pages))
        assert violations(page, one_of_each_kind(pages)) == {}

    @pytest.mark.parametrize("path", ACTION_PAGES)
    def test_the_first_view_of_an_action_is_light_and_stands_still(self, pages, chromium, path):
        page, loaded = chromium.new_page(viewport={"width": 360, "height": 740}), []

        def note(route: Route) -> None:
            answer(route, pages)
            loaded.append(route.request)

        page.route("**/*", note)
        page.goto(f"{HOST}{path}")
        assert page.evaluate(SHIFTS) == 0
        besides = [request for request in loaded if not request.url.endswith(".svg")]
        assert len(besides) <= 4, [request.url for request in besides]
        assert sum(len(request.response().body()) for request in besides) < 100_000
