"""A volunteer translates without PO files, hands over, publishes nothing and sees nothing of anybody else."""

from __future__ import annotations

import re

import pytest
from django.test import TestCase
from django.urls import reverse
from wagtail.models import WorkflowState

from blog.models import NewsPage, Topic
from tests.actions.admin.conftest import logged_in
from tests.factories.news import make_topic
from tests.factories.translations import published, submitted, typed

pytestmark = pytest.mark.django_db
LIST = "/admin/translations/"


@pytest.fixture
def translation(article):
    return submitted(article, "fr")


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def rows(client) -> str:
    return client.get(LIST).content.decode().split("<tbody>")[-1]


def hand_over(client, translation, **fields):
    return client.post(reverse("translations_hand_over", args=[translation.pk]), fields, follow=True)


def test_the_front_page_shows_what_waits_and_the_menu_nothing_else(translator, translation):
    html = translator.get("/admin/").content.decode()
    assert "Waiting for a translation" in html
    assert f'href="{edit(translation.get_target_instance())}"' in html
    for other in ("Campaigns", "Donations", "Images", "Reports", "Articles"):
        assert f'"label": "{other}"' not in html
    assert '"label": "Translations"' in html


def test_the_panel_is_for_translators_alone(editor, moderator, translation):
    for client in (editor, moderator):
        assert "Waiting for a translation" not in client.get("/admin/").content.decode()
        assert '"label": "Pages"' in client.get("/admin/").content.decode()


def test_who_also_does_something_else_keeps_the_menu(translation):
    both = logged_in("both", "Translators", "Finance")
    assert '"label": "Donations"' in both.get("/admin/").content.decode()


def test_a_volunteer_begins_a_translation_and_types_it(translator, article, french):
    begin = reverse("wagtail_localize:submit_page_translation", args=[article.pk])
    answer = translator.post(begin, {"locales": [french.pk]})
    page = NewsPage.objects.get(locale=french, translation_key=article.translation_key)
    assert answer.headers["Location"] == edit(page)
    html = translator.get(edit(page)).content.decode()
    assert "Hand over for publication" in html
    entry = submitted(article, "fr").source.stringsegment_set.get(string__data="Good news")
    typing = reverse("wagtail_localize:edit_string_translation", args=[submitted(article, "fr").pk, entry.pk])
    body = "value=Bonne nouvelle"
    put = translator.put(typing, body, content_type="application/x-www-form-urlencoded")
    assert put.status_code == 201
    assert put.json()["data"] == "Bonne nouvelle"


def test_half_a_translation_is_not_handed_over_and_the_message_says_what_is_missing(translator, translation):
    typed(translation, {"Good news": "Bonne nouvelle"})
    html = hand_over(translator, translation).content.decode()
    assert "2 entries have no translation yet" in html
    assert "What happened at the harbour yesterday." in html
    assert not WorkflowState.objects.exists()


def test_what_is_handed_over_waits_for_whoever_publishes_and_leaves_the_list_of_the_others(
    translator, editor, moderator, translation
):
    typed(translation)
    address = f'href="{edit(translation.get_target_instance())}"'
    assert "translated, not published" in rows(translator)
    hand_over(translator, translation)
    for client in (translator, editor):
        assert address not in client.get(LIST).content.decode()
        assert address in client.get(LIST, {"state": "handed_over"}).content.decode()
        assert "waits for publication." not in client.get("/admin/").content.decode()
    panel = translator.get("/admin/").content.decode().split("Waiting for a translation")[1]
    assert address not in panel.split("All translations")[0]
    assert address in moderator.get(LIST).content.decode()
    assert "1 translation was handed over and waits for publication." in moderator.get("/admin/").content.decode()


@pytest.mark.parametrize("how", ["something is typed again", "a moderator asks for changes"])
def test_it_comes_back_when_something_is_left_to_do(translator, moderator, translation, how):
    typed(translation)
    hand_over(translator, translation)
    if how == "something is typed again":
        typed(translation)
    else:
        page = translation.get_target_instance()
        page.current_workflow_task_state.reject(user=moderator.user)
    assert "translated, not published" in rows(translator)
    hand_over(translator, translation)
    assert "translated, not published" not in rows(translator)


def test_the_translator_reads_which_changes_were_asked_for(translator, moderator, translation):
    typed(translation)
    hand_over(translator, translation)
    page = translation.get_target_instance()
    assert "asks for changes" not in translator.get(edit(page)).content.decode()
    page.current_workflow_task_state.reject(user=moderator.user, comment="The date is <wrong>.")
    html = translator.get(edit(page)).content.decode()
    assert "asks for changes before it can go out" in html
    assert "The date is &lt;wrong&gt;." in html
    hand_over(translator, translation)
    assert "asks for changes" not in translator.get(edit(page)).content.decode()


def test_the_lists_of_a_workflow_say_what_each_thing_is(translator, moderator, translation):
    """A page and the text of its action bear the same title."""
    typed(translation)
    hand_over(translator, translation)
    for client in (translator, moderator):
        (row,) = re.findall(r"<tr>(?:(?!</tr>).)*fr: Good news.*?</tr>", client.get("/admin/").content.decode(), re.S)
        assert "<td>Article</td>" in row
        assert "Français" in row


def test_a_whole_one_waits_for_a_moderator_who_publishes_it(translator, moderator, translation, client):
    typed(translation)
    assert "It waits for publication now" in hand_over(translator, translation).content.decode()
    page = translation.get_target_instance()
    assert not page.live
    assert page.get_latest_revision_as_object().title == "fr: Good news"
    assert page.current_workflow_state.requested_by == translator.user
    front = moderator.get("/admin/").content.decode()
    assert "fr: Good news" in front
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = moderator.post(edit(page), {"action": "publish"}, follow=True)
    assert answer.status_code == 200
    assert client.get("/fr/news/good/").status_code == 200
    page.refresh_from_db()
    assert not page.workflow_in_progress


def test_a_moderator_may_also_approve_it_where_it_waits(translator, moderator, translation, client):
    typed(translation)
    hand_over(translator, translation)
    page = translation.get_target_instance()
    task = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    moderator.post(approve, {"comment": ""})
    assert "fr: Good news" in client.get("/fr/news/good/").content.decode()
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()


def test_handing_over_again_gives_the_moderator_the_newest_words(translator, translation):
    typed(translation)
    hand_over(translator, translation)
    typed(translation, {"Good news": "Très bonne nouvelle"})
    hand_over(translator, translation)
    page = translation.get_target_instance()
    assert WorkflowState.objects.count() == 1
    assert page.current_workflow_task_state.revision.as_object().title == "Très bonne nouvelle"


def test_a_rejected_one_can_be_handed_over_again(translator, moderator, translation):
    typed(translation)
    hand_over(translator, translation)
    page = translation.get_target_instance()
    reject = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "reject", page.current_workflow_task_state.pk]
    )
    moderator.post(reject, {"comment": "Please look at the title again."})
    hand_over(translator, translation)
    page = translation.get_target_instance()
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_a_new_translation_of_a_live_page_changes_nothing_that_is_public(translator, translation, client):
    typed(translation)
    published(translation)
    typed(translation, {"Good news": "Très bonne nouvelle"})
    hand_over(translator, translation)
    html = client.get("/fr/news/good/").content.decode()
    assert "fr: Good news" in html
    assert "Très bonne nouvelle" not in html


def test_nor_does_one_of_a_live_text(translator, db):
    topic = make_topic("Parliament")
    translation = submitted(topic, "fr")
    typed(translation, {"Parliament": "Parlement"})
    published(translation)
    typed(translation, {"Parliament": "Le Parlement"})
    hand_over(translator, translation)
    french = Topic.objects.get(locale__language_code="fr")
    assert (french.live, french.name) == (True, "Parlement")
    assert french.get_latest_revision_as_object().name == "Le Parlement"


def test_a_volunteer_publishes_nothing(translator, translation, client):
    typed(translation)
    page = translation.get_target_instance()
    translator.post(edit(page), {"action": "publish"})
    translator.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}")
    assert not NewsPage.objects.get(pk=page.pk).live
    assert client.get("/fr/news/good/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_editors_write_is_not_theirs_to_change(translator, article, tree, method):
    answer = getattr(translator, method)(edit(article), {"title": "Mine", "slug": "good"}, follow=True)
    assert "This text is written by editors." in answer.content.decode()
    assert NewsPage.objects.get(pk=article.pk).get_latest_revision_as_object().title == "Good news"
    topic = make_topic("Parliament")
    snippet = reverse("wagtailsnippets_blog_topic:edit", args=[topic.pk])
    assert "This text is written by editors." in translator.get(snippet, follow=True).content.decode()


def test_nor_do_they_stop_delete_or_move(translator, translation):
    page = translation.get_target_instance()
    assert translator.post(reverse("wagtail_localize:stop_translation", args=[translation.pk])).status_code == 302
    translation.refresh_from_db()
    assert translation.enabled
    for view in ("delete", "unpublish", "copy"):
        answer = translator.get(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
        assert answer.status_code in (302, 403), view
    moving = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, page.get_parent().get_parent().pk])
    translator.post(moving)
    assert NewsPage.objects.get(pk=page.pk).path == page.path
    assert translator.get(reverse("wagtailadmin_pages:add_subpage", args=[page.get_parent().pk])).status_code != 200


def test_strangers_to_a_translation_do_not_hand_it_over(translation, client):
    typed(translation)
    assert hand_over(logged_in("f", "Finance"), translation).status_code == 200
    assert hand_over(client, translation).redirect_chain[0][0].startswith("/admin/login/")
    assert not WorkflowState.objects.exists()
    assert translation.get_target_instance().get_latest_revision().as_object().title == "Good news"


def test_handing_over_is_never_done_by_a_link(translator, translation):
    typed(translation)
    assert translator.get(reverse("translations_hand_over", args=[translation.pk])).status_code == 405


def test_it_then_stands_in_the_list_as_handed_over(translator, translation):
    typed(translation)
    hand_over(translator, translation)
    everything = translator.get(LIST, {"state": "all"}).content.decode().split("<tbody>")[-1]
    assert "handed over" in everything


def test_whoever_publishes_opens_a_text_that_was_handed_over_twice(translator, moderator, news):
    """Its status then links to the former version."""
    translation = submitted(make_topic("Harbour"), "fr")
    typed(translation)
    for _number in range(2):
        hand_over(translator, translation)
    topic = translation.get_target_instance()
    answer = moderator.get(reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk]))
    assert answer.status_code == 200
    assert "Compare with previous version" in answer.content.decode()
