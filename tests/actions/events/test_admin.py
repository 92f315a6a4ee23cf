"""Editors plan an event and see numbers; names leave as an export alone, and only by the right role."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from actions.events.exporting import PlacesExport, PlacesForm
from actions.events.models import Event, EventSignUp
from actions.events.services import forget, give_back
from tests.actions.admin.conftest import logged_in
from tests.factories.events import LINK, asked, coming, make_event

pytestmark = pytest.mark.django_db
EDIT = "wagtailsnippets_actions_event:edit"


def posted(event: Event, **changes) -> dict[str, str]:
    values = {
        "name_en": event.name_en, "name_fr": event.name_fr, "name_zh": event.name_zh, "slug": event.slug,
        "day": f"{event.day:%Y-%m-%d}", "begins": f"{event.begins:%H:%M}", "ends": f"{event.ends:%H:%M}",
        "zone": event.zone, "place_en": event.place_en, "place_fr": "", "place_zh": "",
        "online_link": event.online_link, "takes_sign_ups": "on", "seats": "",
    }  # fmt: skip
    return {**values, **changes}


@pytest.fixture
def editor():
    return logged_in("editor", "Editors")


def test_an_editor_plans_an_event(editor):
    day = timezone.localdate() + timedelta(days=9)
    draft = Event(name_en="Tea", slug="tea", day=day, begins=timezone.now(), ends=timezone.now(), zone="America/Regina")
    data = posted(draft, begins="18:00", ends="19:30", place_en="1 Invented Street", online_link="")
    response = editor.post(reverse("wagtailsnippets_actions_event:add"), data)
    assert response.status_code == 302
    event = Event.objects.get(slug="tea")
    assert event.starts_at.hour == 0  # 18:00 in Saskatchewan, all year
    assert (event.version, event.ends_at - event.starts_at) == (1, timedelta(minutes=90))


def test_what_people_must_hear_of_raises_the_version(editor, event):
    url = reverse(EDIT, args=[event.pk])
    assert editor.post(url, posted(event, name_en="Other name", seats="9")).status_code == 302
    assert Event.objects.get().version == 1
    assert editor.post(url, posted(event, begins="18:30")).status_code == 302
    assert editor.post(url, posted(event, begins="18:30", is_cancelled="on")).status_code == 302
    changed = Event.objects.get()
    assert (changed.version, changed.is_cancelled) == (3, True)


def test_who_saves_a_change_reads_how_many_are_written_to(editor, event):
    coming(event)
    url = reverse(EDIT, args=[event.pk])
    renamed = editor.post(url, posted(event, name_en="Other"), follow=True).content.decode()
    assert "about the change" not in renamed
    assert "as people were told" not in renamed
    shown = editor.post(url, posted(event, begins="18:30"), follow=True).content.decode()
    assert "1 person gets a mail about the change in five minutes." in shown
    taken_back = editor.post(url, posted(event), follow=True).content.decode()
    assert "about the change" not in taken_back
    assert "All is again as people were told" in taken_back


@pytest.mark.parametrize("changes", [{"day": "x"}, {"begins": ""}, {"online_link": "javascript:1"}, {"seats": "-1"}])
def test_what_cannot_be_is_refused_in_the_form(editor, event, changes):
    response = editor.post(reverse(EDIT, args=[event.pk]), posted(event, **changes))
    assert response.status_code == 200
    assert Event.objects.get().version == 1


@pytest.mark.parametrize(("days", "status"), [(29, 302), (31, 200)])
def test_an_event_whose_places_are_deleted_is_not_used_again(editor, event, days, status):
    coming(event)
    over = timezone.now() - timedelta(days=days)
    Event.objects.update(starts_at=over, ends_at=over, day=over.date())
    forget(timezone.now())
    answer = editor.post(reverse(EDIT, args=[event.pk]), posted(event))
    assert answer.status_code == status
    assert ("Plan a new event instead" in answer.content.decode()) == (status == 200)


def test_its_name_may_still_be_mended(editor, event):
    event.day -= timedelta(days=60)
    event.set_times()
    event.save()
    assert editor.post(reverse(EDIT, args=[event.pk]), posted(event, name_en="Mended")).status_code == 302


def test_an_event_is_never_deleted(event):
    boss = logged_in("boss", is_superuser=True)
    assert boss.get(reverse("wagtailsnippets_actions_event:delete", args=[event.pk])).status_code in (302, 403)
    assert Event.objects.exists()


def test_the_page_of_places_shows_numbers_and_nobody(editor, event):
    coming(event, name="Quetzal", email="quetzal@guest.example")
    asked(event, held_reason="limit", name="Axolotl", email="axolotl@guest.example")
    url = reverse("event_places", args=[event.pk])
    html = editor.get(url).content.decode()
    assert "Quetzal" not in html
    assert "guest.example" not in html
    assert "Send the held ones their mail" in html
    assert editor.post(url).status_code == 302
    assert not EventSignUp.objects.exclude(held_reason="").exists()
    listed = editor.get(reverse("wagtailsnippets_actions_event:list")).content.decode()
    assert "Quetzal" not in listed
    assert editor.get(reverse("event_places", args=[event.pk + 1]), follow=True).status_code == 404


@pytest.mark.parametrize("role", ["Finance", "Data protection", "Campaigners"])
def test_other_roles_do_not_see_it(event, role):
    assert logged_in("other", role).get(reverse("event_places", args=[event.pk])).status_code in (302, 403)


def test_only_data_protection_and_administrators_may_have_the_names():
    roles = Permission.objects.get(codename="export_eventsignup").group_set.values_list("name", flat=True)
    assert set(roles) == {"Data protection", "Administrators"}


def choice(event: Event, **chosen) -> dict:
    form = PlacesForm({"file_format": "csv", "reason": "a long enough reason", "event": event.pk, **chosen})
    assert form.is_valid(), form.errors
    return form.cleaned_data


def test_the_export_has_names_and_needs_of_who_comes_and_no_address(event):
    Event.objects.update(seats=2)
    export = PlacesExport()
    coming(event, name="=Ada", access_needs="Ramp", language="fr")
    gone = coming(event, name="Gone")
    coming(event, name="Waits")
    asked(event, name="Asked")
    coming(make_event(), name="Elsewhere")
    give_back(sign_up_id=gone.pk)
    chosen = choice(event)
    extent = export.measure(chosen)
    rows = [row.cells for row in export.rows(chosen, extent)]
    assert rows == [("=Ada", "fr", "Ramp", "has a place"), ("Waits", "en", "", "has a place")]
    assert extent.count == 2
    assert len(export.headings()) == len(rows[0]) + 1
    assert export.in_words(choice(event, with_waiting="on")) == f"event {event.pk} and who waits"
    assert "guest.example" not in str(rows)
    assert LINK not in str(rows)
