"""The frame of a hosted page and its parts; every value is escaped here."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from achk_site.demo.stripe.pages.texts import say

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
STYLE = """
:root { color-scheme: light dark; --line: #767676; --mark: #fff3bf; --mark-ink: #3d2f00; --bad: #a11212; }
@media (prefers-color-scheme: dark) { :root { --line: #8c8c8c; --mark: #4a3a00; --mark-ink: #ffe9a8; --bad: #ff9d9d; } }
* { box-sizing: border-box; }
body { font: 1.0625rem/1.5 system-ui, sans-serif; margin: 0; }
.mark { background: var(--mark); color: var(--mark-ink); padding: .75rem 1rem; text-align: center; }
.mark p { margin: 0 auto; max-width: 36rem; }
main { max-width: 36rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
h1 { line-height: 1.2; }
.sum { font-size: 1.75rem; font-weight: 700; margin: 0; }
label, legend { font-weight: 600; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1.25rem 0; padding: .5rem 1rem; }
.choice { display: flex; gap: .75rem; align-items: start; padding: .5rem 0; min-height: 2.75rem; }
.choice label { font-weight: 400; }
.choice input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; flex: none; }
.field { margin: 1.25rem 0; }
.field input { display: block; width: 100%; font: inherit; padding: .625rem .75rem; margin-top: .25rem;
  border: 1px solid var(--line); border-radius: .375rem; min-height: 2.75rem; }
button, .button { font: inherit; font-weight: 600; padding: .625rem 1.25rem; min-height: 2.75rem; cursor: pointer;
  border: 2px solid #1a5e3a; border-radius: .375rem; background: #1a5e3a; color: #fff; text-decoration: none;
  display: inline-block; }
.quiet { background: none; color: inherit; border-color: var(--line); }
form { margin: 1rem 0; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.row form { margin: 0; }
.bad { color: var(--bad); border-left: .25rem solid; padding-left: .75rem; }
.note { border-left: .25rem solid #1a5e3a; padding-left: .75rem; }
.gift { border: 1px solid var(--line); border-radius: .5rem; padding: 0 1rem 1rem; margin: 1rem 0; }
:focus-visible { outline: 3px solid #4a90e2; outline-offset: 2px; }
a { color: inherit; display: inline-block; padding: .375rem 0; }
""".lstrip()


@dataclass(frozen=True)
class Page:
    body: str
    status: int = 200
    kind: str = "text/html"
    headers: dict[str, str] = field(default_factory=dict)


def page(language: str, title: str, *parts: str, status: int = 200) -> Page:
    """Return a whole page; ``parts`` are HTML already."""
    lang = {"fr": "fr-CA"}.get(language, language)
    body = "\n".join(part for part in parts if part)
    html = f"""<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="mark"><p><strong>{say(language, "stand-in")}</strong><br>{say(language, "stand-in-more")}</p></header>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
    headers = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return Page(html, status=status, headers=headers)


def redirect(address: str) -> Page:
    return Page("", status=303, headers={"Location": address, "Referrer-Policy": "no-referrer"})


def text(value: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(value)}</p>' if kind else f"<p>{escape(value)}</p>"


def problem(language: str, reasons: list[str]) -> str:
    if not reasons:
        return ""
    listed = "".join(f"<li>{escape(reason)}</li>" for reason in reasons)
    return f'<div class="bad" role="alert" id="problem"><p>{say(language, "problem")}</p><ul>{listed}</ul></div>'


def text_field(label: str, name: str, value: str, *, kind: str = "text", hint: str = "", fixed: bool = False) -> str:
    """Return an input with its label; ``fixed`` shows a value that was given already."""
    more = ' readonly aria-readonly="true"' if fixed else " required"
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{escape(value)}" autocomplete="{hint}"{more}></div>'
    )


def choices(legend: str, name: str, options: list[tuple[str, str]], chosen: str) -> str:
    rows = "".join(
        f'<div class="choice"><input type="radio" required id="{name}-{value}" name="{name}" value="{value}"'
        f'{" checked" if value == chosen else ""}><label for="{name}-{value}">{escape(label)}</label></div>'
        for value, label in options
    )
    return f"<fieldset><legend>{escape(legend)}</legend>{rows}</fieldset>"


def button(label: str, *, quiet: bool = False) -> str:
    kind = ' class="quiet"' if quiet else ""
    return f"<button{kind}>{escape(label)}</button>"


def form(*parts: str, fields: dict[str, str] | None = None) -> str:
    """Return a form that posts to the page itself."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in (fields or {}).items()
    )
    # Without novalidate the browser's own messages would keep people from seeing ours.
    return f'<form method="post" novalidate>{hidden}{"".join(parts)}</form>'


def link(label: str, address: str, *, kind: str = "") -> str:
    more = f' class="{kind}"' if kind else ""
    return f'<a href="{escape(address)}"{more}>{escape(label)}</a>'
