"""Staff decide about deliveries and letters in the list where they see them: one row, or several that were ticked."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from actions.letters.models import LetterDelivery
from actions.letters.services import confirm
from actions.letters.states import HeldReason
from actions.outbox.models import OutboxMessage
from actions.outbox.states import DispatchState
from actions.privacy.models import AccessLog
from tests.factories.deliveries import confirmed_letter, delivery
from tests.factories.letters import written_letter


@pytest.fixture
def page(db) -> str:
    return reverse("letters_deliveries")


@pytest.fixture
def letter(letter_campaign, riding):
    return confirmed_letter(letter_campaign, riding)


def test_one_row_is_decided_in_the_list_and_the_page_stays_as_filtered(moderator, page, letter_campaign, riding):
    confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    row = LetterDelivery.objects.get()
    LetterDelivery.objects.update(state=DispatchState.UNCERTAIN)
    address = f"{page}?state=uncertain&province=ON"
    answer = moderator.post(address, {"delivery": row.pk, "decision": "arrived"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    row.refresh_from_db()
    assert row.state == DispatchState.SENT
    assert AccessLog.objects.get().subject == f"letter delivery {row.pk}"


def several_form(client, address: str) -> dict[str, str]:
    shown = client.get(address).content.decode()
    return {"shown": re.search(r'name="shown" value="([^"]+)"', shown)[1]}


@pytest.fixture
def uncertain(letter_campaign, riding) -> list[LetterDelivery]:
    for number in range(3):
        letter = written_letter(letter_campaign, riding=riding, email=f"w{number}@writer.example")
        confirm(letter_id=letter.pk)
    LetterDelivery.objects.update(state=DispatchState.UNCERTAIN)
    return list(LetterDelivery.objects.order_by("pk"))


def test_several_rows_get_one_decision_each_on_record(moderator, page, uncertain):
    address = f"{page}?state=uncertain"
    form = several_form(moderator, address)
    ticked = [row.pk for row in uncertain[:2]]
    answer = moderator.post(address, {**form, "tick": ticked, "decision": "give-up"}, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "“Give up and tell the writer”: 2 rows." in answer.content.decode()
    states = [row.state for row in LetterDelivery.objects.order_by("pk")]
    assert states == [DispatchState.FAILED, DispatchState.FAILED, DispatchState.UNCERTAIN]
    assert OutboxMessage.objects.filter(kind="letter.trouble").count() == 2
    assert AccessLog.objects.filter(verb="decide").count() == 2


def test_what_was_decided_meanwhile_is_left_alone_and_told(moderator, page, uncertain):
    form = several_form(moderator, page)
    LetterDelivery.objects.filter(pk=uncertain[0].pk).update(state=DispatchState.SENT)
    LetterDelivery.objects.filter(pk=uncertain[1].pk).update(state=DispatchState.HELD, held_reason=HeldReason.TOO_LATE)
    ticked = [row.pk for row in uncertain]
    answer = moderator.post(page, {**form, "tick": ticked, "decision": "arrived"}, follow=True)
    assert "“It arrived”: 1 row." in answer.content.decode()
    assert "2 rows were not changed" in answer.content.decode()
    assert LetterDelivery.objects.get(pk=uncertain[1].pk).state == DispatchState.HELD


def test_a_row_that_cannot_be_read_stops_none_of_the_others(moderator, page, uncertain, monkeypatch):
    form = several_form(moderator, page)
    from actions.letters import deciding_several

    decide = deciding_several.decide_delivery

    def broken(*, delivery_id, **kwargs):
        if delivery_id == uncertain[0].pk:
            raise RuntimeError("Canary Writer")
        return decide(delivery_id=delivery_id, **kwargs)

    monkeypatch.setattr(deciding_several, "decide_delivery", broken)
    ticked = [row.pk for row in uncertain]
    answer = moderator.post(page, {**form, "tick": ticked, "decision": "arrived"}, follow=True)
    assert "“It arrived”: 2 rows." in answer.content.decode()
    assert "Canary" not in answer.content.decode()


def test_rows_that_were_not_on_the_page_cannot_be_decided(moderator, page, uncertain, letter):
    form = several_form(moderator, f"{page}?q={uncertain[0].pk}")
    late = delivery(letter, state="held", held_reason="too-late")
    for ticked in ([late.pk], [uncertain[0].pk, uncertain[1].pk], list(range(1, 60)), ["x"], ["9" * 30]):
        assert moderator.post(page, {**form, "tick": ticked, "decision": "give-up"}).status_code == 400
    assert not AccessLog.objects.exists()


def test_another_users_or_a_forged_list_is_refused(moderator, superuser, page, uncertain):
    form = several_form(superuser, page)
    for shown in (form["shown"], form["shown"][:-1] + "x", "", "[1]"):
        posted = {"shown": shown, "tick": [uncertain[0].pk], "decision": "arrived"}
        assert moderator.post(page, posted).status_code == 400
    assert LetterDelivery.objects.filter(state=DispatchState.UNCERTAIN).count() == 3


def test_a_page_that_was_open_for_too_long_decides_nothing(moderator, page, uncertain, monkeypatch):
    form = several_form(moderator, page)
    monkeypatch.setattr("actions.staff.several.PAGE_GOOD_FOR", timedelta(seconds=-1))
    posted = {**form, "tick": [uncertain[0].pk], "decision": "arrived"}
    assert "open for too long" in moderator.post(page, posted, follow=True).content.decode()
    assert LetterDelivery.objects.filter(state=DispatchState.UNCERTAIN).count() == 3


def test_nothing_ticked_is_told(moderator, page, uncertain):
    posted = {**several_form(moderator, page), "decision": "arrived"}
    assert "tick the rows first" in moderator.post(page, posted, follow=True).content.decode()


def test_only_open_rows_have_a_box(moderator, page, letter):
    for state in ("queued", "sending", "sent", "delivered", "failed"):
        delivery(letter, state=state)
    assert 'name="tick"' not in moderator.get(page).content.decode()
    delivery(letter, state="held", held_reason="too-late")
    assert moderator.get(page).content.decode().count('name="tick"') == 1


def test_several_held_letters_are_decided_at_once(moderator, letter_campaign, riding):
    letters = [
        written_letter(letter_campaign, riding=riding, email=f"h{number}@writer.example", held_reason=HeldReason.LIMIT)
        for number in range(2)
    ]
    address = reverse("letters_to_decide") + "?show=letters"
    form = several_form(moderator, address)
    posted = {**form, "tick": [letter.pk for letter in letters], "decision": "release"}
    assert "“Let it go”: 2 rows." in moderator.post(address, posted, follow=True).content.decode()
    assert moderator.post(address, {**posted, "decision": "arrived"}).status_code == 400


def test_get_changes_nothing_and_nonsense_is_refused(moderator, page, uncertain):
    moderator.get(page, {"delivery": uncertain[0].pk, "decision": "arrived", "shown": "x"})
    for posted in (
        {},
        {"delivery": "x", "decision": "arrived"},
        {"delivery": uncertain[0].pk, "decision": "release-all"},
    ):
        assert moderator.post(page, posted).status_code == 400
    assert LetterDelivery.objects.filter(state=DispatchState.UNCERTAIN).count() == 3


def test_another_site_cannot_decide_for_a_moderator(moderator, page, uncertain):
    form = several_form(moderator, page)
    moderator.handler.enforce_csrf_checks = True
    assert moderator.post(page, {**form, "tick": [uncertain[0].pk], "decision": "arrived"}).status_code == 403
