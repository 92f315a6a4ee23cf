"""``make screens``: takes the pictures of the editors' guide anew from the demo."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.demo_site import running_demo
from tests.screens.screens import FOLDER, SCREENS, Screen

QUALITY = 72


def take(browser: Browser, screen: Screen, url: str) -> None:
    """Open the page as its reader does and keep what is seen first."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.is_dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if screen.role:
        page.goto(f"{url}/admin/login/")
        page.fill("[name=username]", screen.role)
        page.fill("[name=password]", f"demo-{screen.role}-only")
        page.click("button[type=submit]")
        page.wait_for_url(f"{url}/admin/")
    page.goto(f"{url}{screen.path}")
    if screen.click:
        page.click(screen.click)
    page.wait_for_load_state("networkidle")
    if screen.show:
        page.locator(screen.show).last.evaluate("part => part.scrollIntoView({block: 'center'})")
    page.screenshot(path=screen.file, type="jpeg", quality=QUALITY)
    context.close()


def main(names: list[str]) -> None:
    """Take those with these names, or all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for screen in SCREENS:
            if not names or screen.name in names:
                take(browser, screen, demo.url)
                sys.stdout.write(f"{screen.file}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
