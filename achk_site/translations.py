"""``python -m achk_site.translations``: compile the catalogues without gettext; ``--check`` finds what is missing.

Machines that only run the site have no ``msgfmt``; polib, which wagtail-localize brings anyway, does the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent / "locale"


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def compile_all() -> None:
    """Write each catalogue's ``.mo`` beside it when it is older than the ``.po``."""
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))


def missing() -> list[str]:
    """Return one line for each text that has no finished translation."""
    found = []
    for source in catalogues():
        for entry in polib.pofile(str(source)):
            if not entry.obsolete and (not entry.translated() or entry.fuzzy):
                found.append(f"{source.parts[-3]}: {entry.msgid[:80]!r}")
    return found


if __name__ == "__main__":
    if "--check" in sys.argv:
        lines = missing()
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.exit(1 if lines else 0)
    compile_all()
