"""The editors' guide and the script that takes its pictures know of the same ones."""

from __future__ import annotations

import re
from pathlib import Path

from tests.screens.screens import FOLDER, SCREENS

GUIDE = Path(__file__).parents[2] / "docs" / "editors-guide.md"


def test_each_picture_of_the_guide_is_taken_by_the_script_and_the_other_way_round():
    shown = re.findall(r"\]\(screens/([\w-]+)\.jpg\)", GUIDE.read_text())
    assert sorted(shown) == sorted(screen.name for screen in SCREENS)
    assert sorted(file.stem for file in FOLDER.glob("*")) == sorted(shown)


def test_the_pictures_stay_small():
    assert sum(screen.file.stat().st_size for screen in SCREENS) < 2_500_000
