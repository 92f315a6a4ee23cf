"""An editor who changes a text that people have acted on is asked what kind of change it is, and everybody sees it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from actions.petitions.models import PetitionWording
from actions.wordings.services import versions_of
from actions.wordings.states import Change
from tests.actions.admin.test_petitions import TEXTS, rich, text_form
from tests.actions.wordings.changing import changed, newest, text_in
from tests.behind import behind
from tests.factories.letters import written_letter
from tests.factories.petitions import PetitionFactory, confirmed

QUESTION = "What kind of change is it?"
MISSING = "Say what kind of change it is"


@pytest.fixture
def petition(riding):
    """Its English text was published in the admin's way, with one signature under it."""
    petition = PetitionFactory(slug="open-door")
    changed(petition, target="The Minister", text="<p>We ask for it.</p>")
    confirmed(petition)
    return petition


def edit_url(record, language="en") -> str:
    return reverse(f"{TEXTS}:edit", args=[text_in(record, language).pk])


def sent(client, petition, *, button="action-publish", since="1.1", **changes):
    pressed = {button: "1"} if button else {}
    return client.post(edit_url(petition), text_form(petition, since=since, **pressed, **changes))


def test_the_form_asks_and_says_which_fields_count(moderator, petition):
    page = moderator.get(edit_url(petition)).content.decode()
    assert QUESTION in page
    assert "Typo or small fix" in page
    assert "Changes what people sign" in page
    assert "Title, Addressed to, What people sign" in page
    assert not re.search(r'name="change"[^>]*checked', page)
    assert [page.count(f'name="{name}"') for name in ("change", "since")] == [2, 1]


@pytest.mark.parametrize(
    ("code", "words"),
    [("fr", "Faute de frappe ou petite correction"), ("zh-hant", "錯字或小修正")],
)
def test_the_question_speaks_the_editors_language(moderator, petition, code, words):
    from wagtail.users.models import UserProfile

    UserProfile.objects.update_or_create(user=moderator.user, defaults={"preferred_language": code})
    assert words in moderator.get(edit_url(petition)).content.decode()


def test_publishing_a_changed_text_without_an_answer_is_refused_with_the_difference(moderator, petition):
    answer = sent(moderator, petition, text=rich("We ask for more."))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert MISSING in page
    assert "<del>it.</del><ins>more.</ins>" in page
    assert newest(petition).number == 1


def test_a_draft_needs_no_answer(editor, moderator, petition):
    assert sent(editor, petition, button="", text=rich("We ask for more.")).status_code == 302
    assert text_in(petition).has_unpublished_changes
    page = moderator.get(edit_url(petition)).content.decode()
    assert "<ins>more.</ins>" in page
    assert "said of it" not in page


@pytest.mark.parametrize("said", ["typo", "material"])
def test_the_answer_is_taken_logged_and_seen_in_the_history(moderator, petition, said):
    assert sent(moderator, petition, text=rich("We ask for more."), change=said).status_code == 302
    assert newest(petition).change == said
    assert {text.language for text in behind()} == ({"fr", "zh-hant"} if said == "material" else set())
    history = moderator.get(reverse(f"{TEXTS}:history", args=[text_in(petition).pk])).content.decode()
    words = {"typo": "with a typo or a small fix", "material": "agree to something else"}
    assert words[said] in history
    assert ModelLogEntry.objects.get(action=f"wordings.{said}").user == moderator.user


def test_what_stands_around_the_text_is_published_without_a_question(moderator, petition):
    assert sent(moderator, petition, background=rich("More about it.")).status_code == 302
    assert text_in(petition).live
    assert newest(petition).change in (Change.FIRST, Change.AROUND)


def test_an_answer_without_a_change_means_nothing(moderator, petition):
    assert sent(moderator, petition, change="material").status_code == 302
    assert list(behind()) == []
    assert not ModelLogEntry.objects.filter(action__startswith="wordings.").exists()


@pytest.mark.parametrize("odd", ["nothing", "first", "unasked", "x" * 5000])
def test_an_answer_that_does_not_exist_is_refused(moderator, petition, odd):
    assert sent(moderator, petition, text=rich("We ask for more."), change=odd).status_code == 200
    assert newest(petition).number == 1


@pytest.mark.parametrize("odd", ["", "1", "2.1", "1.2", "-1", "x", "1" * 5000])
def test_an_answer_about_another_version_is_asked_once_more(moderator, petition, odd):
    answer = sent(moderator, petition, since=odd, text=rich("We ask for more."), change="typo")
    assert answer.status_code == 200
    assert newest(petition).number == 1


def test_of_two_tabs_the_second_sees_what_the_first_has_published(moderator, petition):
    assert sent(moderator, petition, text=rich("We ask for something else."), change="material").status_code == 302
    second = sent(moderator, petition, text=rich("We ask for it now."), change="typo")
    page = second.content.decode()
    assert "Another text was published since you opened this page." in page
    assert 'name="since" value="2.2"' in page
    assert newest(petition).number == 2
    assert sent(moderator, petition, since="2.2", text=rich("We ask for it now."), change="material").status_code == 302
    assert newest(petition).number == 3


def test_a_language_that_was_changed_meanwhile_is_looked_at_before_this_one_follows(moderator, petition):
    changed(petition, "fr")
    changed(petition, "fr", text="<p>Autre chose.</p>")
    answer = sent(moderator, petition, text=rich("We ask for more."), change="material")
    assert "Another text was published since you opened this page." in answer.content.decode()
    assert newest(petition).number == 1


def test_a_moderator_sees_what_an_editor_said_and_it_stands(editor, moderator, petition):
    sent(editor, petition, button="action-submit", text=rich("We ask for itt."), change="typo")
    wording = text_in(petition)
    page = moderator.get(edit_url(petition)).content.decode()
    assert "<ins>itt.</ins>" in page
    assert "editor said of it: “Typo or small fix”" in page
    approve = reverse(f"{TEXTS}:workflow_action", args=[wording.pk, "approve", wording.current_workflow_task_state.pk])
    moderator.post(approve, {"comment": ""})
    assert newest(petition).change == Change.TYPO
    assert ModelLogEntry.objects.get(action="wordings.typo").user == editor.user


def approved(client, petition, **changes):
    return sent(client, petition, button="action-workflow-action", **{"workflow-action-name": "approve"}, **changes)


def test_approving_in_the_form_publishes_at_the_first_press(editor, moderator, petition):
    sent(editor, petition, button="action-submit", text=rich("We ask for itt."), change="typo")
    answer = approved(moderator, petition, text=rich("We ask for itt."))
    page = moderator.get(answer.url).content.decode()
    assert "is approved and published." in page
    assert not text_in(petition).workflow_in_progress
    assert "itt." in text_in(petition).text
    assert newest(petition).change == Change.TYPO


def test_what_the_moderator_mends_while_approving_is_what_is_published(editor, moderator, petition):
    sent(editor, petition, button="action-submit", text=rich("We ask for itt."), change="typo")
    approved(moderator, petition, text=rich("We ask for it all."), change="material")
    assert "it all." in text_in(petition).text
    assert newest(petition).change == Change.MATERIAL
    assert not text_in(petition).workflow_in_progress


def test_an_editor_cannot_approve_in_the_form(editor, petition):
    sent(editor, petition, button="action-submit", text=rich("We ask for itt."), change="typo")
    approved(editor, petition, text=rich("We ask for itt."))
    assert text_in(petition).workflow_in_progress
    assert newest(petition).number == 1


def test_submitting_needs_the_answer_too(editor, petition):
    assert sent(editor, petition, button="action-submit", text=rich("We ask for more.")).status_code == 200
    assert not text_in(petition).current_workflow_state


def test_what_was_said_of_a_draft_falls_when_somebody_changes_it_further(editor, moderator, petition):
    sent(editor, petition, button="", text=rich("We ask for itt."), change="typo")
    assert MISSING in sent(moderator, petition, text=rich("We ask for the moon.")).content.decode()
    assert newest(petition).number == 1
    assert sent(moderator, petition, text=rich("We ask for itt.")).status_code == 302
    assert ModelLogEntry.objects.get(action="wordings.typo").user == editor.user


def test_going_back_to_an_older_revision_is_asked_as_well(moderator, petition):
    older = text_in(petition).latest_revision
    sent(moderator, petition, text=rich("We ask for more."), change="typo")
    revert = reverse(f"{TEXTS}:revisions_revert", args=[text_in(petition).pk, older.pk])
    assert "<ins>it.</ins>" in moderator.get(revert).content.decode()
    form = text_form(petition, since="2.1", revision=older.pk, **{"action-publish": "1"})
    assert MISSING in moderator.post(revert, form).content.decode()
    assert moderator.post(revert, {**form, "change": "typo"}).status_code == 302
    assert newest(petition).number == 3


def test_before_the_first_signature_nothing_has_to_be_said(moderator, riding):
    petition = PetitionFactory()
    changed(petition, target="The Minister", text="<p>We ask for it.</p>")
    assert "Nobody has acted on this text yet" in moderator.get(edit_url(petition)).content.decode()
    assert sent(moderator, petition, text=rich("We ask for more.")).status_code == 302
    assert newest(petition).change == Change.UNASKED


def test_a_text_alone_that_nobody_has_signed_is_not_asked_about(moderator, riding):
    petition = PetitionFactory(texts=["en"])
    assert QUESTION not in moderator.get(edit_url(petition)).content.decode()


def test_letters_are_asked_about_in_their_own_words(moderator, letter_campaign, riding):
    written_letter(letter_campaign, riding=riding)
    wording = text_in(letter_campaign)
    page = moderator.get(reverse("wagtailsnippets_actions_letterwording:edit", args=[wording.pk])).content.decode()
    assert "Changes what people send" in page
    assert "Title, Subject lines, Text of the letter, Other texts" in page


@pytest.mark.parametrize("who", ["editor", "moderator"])
def test_texts_that_are_behind_stand_in_the_list_above_the_form_and_on_the_front_page(request, petition, who):
    client = request.getfixturevalue(who)
    changed(petition, text="<p>We ask for more.</p>")
    wording = text_in(petition, "fr")
    listed = client.get(reverse(f"{TEXTS}:list") + "?locale=fr").content.decode()
    above = client.get(edit_url(petition, "fr")).content.decode()
    front = client.get(reverse("wagtailadmin_home")).content.decode()
    keep = reverse("wordings_keep", args=["petitionwording", wording.pk])
    assert "follows a former text" in listed
    assert "follows a former text; the newest one is in another language (English)" in above
    assert "2 translations follow a former original" in front
    assert f'href="{reverse("translations_list")}?state=changed"' in front
    assert (keep in above) == (keep in listed) == (who == "moderator")
    english = client.get(reverse(f"{TEXTS}:list") + "?locale=en").content.decode()
    assert "follows a former text" not in english


def keep_url(petition, language="fr") -> str:
    return reverse("wordings_keep", args=["petitionwording", text_in(petition, language).pk])


def test_a_moderator_keeps_a_text_as_it_is_with_a_reason(moderator, petition):
    english = changed(petition, text="<p>We ask for more.</p>")
    page = moderator.get(keep_url(petition)).content.decode()
    assert "We ask for more." in page
    assert "We ask for an invented harbour." in page
    assert moderator.post(keep_url(petition), {"seen": english.demand, "reason": " "}).status_code == 422
    assert {text.language for text in behind()} == {"fr", "zh-hant"}
    done = moderator.post(keep_url(petition), {"seen": english.demand, "reason": "French said so."}, follow=True)
    assert "Kept as it is." in done.content.decode()
    assert {text.language for text in behind()} == {"zh-hant"}
    history = moderator.get(reverse(f"{TEXTS}:history", args=[text_in(petition, "fr").pk])).content.decode()
    assert "Kept as it is beside a newer text: French said so." in history
    again = moderator.post(keep_url(petition), {"seen": english.demand, "reason": "Again."}, follow=True)
    assert "This text is up to date." in again.content.decode()


@pytest.mark.parametrize("seen", ["1", "99", "", "x", "-3"])
def test_keeping_beside_a_text_that_was_not_seen_is_refused(moderator, petition, seen):
    changed(petition, text="<p>We ask for more.</p>")
    assert moderator.post(keep_url(petition), {"seen": seen, "reason": "Same."}).status_code == 422
    assert "fr" in {text.language for text in behind()}


def test_an_editor_who_may_not_publish_keeps_nothing(editor, client, petition):
    english = changed(petition, text="<p>We ask for more.</p>")
    for user in (editor, client):
        assert user.post(keep_url(petition), {"seen": english.demand, "reason": "Same."}).status_code in (302, 403)
    assert "fr" in {text.language for text in behind()}
    assert editor.get(reverse("wordings_keep", args=["campaign", 1]), follow=True).status_code == 404


def test_the_front_page_asks_no_more_for_many_texts(moderator, petition, count_queries):
    changed(petition, text="<p>We ask for more.</p>")
    home = reverse("wagtailadmin_home")
    before = count_queries(moderator, home)
    for _more in range(4):
        other = PetitionFactory()
        PetitionWording.objects.filter(petition=other, locale__language_code="en").update(demand=2)
    assert count_queries(moderator, home) <= before + 2
    assert "10 translations follow a former original" in moderator.get(home).content.decode()


def test_the_versions_that_people_acted_on_are_kept(moderator, petition):
    sent(moderator, petition, text=rich("We ask for more."), change="typo")
    assert [version.content["text"] for version in versions_of(text_in(petition))][-1] == "<p>We ask for it.</p>"
