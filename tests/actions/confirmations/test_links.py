"""The page behind a mailed link: only a pressed button acts, and a damaged link still finds its way."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest
from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from achk_site.log_filter import WithoutPersonalData
from actions.confirmations import services
from actions.confirmations.models import Confirmation
from actions.letters.emails import CONFIRM_PURPOSE
from actions.letters.models import Letter, LetterDelivery
from actions.letters.states import LetterState
from actions.outbox.models import OutboxMessage
from actions.protection.limits import Limit
from actions.protection.verdicts import HONEYPOT_FIELD
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.representatives import RepresentativeFactory

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}
SCANNERS = [
    {"user-agent": "Mozilla/5.0 (compatible; Microsoft Outlook SafeLinks)"},
    {"user-agent": "GoogleImageProxy"},
    {"user-agent": "BarracudaCentral", "accept": "*/*"},
    {"purpose": "prefetch", "sec-purpose": "prefetch;prerender"},
    {"x-moz": "prefetch"},
]


@pytest.fixture
def letter() -> Letter:
    riding = RepresentativeFactory().riding
    return written_letter(LetterCampaignFactory(), riding=riding)


@pytest.fixture
def path(letter) -> str:
    return path_of(services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk))


def path_of(token: str) -> str:
    return f"/en/act/confirm/{token}/"


def everything(letter: Letter) -> tuple:
    counts = [model.objects.count() for model in (LetterDelivery, OutboxMessage, Confirmation)]
    return model_to_dict(Letter.objects.get(pk=letter.pk)), *counts


def test_whoever_opens_the_link_changes_nothing_however_often(client, letter, path):
    before = everything(letter)
    for round_number in range(100):
        headers = SCANNERS[round_number % len(SCANNERS)]
        call = client.head if round_number % 4 == 0 else client.get
        assert call(path, headers=headers).status_code == 200
    assert everything(letter) == before


def test_opening_the_link_writes_nothing_at_all(client, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(path)
    assert not [query["sql"] for query in queries if not query["sql"].lstrip("( ").upper().startswith("SELECT")]


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(client, letter, path, method):
    before = everything(letter)
    assert getattr(client, method)(path, headers=OURS).status_code == 405
    assert everything(letter) == before


def test_the_button_acts_once_and_then_the_same_page_says_so(client, letter, path):
    first = client.post(path, headers=OURS)
    assert (first.status_code, first["Location"]) == (303, path)
    done = client.get(path)
    state = everything(letter)
    for _ in range(3):
        assert client.post(path, headers=OURS).status_code == 303
        assert client.get(path).content == done.content
    assert everything(letter) == state
    assert Letter.objects.get(pk=letter.pk).state == LetterState.CONFIRMED
    assert LetterDelivery.objects.count() == 1
    assert b'data-action="confirm"' not in done.content


def test_a_page_of_somebody_else_cannot_press_the_button(client, letter, path):
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}, {}):
        assert client.post(path, headers=headers).status_code == 403
    assert Letter.objects.get(pk=letter.pk).state == LetterState.PENDING


@pytest.mark.parametrize("tail", ["/", "", "/.", "/)", ".", ")", "=", "%20", "/%20", "/=", "%3E", "/>", ",", "/)."])
def test_what_mail_programs_append_is_tolerated(client, letter, path, tail):
    damaged = path.rstrip("/") + tail
    assert client.get(damaged).status_code == 200
    assert client.post(damaged, headers=OURS).status_code == 303
    assert Letter.objects.get(pk=letter.pk).state == LetterState.CONFIRMED


@pytest.mark.parametrize("damage", [str.upper, str.title, lambda token: f"%3C{token}%3E", lambda token: f"%20{token}"])
def test_what_mail_programs_change_is_tolerated(client, letter, damage):
    token = services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk)
    assert client.get(path_of(damage(token))).status_code == 200


def refused(letter: Letter) -> dict[str, str]:
    token = services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk)
    gone = services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk)
    Confirmation.objects.filter(token_hash=services.token_hash(gone)).update(expires_at=timezone.now())
    return {
        "truncated": token[:-1],
        "one letter changed": ("0" if token[0] != "0" else "1") + token[1:],
        "its hash": services.token_hash(token),
        "expired": gone,
        "of a purpose nobody serves": services.issue(purpose="other", object_id=letter.pk),
        "of a row that is gone": services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk + 999),
        "random": secrets.token_hex(32),
        "row number": str(letter.pk),
        "meta": "' OR 1=1--",
        "percent": "%25%5f",
        "long": "a" * 200,
        "chinese": "連結",
    }


@pytest.mark.parametrize("language", ["en", "fr", "zh-hant"])
def test_a_link_that_leads_nowhere_gets_a_friendly_page_and_no_trace_in_the_log(client, letter, language, caplog):
    before = everything(letter)
    masked = WithoutPersonalData()
    for name, token in refused(letter).items():
        address = f"/{language}/act/confirm/{token}/"
        for response in (client.get(address), client.post(address, headers=OURS)):
            assert response.status_code == 404, name
            assert "<h1" in response.text, name
            assert 'name="robots" content="noindex"' in response.text
            assert "no-store" in response["Cache-Control"]
    assert everything(letter)[:3] == before[:3]
    assert caplog.records
    for record in caplog.records:
        masked.filter(record)
        assert not re.search("[0-9a-f]{40,}", record.getMessage())


def test_guessing_is_stopped_and_the_owner_of_a_link_is_not(client, letter, path, settings):
    settings.PROTECTION_LIMITS = {"confirm": Limit(3, 3600)}
    guess = path_of(secrets.token_hex(32))
    answers = [client.post(guess, headers=OURS) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 429]
    assert "Nothing is wrong with what you wrote" in answers[-1].text
    assert answers[-1]["Retry-After"] == "3600"
    assert client.get(guess).status_code == 404
    for _ in range(5):
        assert client.post(path, headers=OURS).status_code == 303
    assert Letter.objects.get(pk=letter.pk).state == LetterState.CONFIRMED


def test_what_a_robot_fills_in_does_not_hold_a_letter_whose_link_it_brings(client, letter, path):
    assert client.post(path, {HONEYPOT_FIELD: "x"}, headers=OURS).status_code == 303
    assert Letter.objects.get(pk=letter.pk).state == LetterState.CONFIRMED


def test_the_page_is_kept_by_nobody_and_tells_other_sites_nothing(client, path):
    for response in (client.get(path), client.get(path.replace("/en/", "/fr/")), client.post(path, headers=OURS)):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies
    page = client.get(path).text
    assert 'name="robots" content="noindex"' in page
    assert "canonical" not in page
    assert "og:url" not in page


def test_the_link_names_no_row_and_is_stored_as_a_hash_only(letter):
    token = services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk)
    for language in ("en", "fr", "zh-hant"):
        assert services.link(token, language=language) == f"http://testserver/{language}/act/confirm/{token}/"
    assert len(token) == 64
    assert not Confirmation.objects.filter(token_hash=token).exists()


def test_links_that_ran_out_are_forgotten(letter):
    Confirmation.objects.all().delete()
    services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk, lifetime=timedelta(days=-1))
    services.issue(purpose=CONFIRM_PURPOSE, object_id=letter.pk)
    services.forget_expired(timezone.now())
    assert Confirmation.objects.count() == 1


def test_check_your_inbox_is_the_same_for_everybody(client, letter):
    pages = {client.get("/en/act/check-your-inbox/").content for _ in range(2)}
    assert len(pages) == 1
    assert str(letter.email).encode() not in pages.pop()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "If it has not come by then, please try again."),
        ("fr", "S’il n’est pas arrivé d’ici là, veuillez réessayer."),
        ("zh-hant", "到時仍未收到，請再試一次。"),
    ],
)
def test_check_your_inbox_says_what_to_do_when_three_mails_have_come_already(client, db, language, words):
    assert words in client.get(f"/{language}/act/check-your-inbox/").content.decode()
