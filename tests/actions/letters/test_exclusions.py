"""Nobody is written to who need not be, and nobody who wanted to write ends in a dead end."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from actions.letters import services
from actions.letters.models import Letter, LetterExclusion
from actions.letters.states import LetterState
from actions.outbox.models import PaceGate
from actions.outbox.worker import Worker
from tests.actions.letters.reading import URL, WRITER, body_of, hidden_fields, post, words_of
from tests.factories.letters import (
    LetterCampaignFactory,
    message_instead,
    note_position,
    with_variants,
    written_letter,
)
from tests.factories.representatives import RecipientFactory


@pytest.fixture
def rule(letter_campaign, member):
    """Who supports the bill gets no letter, and the MP does."""
    note_position(letter_campaign, member, "supports")
    return LetterExclusion.objects.create(letter_campaign=letter_campaign, attribute="position:supports")


def find(client, url=URL, **data) -> str:
    return post(client, f"{url}find/", {"postal_code": "K1A 0A6", **data}).content.decode()


def test_the_page_says_so_in_plain_words_and_leads_on(client, rule):
    page = find(client, own_words="Mine <b>")
    assert "Your MP already supports the bill. No letter is needed." in words_of(page)
    assert 'data-action="letter"' in page
    assert 'name="intent" value="riding"' in page
    assert 'href="tel:+1-613-555-0100"' in page
    assert "Mine &lt;b&gt;" in page
    assert '<textarea name="body"' not in page


def test_the_editors_message_is_shown_in_the_visitors_language(client, rule, letter_campaign):
    for language, words in (("en", "<p>She is <b>with us</b>.</p>"), ("zh-hant", "<p>議員已表態支持。</p>")):
        with_variants(letter_campaign, [message_instead("position:supports", words)], language=language)
    assert "<b>with us</b>" in find(client)
    assert "議員已表態支持。" in find(client, URL.replace("/en/", "/zh-hant/"))


def test_a_message_without_a_rule_leaves_nobody_out(client, letter_campaign, member):
    note_position(letter_campaign, member, "supports")
    with_variants(letter_campaign, [message_instead("position:supports", "<p>She is with us.</p>")])
    page = find(client)
    assert "She is with us" not in page
    assert '<textarea name="body"' in page


def test_the_way_to_another_campaign_keeps_riding_and_own_words(client, rule):
    thanks = LetterCampaignFactory(slug="thanks")
    rule.instead = thanks
    rule.save()
    page = find(client, own_words="Mine", subject="Not this", body="Nor this")
    fields = hidden_fields(page)
    assert (fields["riding"], fields["postal_code"], fields["own_words"]) == ("35079", "K1A0A6", "Mine")
    assert not {"subject", "body"} & set(fields)
    onward = post(client, "/en/act/letters/thanks/find/", fields).content.decode()
    assert body_of(onward).startswith("As one of your constituents")
    assert "Mine" in onward
    type(thanks).objects.filter(pk=thanks.pk).update(is_paused=True)
    assert "Go on to this letter" not in find(client)


def test_where_others_are_addressed_the_letter_goes_to_them(client, member):
    minister = RecipientFactory(name="Pat Minister")
    campaign = LetterCampaignFactory(slug="second-reading", recipients=[minister])
    note_position(campaign, member, "supports")
    LetterExclusion.objects.create(letter_campaign=campaign, attribute="position:supports")
    page = words_of(find(client))
    assert "Your MP already supports the bill." in page
    assert "Your letter here goes to the other people below." in page
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert [row["key"] for row in Letter.objects.get().addressees] == [f"recipient:{minister.pk}"]


def test_an_mp_without_an_address_is_left_out_like_any_other(client, rule, member):
    member.email = ""
    member.save()
    assert "Your MP already supports the bill." in words_of(find(client))


def test_a_copy_is_left_out_too_and_no_letter_consists_of_copies_alone(client, member):
    critic = RecipientFactory(role="critic")
    campaign = LetterCampaignFactory(slug="second-reading", copies=[critic])
    LetterExclusion.objects.create(letter_campaign=campaign, attribute="role:critic")
    post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert [row["key"] for row in Letter.objects.get().addressees] == [f"mp:{member.pk}"]
    LetterExclusion.objects.update(attribute="party:Independent")
    page = words_of(find(client))
    assert "In this campaign no letter to Jordan Lee is needed." in page


def test_sending_to_somebody_left_out_stores_nothing(client, rule):
    for intent in ("check", "send"):
        answer = post(client, f"{URL}write/", {**WRITER, "intent": intent})
        assert answer.status_code == 422
        assert "Your MP already supports the bill." in words_of(answer.content.decode())
    assert Letter.objects.count() == 0


def test_a_letter_written_before_the_rule_still_goes(letter_campaign, riding, member):
    """What somebody wrote and confirmed is theirs; a rule of ours steers the form only."""
    before, confirmed = (
        written_letter(letter_campaign, riding=riding, email=f"{name}@writer.example") for name in ("a", "b")
    )
    services.confirm(letter_id=confirmed.pk)
    LetterExclusion.objects.create(letter_campaign=letter_campaign, attribute="party:Independent")
    assert services.confirm(letter_id=before.pk) == LetterState.CONFIRMED
    for _second in range(2):
        PaceGate.objects.all().delete()
        Worker().drain()
    assert len([message for message in mail.outbox if message.to == [member.email]]) == 2


def test_a_rule_leads_to_another_campaign_and_has_a_known_attribute(letter_campaign):
    with pytest.raises(ValidationError, match="another letter campaign"):
        LetterExclusion(letter_campaign=letter_campaign, attribute="role:critic", instead=letter_campaign).full_clean()
    with pytest.raises(ValidationError, match="Choose one from the list"):
        LetterExclusion(letter_campaign=letter_campaign, attribute="everybody").full_clean()
