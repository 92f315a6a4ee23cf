"""The admin in French or Chinese says nothing of Wagtail's in English: each text shown is looked up."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
import wagtail.admin
import wagtail_localize
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.actions.admin.conftest import logged_in
from tests.factories.events import make_event
from tests.factories.news import NewsTree, make_topic
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory
from tests.factories.resources import ResourceTree
from tests.factories.translations import submitted, typed

pytestmark = pytest.mark.django_db
SHOWN_ATTRIBUTES = re.compile(r"^(aria-label|title|placeholder|alt|data-.*-(content|label|message)-value)$")
SILENT = {"script", "style", "svg"}
# What no catalogue reaches: Wagtail asks for "Home", "Locale" and "Search" (as a tab) when it starts, in English;
# "Actions" is written into a template, "None" into a counter that is hidden.
STAYS = frozenset({"Home", "Locale", "Search", "Actions", "None"})
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


class Shown(HTMLParser):
    """Collects what people read or hear."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: set[str] = set()
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in SILENT
        self.words |= {plain(value) for name, value in attrs if value and SHOWN_ATTRIBUTES.match(name)}

    def handle_endtag(self, tag):
        self.silent -= tag in SILENT

    def handle_data(self, data):
        if not self.silent:
            self.words.add(plain(data))


def plain(text: str) -> str:
    return " ".join(text.split())


@cache
def entries(language: str) -> list[polib.POEntry]:
    roots = [Path(package.__file__).parent for package in (wagtail, wagtail_localize)]
    return [one for root in roots for path in root.glob(f"**/locale/{language}/LC_MESSAGES/django.po")
            for one in polib.pofile(str(path))]  # fmt: skip


def pieces(text: str) -> list[str]:
    """The text between its tags, as a reader of the page comes upon it."""
    return [plain(one) for one in re.split(r"<[^>]+>", text) if re.search("[a-z]{3}", HOLE.sub("", one))]


@cache
def sources() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """What Wagtail and wagtail-localize say in English: as it is, and with holes for what is put in."""
    texts = {one for entry in entries("en") for text in (entry.msgid, entry.msgid_plural) for one in pieces(text)}
    holed = [re.compile(".+".join(map(re.escape, HOLE.split(one)))) for one in texts if HOLE.search(one)]
    return frozenset(one for one in texts if not HOLE.search(one)), tuple(holed)


@cache
def said(language: str) -> frozenset[str]:
    """What they say in the language, which may be the same word."""
    texts = (text for entry in entries(language) for text in (entry.msgstr, *entry.msgstr_plural.values()))
    return frozenset(one for text in texts for one in pieces(text))


def english(html: str, language: str) -> set[str]:
    whole, holed = sources()
    words = {one for one in Shown(html).words if re.search("[a-z]{3}", one)} - said(language) - STAYS
    if language == "fr":  # its words are so like the English ones that a hole would take in half a sentence
        return words & whole
    return {one for one in words if one in whole or any(pattern.fullmatch(one) for pattern in holed)}


@pytest.fixture
def house(db):
    tree = SiteTree()
    lists, news = ResourceTree(tree), NewsTree(tree)
    topic = make_topic("Parliament", "en")
    article = news.add(slug="good", title="Bonnes", introduction="Voilà.", topics=(topic,))
    article.save_revision().publish()
    gathering = make_event(name_en="Soirée")
    event = lists.add_event(slug="a", title="Soirée", event=gathering)
    event.save_revision().publish()
    translation = submitted(article, "fr")
    typed(translation)
    petition = PetitionFactory(slug="open-door")
    return {"home": tree["en"], "article": article, "topic": topic, "event": event, "translation": translation,
            "petition": petition, "gathering": gathering, "guide": lists.add(slug="guide")}  # fmt: skip


def addresses(house) -> list[str]:
    page, listed = house["article"].pk, house["article"].get_parent().pk
    of_pages = {
        "wagtailadmin_explore": [listed], "wagtailadmin_pages:edit": [page], "wagtailadmin_pages:history": [page],
        "wagtailadmin_pages:delete": [page], "wagtailadmin_pages:copy": [page], "wagtailadmin_pages:move": [page],
        "wagtailadmin_pages:unpublish": [page], "wagtailadmin_pages:usage": [page],
        "wagtailadmin_pages:workflow_history": [page], "wagtailadmin_pages:add_subpage": [listed],
        "wagtailadmin_pages:add": ["blog", "newspage", listed], "wagtailadmin_home": [], "wagtailadmin_account": [],
        "wagtailadmin_pages:search": [], "wagtailadmin_reports:workflow": [], "wagtailadmin_reports:aging_pages": [],
        "wagtailadmin_reports:workflow_tasks": [], "wagtailadmin_reports:locked_pages": [],
        "wagtailimages:index": [], "wagtailimages:add": [], "wagtaildocs:index": [], "wagtaildocs:add": [],
        "wagtailimages_chooser:choose": [], "wagtailadmin_choose_page": [], "wagtaildocs_chooser:choose": [],
        "wagtailadmin_pages:set_privacy": [page], "wagtailadmin_choose_page_external_link": [],
        "wagtailsnippets_blog_topic:list": [], "wagtailsnippets_blog_topic:add": [],
        "wagtailsnippets_actions_event:list": [], "wagtailsnippets_actions_petition:list": [],
        "wagtail_localize:submit_page_translation": [house["guide"].pk], "translations_list": [],
        "wagtailsnippets_blog_topic:edit": [house["topic"].pk],
        "wagtailsnippets_actions_petition:edit": [house["petition"].pk],
        "wagtailsnippets_actions_event:edit": [house["gathering"].pk],
    }  # fmt: skip
    found = [reverse(name, args=args) for name, args in of_pages.items()]
    edits = [house["translation"].get_target_instance(), house["home"], house["event"], house["guide"]]
    return [*found, *(reverse("wagtailadmin_pages:edit", args=[one.pk]) for one in edits)]


@pytest.mark.parametrize("language", ["fr", "zh-hant"])
def test_no_english_of_wagtails_is_shown(house, language):
    staff = logged_in("moderator", "Moderators", "Editors")
    UserProfile.objects.update_or_create(user=staff.user, defaults={"preferred_language": language})
    found, locale = {}, language.replace("zh-hant", "zh_Hant")
    for address in addresses(house):
        answer = staff.get(address, follow=True)
        assert answer.status_code == 200, address
        html = answer.json()["html"] if "json" in answer["Content-Type"] else answer.content.decode()
        found |= dict.fromkeys(english(html, locale), address)
    assert found == {}


@pytest.mark.parametrize("catalogue", ["wagtailadmin_javascript_catalog", "wagtail_localize:javascript_catalog"])
def test_nor_by_its_scripts(catalogue):
    """Each text that a script may say is in the catalogue that it is given."""
    staff = logged_in("moderator", "Moderators")
    UserProfile.objects.update_or_create(user=staff.user, defaults={"preferred_language": "zh-hant"})
    given = staff.get(reverse(catalogue)).content.decode()
    package = wagtail_localize if "localize" in catalogue else wagtail.admin
    path = Path(package.__file__).parent / "locale/en/LC_MESSAGES/djangojs.po"
    known = set(json.loads(re.search(r"const newcatalog = (\{.*?\});", given, re.S).group(1)))
    assert {entry.msgid for entry in polib.pofile(str(path))} - known == set()


def test_french_scripts_say_what_is_meant():
    """Wagtail's French has an order, "delete the error", where an error is told of."""
    staff = logged_in("moderator", "Moderators")
    UserProfile.objects.update_or_create(user=staff.user, defaults={"preferred_language": "fr"})
    given = staff.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    said = json.loads(re.search(r"const newcatalog = (\{.*?\});", given, re.S).group(1))
    assert (said["Delete error"], said["Save error"]) == ("Erreur de suppression", "Erreur d’enregistrement")
