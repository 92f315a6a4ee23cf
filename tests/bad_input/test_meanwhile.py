"""What staff change between a visitor's page and the visitor's button: an answer each time, and no words lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from actions.donations.models import Appeal, AppealWording
from actions.events.models import Event
from actions.letters.models import LetterCampaign, LetterWording
from actions.petitions.models import Petition, PetitionWording
from tests.bad_input.addresses import Door, examples
from tests.bad_input.rows import rows
from tests.bad_input.sample_site import make_sample_site
from tests.bad_input.test_every_form_at_once import FORMS, request_of

pytestmark = pytest.mark.django_db

WORDS = {
    "own_words": "Meine Worte <b>eins</b>",
    "comment": "Meine Worte <b>eins</b>",
    "access_needs": "Meine Worte <b>eins</b>",
}
KEPT = "Meine Worte &lt;b&gt;eins&lt;/b&gt;"
LETTER = {f"/en/act/letters/sample/{name}/" for name in ("find", "write", "pdf")}
ACTIONS = LETTER | {"/en/act/petitions/sample/sign/", "/en/act/donate/sample/give/"}
EVENT = "/en/act/events/sample/"
WITHOUT_WORDS = "/en/act/donate/sample/give/"


def take_texts_down() -> None:
    for texts in (AppealWording, LetterWording, PetitionWording):
        texts.objects.update(live=False)


def take_one_language_down() -> None:
    for texts in (LetterWording, PetitionWording):
        texts.objects.filter(locale__language_code="en").delete()


def end_all() -> None:
    past = timezone.now() - timedelta(days=1)
    for actions in (Appeal, LetterCampaign, Petition):
        actions.objects.update(closes_at=past)
    Event.objects.update(starts_at=past - timedelta(hours=1), ends_at=past)


def stop_all() -> None:
    LetterCampaign.objects.update(is_stopped=True)
    Petition.objects.update(is_paused=True)
    Appeal.objects.update(is_paused=True)
    Event.objects.update(is_cancelled=True)


def take_pages_down() -> None:
    Page.objects.filter(depth__gt=1).update(live=False)


CHANGES = [
    (take_texts_down, ACTIONS),
    (take_one_language_down, set()),
    (end_all, ACTIONS | {EVENT}),
    (stop_all, ACTIONS | {EVENT}),
    (take_pages_down, set()),
]


@pytest.mark.parametrize(("change", "refused"), CHANGES)
def test_whatever_changes_meanwhile_there_is_an_answer_and_words_are_kept(stranger, settings, change, refused):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = "sk_test_0123456789abcdef", "http://127.0.0.1:9"
    places = make_sample_site()
    sent = {example: {**request_of(example)["data"], **WORDS} for example in FORMS if "webhook" not in example}
    change()
    for example in examples(*Door):
        path = example.format(**places).replace("/en/", "/zh-hant/")
        assert stranger.get(path).status_code < 500 or "thanks" in path, path
    not_taken = set()
    for example, data in sent.items():
        before = rows()
        answer = stranger.post(example.format(**places), data)
        if answer.status_code in (409, 422):
            not_taken.add(example)
            assert KEPT in answer.content.decode() or example == WITHOUT_WORDS, example
            assert rows() == before, example
        else:
            assert answer.status_code in (200, 303) or example == WITHOUT_WORDS, (example, answer.status_code)
    assert not_taken == refused
