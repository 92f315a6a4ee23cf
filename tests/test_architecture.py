"""The arrows between the rooms, as pyproject.toml states them."""

from __future__ import annotations

from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_imports_point_one_way():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_no_file_is_too_long_to_read():
    sources = [path for folder in ("achk_site", "actions", "home") for path in (ROOT / folder).rglob("*.py")]
    long = {str(path): lines for path in sources if (lines := len(path.read_text().splitlines())) > 400}
    assert {path: lines for path, lines in long.items() if "migrations" not in path} == {}
