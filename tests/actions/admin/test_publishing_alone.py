"""One person publishes alone only where the site's settings say so, and then the history says so."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import TestCase
from django.urls import reverse
from wagtail.log_actions import registry as logs
from wagtail.models import Locale, Page, Site, Workflow
from wagtail_localize.models import TranslationSource

from actions.petitions.models import PetitionWording
from home.models import HomePage, StandardPage
from home.site_settings import SiteSettings
from tests.actions.admin.test_changed_translations import translate
from tests.factories.petitions import PetitionFactory

FORM = {
    "title": "Plain", "slug": "plain", "introduction": "New words", "search_description": "", "seo_title": "",
    "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
}  # fmt: skip


@pytest.fixture
def home(locales) -> HomePage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"]))
    Site.objects.update(root_page=home)
    return home


@pytest.fixture
def two_needed(home) -> None:
    settings = SiteSettings.current()
    settings.allows_publishing_alone = False
    settings.save()


def draft_by(user: User, home: HomePage) -> StandardPage:
    page = home.add_child(instance=StandardPage(title="Plain", slug="plain", live=False))
    page.save_revision(user=user)
    return page


def publish(client, page) -> str:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, {**FORM, "action-publish": "1"}, follow=True).content.decode()


def is_live(page) -> bool:
    return StandardPage.objects.get(pk=page.pk).live


def logged_alone(thing) -> int:
    return logs.get_logs_for_instance(thing).filter(action="publishing.alone").count()


def test_where_the_setting_allows_it_one_person_publishes_and_it_is_logged(moderator, home):
    page = draft_by(moderator.user, home)
    publish(moderator, page)
    assert is_live(page)
    assert logged_alone(page) == 1


def test_otherwise_it_is_refused_kept_as_a_draft_and_explained(moderator, two_needed, home):
    page = draft_by(moderator.user, home)
    shown = publish(moderator, page)
    assert not is_live(page)
    assert "Nobody else has looked at this yet" in shown
    assert StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object().introduction == "New words"
    assert logged_alone(page) == 0


def test_a_new_page_is_never_public_for_a_moment(moderator, two_needed, home):
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    shown = moderator.post(url, {**FORM, "action-publish": "1"}, follow=True).content.decode()
    page = StandardPage.objects.get()
    assert (page.live, page.first_published_at, page.introduction) == (False, None, "New words")
    assert "Nobody else has looked at this yet" in shown


def test_a_new_page_may_go_out_at_once_where_one_is_enough(moderator, home):
    url = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    moderator.post(url, {**FORM, "action-publish": "1"})
    page = StandardPage.objects.get()
    assert page.live
    assert logged_alone(page) == 1


def test_a_copy_of_a_page_does_not_go_out_alone(moderator, editor, two_needed, home):
    page = draft_by(editor.user, home)
    publish(moderator, page)
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": home.pk, "publish_copies": "1"}
    moderator.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    assert not StandardPage.objects.get(slug="copy").live


@pytest.mark.parametrize("is_allowed", [True, False])
def test_a_new_text_goes_out_alone_only_where_that_is_allowed(moderator, home, is_allowed):
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"allows_publishing_alone": is_allowed})
    petition = PetitionFactory(texts=[])
    form = text_form(PetitionWording(petition=petition))
    moderator.post(reverse(PetitionWording.snippet_viewset.get_url_name("add")), form)
    text = PetitionWording.objects.get()
    assert text.live == is_allowed
    assert logged_alone(text) == is_allowed


def test_a_colleagues_draft_can_be_published_and_is_not_called_alone(moderator, editor, two_needed, home):
    page = draft_by(editor.user, home)
    publish(moderator, page)
    assert is_live(page)
    assert logged_alone(page) == 0


def test_what_was_published_by_two_needs_two_again_after_a_change(moderator, editor, two_needed, home):
    page = draft_by(editor.user, home)
    publish(moderator, page)
    shown = publish(moderator, page)
    assert "Nobody else has looked at this yet" in shown


def test_an_administrator_is_no_exception(superuser, two_needed, home):
    page = draft_by(superuser.user, home)
    publish(superuser, page)
    assert not is_live(page)


def test_several_at_once_from_the_list_are_no_way_around(moderator, two_needed, home):
    page = draft_by(moderator.user, home)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    moderator.post(f"{url}?id={page.pk}&next=/admin/")
    assert not is_live(page)


def test_nor_are_the_drafts_below_a_page_that_two_have_seen(moderator, editor, two_needed, home):
    above = draft_by(editor.user, home)
    below = above.add_child(instance=StandardPage(title="Below", slug="below", live=False))
    below.save_revision(user=moderator.user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    moderator.post(f"{url}?id={above.pk}&next=/admin/", {"include_descendants": "on"})
    assert (is_live(above), is_live(below)) == (False, False)


def submitted(page, user) -> Page:
    Workflow.objects.get(active=True).start(page, user)
    return page


def approve(client, page) -> None:
    state = page.current_workflow_state.current_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    client.post(url, {"comment": ""})


def test_approving_ones_own_submission_is_no_way_around(moderator, two_needed, home):
    page = submitted(draft_by(moderator.user, home), moderator.user)
    approve(moderator, page)
    assert not is_live(page)


def test_approving_a_colleagues_submission_publishes_it(moderator, editor, two_needed, home):
    page = submitted(draft_by(editor.user, home), editor.user)
    approve(moderator, page)
    assert is_live(page)
    assert logged_alone(page) == 0


def text_form(text: PetitionWording) -> dict[str, str]:
    block = {"key": "a", "text": "Words", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    rich = json.dumps({"blocks": [block], "entityMap": {}})
    empty = rich.replace("Words", "")
    return {
        "title": "Title", "petition": str(text.petition_id), "target": "T", "text": rich, "background": empty,
        "at_the_goal": "", "thank_you": empty, "share_text": "", "updates": empty, "action-publish": "1",
    }  # fmt: skip


@pytest.mark.parametrize("is_allowed", [True, False])
def test_texts_of_actions_follow_the_same_rule(moderator, home, is_allowed):
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"allows_publishing_alone": is_allowed})
    text = PetitionFactory(texts=["en"]).wordings.get()
    PetitionWording.objects.update(live=False)
    text.save_revision(user=moderator.user)
    url = reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])
    shown = moderator.post(url, text_form(text), follow=True).content.decode()
    text.refresh_from_db()
    assert text.live == is_allowed
    assert ("Nobody else has looked at this yet" in shown) != is_allowed
    assert logged_alone(text) == is_allowed


@pytest.mark.parametrize("is_allowed", [True, False])
def test_translations_follow_the_same_rule(moderator, home, is_allowed):
    """wagtail-localize publishes from an editor of its own, after its transaction has ended."""
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"allows_publishing_alone": is_allowed})
    text = PetitionFactory(texts=["en"]).wordings.get()
    names = ["actions", "petitionwording", text.pk]
    french = Locale.objects.get(language_code="fr")
    submit = reverse("wagtail_localize:submit_snippet_translation", args=names)
    moderator.post(submit, {"locales": [french.pk]})
    translate({})
    made = PetitionWording.objects.get(locale=french)
    with TestCase.captureOnCommitCallbacks(execute=True):
        moderator.post(reverse(made.snippet_viewset.get_url_name("edit"), args=[made.pk]), {"action": "publish"})
    made.refresh_from_db()
    assert made.live == is_allowed


@pytest.mark.parametrize("is_allowed", [True, False])
def test_so_do_translations_that_the_page_for_synchronising_publishes(moderator, home, is_allowed):
    SiteSettings.objects.update_or_create(site=Site.objects.get(), defaults={"allows_publishing_alone": is_allowed})
    text = PetitionFactory(texts=["en"]).wordings.get()
    french = Locale.objects.get(language_code="fr")
    submit = reverse("wagtail_localize:submit_snippet_translation", args=["actions", "petitionwording", text.pk])
    moderator.post(submit, {"locales": [french.pk]})
    translate({})
    source = TranslationSource.objects.get_for_instance(text)
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    with TestCase.captureOnCommitCallbacks(execute=True):
        shown = moderator.post(url, {"publish_translations": "on", "next": "/admin/"}, follow=True).content.decode()
    made = PetitionWording.objects.get(locale=french)
    assert made.live == is_allowed
    assert ("Nobody else has looked at this yet" in shown) != is_allowed
    assert logged_alone(made) == is_allowed


def test_only_administrators_change_the_setting(moderator, administrator, home):
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", Site.objects.get().pk])
    assert "allows_publishing_alone" in administrator.get(url).content.decode()
    assert moderator.get(url).status_code in (302, 403)
