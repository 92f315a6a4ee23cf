"""The demo's first pages as Lighthouse sees them on a slow phone; target: 100 in each of its four categories.

https://developer.chrome.com/docs/lighthouse/ . It slows the connection and the processor by calculation, so a busy
machine costs points in "performance" only.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.bench.contest import Result
from tests.bench.processes import ROOT
from tests.browser.demo_site import running_demo

LIGHTHOUSE = ROOT / "var/node/node_modules/.bin/lighthouse"
PAGES = {
    "home": "/en/",
    "article": "/en/news/statement-pathway/",
    "article with a picture": "/en/news/second-reading-date/",
    "action page": "/en/take-action/safe-harbour/",
}
# The worker's job has run, and no picture has fewer sizes than another: each picture gets all of them at once.
ARE_PICTURES_MADE = """
SELECT EXISTS (SELECT 1 FROM actions_jobrun WHERE name = 'home.make_pictures' AND succeeded) AND min(made) = max(made)
FROM (SELECT count(size.id) AS made FROM wagtailimages_image AS picture
      LEFT JOIN wagtailimages_rendition AS size ON size.image_id = picture.id GROUP BY picture.id)
"""
TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def run(name: str) -> Result:
    """Start the demo, give its worker the minute that a real one has had, and look at each page once."""
    limits, notes = {}, []
    with tempfile.TemporaryDirectory() as folder, running_demo(Path(folder)) as demo:
        wait_for_pictures(Path(folder) / "demo.sqlite3")
        for page, path in PAGES.items():
            report = look(demo.url + path)
            for category in CATEGORIES:
                missing = 100 - round(100 * (report["categories"][category]["score"] or 0))
                limits[f"{page}: points missing in {category}"] = (float(missing), 0.0)
                notes += [f"{page}: {line}" for line in complaints(report, category)]
    return Result(name, standings={}, targets=[], notes=notes, limits=limits)


def wait_for_pictures(database: Path, *, seconds: float = 240) -> None:
    """Return when the worker has made every size of every picture; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(database)) as connection:
            if connection.execute(ARE_PICTURES_MADE).fetchone()[0]:
                return
        time.sleep(1)
    raise TimeoutError("the worker has not made the pictures")


def look(url: str) -> dict[str, Any]:
    """Return Lighthouse's report as its JSON; raises RuntimeError with what it says when it could not look.

    Its recording misses the start of a page now and then (NO_NAVSTART); it asks to be run again then.
    """
    env = {**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    command = [LIGHTHOUSE, url, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    for _try in range(TRIES):
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=180)
        if not done.returncode:
            report: dict[str, Any] = json.loads(done.stdout)
            return report
    raise RuntimeError(f"Lighthouse could not look at {url}:\n{done.stderr[-3000:]}")


def complaints(report: dict[str, Any], category: str) -> list[str]:
    """What costs points in a category, and how much each weighs."""
    weights = {one["id"]: one["weight"] for one in report["categories"][category]["auditRefs"]}
    audits = [(report["audits"][one], weight) for one, weight in weights.items() if weight]
    poor = [(audit, weight) for audit, weight in audits if (audit["score"] if audit["score"] is not None else 1) < 0.9]
    return [f"{audit['id']} {audit.get('displayValue', '')} (weight {weight})" for audit, weight in poor]
