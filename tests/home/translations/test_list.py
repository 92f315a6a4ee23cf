"""The list "Translations": where everything stands, and a link straight to the work."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from blog.models import NewsPage
from home.models import NavigationSettings, SiteSettings
from home.translations.standing import State, standings
from home.translations.waiting import translations, translations_waiting
from tests.actions.admin.conftest import logged_in
from tests.factories.news import make_many, make_topic
from tests.factories.petitions import PetitionFactory
from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db
LIST = "/admin/translations/"


def state_of(title: str, code: str) -> State:
    (found,) = [one for one in standings(Page) if one.title == title and one.language == code]
    return found.state


def lines_of(user, title: str) -> dict[str, str]:
    return {line.language: line.state for line in translations(user) if line.title == title}


def test_a_page_goes_through_all_states(article, moderator):
    assert state_of("Good news", "fr") == State.MISSING
    translation = submitted(article, "fr")
    assert state_of("Good news", "fr") == State.UNFINISHED
    typed(translation)
    assert state_of("Good news", "fr") == State.READY
    published(translation)
    assert state_of("Good news", "fr") == State.CURRENT
    assert state_of("Good news", "zh-hant") == State.MISSING
    article.title = "Good news at last"
    article.save_revision().publish()
    assert state_of("Good news at last", "fr") == State.CHANGED
    translation.refresh_from_db()
    typed(translation)
    assert state_of("Good news at last", "fr") == State.READY
    published(translation)
    assert state_of("Good news at last", "fr") == State.CURRENT


def test_what_nobody_has_published_yet_is_not_due(news):
    draft = news.add(slug="draft", title="A draft", live=False)
    assert draft.title not in {one.title for one in standings(Page)}


def test_pages_written_by_themselves_are_said_to_be_so(tree):
    tree.add_page(titles={"en": "About us"})
    assert state_of("About us", "fr") == State.SEPARATE


def test_a_copy_of_another_language_is_missing(article, french):
    article.copy_for_translation(french, alias=True)
    assert state_of("Good news", "fr") == State.MISSING


def test_pictures_and_order_that_changed_wait_for_publication(article):
    translation = submitted(article, "fr")
    typed(translation)
    published(translation)
    article.kind = "statement"
    article.save_revision().publish()
    assert state_of("Good news", "fr") == State.READY


def test_topics_and_texts_of_settings_are_listed(article, tree, administrator):
    make_topic("Parliament")
    settings = SiteSettings.for_site(tree.site)
    settings.notice_en, settings.notice_zh = "Phones are down", "電話暫停"
    settings.save()
    menus = NavigationSettings.for_site(tree.site)
    menus.header_links = [("link", {"page": tree["en"], "label_en": "Act", "label_fr": "Agir", "label_zh": ""})]
    menus.save()
    assert lines_of(administrator.user, "Parliament") == {"fr": "missing", "zh-hant": "missing"}
    assert lines_of(administrator.user, "notice") == {"fr": "missing"}
    assert lines_of(administrator.user, "menu link “Act”") == {"zh-hant": "missing"}


def test_settings_are_listed_for_those_only_who_may_change_them(article, tree, editor):
    settings = SiteSettings.for_site(tree.site)
    settings.notice_en = "Phones are down"
    settings.save()
    assert lines_of(editor.user, "notice") == {}


def test_the_page_shows_what_is_to_be_done_and_leads_there(article, editor):
    translation = submitted(article, "fr")
    typed(translation, {"Good news": "Bonne nouvelle"})
    html = editor.get(LIST).content.decode()
    target = translation.get_target_instance()
    assert f'href="{reverse("wagtailadmin_pages:edit", args=[target.pk])}"' in html
    assert "not finished" in html
    assert "1 of 3" in html
    begin = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    assert f'href="{begin}?select_locale=zh-hant"' in html
    chosen = editor.get(f"{begin}?select_locale=zh-hant").content.decode()
    assert "checked" in chosen


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("language=fr", {"fr"}),
        ("language=zh-hant", {"zh-hant"}),
        ("kind=blog.newspage", {"fr", "zh-hant"}),
        ("kind=blog.topic", set()),
        ("state=missing", {"zh-hant"}),
        ("state=unfinished", {"fr"}),
        ("state=all", {"fr", "zh-hant"}),
        ("language=x&kind=&state=nonsense", set()),
        ("p=99", {"fr", "zh-hant"}),
    ],
)
def test_it_is_filtered_by_language_kind_and_state(article, editor, query, shown):
    submitted(article, "fr")
    response = editor.get(f"{LIST}?{query}")
    assert response.status_code == 200
    found = {line.language for line in response.context["page"].object_list if line.title == "Good news"}
    assert found == shown


def test_what_visitors_read_wrongly_comes_first(article, news, editor):
    other = news.add(slug="other", title="Another", live=True)
    translation = submitted(article, "fr")
    typed(translation)
    published(translation)
    article.title = "Zebra"
    article.save_revision().publish()
    assert other.live
    waiting = translations_waiting(editor.user)
    assert (waiting[0].title, waiting[0].state) == ("Zebra", State.CHANGED)
    assert {line.language for line in translations_waiting(editor.user, language="fr")} == {"fr"}


def test_it_takes_as_many_queries_for_two_hundred_articles_as_for_two(news, administrator):
    def counted() -> int:
        administrator.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            assert administrator.get(LIST).status_code == 200
        return len(seen)

    make_many(news, 2)
    submitted(NewsPage.objects.first(), "fr")
    few = counted()
    make_many(news, 200)
    assert counted() == few
    assert few <= 60


@pytest.mark.parametrize("who", ["finance", "campaigner"])
def test_others_do_not_see_it(who, article):
    client = logged_in(who, {"finance": "Finance", "campaigner": "Campaigners"}[who])
    assert client.get(LIST).status_code == 302
    assert "Translations" not in client.get("/admin/").content.decode()


class TestKeeping:
    """An editor decides that a translation needs no change."""

    @pytest.fixture
    def page(self, article):
        translation = submitted(article, "fr")
        typed(translation)
        page = published(translation)
        article.introduction = "What happened at the harbor yesterday."
        article.save_revision().publish()
        return page

    def url(self, page) -> str:
        return reverse("translations_keep", args=["page", page.pk])

    def seen(self, client, page) -> str:
        return client.get(self.url(page)).context["seen"]

    def test_with_a_reason_it_counts_as_up_to_date_and_is_kept_for_the_next_time(self, page, moderator, client):
        assert self.url(page) in moderator.get(LIST).content.decode()
        shown = moderator.get(self.url(page)).content.decode()
        assert "What happened at the harbor yesterday." in shown
        assert "fr: What happened at the harbour yesterday." in shown
        answer = moderator.post(self.url(page), {"reason": "Spelling only", "seen": self.seen(moderator, page)})
        assert answer.status_code == 302
        assert state_of("Good news", "fr") == State.KEPT
        entry = PageLogEntry.objects.get(action="translations.keep")
        assert (entry.data["reason"], entry.user) == ("Spelling only", moderator.user)
        moderator.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
        assert "fr: What happened at the harbour yesterday." in client.get("/fr/news/good/").content.decode()

    def test_without_a_reason_it_is_not(self, page, moderator):
        answer = moderator.post(self.url(page), {"reason": " ", "seen": self.seen(moderator, page)})
        assert answer.status_code == 422
        assert "Give a reason" in answer.content.decode()
        assert state_of("Good news", "fr") == State.CHANGED

    def test_another_change_meanwhile_needs_another_look(self, page, moderator, article):
        seen = self.seen(moderator, page)
        article.introduction = "What happened in the market yesterday."
        article.save_revision().publish()
        answer = moderator.post(self.url(page), {"reason": "Spelling only", "seen": seen})
        assert answer.status_code == 422
        assert state_of("Good news", "fr") == State.CHANGED

    def test_the_next_change_asks_again(self, page, moderator, article):
        moderator.post(self.url(page), {"reason": "Spelling only", "seen": self.seen(moderator, page)})
        article.introduction = "What happened in the market yesterday."
        article.save_revision().publish()
        assert state_of("Good news", "fr") == State.CHANGED

    @pytest.mark.parametrize("who", ["editor", "translator"])
    def test_only_who_may_publish_decides_it(self, request, page, who):
        client = request.getfixturevalue(who)
        assert client.get(self.url(page)).status_code in (302, 403)
        assert self.url(page) not in client.get(LIST).content.decode()

    @pytest.mark.parametrize("kind", ["nothing", "blog.topic", "home.homepage", "auth.user", "x.y"])
    def test_bent_addresses_are_not_found(self, page, moderator, kind):
        assert moderator.get(f"/admin/translations/{kind}/999/keep/", follow=True).status_code == 404


def test_there_is_one_list_of_translations_in_the_menu(article, moderator):
    html = moderator.get("/admin/").content.decode()
    assert f'"url": "{LIST}"' in html
    assert "/admin/localize/reports/" not in html


@pytest.mark.parametrize("who", ["Finance", "Data protection", "Campaigners"])
def test_other_roles_learn_no_names_by_an_address_either(who):
    petition = PetitionFactory()
    client = logged_in("other", who)
    api = "/admin/localize/api/snippets/actions/petition/"
    for address in (api, f"{api}{petition.pk}/", "/admin/localize/reports/translations/", LIST):
        assert client.get(address).status_code in (302, 403), address


def test_the_translators_editor_still_learns_the_name_of_what_a_page_points_at(translator, tree):
    petition = PetitionFactory(name="Keep the door open")
    api = "/admin/localize/api/snippets/actions/petition/"
    assert translator.get(f"{api}{petition.pk}/").json()["title"] == "Keep the door open"
    assert translator.get(api).status_code in (302, 403)
    assert translator.get("/admin/localize/reports/translations/").url == LIST
