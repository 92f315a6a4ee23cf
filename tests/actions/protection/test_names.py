"""Names as people really have them pass; what would be shown as nothing does not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from actions.protection.person_fields import PersonNameField

FIELD = PersonNameField()


@pytest.mark.parametrize(
    "name",
    [
        "陳大文",
        "O",
        "X Æ A-12",
        "Nguyễn Thị Hoa",
        "김",
        "한 ㅤ",
        "ᄒ",
        "ﾀﾅｶ",
        "=HYPERLINK",
        "-1",
        "عمر",
        "ನಾ",
        "G\u200crg",
        "7",
    ],
)
def test_odd_names_pass(name):
    assert FIELD.clean(name)


BLANK = (
    "\u3164",
    "\u3164\u3164",
    "\uffa0",
    "\u115f\u1160",
    " \u3164 ",
    "\u3164.",
    "\u2800",
    "\u3164\u0301",
    "\u00ad\u3164",
    "…",
)


@pytest.mark.parametrize("name", BLANK)
def test_a_name_that_nobody_could_see_is_refused(name):
    with pytest.raises(ValidationError, match="Enter your name"):
        FIELD.clean(name)
