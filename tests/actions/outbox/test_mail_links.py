"""Links in plain text become links in HTML, whatever stands around them, and nothing else does."""

from __future__ import annotations

import pytest

from actions.outbox.mail_links import linked


@pytest.mark.parametrize("host", ["https://achk.ca", "https://achk.org"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Read on: ", "."),
        ("(", ")."),
        ("Voir\N{NO-BREAK SPACE}: ", "\N{NO-BREAK SPACE}»"),
        ("請按：", "。謝謝"),
        ("（", "）謝謝"),
        ("連結", "在此"),
        ("", ""),
    ],
)
def test_the_link_is_what_stands_between(host, before, after):
    for path in ("", "/", "/a_(b)", "/x?a=1"):
        link = host + path
        assert linked(f"{before}{link}{after}") == f'{before}<a href="{link}">{link}</a>{after}'


@pytest.mark.parametrize("text", ["javascript:alert(1)", "achk.ca", "us@achk.ca", "http://", "https://。"])
def test_nothing_else_becomes_a_link(text):
    assert "<a" not in linked(text)


def test_what_is_typed_is_escaped():
    assert linked('<b>&"') == "&lt;b&gt;&amp;&quot;"
    assert linked('https://a.example/?a=1&b=2"x<i>') == (
        '<a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>&quot;x&lt;i&gt;'
    )
