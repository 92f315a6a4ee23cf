"""Publishing a changed text: which change it is, which languages are behind, and who acted on an earlier text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Revision

from actions.letters import services as letters
from actions.petitions import services as petitions
from actions.petitions.models import Signature
from actions.wordings.former import count_again, former_texts
from actions.wordings.keeping import keep
from actions.wordings.models import WordingVersion
from actions.wordings.states import Change
from tests.actions.wordings.changing import changed, drafted, newest, text_in
from tests.behind import behind
from tests.factories.letters import another_script, another_text, with_variants, written_letter
from tests.factories.petitions import confirmed, signed

A, B, C = "<p>We ask for an invented harbour.</p>", "<p>We ask for a lighthouse.</p>", "<p>We ask for a bridge.</p>"


def languages_behind() -> set[str]:
    return {text.language for text in behind()}


@pytest.fixture
def user(db) -> User:
    return User.objects.create_user("ada", "ada@staff.example", "secret")


def test_a_material_change_marks_the_other_languages_and_keeps_the_former_text(petition, user):
    confirmed(petition)
    english = changed(petition, said=Change.MATERIAL, by=user, text=B)
    assert newest(petition).change == Change.MATERIAL
    assert languages_behind() == {"fr", "zh-hant"}
    assert (english.text_before, english.acted_before) == (1, 1)
    assert english.changed_at == newest(petition).created_at
    assert former_texts(english, english.demand).texts[0].version.content["text"] == A


def test_a_typo_marks_nothing_and_its_author_stands_in_the_history(petition, user):
    confirmed(petition)
    english = changed(petition, said=Change.TYPO, by=user, text=A.replace("invented", "inventive"))
    assert newest(petition).change == Change.TYPO
    assert languages_behind() == set()
    assert (english.changed_at, english.text_before) == (None, None)
    entry = ModelLogEntry.objects.get(action="wordings.typo")
    assert (entry.user, entry.data) == (user, {"from": 1, "to": 2, "is_said": True, "follows": False})
    assert "with a typo or a small fix" in entry.message


def test_without_an_answer_a_changed_ask_is_a_material_change(petition):
    confirmed(petition)
    changed(petition, text=B)
    assert newest(petition).change == Change.MATERIAL
    assert "nobody said how" in ModelLogEntry.objects.get(action="wordings.material").message


@pytest.mark.parametrize(
    "columns", [{"background": "<p>New.</p>"}, {"text": A.replace("<p>", '<p data-block-key="q">')}]
)
def test_what_stands_around_the_ask_is_no_change_of_it(petition, columns):
    confirmed(petition)
    changed(petition, **columns)
    assert newest(petition).change in (Change.FIRST, Change.AROUND)
    assert languages_behind() == set()
    assert not ModelLogEntry.objects.filter(action__startswith="wordings.").exists()


def test_before_anybody_has_acted_a_text_may_change_in_silence(petition):
    changed(petition, text=A)
    changed(petition, text=B)
    assert newest(petition).change == Change.UNASKED
    assert languages_behind() == set()


def test_before_anybody_has_acted_an_editor_may_still_mark_the_other_languages(petition, user):
    changed(petition, text=A)
    english = changed(petition, said=Change.MATERIAL, by=user, text=B)
    assert languages_behind() == {"fr", "zh-hant"}
    assert english.changed_at is None


@pytest.mark.parametrize(("state", "is_asked"), [("pending", True), ("held", True), ("withdrawn", False)])
def test_who_waits_to_confirm_has_acted_and_who_took_it_back_has_not(petition, state, is_asked):
    signature = signed(petition)
    Signature.objects.filter(pk=signature.pk).update(state=state)
    changed(petition, text=B)
    assert (newest(petition).change == Change.MATERIAL) == is_asked


def test_a_language_that_is_rewritten_follows_and_marks_nobody(petition, user):
    confirmed(petition)
    changed(petition, said=Change.MATERIAL, by=user, text=B)
    french = changed(petition, "fr", said=Change.MATERIAL, by=user, text="<p>Un phare.</p>")
    assert languages_behind() == {"zh-hant"}
    assert french.demand == text_in(petition).demand
    entry = ModelLogEntry.objects.filter(action="wordings.material").order_by("-pk")[0]
    assert "follows the change of another language" in entry.message
    changed(petition, "zh-hant", text="<p>燈塔。</p>")
    assert languages_behind() == set()


def test_a_typo_in_a_language_that_is_behind_does_not_bring_it_up_to_date(petition, user):
    confirmed(petition)
    confirmed(petition, language="fr", email="b@signer.example", name="Zoé")
    changed(petition, said=Change.MATERIAL, by=user, text=B)
    changed(petition, "fr", said=Change.TYPO, by=user, text=A.replace("invented", "inventé"))
    assert languages_behind() == {"fr", "zh-hant"}


def test_a_new_text_around_a_language_that_is_behind_does_not_either(petition):
    confirmed(petition)
    changed(petition, text=B)
    changed(petition, "fr", thank_you="<p>Merci.</p>")
    assert "fr" in languages_behind()


def test_back_and_forth_finds_who_signed_what(petition):
    confirmed(petition)
    changed(petition, text=B)
    confirmed(petition, email="b@signer.example", name="Bea")
    confirmed(petition, email="c@signer.example", name="Cy")
    english = changed(petition, text=A)
    assert [newest(petition).number, english.text_before, english.acted_before] == [3, 2, 2]
    assert languages_behind() == set()
    english = changed(petition, text=B)
    assert [english.text_before, english.acted_before] == [3, 1]
    assert languages_behind() == {"fr", "zh-hant"}


def test_back_before_anybody_acted_on_the_other_text_leaves_no_trace_on_the_page(petition):
    confirmed(petition)
    changed(petition, text=B)
    english = changed(petition, text=A)
    assert (english.changed_at, english.text_before, english.acted_before) == (None, None, 0)
    assert languages_behind() == set()


def test_back_while_another_language_has_followed_marks_that_one(petition):
    confirmed(petition)
    changed(petition, text=B)
    changed(petition, "fr", text="<p>Un phare.</p>")
    changed(petition, text=A)
    assert languages_behind() == {"fr"}


def test_an_unused_text_in_between_is_not_shown(petition):
    confirmed(petition)
    changed(petition, text=B)
    english = changed(petition, text=C)
    assert [one.version.number for one in former_texts(english, english.demand).texts] == [1]


def test_a_typo_is_shown_as_the_last_state_of_its_text_alone(petition, user):
    confirmed(petition)
    changed(petition, said=Change.TYPO, by=user, text=A.replace("invented", "inventive"))
    english = changed(petition, said=Change.MATERIAL, by=user, text=B)
    found = former_texts(english, english.demand).texts
    assert [one.version.number for one in found] == [2]
    assert found[0].since == WordingVersion.objects.get(language="en", number=1).created_at


def test_an_answer_counts_for_its_own_difference_only(petition, user):
    confirmed(petition)
    small = drafted(petition, said=Change.TYPO, by=user, text=A.replace("invented", "inventive"))
    content = {**small.content, "text": B}
    Revision.objects.filter(pk=small.pk).update(content=content)
    Revision.objects.get(pk=small.pk).publish()
    assert newest(petition).change == Change.MATERIAL


def test_an_answer_about_a_text_that_was_replaced_meanwhile_is_void(petition, user):
    confirmed(petition)
    first_tab = drafted(petition, said=Change.TYPO, by=user, text=A.replace("invented", "inventive"))
    changed(petition, text=B)
    Revision.objects.get(pk=first_tab.pk).publish()
    assert newest(petition).change == Change.MATERIAL


def test_an_old_revision_brings_back_neither_its_answer_nor_where_it_stood(petition, user):
    confirmed(petition)
    small = drafted(petition, said=Change.TYPO, by=user, text=A.replace("invented", "inventive"))
    small.publish()
    demand = changed(petition, text=B).demand
    Revision.objects.get(pk=small.pk).publish()
    english = text_in(petition)
    assert newest(petition).change == Change.MATERIAL
    assert english.demand > demand
    assert (english.said_change, english.said_of, english.said_by) == ("", "", None)


def test_an_old_draft_of_a_language_that_is_behind_does_not_take_its_mark_away(petition):
    confirmed(petition)
    old = drafted(petition, "fr", thank_you="<p>Merci.</p>")
    changed(petition, text=B)
    Revision.objects.get(pk=old.pk).publish()
    assert "fr" in languages_behind()


@pytest.mark.parametrize("said", [Change.TYPO, Change.MATERIAL, ""])
def test_a_change_for_a_set_time_keeps_its_answer_until_then(petition, user, said):
    confirmed(petition)
    changed(petition, background="<p>Published once.</p>")
    wording = text_in(petition)
    wording.go_live_at = timezone.now() + timedelta(hours=1)
    wording.save()
    drafted(petition, said=said, by=user, text=B).publish()
    call_command("publish_scheduled")
    assert newest(petition).content["text"] == A
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    past = (timezone.now() - timedelta(minutes=1)).isoformat()
    for revision in Revision.objects.exclude(approved_go_live_at=None):
        Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "go_live_at": past})
    call_command("publish_scheduled")
    assert newest(petition).content["text"] == B
    assert newest(petition).change == (said or Change.MATERIAL)
    if said:
        assert ModelLogEntry.objects.get(action=f"wordings.{said}").user == user


def test_a_first_text_for_a_set_time_is_frozen_when_it_goes_live(petition):
    wording = text_in(petition)
    wording.live, wording.go_live_at = False, timezone.now() + timedelta(hours=1)
    wording.save()
    wording.save_revision().publish()
    assert not WordingVersion.objects.exists()


def test_taking_the_newest_text_down_and_up_again(petition):
    confirmed(petition)
    changed(petition, text=B)
    text_in(petition).unpublish()
    assert languages_behind() == set()
    english = changed(petition)
    assert languages_behind() == {"fr", "zh-hant"}
    assert (newest(petition).number, english.acted_before) == (2, 1)


def test_two_languages_that_change_one_after_the_other_without_looking(petition):
    confirmed(petition)
    confirmed(petition, language="fr", email="b@signer.example", name="Zoé")
    english = changed(petition, text=B)
    text_in(petition).unpublish()
    french = changed(petition, "fr", text="<p>Autre chose.</p>")
    assert french.demand > english.demand
    changed(petition)
    assert languages_behind() == {"en", "zh-hant"}


def test_keeping_takes_the_mark_away_with_a_reason(petition, user):
    confirmed(petition)
    confirmed(petition, language="fr", email="b@signer.example", name="Zoé")
    english = changed(petition, text=B)
    french = text_in(petition, "fr")
    assert keep(wording=french, seen_demand=english.demand, reason="It said so already.", user=user)
    assert languages_behind() == {"zh-hant"}
    assert text_in(petition, "fr").changed_at is None
    entry = ModelLogEntry.objects.get(action="wordings.keep")
    assert (entry.user, entry.data["reason"]) == (user, "It said so already.")
    count_again(timezone.now())
    assert text_in(petition).acted_before == 1  # whoever signed the French text has signed the present one
    assert not keep(wording=french, seen_demand=english.demand, reason="Again.", user=user)
    changed(petition, text=C)
    assert "fr" in languages_behind()


def test_nobody_keeps_a_text_beside_one_they_have_not_seen(petition, user):
    confirmed(petition)
    seen = changed(petition, text=B).demand
    changed(petition, text=C)
    assert not keep(wording=text_in(petition, "fr"), seen_demand=seen, reason="Same.", user=user)
    assert "fr" in languages_behind()


def test_who_confirms_or_takes_back_an_earlier_text_later_is_counted_by_the_job(petition):
    waiting = signed(petition, email="w@signer.example", name="Wai")
    counted = confirmed(petition)
    assert changed(petition, text=B).acted_before == 1
    petitions.confirm(signature_id=waiting.pk)
    count_again(timezone.now())
    assert text_in(petition).acted_before == 2
    petitions.withdraw(signature_id=counted.pk)
    count_again(timezone.now())
    assert text_in(petition).acted_before == 1


def test_the_page_tells_full_tens(petition):
    text = text_in(petition)
    assert [_told(text, number) for number in (0, 9, 10, 99, 1234)] == [0, 0, 10, 90, 1230]


def _told(text, number: int) -> int:
    text.acted_before = number
    return text.told_before


def test_letters_change_as_petitions_do(letter_campaign, riding, user):
    letters.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    changed(letter_campaign, said=Change.TYPO, by=user, letter_body="I ask you to vote for {bill_number}!")
    assert languages_behind() == set()
    english = changed(letter_campaign, letter_body="I ask you to vote against {bill_number}.")
    assert languages_behind() == {"fr", "zh-hant"}
    assert (english.text_before, english.acted_before) == (2, 1)


def test_the_introduction_and_the_phone_are_not_what_people_send(letter_campaign, riding):
    letters.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    changed(letter_campaign, introduction="<p>Other.</p>", phone_script="Hello.")
    with_variants(letter_campaign, [another_script("supports", "Thanks.")])
    assert languages_behind() == set()
    with_variants(letter_campaign, [another_text("supports", subjects="Thank you", body="Thank you.")])
    assert languages_behind() == {"fr", "zh-hant"}
