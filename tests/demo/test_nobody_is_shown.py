"""Whatever a stranger opens on the demo site, nobody is named there who did not ask to be."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from actions.events.models import Event
from actions.letters.models import LetterCampaign
from actions.outbox.worker import Worker
from actions.petitions.models import Petition, Signature
from actions.petitions.services import invalidate, withdraw
from actions.petitions.states import SignatureState
from actions.petitions.tally import add_up_all
from tests.crawling import START, crawl, text_of
from tests.factories.events import asked, coming
from tests.factories.letters import confirmed_letters
from tests.factories.petitions import confirmed, signed
from tests.factories.subscribers import on_its_way, signed_up, subscribed

pytestmark = pytest.mark.usefixtures("demo_site")

# A name, an address and words that stand nowhere else.
SHOWN = "Zenobia Öffentlich"
HIDDEN = "Quetzal Verborgen 隱姓埋"
COMMENT = "Axolotl 水怪留言"
TRACES = ("quetzal", "verborgen", "隱姓埋", "axolotl", "水怪", "hidden.example")


def person(number: int, **changes):
    return {"name": HIDDEN, "email": f"person{number}@hidden.example", "comment": COMMENT, **changes}


@pytest.fixture
def petition(demo_site) -> Petition:
    return Petition.objects.get(slug="keep-the-door-open")


@pytest.fixture
def shown(petition) -> Signature:
    return confirmed(petition, **person(0, name=SHOWN, show_name=True))


@pytest.fixture
def people(petition, shown) -> None:
    """Somebody in each state of everything that people do here."""
    signed(petition, **person(1))
    signed(petition, **person(2, show_name=True))
    signed(petition, **person(3, show_name=True, held_reason="limit"))
    confirmed(petition, **person(4))
    confirmed(petition, **person(5, wants_updates=True, consent_text="Yes, mail me.", consent_page="/en/"))
    withdraw(signature_id=confirmed(petition, **person(6, show_name=True)).pk)
    invalidate(signature_id=confirmed(petition, **person(7, show_name=True)).pk)
    signed_up(name=HIDDEN, email="person8@hidden.example")
    subscribed(name=HIDDEN, email="person9@hidden.example")
    evening = Event.objects.get(slug="questions-about-the-bill")
    asked(evening, name=HIDDEN, email="person10@hidden.example", access_needs=COMMENT)
    coming(evening, name=HIDDEN, email="person11@hidden.example", access_needs=COMMENT)
    on_its_way()
    confirmed_letters(LetterCampaign.objects.get(slug="safe-harbour"), ridings=[None], count=1, name=HIDDEN)
    Worker().drain()
    add_up_all(shown.signed_at)
    cache.clear()


ACTIONS = [f"/{language}/act/petitions/keep-the-door-open/" for language in ("en", "fr", "zh-hant")]


def everything(client) -> dict[str, str]:
    pages = crawl(client.get, [*START, *ACTIONS, "/act/petitions/keep-the-door-open/count.json"])
    assert [path for path, response in pages.items() if response.status_code >= 400] == []
    return {path: f"{path}\n{response.headers}\n{text_of(response)}" for path, response in pages.items()}


def test_a_crawl_finds_no_one_but_who_asked_to_be_shown(client, people):
    pages = everything(client)
    for path, page in pages.items():
        assert [trace for trace in TRACES if trace in page.lower()] == [], path
    naming = {path for path, page in pages.items() if SHOWN in page}
    assert "/en/act/petitions/keep-the-door-open/" in naming  # so that the test can fail
    assert len(pages) > 50


def test_who_takes_their_name_back_is_nowhere_within_five_minutes(client, petition, shown):
    """Pages may be kept by caches in front of us for as long as they say; together that is less than five minutes."""
    assert any(SHOWN in page for page in everything(client).values())
    assert withdraw(signature_id=shown.pk) == SignatureState.WITHDRAWN
    pages = everything(client)  # what was kept in our own cache too
    assert [path for path, page in pages.items() if SHOWN in page] == []
    for language in ("en", "fr", "zh-hant"):
        kept = client.get(f"/{language}/act/petitions/{petition.slug}/")["Cache-Control"]
        seconds = [int(part.partition("=")[2]) for part in kept.split(", ") if part.partition("=")[2].isdigit()]
        assert 0 < sum(seconds) < 300, kept
