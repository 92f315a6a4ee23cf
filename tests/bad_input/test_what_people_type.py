"""Names, addresses and texts in the letter form: what is kept, what is refused, and that nothing of it ever acts."""

from __future__ import annotations

import itertools
import time
from collections import Counter

import pytest
from django.conf import settings

from actions.letters import services
from actions.letters.delivery import LetterQueue
from actions.letters.models import Letter, LetterDelivery
from actions.outbox.models import OutboxMessage
from actions.outbox.supporter_mail import OutboxQueue
from actions.privacy.fingerprints import canonical_email
from actions.protection.limits import Limit
from actions.protection.person_fields import clean_text
from tests.bad_input import corpus
from tests.bad_input.conftest import ACTION, WRITER
from tests.bad_input.reading import HEADERS_OF_A_LETTER, dangers, holds, sent, shape
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import CODES
from tests.factories.representatives import RecipientFactory

pytestmark = pytest.mark.django_db


def refused(stranger, field: str, values: list[str]) -> list[str]:
    """The values to which the form did not answer with one error at the field and everything else kept."""
    wrong = []
    for value in values:
        response = stranger.write("send", **{field: value})
        html = response.content.decode()
        kept = holds(html, WRITER["own_words"]) and holds(html, WRITER["body"])
        if response.status_code != 422 or not kept or "error-summary" not in html or dangers(html):
            wrong.append(f"{value!r}: {response.status_code} kept={kept} {dangers(html)}")
    assert not Letter.objects.exists()
    return wrong


def stored(stranger, field: str, typed: dict[str, str]) -> dict[str, str]:
    """What is in the database after each was sent; a number where the form did not accept it."""
    found = {}
    for number, value in enumerate(typed):
        changes = {"email": f"writer{number}@writer.example", field: value}
        response = stranger.write("send", **changes)
        last = Letter.objects.order_by("-pk").first()
        found[value] = getattr(last, field) if response.status_code == 303 else response.status_code
    return found


def test_names_of_all_kinds_are_accepted_as_typed(stranger, letter_campaign):
    typed = {name: name for name in corpus.NAMES_KEPT}
    assert stored(stranger, "name", typed) == typed


def test_what_is_hidden_in_a_name_is_dropped(stranger, letter_campaign):
    assert stored(stranger, "name", corpus.NAMES_CLEANED) == corpus.NAMES_CLEANED


def test_what_is_no_name_is_refused_and_the_letter_kept(stranger, letter_campaign):
    assert refused(stranger, "name", corpus.NAMES_REFUSED) == []


def test_addresses_are_understood_however_they_are_typed(stranger, letter_campaign):
    assert stored(stranger, "email", corpus.EMAILS_KEPT) == corpus.EMAILS_KEPT


def test_what_mail_cannot_reach_is_refused_and_the_letter_kept(stranger, letter_campaign):
    assert refused(stranger, "email", corpus.EMAILS_REFUSED) == []


def test_nobody_writes_in_our_name_or_in_the_mps(stranger, letter_campaign, member):
    domain = settings.SENDER_DOMAIN
    ours = [form.format(domain=domain, DOMAIN=domain.upper()) for form in corpus.EMAILS_OURS]
    local, _at, domain = member.email.partition("@")
    names = {"local": local, "domain": domain, "LOCAL": local.upper(), "DOMAIN": domain.upper()}
    assert refused(stranger, "email", ours + [form.format(**names) for form in corpus.EMAILS_OF_THE_MP]) == []


@pytest.mark.parametrize("spellings", corpus.SAME_MAILBOX)
def test_one_mailbox_has_one_spelling(spellings):
    assert len({canonical_email(spelling).address for spelling in spellings}) == 1


def test_postal_codes_are_understood_however_they_are_typed(stranger, letter_campaign):
    for typed, code in corpus.POSTAL_CODES_KEPT.items():
        response = stranger.post(f"{ACTION}find/", {"postal_code": typed})
        assert (response.status_code, "Jordan Lee" in response.content.decode()) == (200, True), typed
        assert f"({code})" in stranger.write(postal_code=typed).content.decode(), typed


def test_what_is_no_postal_code_is_refused_and_the_letter_kept(stranger, letter_campaign):
    assert refused(stranger, "postal_code", corpus.POSTAL_CODES_REFUSED) == []
    for typed in corpus.POSTAL_CODES_REFUSED:
        response = stranger.post(f"{ACTION}find/", {**WRITER, "postal_code": typed, "riding": "35079"})
        html = response.content.decode()
        assert response.status_code == 422, typed
        assert holds(html, WRITER["own_words"])
        assert dangers(html) == []


@pytest.mark.parametrize("path", ["find/", "write/", "pdf/"])
def test_a_riding_that_there_is_not_is_asked_for_again(stranger, letter_campaign, path):
    for riding in corpus.RIDINGS_REFUSED:
        response = stranger.post(f"{ACTION}{path}", {**WRITER, "riding": riding, "intent": "send"})
        html = response.content.decode()
        assert (response.status_code, "Choose your riding." in html) == (422, True), riding
        assert holds(html, WRITER["own_words"])
        assert holds(html, WRITER["body"])
    assert not Letter.objects.exists()


def test_every_text_of_the_corpus_can_be_printed(stranger, letter_campaign, settings):
    settings.PROTECTION_LIMITS = {"paper": Limit(1_000, 3600)}
    for text in corpus.TEXTS:
        fields = dict.fromkeys(("own_words", "subject", "body", "street_address"), text)
        response = stranger.post(f"{ACTION}pdf/", {**WRITER, **fields})
        assert response.status_code in (200, 422), text
        assert response.content.startswith(b"%PDF") or "error-summary" in response.content.decode(), text


def test_text_stays_text_in_every_field(stranger, letter_campaign):
    fields = ("name", "own_words", "subject", "body", "street_address")
    harmless = shape(stranger.write(**dict.fromkeys(fields, "harmless text")).content.decode())
    for text in corpus.TEXTS:
        html = stranger.write(**dict.fromkeys(fields, text)).content.decode()
        assert dangers(html) == [], text
        assert shape(html) == harmless or "error-summary" in html, text
        assert holds(html, text), text


@pytest.mark.parametrize("code", CODES)
def test_text_stays_text_at_every_step(stranger, letter_campaign, code):
    """All of the corpus at once: in the field that takes it, and in those that do not."""
    url = ACTION.replace("/en/", f"/{code}/")
    everything = "\n".join(corpus.TEXTS)
    everywhere = dict.fromkeys(WRITER, everything)
    for intent in ("check", "edit", "send", "riding", "language-fr"):
        for changes in ({"body": everything}, everywhere, {**everywhere, "riding": "35079"}):
            html = stranger.write(intent, url=url, **changes).content.decode()
            assert dangers(html) == [], (intent, list(changes))
            if intent in ("check", "edit", "send") and len(changes) > 1:
                assert holds(html, everything), intent
    assert dangers(stranger.post(f"{url}find/", everywhere).content.decode()) == []


def test_only_editors_fields_are_filled_in(stranger, letter_campaign):
    own, body = "I live in {riding}. {mp_name}!", "{bill_number} %(name)s {0} {u.__init__.__globals__}"
    html = stranger.write("check", own_words=own, body=body, subject="{bill_title}").content.decode()
    assert own in html
    assert body in html
    stranger.write("send", own_words=own, body=body, subject="{bill_title}")
    letter = confirmed(Letter.objects.get())
    text = letter.get_content()
    assert own in text
    assert body in text
    assert letter["Subject"] == "{bill_title}"


def confirmed(letter: Letter):
    """Confirm the letter and return it as the MP's mail program shows it."""
    assert services.confirm(letter_id=letter.pk) == Letter.State.CONFIRMED
    return sent(LetterQueue().prepare(LetterDelivery.objects.get(letter=letter)))


def test_mail_made_of_anything_has_one_recipient_our_sender_and_no_header_more(stranger, letter_campaign):
    names, subjects = [*corpus.NAMES_KEPT, *corpus.NAMES_CLEANED], corpus.HEADER_BREAKS
    for number, text in enumerate(corpus.TEXTS + subjects):
        name, subject = names[number % len(names)], subjects[number % len(subjects)]
        texts = {"own_words": text, "street_address": text, "body": f"{text}\n.\n{text}"}
        answer = stranger.write("send", name=name, subject=subject, email=f"a{number}@writer.example", **texts)
        assert answer.status_code == 303, (name, subject, text)
    letters = list(Letter.objects.all())
    for row in OutboxMessage.objects.all():
        mail = sent(OutboxQueue().prepare(row))
        assert mail["Subject"] == "Please confirm: your letter is waiting"
        assert dangers(mail.get_body(("html",)).get_content().replace(" style=", " class=")) == []
    for letter in letters:
        mail = confirmed(letter)
        assert Counter(mail.keys()) == HEADERS_OF_A_LETTER
        assert mail["To"] == "jordan.lee@parl.example"
        assert [address.addr_spec for address in mail["Reply-To"].addresses] == [letter.email]
        assert " ".join(letter.own_words.split()) in " ".join(mail.get_content().split())


def test_a_letter_of_ten_thousand_characters_in_one_line_can_be_mailed(stranger, letter_campaign):
    stranger.write("send", body="香" * 10_000, own_words="x" * 2_000, subject="港" * 150, name="文" * 100)
    assert "香" * 10_000 in confirmed(Letter.objects.get()).get_content()


def test_a_text_that_is_too_long_comes_back_whole(stranger, letter_campaign):
    for field, text in {"own_words": "x" * 2_001, "body": "x" * 10_001, "subject": "x" * 151}.items():
        response = stranger.write("send", **{field: text})
        assert response.status_code == 422
        assert text in response.content.decode()


def test_a_tower_of_marks_costs_no_more_than_other_text():
    for marks in ("\u0316\u0300", "\u0591\u05b0", "\u064b\u0655"):
        began = time.process_time()
        assert len(clean_text("a" + marks * 16_000)) <= 5
        assert time.process_time() - began < 0.2


def test_any_field_may_be_missing(stranger, letter_campaign):
    intents = ("check", "edit", "send", "riding", "language-fr", "nonsense")
    for field, intent in itertools.product(WRITER, intents):
        response = stranger.write(intent, **{field: None})
        assert response.status_code == expected_without(field, intent), (field, intent)
        if response.status_code != 303 and field != "own_words":
            assert holds(response.content.decode(), WRITER["own_words"]), (field, intent)


def expected_without(field: str, intent: str) -> int:
    """The answer to a form without that field: only the steps that go on need it."""
    if intent in ("edit", "riding", "language-fr"):
        return 422 if field == "riding" and intent != "riding" else 200
    if field in ("own_words", "street_address", "wants_copy"):
        return 303 if intent == "send" else 200
    return 422


def test_nothing_but_an_intent_is_a_question_not_a_crash(stranger, letter_campaign):
    for intent in ("check", "send", "edit", "riding", "language-fr"):
        response = stranger.post(f"{ACTION}write/", {"intent": intent})
        assert response.status_code == (200 if intent == "riding" else 422)
        assert 'name="province"' in response.content.decode()


def test_where_nobody_can_be_written_to_the_text_comes_back(stranger, member):
    campaign = LetterCampaignFactory(slug="second-reading", recipients=[RecipientFactory(is_active=False)])
    campaign.targets.filter(kind="own_mp").delete()
    for riding in ("", "none", "35079", "x"):
        html = stranger.write("send", riding=riding).content.decode()
        assert "There is nobody to write to" in html, riding
        assert holds(html, WRITER["own_words"]), riding
        assert holds(html, WRITER["body"]), riding
    found = stranger.post(f"{ACTION}find/", {**WRITER, "riding": "none"})
    assert (found.status_code, "There is nobody to write to" in found.content.decode()) == (200, True)
    assert not Letter.objects.exists()


def test_of_a_field_sent_twice_one_counts(stranger, letter_campaign):
    data = {name: ["https://evil.example", value] for name, value in WRITER.items()}
    response = stranger.post(f"{ACTION}write/", {**data, "intent": ["nonsense", "send"]})
    assert response.status_code == 303
    assert Letter.objects.get().name == WRITER["name"]
    reversed_data = {name: values[::-1] for name, values in data.items()}
    assert stranger.post(f"{ACTION}write/", {**reversed_data, "intent": "send"}).status_code == 422
