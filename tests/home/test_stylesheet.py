"""The stylesheets stay small, load nothing, and know every class that a template asks for."""

import re
from pathlib import Path

import pytest

from achk_site.env import BASE_DIR

CSS = BASE_DIR / "achk_site" / "static" / "css"
TEMPLATES = BASE_DIR / "templates"
# Wagtail's own look, and mails, which carry theirs.
ELSEWHERE = {"admin", "wagtailadmin", "wagtail_localize", "emails"}


def templates() -> list[Path]:
    return [path for path in TEMPLATES.rglob("*.html") if not ELSEWHERE & set(path.relative_to(TEMPLATES).parts)]


def is_known(name: str, known: set[str]) -> bool:
    """Styled itself, or the beginning of what is: a block by its elements, ``notice--{{ kind }}`` by its kinds."""
    return name in known or any(other.startswith((f"{name}__", f"{name}--", f"{name}-")) for other in known)


def classes_in(html: str) -> set[str]:
    """The classes as written, without template tags; what is glued to a variable keeps its beginning only."""
    found: set[str] = set()
    for attribute in re.findall(r'class="([^"]*)"', html):
        plain = re.sub(r"\{\{.*?\}\}", "\0", re.sub(r"\{%.*?%\}", " ", attribute))
        found |= {word.split("\0")[0] for word in plain.split()}
    return found - {""}


def test_every_class_in_a_template_is_known_to_the_stylesheet():
    sheets = "".join(path.read_text() for path in CSS.glob("*.css") if path.name != "staff.css")
    known = set(re.findall(r"\.([a-z][\w-]*)", sheets))
    unknown = {
        f"{path.name}: {name}"
        for path in templates()
        for name in classes_in(path.read_text())
        if not is_known(name.rstrip("-"), known)
    }
    assert not unknown, sorted(unknown)


def test_a_class_nobody_styles_would_be_found():
    """The control: the reading above sees classes beside template tags."""
    assert classes_in('<p class="a{% if x %} b--c{% endif %} d-{{ e }}">') == {"a", "b--c", "d-"}


@pytest.mark.parametrize(
    ("name", "limit"),
    [("site.css", 37_500), ("paper.css", 2_100), ("charts.css", 3_000), ("news.css", 5_000)],
)
def test_a_stylesheet_stays_small(name, limit):
    assert (CSS / name).stat().st_size < limit


def test_stylesheets_load_nothing():
    for path in CSS.glob("*.css"):
        text = path.read_text()
        assert "url(" not in text
        assert "@import" not in text


def test_old_browsers_get_a_form_they_can_read():
    """Browsers without layers see only what stands outside of them."""
    text = (CSS / "site.css").read_text()
    plain = text[: text.index("@layer base {")]
    for part in (".button", ".field__error", "input", ".hp", ".visually-hidden", "body"):
        assert part in plain
