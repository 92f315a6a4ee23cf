"""Exports in the admin: only for who may, with a reason, on record and told before the first byte."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from actions import registry
from actions.exports import leaving, services
from actions.exports.emails import KIND
from actions.outbox.models import OutboxMessage
from actions.privacy.models import AccessLog
from tests.actions.admin.conftest import logged_in
from tests.factories.petitions import PetitionFactory, confirmed
from tests.factories.subscribers import known_sender, subscribed

INDEX = "/admin/exports/"
SUBSCRIBERS, SIGNATURES = "/admin/exports/subscribers/", "/admin/exports/signatures/"
REASON = "Paper invitations to the rally of 3 May"


def holder(name: str, *codenames: str):
    client = logged_in(name)
    client.user.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *codenames)))
    return client


@pytest.fixture
def keeper(db):
    """Somebody of the data protection group."""
    known_sender()
    return holder("keeper", "export_subscriber", "export_signature")


def form(**changes) -> dict[str, str]:
    return {"file_format": "csv", "reason": REASON, **changes}


def content(answer) -> bytes:
    assert answer.status_code == 200, answer.context["form"].errors
    assert answer.streaming
    return b"".join(answer.streaming_content)


def lines(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content(answer).decode("utf-8-sig"))))


def test_the_list_leaves_as_csv_safe_from_formulas(keeper):
    subscribed(name="=HYPERLINK(0)", email="tai@reader.example")
    answer = keeper.post(SUBSCRIBERS, form())
    assert answer["Content-Disposition"].startswith('attachment; filename="subscribers-')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Accel-Buffering"] == "no"
    heads, row, end = lines(answer)
    assert heads[:3] == ["No.", "Name", "E-mail"]
    assert row[:3] == ["1", "'=HYPERLINK(0)", "tai@reader.example"]
    assert end[:2] == ["# end", "rows 1"]


def test_the_list_leaves_as_a_workbook(keeper):
    subscribed(name="=HYPERLINK(0)", email="tai@reader.example")
    sheet = openpyxl.load_workbook(io.BytesIO(content(keeper.post(SUBSCRIBERS, form(file_format="xlsx"))))).active
    assert [cell.value for cell in sheet[2]][:3] == [1, "=HYPERLINK(0)", "tai@reader.example"]
    assert sheet["B2"].data_type == "s"


def test_log_and_alarm_are_there_before_the_first_byte(keeper):
    subscribed(name="Canary Reader", email="canary@reader.example")
    answer = keeper.post(SUBSCRIBERS, form(language="en"))
    entry = AccessLog.objects.get(verb="export")
    assert (entry.username, entry.count, entry.reason) == ("keeper", 1, REASON)
    assert entry.subject == "subscribers (language en), csv"
    [mail] = OutboxMessage.objects.filter(kind=KIND)
    assert mail.payload["to"] == "keeper@staff.example"
    assert REASON in mail.payload["text"]
    assert "1 row" in mail.payload["text"]
    assert "anary" not in str(mail.payload)
    assert AccessLog.verify_chain() is None
    assert content(answer)


def test_the_alarm_goes_to_the_privacy_officer_and_to_the_account_itself(keeper):
    holder("other", "export_subscriber")
    subscribed()
    known_sender(privacy_officer_email="officer@achk.example")
    content(keeper.post(SUBSCRIBERS, form()))
    assert {mail.payload["to"] for mail in OutboxMessage.objects.filter(kind=KIND)} == {
        "officer@achk.example", "keeper@staff.example",
    }  # fmt: skip


def test_without_an_officer_everybody_who_may_export_hears_of_it(keeper):
    holder("other", "export_subscriber")
    holder("stranger", "export_signature")
    User.objects.create_user("left", "left@staff.example", is_active=False, is_superuser=True)
    subscribed()
    content(keeper.post(SUBSCRIBERS, form()))
    assert {mail.payload["to"] for mail in OutboxMessage.objects.filter(kind=KIND)} == {
        "other@staff.example", "keeper@staff.example",
    }  # fmt: skip


def test_a_file_that_names_nobody_is_on_record_without_an_alarm(keeper):
    petition = PetitionFactory()
    confirmed(petition, name="Canary Signer", email="canary@signer.example")
    found = content(keeper.post(SIGNATURES, form(petition=petition.pk, which="counted")))
    assert b"anary" not in found
    assert b"# end,rows 1," in found
    assert AccessLog.objects.get(verb="export").subject == f"signatures (petition {petition.pk}, counted), csv"
    assert not OutboxMessage.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize("reason", ["", "short", " " * 30, "x" * 501, "a reason\x00 with NUL", "asked by a＠b.example"])
def test_without_a_reason_nothing_leaves_and_what_was_chosen_stays(keeper, reason):
    subscribed(language="fr")
    answer = keeper.post(SUBSCRIBERS, form(reason=reason, language="fr", file_format="xlsx"))
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    shown = answer.content.decode()
    assert '<option value="fr" selected>' in shown
    assert not AccessLog.objects.filter(verb="export").exists()
    assert not OutboxMessage.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"file_format": "pdf"}, {"file_format": ""}, {"language": "xx"}, {"campaign": "999"}, {"campaign": "x"},
        {"riding": "9" * 30}, {"province": "ZZ"}, {"source": "'--"},
    ],
)  # fmt: skip
def test_nonsense_is_refused_field_by_field(keeper, changes):
    subscribed()
    answer = keeper.post(SUBSCRIBERS, form(**changes))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(changes)


def test_an_empty_choice_makes_no_file_and_no_entry(keeper):
    answer = keeper.post(SUBSCRIBERS, form())
    assert answer.status_code == 422
    assert "There is nothing that fits this choice" in answer.content.decode()
    assert not AccessLog.objects.filter(verb="export").exists()


def test_counting_needs_no_reason_and_lets_nothing_leave(keeper):
    subscribed()
    answer = keeper.post(SUBSCRIBERS, {"file_format": "csv", "intent": "count", "reason": "why"})
    assert "1 row fits this choice." in answer.content.decode()
    assert not answer.streaming
    assert ">\nwhy</textarea>" in answer.content.decode()
    assert not AccessLog.objects.filter(verb="export").exists()


def test_a_workbook_that_would_be_too_long_is_refused_and_csv_named(keeper, monkeypatch):
    monkeypatch.setattr(services, "MOST_ROWS", 1)
    subscribed()
    subscribed()
    answer = keeper.post(SUBSCRIBERS, form(file_format="xlsx"))
    assert answer.status_code == 422
    assert "Please choose CSV." in str(answer.context["form"].errors["file_format"])
    assert not AccessLog.objects.filter(verb="export").exists()
    assert lines(keeper.post(SUBSCRIBERS, form()))[-1][1] == "rows 2"


def test_when_others_are_on_their_way_it_says_so(keeper):
    subscribed()
    busy = [leaving.Place() for _ in range(leaving.AT_ONCE)]
    answer = keeper.post(SUBSCRIBERS, form())
    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert REASON in answer.content.decode()
    for place in busy:
        place.give_back()
    for _ in range(leaving.AT_ONCE + 1):  # nothing that was refused or read to its end keeps a place
        assert keeper.post(SUBSCRIBERS, form(language="fr")).status_code == 422
        assert lines(keeper.post(SUBSCRIBERS, form()))


def test_only_who_may_export_gets_there(keeper, editor, moderator, client):
    subscribed()
    half = holder("half", "export_signature")
    for visitor in (editor, moderator, client):
        for url in (INDEX, SUBSCRIBERS, SIGNATURES):
            assert visitor.get(url).status_code in (302, 403), url
            assert visitor.post(url, form()).status_code in (302, 403, 405), url
    assert half.get(SIGNATURES).status_code == 200
    assert half.get(SUBSCRIBERS).status_code in (302, 403)
    assert half.post(SUBSCRIBERS, form()).status_code in (302, 403)
    assert not AccessLog.objects.filter(verb="export").exists()
    assert keeper.get("/admin/exports/nothing/", follow=True).status_code == 404
    for url in (INDEX, SUBSCRIBERS):
        assert keeper.get(url).status_code == 200


def test_the_menu_shows_exports_to_who_may(keeper, editor):
    assert INDEX in keeper.get(reverse("wagtailadmin_home")).content.decode()
    assert INDEX not in editor.get(reverse("wagtailadmin_home")).content.decode()
    assert SIGNATURES not in holder("half", "export_subscriber").get(INDEX).content.decode()


def test_looking_changes_nothing(keeper):
    subscribed()
    before = AccessLog.objects.count()
    for query in ({}, form(), {"intent": "count"}):
        assert keeper.get(SUBSCRIBERS, query).status_code == 200
    assert AccessLog.objects.count() == before


def test_the_page_shows_the_last_files_of_its_kind(keeper):
    subscribed()
    petition = PetitionFactory(paper_signatures=3)
    content(keeper.post(SUBSCRIBERS, form(reason="To print the paper letters")))
    content(keeper.post(SIGNATURES, form(reason="To count by riding", petition=petition.pk, which="all")))
    shown = keeper.get(SUBSCRIBERS).content.decode()
    assert "To print the paper letters" in shown
    assert "To count by riding" not in shown


@pytest.mark.parametrize(("language", "heading"), [("fr", "Courriel"), ("zh-hant", "電郵")])
def test_the_file_speaks_the_language_of_who_asked(keeper, language, heading):
    Locale.objects.get_or_create(language_code=language)
    profile = UserProfile.get_for_user(keeper.user)
    profile.preferred_language = language
    profile.save()
    subscribed()
    answer = keeper.post(SUBSCRIBERS, form())
    with translation.override("en"):  # whatever the thread speaks by then
        assert heading in lines(answer)[0]


@pytest.mark.parametrize("count", [1, 40])
def test_pages_and_posts_cost_the_same_at_any_size(keeper, count, django_assert_max_num_queries):
    for _ in range(count):
        subscribed()
    keeper.get(SUBSCRIBERS)
    with django_assert_max_num_queries(14):
        keeper.get(SUBSCRIBERS)
    with django_assert_max_num_queries(32):
        content(keeper.post(SUBSCRIBERS, form()))


def test_every_export_says_what_it_is_and_who_may(db):
    for export in registry.exports():
        app, codename = export.permission.split(".")
        assert Permission.objects.filter(content_type__app_label=app, codename=codename).exists()
        assert str(export.label)
        assert str(export.explanation)
