"""Two editors who publish at the same moment: numbers stay apart, and nobody waits for ever."""

from __future__ import annotations

import pytest
from wagtail.models import Revision

from actions.wordings.models import WordingVersion
from tests.actions.wordings.changing import changed, drafted, text_in
from tests.factories.petitions import confirmed
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_languages_that_change_at_once_ask_for_one_thing_and_neither_is_lost(petition):
    for language in ("en", "fr", "zh-hant"):
        changed(petition, language)
    confirmed(petition)
    drafts = [drafted(petition, language, text=f"<p>{language}</p>").pk for language in ("en", "fr", "zh-hant")]
    at_once(3, lambda number: Revision.objects.get(pk=drafts[number]).publish())
    assert {text_in(petition, language).demand for language in ("en", "fr", "zh-hant")} == {2}
    assert WordingVersion.objects.count() == 6


def test_the_same_text_published_by_ten_tabs_is_one_version(petition):
    changed(petition)
    confirmed(petition)
    draft = drafted(petition, text="<p>New.</p>").pk
    at_once(10, lambda number: Revision.objects.get(pk=draft).publish())
    assert [version.number for version in WordingVersion.objects.filter(language="en").order_by("number")] == [1, 2]
    assert text_in(petition).acted_before == 1
