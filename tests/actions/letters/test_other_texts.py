"""Another text for those whom the main one does not fit: from the form to the inbox, and never the wrong one."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from actions.letters import services
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.outbox.states import DispatchState
from actions.outbox.worker import Worker
from actions.wordings.models import WordingVersion
from actions.wordings.services import versions_of
from tests.actions.letters.reading import URL, WRITER, body_of, hidden_fields, post, words_of
from tests.factories.letters import LetterCampaignFactory, another_text, note_position, with_variants
from tests.factories.representatives import RecipientFactory, RepresentativeFactory, RidingFactory

THANKS = another_text("position:supports", subjects="Thank you\nMerci", body="Thank you for supporting {bill_number}.")
TO_MINISTERS = another_text("role:minister", subjects="To the government", body="Please give {bill_number} time.")


@pytest.fixture
def minister(db):
    return RecipientFactory(name="Pat Minister", email="pat@parl.example")


@pytest.fixture
def both(member, minister):
    """A campaign to the MP and the minister, with a text for supporters and one for ministers."""
    campaign = LetterCampaignFactory(slug="second-reading", recipients=[minister], copies=[RecipientFactory()])
    with_variants(campaign, [THANKS, TO_MINISTERS])
    return campaign


def find(client, **data) -> str:
    return post(client, f"{URL}find/", {"postal_code": "K1A 0A6", **data}).content.decode()


def write(client, **data):
    return post(client, f"{URL}write/", {**WRITER, "intent": "check", **data})


def inbox(address: str):
    return [message for message in mail.outbox if message.to == [address]]


def test_the_writer_edits_the_text_that_fits_their_mp(client, both, member):
    assert body_of(find(client)).startswith("As one of your constituents")
    note_position(both, member, "supports")
    page = find(client)
    assert body_of(page) == "Thank you for supporting C-400."
    assert hidden_fields(page)["text_fits"] == "position:supports"
    assert 'value="Thank you"' in page or 'value="Merci"' in page


def test_the_first_that_fits_wins(client, both, member):
    RecipientFactory(email=member.email)  # the MP is a minister as well
    note_position(both, member, "supports")
    assert body_of(find(client)) == "Thank you for supporting C-400."
    with_variants(both, [TO_MINISTERS, THANKS])
    assert body_of(find(client)) == "Please give C-400 time."


def test_each_addressee_reads_the_text_that_fits_and_a_copy_is_a_copy(client, both, member, minister):
    checked = words_of(write(client).content.decode())
    assert "The letter to The Honourable Pat Minister" in checked
    assert "Please give C-400 time." in checked
    write(client, intent="send")
    letter = Letter.objects.get()
    assert letter.further_texts == {"1": {"subject": "To the government", "body": "Please give C-400 time."}}
    assert [row["text"] for row in letter.addressees] == [0, 1, 0]
    services.confirm(letter_id=letter.pk)
    assert set(LetterDelivery.objects.values_list("text_number", "is_copy")) == {(0, False), (1, False), (0, True)}
    Worker().drain()
    to_mp, to_minister = inbox(member.email)[0], inbox(minister.email)[0]
    assert (to_mp.subject, to_minister.subject) == ("Please support C-400", "To the government")
    assert "Please vote for C-400." in to_mp.body
    assert "Please give C-400 time." in to_minister.body
    assert "Please vote for C-400." not in to_minister.body
    assert to_minister.body.startswith("Dear Minister:")
    assert "Copy: " in to_mp.body
    assert "Copy: " not in to_minister.body  # no copy of this text goes to anybody
    for arrived in (to_mp, to_minister):
        assert "我的家人在香港。" in arrived.body
    copied = inbox(both.targets.get(delivery="copy").recipient.email)[0]
    assert (copied.subject, "Please vote for C-400." in copied.body) == ("Please support C-400", True)
    assert " ".join(to_minister.body.split()) in checked


def test_confirm_page_and_copy_mail_show_every_text(client, both):
    write(client, intent="send", wants_copy="on")
    Worker().drain()
    link = re.search(r"http://testserver(/\S+/confirm/[0-9a-f]{64}/)", mail.outbox[-1].body)[1]
    shown = words_of(client.get(link).content.decode())
    assert "Please vote for C-400." in shown
    assert "Please give C-400 time." in shown
    post(client, link, {})
    Worker().drain()
    copy = inbox(WRITER["email"])[-1].body
    assert "Please vote for C-400." in copy
    assert "To the government (The Honourable Pat Minister" in copy
    assert "Please give C-400 time." in copy


def test_the_mail_about_trouble_carries_the_text_that_was_not_delivered(client, both, minister):
    write(client, intent="send")
    letter = Letter.objects.get()
    services.confirm(letter_id=letter.pk)
    type(minister).objects.filter(pk=minister.pk).update(email="moved@parl.example")
    Worker().drain()
    told = inbox(WRITER["email"])[-1].body
    assert "Please give C-400 time." in told
    assert "Please vote for C-400." not in told
    assert not inbox("moved@parl.example")
    assert not inbox("pat@parl.example")


@pytest.mark.parametrize("tampered", [{"1": {"subject": "To the government", "body": "Forged"}}, {}, None])
def test_a_further_text_that_changed_after_confirming_is_not_sent(client, both, minister, tampered):
    write(client, intent="send")
    letter = Letter.objects.get()
    services.confirm(letter_id=letter.pk)
    if tampered is None:  # only the subject
        tampered = {"1": {**letter.further_texts["1"], "subject": "Forged"}}
    letter.refresh_from_db()
    letter.further_texts = tampered
    letter.save(update_fields=["further_texts"])
    Worker().drain()
    row = LetterDelivery.objects.get(text_number=1)
    assert (row.state, row.held_reason) == (DispatchState.HELD, "text-changed")
    assert not inbox(minister.email)


def test_a_text_of_ones_own_reaches_only_those_whom_it_fits(client, both):
    page = write(client).content.decode()
    hrefs = re.findall(r'href="mailto:[^"]*"', page)
    assert len(hrefs) == 2
    assert "Please%20vote%20for" in hrefs[0]
    assert "To%20the%20government" in hrefs[1]
    assert "Please%20vote%20for" not in hrefs[1]


def test_withdrawing_and_erasing_delete_the_further_texts_too(client, both):
    from actions.letters.registration import _tell

    write(client, intent="send")
    letter = Letter.objects.get()
    assert "Please give C-400 time." in _tell(letter)["further_texts"]
    services.withdraw(letter_id=letter.pk)
    letter.refresh_from_db()
    assert letter.further_texts == {}
    assert _tell(letter)["further_texts"] == ""


def test_in_french_the_french_text_with_the_same_attribute_is_taken(client, both, member):
    french = another_text("position:supports", subjects="Merci", body="Merci de votre appui.")
    with_variants(both, [french], language="fr")
    note_position(both, member, "supports")
    page = write(client, intent="language-fr", text_fits="position:supports").content.decode()
    assert body_of(page) == "Merci de votre appui."
    assert WRITER["own_words"] in page


def test_the_reading_copy_is_of_the_same_text_or_there_is_none(client, both, member):
    note_position(both, member, "supports")
    page = post(client, URL.replace("/en/", "/zh-hant/") + "find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "本人懇請閣下支持" not in page
    with_variants(both, [another_text("position:supports", subjects="多謝", body="多謝閣下支持。")], language="zh-hant")
    page = post(client, URL.replace("/en/", "/zh-hant/") + "find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "多謝閣下支持。" in page


@pytest.fixture
def other(db):
    riding = RidingFactory(fed_num=35081, name_en="Ottawa—Vanier")
    RepresentativeFactory(riding=riding, first_name="Kim", last_name="Sample", email="kim.sample@parl.example")
    return riding


def in_the_other_riding(client, data) -> str:
    chosen = hidden_fields(post(client, f"{URL}write/", {**data, "intent": "riding"}).content.decode())
    return post(client, f"{URL}find/", {**chosen, "riding": "35081"}).content.decode()


def test_an_edited_text_for_supporters_does_not_follow_to_an_mp_who_is_none(client, both, member, other):
    note_position(both, member, "supports")
    edited = {**WRITER, **hidden_fields(find(client)), "body": "Thanks, and my own sentence."}
    page = in_the_other_riding(client, edited)
    assert body_of(page).startswith("As one of your constituents in Ottawa—Vanier")
    assert WRITER["own_words"] in page
    assert "Another text fits this person." in page
    assert "Thanks, and my own sentence." in page
    assert hidden_fields(page)["text_fits"] == ""


def test_an_unedited_text_is_replaced_without_a_word(client, both, member, other):
    note_position(both, member, "supports")
    found = find(client)
    unedited = {**WRITER, **hidden_fields(found), "subject": "Thank you", "body": body_of(found)}
    page = in_the_other_riding(client, unedited)
    assert body_of(page).startswith("As one of your constituents in Ottawa—Vanier")
    assert "Another text fits" not in page


@pytest.mark.parametrize("intent", ["check", "send", "edit"])
def test_a_position_noted_while_somebody_writes_stops_the_text_that_no_longer_fits(client, both, member, intent):
    note_position(both, member, "supports")
    answer = write(client, intent=intent, body="Please vote for it, I beg you.")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert body_of(page) == "Thank you for supporting C-400."
    assert "Please vote for it, I beg you." in page
    assert f'value="{WRITER["email"]}"' in page
    assert Letter.objects.count() == 0


def test_a_text_that_editors_keep_is_the_one_that_fits(client, both, member):
    type(both).objects.update(may_edit_text=False)
    note_position(both, member, "supports")
    write(client, intent="send", text_fits="position:supports", body="My own forgery", subject="Forged")
    letter = Letter.objects.get()
    assert (letter.subject, letter.body) == ("Thank you", "Thank you for supporting C-400.")


def test_nonsense_about_the_text_is_answered_and_sends_nothing(client, both):
    for odd in ("party:nobody", "x" * 5_000, "<script>"):
        answer = write(client, intent="send", text_fits=odd)
        assert answer.status_code == 422
        assert "<script>" not in answer.content.decode()
    assert Letter.objects.count() == 0


def test_a_version_frozen_before_there_were_other_texts_still_serves(client, both):
    wording = both.wordings.get(locale__language_code="en")
    old = versions_of(wording).last()
    content = {name: text for name, text in old.content.items() if name != "variants"}
    WordingVersion.objects.filter(pk=old.pk).update(content=content)
    write(client, intent="send", wording=str(old.pk))
    assert Letter.objects.get().further_texts == {}


def test_the_frozen_version_holds_every_text(both):
    wording = both.wordings.get(locale__language_code="en")
    content = versions_of(wording).first().content
    assert [block["value"]["attribute"] for block in content["variants"]] == ["position:supports", "role:minister"]
    before = versions_of(wording).count()
    with_variants(both, [TO_MINISTERS, THANKS])
    assert versions_of(wording).count() == before + 1


def test_a_letter_of_before_keeps_its_text_when_the_position_changes(client, both, member):
    write(client, intent="send")
    letter = Letter.objects.get()
    note_position(both, member, "supports")
    assert services.confirm(letter_id=letter.pk) == LetterState.CONFIRMED
    Worker().drain()
    assert "Please vote for C-400." in inbox(member.email)[0].body
