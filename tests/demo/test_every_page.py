"""Every link of the demo leads somewhere, for strangers and for staff, and every page to its translations."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import resolve

from tests.browser.conftest import browser  # noqa: F401 - a fixture
from tests.conftest import ROOT
from tests.crawling import links_of, local
from tests.home.reading import Reading

pytestmark = pytest.mark.usefixtures("demo_site")

LANGUAGES = {"en": "en-CA", "fr": "fr-CA", "zh-hant": "zh-Hant-HK"}
CHECKER = ROOT / "var/node/node_modules/vnu-jar/build/dist/vnu.jar"
HOST = "http://testserver"
ROLES = ("admin", "editor", "writer", "campaigner", "privacy", "finance", "translator")
# Each record has such pages; two of a kind tell enough.
ALIKE = 2


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
    def test_every_link_of_the_admin_leads_somewhere(self, client, role):
        client.force_login(get_user_model().objects.get(username=role))
        waiting, seen, kinds = ["/admin/"], {"/admin/"}, {}
        while waiting:
            path = waiting.pop(0)
            response = client.get(path)
            assert response.status_code < 400, (role, path)
            for link in sorted({local(one) for one in links_of(response)} | {response.get("Location", "")}):
                if link in seen or not link.startswith("/admin/") or "logout" in link:
                    continue
                seen.add(link)
                kind = resolve(urlsplit(link).path).view_name
                kinds[kind] = kinds.get(kind, 0) + 1
                if kinds[kind] <= ALIKE:
                    waiting.append(link)
        assert len(kinds) > 5
