"""What editors are told before and after publishing: it warns in plain words and never stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from actions.pages import ActionIndexPage, ActionPage
from actions.readiness.panel import findings
from home.models import HomePage, StandardPage
from tests.factories.donations import AppealFactory
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import make_image
from tests.factories.petitions import PetitionFactory
from tests.factories.representatives import RecipientFactory

GOOD = "Sign and write to your member of Parliament so that the harbour stays open."


@pytest.fixture
def index(locales) -> ActionIndexPage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"]))
    return home.add_child(instance=ActionIndexPage(title="Act", slug="act-now"))


def make_page(index, *blocks, description: str = GOOD) -> ActionPage:
    body = [{"type": kind, "id": str(number), "value": value} for number, (kind, value) in enumerate(blocks)]
    page = ActionPage(title="Harbour", slug="harbour", introduction="I", body=body, search_description=description)
    return index.add_child(instance=page)


def told(thing) -> str:
    return "\n".join(one.text for one in findings(thing))


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("", "no description"),
        ("Harbour", "only repeats the title"),
        ("Too short.", "is short: 10 characters"),
        ("x" * 161, "is cut by search engines: 161"),
        (GOOD, ""),
    ],
)
def test_the_description_is_judged(index, description, words):
    shown = told(make_page(index, description=description))
    assert words in shown
    assert ("description" in shown or "Promote" in shown) == bool(words)


def test_a_chinese_description_may_be_shorter(index, locales):
    page = StandardPage(title="頁", slug="p", search_description="香港人在加拿大向國會議員去信，請他們支持安全港法案。")
    page.locale = locales["zh-hant"]
    index.get_parent().add_child(instance=page)
    assert "Promote" not in told(page)


def test_pictures_without_words_are_counted_and_decoration_is_not(index):
    picture = make_image().pk
    bare = {"image": {"image": picture, "alt_text": "", "decorative": False}, "caption": ""}
    fine = {"image": {"image": picture, "alt_text": "A harbour", "decorative": False}, "caption": ""}
    decoration = {"image": {"image": picture, "alt_text": "", "decorative": True}, "caption": ""}
    shown = told(make_page(index, ("image", bare), ("image", fine), ("image", decoration)))
    assert "1 picture has no description" in shown


def test_a_language_in_which_the_page_is_missing_or_a_draft_is_named(index, locales):
    page = make_page(index)
    assert "does not exist in Français, 繁體中文 yet" in told(page)
    french = index.copy_for_translation(locales["fr"], copy_parents=True)
    copy = page.copy_for_translation(locales["fr"])
    assert french.pk
    shown = told(page)
    assert "does not exist in 繁體中文 yet" in shown
    assert [one.url for one in findings(page) if "is not published" in one.text] == [
        reverse("wagtailadmin_pages:edit", args=[copy.pk])
    ]


def test_what_holds_for_its_actions_is_told_once_each(index):
    petition = PetitionFactory(name="Door", texts=["en"])
    block = ("petition", {"petition": petition.pk, "heading": ""})
    shown = told(make_page(index, block, block))
    assert shown.count("“Door” (petition) has no closing date") == 1
    assert "“Door” (petition) has no published text in Français, 繁體中文" in shown


def test_an_action_of_which_no_text_is_out_is_told_with_the_way_there(index):
    petition = PetitionFactory(name="Door", texts=["en"])
    petition.wordings.update(live=False)
    page = make_page(index, ("petition", {"petition": petition.pk, "heading": ""}))
    found = [one for one in findings(page) if "nobody can take part" in one.text]
    text = petition.wordings.get()
    assert [one.url for one in found] == [reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk])]


def test_an_action_in_order_is_passed_over(index, locales):
    soon = timezone.now() + timedelta(days=9)
    petition = PetitionFactory(name="Door", closes_at=soon)
    page = make_page(index, ("petition", {"petition": petition.pk, "heading": ""}))
    assert "Door" not in told(page)


def test_letters_to_one_party_are_told(index, riding):
    minister = RecipientFactory(party_name_en="Lighthouse Party")
    letters = LetterCampaignFactory(name="Second", closes_at=timezone.now() + timedelta(days=3), recipients=[minister])
    shown = told(make_page(index, ("letter", {"letter_campaign": letters.pk, "heading": ""})))
    assert "belong to one party" in shown
    assert "belong to one party" in told(letters.wordings.first())


def test_an_appeal_without_goal_needs_no_end(db):
    assert "closing date" not in told(AppealFactory())
    assert "closing date" in told(AppealFactory(goal_cents=1000_00))


def test_the_panel_stands_in_the_editor_of_page_and_text(editor, index):
    petition = PetitionFactory(name="Door", texts=["en"])
    page = make_page(index, ("petition", {"petition": petition.pk, "heading": ""}), description="")
    text = petition.wordings.get()
    for url in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk]),
    ):
        shown = editor.get(url).content.decode()
        assert "Before you publish" in shown
        assert "“Door” (petition) has no closing date" in shown


def test_an_unknown_field_in_braces_blocks_each_text(db):
    wording = PetitionFactory(texts=["en"]).wordings.get()
    wording.text = "<p>Dear {mp_name}</p>"
    with pytest.raises(Exception, match="mp_name"):
        wording.full_clean()
    wording.text = "<p>Fine</p>"
    wording.share_text = "See {link}"
    with pytest.raises(Exception, match="link"):
        wording.full_clean()


def test_whoever_publishes_is_told_and_not_stopped(moderator, index):
    page = StandardPage(title="Plain", slug="plain", live=False)
    index.get_parent().add_child(instance=page)
    answer = moderator.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form_of_plain(), "action-publish": "1"}, follow=True
    )
    page.refresh_from_db()
    assert page.live
    shown = answer.content.decode()
    assert "What could still be better" in shown
    assert "no description for search engines" in shown


def form_of_plain() -> dict[str, str]:
    return {
        "title": "Plain", "slug": "plain", "introduction": "", "search_description": "", "seo_title": "",
        "body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip


def test_the_judgement_costs_the_same_for_many_blocks(index):
    petition, picture = PetitionFactory(texts=["en"]), make_image()
    blocks = [
        ("petition", {"petition": petition.pk, "heading": ""}),
        ("image", {"image": {"image": picture.pk, "alt_text": "", "decorative": False}, "caption": ""}),
    ]
    costs = []
    for number in (1, 8):
        page = make_page(index, *blocks * number)
        fresh = ActionPage.objects.select_related("locale").get(pk=page.pk)
        with CaptureQueriesContext(connection) as seen:
            assert findings(fresh)
        costs.append(len(seen))
        page.delete()
    assert costs[0] == costs[1] <= 8


def test_what_is_scheduled_is_not_said_to_be_out(moderator, index):
    page = StandardPage(title="Plain", slug="plain", live=False)
    index.get_parent().add_child(instance=page)
    later = {"go_live_at": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%d %H:%M}", "action-publish": "1"}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = moderator.post(address, {**form_of_plain(), **later}, follow=True).content.decode()
    assert "Before it goes out, this could be better:" in shown
    assert "It is out" not in shown


def test_whoever_approves_a_page_reads_that_it_is_out_and_what_could_be_better(moderator, editor, index):
    page = StandardPage(title="Plain", slug="plain", live=False)
    index.get_parent().add_child(instance=page)
    page.save_revision()
    page.get_workflow().start(page, editor.user)
    approval = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = moderator.post(address, {**form_of_plain(), **approval}, follow=True).content.decode()
    page.refresh_from_db()
    assert page.live
    assert "“Plain” is approved and published." in shown
    assert "What could still be better" in shown
