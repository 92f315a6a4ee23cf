"""The list as rows: those who agreed, decrypted, and nobody who did not, left, or leaves while the file is fetched."""

from __future__ import annotations

import pytest

from actions.exports import reading
from actions.exports.definitions import Extent
from actions.privacy.errors import UndecryptableError
from actions.subscribers.exporting import SubscribersExport, SubscribersForm
from actions.subscribers.leaving import leave
from actions.subscribers.models import Subscriber
from tests.factories.letters import CampaignFactory
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.representatives import RidingFactory
from tests.factories.subscribers import signed_up, subscribed

pytestmark = pytest.mark.django_db
export = SubscribersExport()


def choice(**chosen) -> dict:
    form = SubscribersForm({"file_format": "csv", "reason": "a long enough reason", **chosen})
    assert form.is_valid(), form.errors
    return form.cleaned_data


def people(**chosen) -> list[str]:
    extent = export.measure(choice(**chosen))
    rows = list(export.rows(choice(**chosen), extent))
    assert len(rows) == extent.count
    return [str(row.cells[1]) for row in rows]


def test_a_row_holds_what_the_heading_says():
    riding = RidingFactory(fed_num=35079, name_en="Ottawa Centre")
    reader = subscribed(name="=陳大文", email="tai@reader.example", language="zh-hant", riding=riding)
    [row] = export.rows(choice(), export.measure(choice()))
    since = reader.subscribed_at.astimezone().date()
    assert row.cells[:-1] == ("=陳大文", "tai@reader.example", "zh-hant", "Ontario", "Ottawa Centre")
    assert abs((row.cells[-1] - since).days) <= 1
    assert len(export.headings()) == len(row.cells) + 1


def test_only_who_agreed_and_has_not_left_is_in_it():
    subscribed(email="stays@reader.example")
    leave(subscriber_id=subscribed(email="left@reader.example").pk)
    signed_up(email="never-confirmed@reader.example")
    confirmed(PetitionFactory(), email="signer@signer.example")
    assert people() == ["stays@reader.example"]


def test_signers_who_ticked_the_box_came_by_their_petition():
    petition = PetitionFactory()
    confirmed(
        petition,
        email="ticked@signer.example",
        wants_updates=True,
        consent_text="Send me updates.",
        consent_page="/en/act/petitions/x/",
    )
    confirmed(petition, email="silent@signer.example")
    subscribed(email="by-letter@reader.example", campaign=petition.campaign, source="letter")
    subscribed(email="elsewhere@reader.example", campaign=CampaignFactory(), source="petition")
    assert people(campaign=petition.campaign.pk, source="petition") == ["ticked@signer.example"]


def test_the_list_is_narrowed_down():
    riding = RidingFactory(fed_num=59001, name_en="Abbotsford")
    subscribed(email="a@reader.example", language="fr", riding=riding)
    subscribed(email="b@reader.example", language="fr")
    subscribed(email="c@reader.example")
    assert people(language="fr") == ["a@reader.example", "b@reader.example"]
    assert people(province="BC") == people(riding=59001) == ["a@reader.example"]
    assert people(province="ON") == []


def test_who_leaves_while_the_file_is_fetched_or_joins_is_not_in_it(monkeypatch):
    monkeypatch.setattr(reading, "ROWS_AT_ONCE", 2)
    readers = [subscribed(email=f"r{number}@reader.example") for number in range(5)]
    rows = export.rows(choice(), export.measure(choice()))
    next(rows)
    leave(subscriber_id=readers[3].pk)
    subscribed(email="new@reader.example")
    assert [row.cells[1] for row in rows] == ["r1@reader.example", "r2@reader.example", "r4@reader.example"]


def test_a_row_that_was_tampered_with_stops_the_file():
    first, second = subscribed(), subscribed()
    stolen = Subscriber.objects.filter(pk=second.pk).values_list("email", flat=True)[0]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Subscriber._meta.db_table} SET email = %s WHERE id = %s", [stolen.text, first.pk])
    with pytest.raises(UndecryptableError):
        list(export.rows(choice(), Extent(2, second.pk)))


@pytest.mark.parametrize("count", [3, 60])
def test_queries_do_not_grow_within_a_piece(count, django_assert_num_queries):
    for _ in range(count):
        subscribed()
    chosen = choice()
    extent = export.measure(chosen)
    with django_assert_num_queries(2):  # ridings; one piece
        assert len(list(export.rows(chosen, extent))) == count


def test_the_log_names_numbers_and_nobody():
    campaign = CampaignFactory(name="Canary")
    assert export.in_words(choice()) == "everybody"
    words = export.in_words(choice(campaign=campaign.pk, source="petition", language="fr"))
    assert words == f"campaign {campaign.pk}, language fr, came by petition"
