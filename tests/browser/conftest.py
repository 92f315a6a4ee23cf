"""A real Chromium for the browser tests; ``CHROMIUM`` names another one."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.demo_site import DemoSite, running_demo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        # Playwright's event loop lives in this thread; the test uses the database only between its calls.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield launched(playwright)


def launched(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
    )


@pytest.fixture(scope="session")
def giving_demo(tmp_path_factory) -> Iterator[DemoSite]:
    """One demo for all who give: its books are compared with the stand-in's after each of them."""
    with running_demo(tmp_path_factory.mktemp("giving")) as site:
        yield site
