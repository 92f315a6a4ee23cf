"""Signing up: nobody is on the list before they press the button, and the form tells nobody who is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from actions.outbox.models import OutboxMessage
from actions.outbox.worker import Worker
from actions.privacy.services import erase, tell
from actions.protection.limits import Limit
from actions.protection.tokens import issue_token
from actions.subscribers.leaving import leave
from actions.subscribers.models import Consent, SignUp, Subscriber
from actions.subscribers.services import forget_sign_ups, release_held
from actions.subscribers.wording import Shown, read_shown, sign_shown
from home.site_settings import SiteSettings
from tests.actions.subscribers.conftest import ADDRESS, INBOX, ORIGIN, URL, mailed_link, shown_in
from tests.factories.pages import CODES, SiteTree
from tests.factories.subscribers import known_sender, signed_up, subscribed

pytestmark = pytest.mark.django_db


def test_only_the_button_in_the_mail_puts_somebody_on_the_list(client, sign_up, riding):
    response = sign_up(postal_code="k1a 0a6")
    assert (response.status_code, response["Location"]) == (303, INBOX)
    link = mailed_link()
    for _ in range(3):
        assert "Press the button to be on our list" in client.get(link).content.decode()
        client.head(link, headers={"Purpose": "prefetch"})
    assert not Subscriber.objects.exists()
    assert client.post(link, {}, **ORIGIN).status_code == 303
    person = Subscriber.objects.get()
    assert (person.state, person.email, person.name, person.language) == ("subscribed", ADDRESS, "陳大文", "en")
    assert (person.riding, person.province) == (riding, "ON")
    assert "you get our updates" in client.get(link).content.decode()
    assert not SignUp.objects.filter(email__isblank=False).exists()


def test_the_consent_keeps_the_words_as_they_were_shown(client, sign_up):
    page = client.get(URL).content.decode()
    sign_up()
    SiteSettings.objects.update(organisation_name_en="Another name", postal_address="2 Other Street")
    client.post(mailed_link(), {}, **ORIGIN)
    consent = Consent.objects.get()
    assert consent.wording in page
    assert "Alliance Canada Hong Kong" in consent.wording
    assert "Our address: 1 Invented Street, Ottawa. Questions: us@achk.example." in consent.wording
    assert "leave at any time" in consent.wording
    assert (consent.language, consent.page, consent.source, consent.campaign) == ("en", URL, "sign-up", None)
    assert consent.withdrawn_at is None


def test_a_consent_is_never_changed_and_never_deleted(db):
    subscribed()
    consent = Consent.objects.get()
    for attempt in (consent.save, consent.delete, Consent.objects.all().delete):
        with pytest.raises(TypeError):
            attempt()
    with pytest.raises(TypeError):
        Consent.objects.update(wording="")


def test_words_that_we_never_showed_are_not_agreed_to(client, sign_up):
    for forged in ("", "x", sign_shown(Shown("Words", "en", "/")) + "x", None):
        response = sign_up(shown=forged)
        assert response.status_code == 422
        assert "Please read once more" in response.content.decode()
        assert ADDRESS in response.content.decode()
    assert not SignUp.objects.exists()
    assert read_shown("{}:x") is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": ""}, "Enter your e-mail address."),
        ({"email": "not an address"}, "Check the e-mail address"),
        ({"email": "a@b.example\r\nBcc: victim@c.example"}, "Check the e-mail address"),
        ({"email": "a@b.example,victim@c.example"}, "Check the e-mail address"),
        ({"name": "http://evil.example"}, "A name cannot hold a web address."),
        ({"postal_code": "90210"}, "US ZIP code"),
    ],
)
def test_bad_input_gets_one_clear_error_and_keeps_what_was_typed(sign_up, changes, message):
    response = sign_up(**changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "陳大文" in page or "name" in changes
    assert "no-store" in response["Cache-Control"]
    assert not SignUp.objects.exists()


def test_a_name_cannot_open_a_header(client, sign_up):
    sign_up(name="Eve\r\nBcc: victim@c.example")
    Worker().drain()
    (message,) = mail.outbox
    assert message.recipients() == [ADDRESS]
    assert "Bcc" not in message.message().as_string().partition("\n\n")[0]


def test_name_and_postal_code_may_be_left_out(client, sign_up):
    assert sign_up(name="", postal_code="").status_code == 303
    client.post(mailed_link(), {}, **ORIGIN)
    person = Subscriber.objects.get()
    assert (person.name, person.riding, person.province) == ("", None, "")


@pytest.mark.parametrize(
    ("code", "province"),
    [("K1A 0A1", "ON"), ("J8X 1A1", ""), ("H0H 0H0", "")],
    ids=["two ridings", "two provinces", "unknown"],
)
def test_a_code_that_is_in_doubt_gives_no_riding(client, sign_up, riding, code, province):
    sign_up(postal_code=code)
    client.post(mailed_link(), {}, **ORIGIN)
    person = Subscriber.objects.get()
    assert (person.riding, person.province) == (None, province)


def answer_of(response) -> tuple:
    headers = sorted((name, value) for name, value in response.items() if name != "Expires")
    return response.status_code, headers, response.content


def test_new_known_former_held_and_repeated_sign_ups_get_the_same_answer_and_mail(client, sign_up, settings):
    subscribed(email="known@reader.example", name="Known")
    leave(subscriber_id=subscribed(email="former@reader.example").pk)
    token = issue_token("subscribe")
    answers = [answer_of(sign_up(email=f"{who}@reader.example")) for who in ("new", "known", "former")]
    answers += [answer_of(sign_up(form_token=token)) for _ in range(2)]
    answers.append(answer_of(sign_up(website="spam")))
    answers += [answer_of(sign_up()) for _ in range(8)]  # more mails than an address gets in a day
    settings.PROTECTION_LIMITS = {"submit": Limit(1, 3600)}
    answers.append(answer_of(sign_up(email="late@reader.example")))
    assert answers == [answers[0]] * len(answers)
    Worker().drain()
    texts = {message.recipients()[0]: message.body for message in mail.outbox}
    written = [texts[f"{who}@reader.example"] for who in ("new", "known", "former")]
    assert len({text[: text.index("http")] for text in written}) == 1
    assert "late@reader.example" not in texts


def test_signing_up_costs_the_same_for_new_known_and_former(client, sign_up, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    subscribed(email="known@reader.example")
    leave(subscriber_id=subscribed(email="former@reader.example").pk)
    sign_up(email="first@reader.example")
    counts = []
    for who in ("new", "known", "former"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sign_up(email=f"{who}@reader.example")
        counts.append(len(queries))
        assert not any('actions_subscriber"' in query["sql"] for query in queries)
    assert len(set(counts)) == 1


def test_a_stranger_who_types_a_known_address_changes_nothing_about_its_owner(client, sign_up):
    person = subscribed(email=ADDRESS, name="Owner", language="fr")
    sign_up(email="Tai-Man@reader.example", name="Stranger")
    person.refresh_from_db()
    assert (person.name, person.language, person.email) == ("Owner", "fr", ADDRESS)


def test_a_replayed_link_brings_nobody_back_who_left(client, sign_up):
    sign_up()
    link = mailed_link()
    client.post(link, {}, **ORIGIN)
    leave(subscriber_id=Subscriber.objects.get().pk)
    for _ in range(3):
        assert client.post(link, {}, **ORIGIN).status_code == 303
    assert Subscriber.objects.get().state == "unsubscribed"
    assert Consent.objects.count() == 1


def test_whoever_left_may_come_back_to_the_same_place(client, sign_up):
    person = subscribed(email="achan@gmail.com")
    leave(subscriber_id=person.pk)
    sign_up(email="A.Chan+news@gmail.com", name="Ada")
    client.post(mailed_link(), {}, **ORIGIN)
    again = Subscriber.objects.get()
    assert (again.pk, again.state, again.name, again.email) == (person.pk, "subscribed", "Ada", "A.Chan+news@gmail.com")
    assert [one.withdrawn_at is None for one in again.consents.order_by("pk")] == [False, True]


def test_of_a_sign_up_without_its_button_nothing_stays(client, sign_up):
    sign_up()
    link = mailed_link()
    later = timezone.now() + timedelta(days=9)
    forget_sign_ups(later)
    assert not SignUp.objects.exists()
    assert client.get(link).status_code == 404
    assert client.post(link, {}, **ORIGIN).status_code == 404
    assert not Subscriber.objects.exists()


def test_a_held_sign_up_gets_its_mail_when_a_person_lets_it_go_on(client, sign_up, settings):
    settings.PROTECTION_LIMITS = {"submit": Limit(1, 3600)}
    sign_up(email="first@reader.example")
    Worker().drain()
    mail.outbox.clear()
    sign_up()
    sign_up(email="typed-by-a-program@reader.example", website="spam")
    Worker().drain()
    assert not mail.outbox
    assert release_held(user=None) == 1
    assert release_held(user=None) == 0
    client.post(mailed_link(), {}, **ORIGIN)
    assert Subscriber.objects.get().state == "subscribed"
    assert [message.recipients() for message in mail.outbox] == [[ADDRESS]]


def test_of_the_held_only_those_with_a_mail_are_counted(db):
    for _ in range(8):
        signed_up(held_reason="limit")
    sent = release_held(user=None)
    assert sent == OutboxMessage.objects.count() < 8
    assert SignUp.objects.filter(held_reason="limit").count() == 8 - sent


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("missing", ["postal_address", "contact_email"])
def test_nobody_is_asked_to_sign_up_while_we_do_not_say_where_we_are(client, code, missing):
    url = f"/{code}/subscribe/"
    shown = shown_in(client.get(url).content.decode())
    known_sender(**{missing: ""})
    cache.clear()
    page = client.get(url).content.decode()
    assert 'data-action="subscribe"' not in page
    assert "notice--info" in page
    assert client.post(url, {"email": ADDRESS, "shown": shown}, **ORIGIN).status_code == 422
    assert not SignUp.objects.exists()


def test_the_mail_that_asks_says_where_we_are(sign_up):
    sign_up()
    Worker().drain()
    assert "Our address: 1 Invented Street, Ottawa. Questions: us@achk.example." in mail.outbox[0].body


def test_people_are_told_what_we_hold_and_forgotten_everywhere(client, sign_up):
    subscribed(email=ADDRESS, name="Ada")
    sign_up()
    held = tell("TAI-MAN@reader.example")
    assert {row.source for row in held} == {"subscribers", "sign-ups", "outbox"}
    assert any("You agree that we send you mail." in row.content.get("consents", "") for row in held)
    erase(ADDRESS)
    person = Subscriber.objects.get()
    assert (person.state, person.name, person.email, person.language) == ("unsubscribed", "", "", "")
    assert not SignUp.objects.exists()
    Worker().drain()
    assert not mail.outbox


def test_the_page_is_the_same_for_everyone_and_can_be_kept_by_caches(client):
    first, second = client.get(URL), client.get(f"{URL}?email={ADDRESS}", headers={"cookie": "a=b"})
    assert first.content == second.content
    assert "s-maxage" in first["Cache-Control"]
    assert not first.cookies
    assert client.get(INBOX).content == client.get(f"{INBOX}?x=1").content


@pytest.mark.parametrize("code", CODES)
def test_the_form_stands_on_any_page_and_knows_where_it_stood(client, sign_up, code):
    tree = SiteTree()
    blocks = [("subscribe", {"heading": "News", "text": "Two a month", "button": "Yes", "campaign": None})] * 2
    page = tree.add_page(body=blocks)[code]
    text = client.get(page.url).content.decode()
    assert text.count('data-action="subscribe"') == 2
    assert text.count('id="subscribe"') == text.count('id="subscribe-2"') == 1
    assert 'id="id_subscribe-2_email"' in text
    sign_up(page.url)
    waiting = SignUp.objects.get()
    assert (waiting.page, waiting.language) == (page.url, code)
    assert waiting.wording in text


@pytest.mark.parametrize("code", CODES)
def test_every_page_and_mail_is_there_in_each_language(client, sign_up, code):
    url = f"/{code}/subscribe/"
    assert client.get(f"{url}check-your-inbox/").status_code == 200
    sign_up(url)
    link = mailed_link()
    assert f"/{code}/" in link
    assert client.get(link).status_code == 200
    client.post(link, {}, **ORIGIN)
    assert client.get(link).status_code == 200
    assert Subscriber.objects.get().language == code


def test_a_post_from_elsewhere_is_refused(client, db):
    data = {"email": ADDRESS, "shown": shown_in(client.get(URL).content.decode())}
    assert client.post(URL, data, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert not OutboxMessage.objects.exists()
