"""Every link of the demo leads somewhere, for strangers and for staff, and every page to its translations."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.crawling import local
from tests.databases import ROOT
from tests.demo.staff_walk import ROLES, walk
from tests.home.reading import Reading

pytestmark = pytest.mark.usefixtures("demo_site")

LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
CHECKER = ROOT / "var/node/node_modules/vnu-jar/build/dist/vnu.jar"
HOST = "http://testserver"
# Each record has such pages; one of a kind tells enough.
ALIKE = 1
# Wagtail's fields that choose a record link to its form without asking who may open it.
LEFT_OPEN = {"writer": {"wagtailsnippets_actions_representative:edit", "wagtailsnippets_actions_recipient:edit"}}


def language_of(path: str) -> str:
    return path.split("/")[1]


class TestAsAStranger:
    def test_no_link_leads_nowhere(self, found):
        assert [path for path, response in found.items() if response.status_code >= 400] == []

    def test_each_page_is_in_the_language_of_its_address_and_leads_to_the_others(self, client, pages):
        alternates = {}
        for path, html in pages.items():
            reading = Reading(html)
            if language_of(path) not in LANGUAGES:
                continue
            assert reading.one("html")["lang"] == LANGUAGES[language_of(path)], path
            alternates[path] = {local(one["href"]) for one in reading.all("link", rel="alternate") if "hreflang" in one}
        assert len(alternates) > 100
        for path, others in alternates.items():
            for other in others:  # whoever is named names back
                assert others == alternates[other], (path, other)

    def test_the_language_picker_leads_somewhere_from_every_page(self, client, pages):
        for path, html in pages.items():
            picker = re.search(r'<ul class="languages".*?</ul>', html, re.DOTALL)
            assert picker is not None or language_of(path) not in LANGUAGES, path
            for link in Reading(picker[0]).all("a") if picker else []:
                there = local(link["href"])
                assert there in pages or client.get(there).status_code == 200, (path, there)


class TestAsStaff:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_link_of_the_admin_opens_for_who_is_shown_it(self, role):
        seen = walk(role, alike=ALIKE)
        refused = [one for one in seen if one.refused]
        assert [one for one in refused if one.kind not in LEFT_OPEN.get(role, set())] == []
        assert {one.kind for one in refused} == LEFT_OPEN.get(role, set())
        assert len({one.kind for one in seen}) > 3
