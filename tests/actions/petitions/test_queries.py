"""What every public page and POST of a petition costs the database: the same with ten signatures and with thousands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions.petitions.models import Petition
from actions.petitions.tally import add_up_all, count_many
from tests.actions.petitions.reading import URL, mailed_link, post, press
from tests.factories.house import HousePetitionFactory
from tests.factories.petitions import PetitionFactory, many_signatures

FEW, MANY = 10, 3_000
PAGES = ("", "house/", "qr.svg", "qr.png", "story.png", "preview.png")
LANGUAGELESS = ("count.json", "house-en.pdf")
PEOPLE = re.compile(r'FROM "actions_(signature|letter|subscriber|outboxmessage)"')
Costs = dict[str, list[str]]


@pytest.fixture
def sizes(riding) -> dict[int, Petition]:
    found = {}
    for size in (FEW, MANY):
        petition = found[size] = PetitionFactory(slug=f"signed-by-{size}")
        HousePetitionFactory(petition=petition)
        rows = many_signatures(petition, size)
        for row in rows[:10]:
            row.name, row.comment, row.show_name, row.comment_state = "A Name", "Some words", True, "approved"
            row.save()
        count_many(petition.pk, rows, 1)
    while add_up_all(timezone.now()):
        pass
    return found


def statements(ask: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        ask()
    return [query["sql"] for query in seen]


def costs(client, petition: Petition) -> Costs:
    """Return what is asked for each page, once the process has what it keeps, and for each step of a signer."""
    home, signer = URL.replace("open-door", petition.slug), f"signer@{petition.slug}.example"
    shared = home.removeprefix("/en")
    addresses = [*(f"{home}{page}" for page in PAGES), *(f"{shared}{page}" for page in LANGUAGELESS)]
    found: Costs = {}
    for address in [*addresses, home.replace("/en/", "/zh-hant/"), "/en/act/check-your-inbox/"]:
        assert client.get(address).status_code == 200, address
        found[address.replace(petition.slug, "")] = statements(lambda address=address: client.get(address))

    def sign(**fields) -> list[str]:
        return statements(lambda: post(client, f"{home}sign/", email=signer, **fields))

    post(client, f"{home}sign/", email=f"first@{petition.slug}.example")  # keys are made once
    found["a form with a mistake"] = sign(name="")
    found["at risk"] = sign(is_at_risk="on")
    found["sign"] = sign(comment="Some words", show_name="on")
    link = mailed_link(signer)
    found["open the link"] = statements(lambda: client.get(link))
    found["confirm"] = statements(lambda: press(client, link))
    found["the thanks"] = statements(lambda: client.get(link))
    found["sign again"] = sign()
    found["hide"] = statements(lambda: press(client, link, intent="hide"))
    found["withdraw"] = statements(lambda: press(client, link, intent="withdraw"))
    found["the farewell"] = statements(lambda: client.get(link))
    return found


def counts_everybody(asked: Iterable[str]) -> list[str]:
    """Return the statements that count or add up people without an end."""
    return [sql for sql in asked if PEOPLE.search(sql) and re.search(r"\b(COUNT|SUM)\(", sql) and "LIMIT" not in sql]


def test_every_page_and_post_costs_the_same_with_ten_signatures_and_with_thousands(client, sizes):
    few, many = (costs(client, sizes[size]) for size in (FEW, MANY))
    assert {name: len(asked) for name, asked in few.items()} == {name: len(asked) for name, asked in many.items()}
    assert max(map(len, many.values())) <= 40
    assert len(many["sign"]) <= 24


def test_no_page_and_no_post_counts_signatures(client, sizes):
    for name, asked in costs(client, sizes[MANY]).items():
        assert not counts_everybody(asked), name


def test_who_counts_signatures_would_be_noticed(sizes):
    assert counts_everybody(statements(lambda: sizes[FEW].signatures.filter(state="confirmed").count()))
