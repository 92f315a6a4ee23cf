"""Numbers as they are published become links that a phone can dial, or none."""

import pytest

from actions.representatives.phone import tel_href


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("1 613 992-1385", "tel:+1-613-992-1385"),
        ("613-992-1385", "tel:+1-613-992-1385"),
        ("(613) 992 1385", "tel:+1-613-992-1385"),
        ("+1.613.992.1385", "tel:+1-613-992-1385"),
        ("613\u2011992\u20131385", "tel:+1-613-992-1385"),
        ("６１３ ９９２ １３８５", "tel:+1-613-992-1385"),
        ("1 800 267-7362 ext. 12", "tel:+1-800-267-7362;ext=12"),
        ("613 992-1385, poste 7", "tel:+1-613-992-1385;ext=7"),
    ],
)
def test_a_published_number_can_be_dialled(number, href):
    assert tel_href(number) == href


@pytest.mark.parametrize(
    "number",
    [
        "", " ", "992-1385", "113 992-1385", "613 192-1385", "613 992-1385 or 613 992-1386", "call us", "١٢٣", "None",
        "javascript:alert(1)", '613"><script>', "+44 20 7946 0958", "613 992-1385;phone-context=evil", "6" * 5_000,
        "613 992-1385\x00", "\ud800",
    ],
)  # fmt: skip
def test_anything_else_is_no_link(number):
    assert tel_href(number) == ""
