"""Publishing a translation opens no page and closes none that is public; its publisher is told where they differ."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.db.models.signals import post_save
from django.test import TestCase
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail_localize.models import TranslationSource

from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db
LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS
OPEN = "Everybody may read this page, although its original is private"
PRIVATE = "This page is private, although everybody may read its original"
BOTH = "This page is private, as its original is"


def close(page, kind: str = LOGIN) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind)


def is_open(client, code: str) -> bool:
    return client.get(f"/{code}/news/good/").status_code == 200


def publish(who, page) -> str:
    """Press "Publish in French"; return what the page says after it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = who.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}, follow=True)
    return answer.content.decode()


def begun(article):
    translation = submitted(article, "fr")
    typed(translation)
    return translation


def test_a_page_that_is_private_by_itself_stays_private_and_its_publisher_is_told(article, moderator, client):
    page = published(begun(article))
    close(page)
    assert PRIVATE in publish(moderator, page)
    assert (is_open(client, "en"), is_open(client, "fr")) == (True, False)


def test_a_page_that_is_public_stays_public_and_its_publisher_is_told(article, moderator, client):
    page = published(begun(article))
    close(article)
    assert OPEN in publish(moderator, page)
    assert (is_open(client, "en"), is_open(client, "fr")) == (False, True)


@pytest.mark.parametrize("closed", ["before it was begun", "since"])
def test_what_is_published_for_the_first_time_is_no_wider_open_than_its_original(article, moderator, client, closed):
    members = Group.objects.create(name="Members")
    translation = None if closed.startswith("before") else begun(article)
    close(article, GROUPS).groups.add(members)
    page = (translation or begun(article)).get_target_instance()
    assert BOTH in publish(moderator, page)
    assert not is_open(client, "fr")
    assert list(page.view_restrictions.get().groups.all()) == [members]


def test_a_group_s_text_is_not_opened_to_all_of_the_staff_by_what_stands_above(article, moderator):
    close(article, GROUPS)
    translation = begun(article)
    page = translation.get_target_instance()
    page.view_restrictions.all().delete()
    close(page.get_parent())
    publish(moderator, page)
    assert page.view_restrictions.get().restriction_type == GROUPS


def test_of_two_restrictions_the_stricter_one_is_taken_over(article):
    members = Group.objects.create(name="Members")
    close(article.get_parent(), GROUPS).groups.add(members)
    close(article)
    page = begun(article).get_target_instance()
    assert list(page.view_restrictions.get().groups.all()) == [members]


def test_by_workflow_or_at_a_set_time_neither(article, client):
    """What a workflow or the job publishes is the newest draft, past wagtail-localize."""
    translation = begun(article)
    close(article)
    record = translation.source.get_ephemeral_translated_instance(translation.target_locale, fallback=True)
    revision = record.save_revision()
    closed_when_written: list[bool] = []

    def look(instance, **_kwargs) -> None:
        if isinstance(instance, Page) and instance.live:
            closed_when_written.append(instance.view_restrictions.exists())

    post_save.connect(look)
    try:
        revision.publish()
    finally:
        post_save.disconnect(look)
    assert not is_open(client, "fr")
    assert closed_when_written[:1] == [True]  # not a moment later


def test_what_somebody_opened_stays_open(article, client):
    translation = begun(article)
    close(article)
    page = published(translation)
    page.view_restrictions.all().delete()
    published(translation)
    page.unpublish()
    page.get_latest_revision().publish()
    assert is_open(client, "fr")


def test_sync_opens_nothing_either_and_names_the_language(article, administrator, client):
    close(published(begun(article)))
    source = TranslationSource.objects.get_for_instance(article)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = administrator.post(url, {"publish_translations": "on", "next": "/admin/"}, follow=True)
    assert f"Français: {PRIVATE}" in answer.content.decode()
    assert not is_open(client, "fr")


def test_nothing_is_said_of_public_pages(article, moderator):
    html = publish(moderator, begun(article).get_target_instance())
    assert not any(words in html for words in (OPEN, PRIVATE, BOTH))


@pytest.mark.parametrize("closed", ["original", "translation"])
def test_whoever_publishes_can_make_them_alike_and_the_history_says_who(article, moderator, client, closed):
    page = published(begun(article))
    close({"original": article, "translation": page}[closed])
    url = reverse("translations_readers", args=[page.pk])
    assert url in publish(moderator, page)
    assert "Make it like its original" in moderator.get(url).content.decode()
    assert is_open(client, "fr") is (closed == "original")
    moderator.post(url)
    assert is_open(client, "fr") is (closed == "translation")
    entry = PageLogEntry.objects.filter(page=page, action__startswith="wagtail.view_restriction").latest("timestamp")
    assert entry.user.username == "moderator"


@pytest.mark.parametrize("who", ["translator", "editor"])
def test_whoever_publishes_nothing_cannot(request, who, article, client):
    page = published(begun(article))
    close(page)
    answer = request.getfixturevalue(who).post(reverse("translations_readers", args=[page.pk]))
    assert answer.headers["Location"] == "/admin/"
    assert not is_open(client, "fr")


def test_a_page_that_translates_nothing_has_no_such_page(article, moderator):
    assert moderator.get(reverse("translations_readers", args=[article.pk]), follow=True).status_code == 404
