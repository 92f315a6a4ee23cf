"""Did they answer? Asked once, twice at most, told by one click and one POST, never against the writer's will."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from actions.confirmations.models import Confirmation
from actions.letters import services
from actions.letters.answers import ask_for_answers, record_answer
from actions.letters.models import Letter, LetterCampaign, LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.privacy.retention import retire_all
from home.site_settings import SiteSettings
from tests.actions.letters.reading import post, words_of
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RecipientFactory

WRITER = "tai-man@writer.example"
DAY = timedelta(days=1)


def delivered(letter_campaign, riding, *, days: float = 14.1, state=DispatchState.SENT, **changes) -> Letter:
    """A letter that left so many days ago."""
    letter = written_letter(letter_campaign, riding=riding, **changes)
    services.confirm(letter_id=letter.pk)
    left_at = timezone.now() - days * DAY
    letter.deliveries.update(state=state, settled_at=left_at)
    Letter.objects.filter(pk=letter.pk).update(created_at=left_at - DAY, confirmed_at=left_at - DAY)
    letter.refresh_from_db()
    return letter


def after_days(days: float) -> None:
    """Let so many days pass for every letter."""
    for row in LetterDelivery.objects.exclude(settled_at=None):
        LetterDelivery.objects.filter(pk=row.pk).update(settled_at=row.settled_at - days * DAY)
    for letter in Letter.objects.all():
        times = {name: getattr(letter, name) for name in ("created_at", "confirmed_at", "answer_asked_at")}
        Letter.objects.filter(pk=letter.pk).update(**{n: at - days * DAY for n, at in times.items() if at})


def questions() -> list[str]:
    Worker().drain()
    return [one.body for one in mail.outbox if one.subject == "Did you get an answer?"]


def ask() -> list[str]:
    ask_for_answers(timezone.now())
    return questions()


def link_in(body: str) -> str:
    return re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", body)[1]


@pytest.fixture
def letter(letter_campaign, riding) -> Letter:
    return delivered(letter_campaign, riding)


@pytest.fixture
def link(letter) -> str:
    return link_in(ask()[-1])


@pytest.mark.parametrize("state", [DispatchState.SENT, DispatchState.DELIVERED])
def test_the_writer_is_asked_fourteen_days_after_the_letter_left_and_not_before(letter_campaign, riding, state):
    delivered(letter_campaign, riding, days=13.9, state=state)
    assert ask() == []
    after_days(0.2)
    [question] = ask()
    assert "Jordan Lee" in question
    assert "Please vote for it." not in question
    assert ask() == [question]


def test_a_writer_who_says_nothing_is_asked_once_more_and_never_again(letter):
    assert len(ask()) == 1
    after_days(9.7)
    assert len(ask()) == 1
    after_days(0.4)
    asked = ask()
    assert len(asked) == 2
    assert "We will not ask again." in asked[-1]
    for _day in range(3):
        after_days(10)
        assert len(ask()) == 2


def test_the_second_question_leaves_while_the_address_is_still_there(letter):
    ask()
    after_days(10.5)  # 24.6 days after the letter left
    retire_all(timezone.now())
    assert Letter.objects.get().email == WRITER
    assert len(ask()) == 2
    after_days(4)
    retire_all(timezone.now())
    assert Letter.objects.get().email == ""


def test_a_first_question_that_was_late_is_not_followed_by_another_at_once(letter_campaign, riding):
    delivered(letter_campaign, riding, days=24.5)
    assert len(ask()) == 1
    after_days(1)
    assert len(ask()) == 1


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_who_has_said_something_is_not_asked_again(letter, answer):
    ask()
    record_answer(letter_id=letter.pk, delivery_id=letter.deliveries.get().pk, answer=answer)
    after_days(10.5)
    assert len(ask()) == 1


@pytest.mark.parametrize("state", [DispatchState.FAILED, DispatchState.HELD, DispatchState.UNCERTAIN])
def test_nobody_is_asked_about_a_letter_that_did_not_arrive(letter_campaign, riding, state):
    delivered(letter_campaign, riding, state=state)
    assert ask() == []


@pytest.mark.parametrize("switch", ["letters_stopped", "parliament_dissolved", "is_stopped", "asks_for_answers"])
def test_nobody_is_asked_while_a_switch_says_so(letter, switch):
    SiteSettings.current().save()
    if switch.startswith(("letters", "parliament")):
        SiteSettings.objects.update(**{switch: True})
    else:
        LetterCampaign.objects.update(**{switch: switch == "is_stopped"})
    assert ask() == []
    SiteSettings.objects.update(letters_stopped=False, parliament_dissolved=False)
    LetterCampaign.objects.update(is_stopped=False, asks_for_answers=True)
    assert len(ask()) == 1


def test_a_question_that_still_waits_does_not_leave_once_the_letter_is_taken_back(letter):
    ask_for_answers(timezone.now())
    services.withdraw(letter_id=letter.pk)
    assert questions() == []
    assert not OutboxMessage.objects.get(kind="letter.answer").payload


def test_a_question_that_still_waits_does_not_leave_once_letters_are_stopped(letter):
    ask_for_answers(timezone.now())
    SiteSettings.current().save()
    SiteSettings.objects.update(letters_stopped=True)
    assert questions() == []


def test_one_click_and_one_post_record_the_answer(client, letter, link):
    shown = words_of(client.get(link).content.decode())
    assert "An answer came" in shown
    assert "No answer yet" in shown
    row = letter.deliveries.get()
    assert (row.answer, row.answered_at) == ("", None)
    assert post(client, link, {"answer": f"{row.pk}-yes"}).status_code == 303
    row.refresh_from_db()
    assert row.answer == "yes"
    assert row.answered_at is not None
    page = words_of(client.get(link).content.decode())
    assert "Thank you" in page
    assert "You said: an answer came" in page


def test_the_same_answer_twice_changes_nothing_and_another_one_corrects_it(client, letter, link):
    row = letter.deliveries.get()
    post(client, link, {"answer": f"{row.pk}-no"})
    row.refresh_from_db()
    said_at = row.answered_at
    post(client, link, {"answer": f"{row.pk}-no"})
    row.refresh_from_db()
    assert row.answered_at == said_at
    post(client, link, {"answer": f"{row.pk}-yes"})
    row.refresh_from_db()
    assert row.answer == "yes"
    assert row.answered_at > said_at


def test_each_recipient_has_an_answer_of_their_own_and_one_click_says_none_came(client, member, riding):
    minister = RecipientFactory(name="Kim Example")
    letter = delivered(LetterCampaignFactory(recipients=[minister]), riding)
    unsent = letter.deliveries.get(recipient=minister)
    LetterDelivery.objects.filter(pk=unsent.pk).update(state=DispatchState.FAILED)
    link = link_in(ask()[-1])
    assert "Kim Example" not in client.get(link).content.decode()
    post(client, link, {"answer": f"{unsent.pk}-yes"})
    LetterDelivery.objects.filter(pk=unsent.pk).update(state=DispatchState.DELIVERED)
    assert "Kim Example" in client.get(link).content.decode()
    post(client, link, {"answer": "all-no"})
    assert list(letter.deliveries.values_list("answer", flat=True)) == ["no", "no"]
    post(client, link, {"answer": f"{unsent.pk}-yes"})
    assert sorted(letter.deliveries.values_list("answer", flat=True)) == ["no", "yes"]


def test_do_not_ask_me_again_holds_for_other_letters_of_the_same_address(client, letter, link, letter_campaign, riding):
    assert post(client, link, {"answer": "stop"}).status_code == 303
    assert "We will not ask you again." in client.get(link).content.decode()
    following = LetterCampaignFactory(campaign=letter_campaign.campaign)
    delivered(following, riding)
    delivered(following, riding, email="other@writer.example")
    after_days(10.5)
    ask()
    asked = [one.to for one in mail.outbox if one.subject == "Did you get an answer?"]
    assert asked == [[WRITER], ["other@writer.example"]]


def test_the_page_shows_names_and_a_day_and_nothing_else_of_the_letter(client, letter, link):
    page = client.get(link).content.decode()
    assert "Jordan Lee" in page
    assert "noindex" in page
    for secret in (letter.name, letter.email, letter.subject, letter.body, letter.own_words, letter.street_address):
        assert secret not in page


def test_a_link_of_one_kind_opens_nothing_of_the_other(client, letter, link):
    assert Confirmation.objects.filter(purpose="letter-answer").count() == 1
    Confirmation.objects.filter(purpose="letter-answer").update(purpose="letter")
    assert "An answer came" not in client.get(link).content.decode()
    post(client, link, {"answer": f"{letter.deliveries.get().pk}-yes"})
    assert letter.deliveries.get().answer == ""
    Confirmation.objects.filter(purpose="letter").update(purpose="letter-answer")
    assert post(client, link, {"intent": "withdraw"}).status_code == 400
    assert Letter.objects.get(pk=letter.pk).state == "confirmed"


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"answer": ""},
        {"answer": "yes"},
        {"answer": "-yes"},
        {"answer": "1-maybe"},
        {"answer": "stop-yes"},
        {"answer": "all-yes"},
        {"answer": f"{'9' * 40}-yes"},
        {"answer": "１-yes"},
        {"answer": "1\x00-yes"},
        {"answer": "<script>"},
    ],
)
def test_nonsense_gets_a_clear_refusal_and_changes_nothing(client, letter, link, posted):
    answer = post(client, link, posted)
    assert answer.status_code == 400
    assert "damaged or is not allowed" in answer.content.decode()
    assert letter.deliveries.get().answer == ""
    assert not Letter.objects.get(pk=letter.pk).wants_no_questions


def test_nobody_answers_for_anothers_letter(client, letter, link, letter_campaign, riding):
    other = delivered(letter_campaign, riding, email="other@writer.example")
    post(client, link, {"answer": f"{other.deliveries.get().pk}-yes"})
    post(client, link, {"answer": "999999-yes"})
    assert set(LetterDelivery.objects.values_list("answer", flat=True)) == {""}


def test_after_the_address_is_gone_the_link_still_counts_and_after_erasure_it_is_dead(client, letter, link):
    after_days(20)
    retire_all(timezone.now())
    row = letter.deliveries.get()
    post(client, link, {"answer": f"{row.pk}-yes"})
    row.refresh_from_db()
    assert row.answer == "yes"
    services.erase(Letter.objects.get(pk=letter.pk))
    assert client.get(link).status_code == 404
    assert post(client, link, {"answer": f"{row.pk}-no"}).status_code == 404


def test_a_letter_that_cannot_be_read_stops_no_other_question_and_is_tried_once(
    letter, letter_campaign, riding, caplog
):
    delivered(letter_campaign, riding, email="good@writer.example")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actions_letter SET email = (SELECT email FROM actions_letter WHERE id <> %s) WHERE id = %s",
            [letter.pk, letter.pk],
        )
    for _run in range(2):
        ask_for_answers(timezone.now())
    assert OutboxMessage.objects.filter(kind="letter.answer").count() == 1
    assert caplog.text.count("not asked") == 1


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_mail_and_page_are_there_in_every_language(client, letter_campaign, riding, language):
    delivered(letter_campaign, riding, language=language)
    ask_for_answers(timezone.now())
    Worker().drain()
    link = link_in(mail.outbox[-1].body)
    assert link.startswith(f"/{language}/")
    assert client.get(link).status_code == 200
