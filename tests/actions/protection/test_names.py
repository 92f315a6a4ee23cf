"""Names as people really have them pass; what would be shown as nothing does not."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from actions.donations.staff_forms import OfflineForm
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


@pytest.mark.parametrize(
    "name",
    [
        "J.R. Roy", "St. John", "O’Neil", "Anne-Marie", "Nguyễn T.H.", "陳．大文", "陳。大文", "陳·大文", "Ho.Winnie",
        "Mr.Page", "Dr.Win", "prof.Ly", "M.A.Co", "Mr.Chan/Mrs.Lee",
    ],
)  # fmt: skip
def test_dots_of_names_make_no_web_address(name):
    assert FIELD.clean(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "win at evil.com",
        "evil。win",
        "evil．page",
        "mr.evil.win",
        "mr.page.evil.com",
        "evil.mr.page",
        "mr.com",
        "prof-page.win",
        "st.evil.example/x",
        "Tai.win",
    ],
)
def test_a_web_address_is_refused_and_who_meant_none_reads_what_to_do(name):
    with pytest.raises(ValidationError, match="put a blank after the dot"):
        FIELD.clean(name)
    assert FIELD.clean(name.replace(".", ". ").replace("。", "。 ").replace("．", "． ").replace("/", " "))


def test_staff_enter_a_company_as_it_calls_itself():
    field = OfflineForm.base_fields["name"]
    assert [field.clean(name) for name in ("Books.ca Inc.", "")] == ["Books.ca Inc.", ""]


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
