"""Whoever asks for it, and however: no page or topic is public under a language whose words it does not speak."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, get_page_models
from wagtail_localize.models import LocaleSynchronization, TranslationSource
from wagtail_localize.synctree import create_aliases_for_new_page

from blog.models import NewsPage, Topic
from home.scheduling import publish_scheduled
from home.translations.guarded import NotTranslated, OwnLanguagePage, PublishedTranslated
from home.translations.missing import words_left
from home.translations.standing import kinds
from tests.factories.news import make_topic
from tests.factories.translations import published, submitted, typed
from tests.home.translations.conftest import SENTENCE

pytestmark = pytest.mark.django_db


def edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_public(client, code: str = "fr") -> bool:
    response = client.get(f"/{code}/news/good/")
    return response.status_code == 200


def said(response) -> str:
    return response.content.decode()


@pytest.fixture
def draft(article):
    return submitted(article, "fr").get_target_instance()


def test_the_draft_that_submitting_makes_cannot_be_published_by_its_revision(draft, client):
    with pytest.raises(NotTranslated) as refused:
        draft.get_latest_revision().publish()
    assert "Good news" in str(refused.value)
    assert not is_public(client)


def test_nor_by_the_page_editor_of_a_moderator_which_says_what_is_missing(draft, moderator, client):
    answer = moderator.post(edit(draft), {"action": "publish"}, follow=True)
    assert "3 entries have no translation yet" in said(answer)
    assert "Good news" in said(answer)
    assert not is_public(client)


@pytest.mark.parametrize("below", [False, True])
def test_nor_with_many_others_from_the_list_of_pages(draft, moderator, client, below):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = draft.get_parent() if below else draft
    asked = {"include_descendants": "on"} if below else {}
    answer = moderator.post(f"{bulk}?id={chosen.pk}&next=/admin/pages/", asked, follow=True)
    assert "no translation yet" in said(answer)
    assert not is_public(client)
    assert not PageLogEntry.objects.filter(action="publishing.alone").exists()


def test_nor_at_a_set_time(draft, client):
    revision = draft.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled(timezone.now())
    assert not is_public(client)


def test_nor_after_the_translation_was_stopped(draft, moderator, client):
    translation = draft.translation_key
    stop = reverse("wagtail_localize:stop_translation", args=[submitted_id(translation)])
    moderator.post(stop, {"next": edit(draft)})
    with pytest.raises(NotTranslated) as refused:
        draft.get_latest_revision().publish()
    assert SENTENCE in str(refused.value)
    assert "Good news" not in str(refused.value)  # a heading or a name may be the same
    assert not is_public(client)


def submitted_id(key) -> int:
    return TranslationSource.objects.get(object_id=key).translations.get().pk


def test_a_draft_of_a_former_text_is_refused_too(draft, article, client):
    article.body = [("paragraph", "<p>Quite another story about another harbour.</p>")]
    article.title, article.introduction = "Other", "Other words altogether in this sentence."
    article.save_revision().publish()
    assert SENTENCE in words_left(draft.get_latest_revision().as_object())
    with pytest.raises(NotTranslated):
        draft.get_latest_revision().publish()


def test_whole_translations_go_live_and_names_may_stay_the_same(article, client):
    translation = submitted(article, "fr")
    typed(translation)
    typed(translation, {"Good news": "Good news"})
    assert published(translation).live
    assert is_public(client)


def test_a_live_translation_stays_as_it_is_while_its_source_changes(article, moderator, client):
    translation = submitted(article, "fr")
    typed(translation)
    page = published(translation)
    article.title = "Better news"
    article.save_revision().publish()
    translation.refresh_from_db()
    with pytest.raises(ValidationError):
        published(translation)
    answer = moderator.post(edit(page), {"action": "publish"}, follow=True)
    assert "1 entry has no translation yet" in said(answer)
    shown = client.get("/fr/news/good/").content.decode()
    assert "fr: Good news" in shown
    assert "Better news" not in shown


def test_a_revision_that_was_whole_may_still_be_published_after_the_source_has_changed(article, client):
    translation = submitted(article, "fr")
    typed(translation)
    record = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    revision = record.save_revision()
    article.title = "Better news"
    article.save_revision().publish()
    revision.publish()
    assert "fr: Good news" in client.get("/fr/news/good/").content.decode()


def test_copies_in_another_language_are_drafts_and_stay_drafts(article, client, french):
    alias = article.copy_for_translation(french, alias=True)
    assert not NewsPage.objects.get(pk=alias.pk).live
    article.title = "Better news"
    article.save_revision().publish()
    assert not NewsPage.objects.get(pk=alias.pk).live
    assert NewsPage.objects.get(pk=alias.pk).title == "Better news"
    assert not is_public(client)


def test_parents_that_are_copied_along_do_not_go_live(tree, client):
    parent = tree.add_page(("en",))
    child = tree.add_page(("en",), slug="child", under=parent)["en"]
    translation = submitted(child, "fr")
    typed(translation)
    published(translation)
    assert client.get("/fr/about/").headers["Location"] == "/en/about/?missing=fr"
    assert client.get("/fr/about/child/").status_code == 200


def test_synchronised_trees_publish_nothing(article, tree, client, french):
    english = article.locale
    LocaleSynchronization.objects.create(locale=french, sync_from=english)
    assert not NewsPage.objects.get(translation_key=article.translation_key, locale=french).live
    page = tree.add_page(("en",), slug="new")["en"]
    create_aliases_for_new_page(page)
    assert not Page.objects.get(slug="new", locale=french).live
    assert client.get("/fr/new/").headers["Location"] == "/en/new/?missing=fr"


def test_a_copy_in_the_same_language_lives_as_before(article, news, client):
    article.create_alias(parent=news["en"], update_slug="again")
    assert client.get("/en/news/again/").status_code == 200


def test_a_page_is_not_turned_into_a_copy(article, moderator, client):
    translation = submitted(article, "fr")
    typed(translation)
    page = published(translation)
    answer = moderator.post(reverse("wagtail_localize:convert_to_alias", args=[page.pk]), follow=True)
    assert "Translate the page instead" in said(answer)
    assert NewsPage.objects.get(pk=page.pk).alias_of_id is None
    assert "fr: Good news" in client.get("/fr/news/good/").content.decode()


def test_topics_are_held_to_the_same(client):
    topic = make_topic("Parliament", introduction="All that the House of Commons says about us.")
    translation = submitted(topic, "fr")
    with pytest.raises(ValidationError):
        published(translation)
    assert not Topic.objects.get(locale__language_code="fr").live
    typed(translation)
    assert published(translation).live


def test_synchronising_publishes_what_is_whole_and_names_what_is_not(article, moderator, client):
    typed(submitted(article, "fr"))
    submitted(article, "zh-hant")
    source = TranslationSource.objects.get_for_instance(article)
    page = reverse("wagtail_localize:update_translations", args=[source.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = moderator.post(page, {"publish_translations": "on", "next": "/admin/"}, follow=True)
    assert "Not published, because entries have no translation yet: 繁體中文." in said(answer)
    assert is_public(client, "fr")
    assert not is_public(client, "zh-hant")


def test_a_stopped_topic_is_refused_in_its_editor(moderator):
    topic = make_topic("Parliament", introduction="All that the House of Commons says about us.")
    translation = submitted(topic, "fr")
    moderator.post(reverse("wagtail_localize:stop_translation", args=[translation.pk]), {"next": "/admin/"})
    french = Topic.objects.get(locale__language_code="fr")
    fields = {"name": "Parlement", "slug": french.slug, "introduction": topic.introduction, "action-publish": "1"}
    editing = reverse("wagtailsnippets_blog_topic:edit", args=[french.pk])
    answer = moderator.post(editing, fields, follow=True)
    assert "no translation yet" in said(answer)
    assert not Topic.objects.get(pk=french.pk).live
    moderator.post(editing, {**fields, "introduction": "Tout ce que la Chambre des communes dit de nous."})
    assert Topic.objects.get(pk=french.pk).live


def test_every_kind_of_page_and_text_is_held_to_it():
    pages = [model for model in get_page_models() if model is not Page and not issubclass(model, OwnLanguagePage)]
    texts = [kind for kind in kinds() if kind is not Page and not issubclass(kind, PublishedTranslated)]
    assert (pages, texts) == ([], [])
