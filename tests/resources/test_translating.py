"""Resources and events through wagtail-localize: nothing goes live untranslated, and what is one stays one."""

from __future__ import annotations

import pytest
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from resources.models import EventPage, ResourcePage
from tests.blog.test_translating import translate
from tests.factories.events import make_event
from tests.factories.news import make_topic
from tests.factories.resources import add_file

pytestmark = pytest.mark.django_db(transaction=True)  # wagtail-localize publishes after the commit
FRENCH = {
    "A guide": "Un guide", "What it is for.": "À quoi cela sert.", "New addresses": "Nouvelles adresses",
    "Copy me": "Copiez-moi", "English": "anglais", "Hello.": "Bonjour.", "The file": "Le fichier",
    "https://video.example/1": "https://video.example/1", "Evening": "Soirée", "What happens.": "Ce qui se passe.",
    "Safety": "Sécurité",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    monkeypatch.setitem(translate.__globals__["WORDS"], "fr", FRENCH)


def test_a_resource_keeps_kind_version_and_files(lists, client):
    topic = make_topic("Safety")
    page = lists.add(
        slug="a", title="A guide", kind="recording", version=2, version_note="New addresses", share_texts="Copy me",
        recording_url="https://video.example/1", captions="English", transcript="Hello.", topics=(topic,),
    )  # fmt: skip
    file = add_file(page)
    type(file).objects.filter(pk=file.pk).update(label="The file")
    page = ResourcePage.objects.get(pk=page.pk)
    page.save_revision().publish()
    translate_object(page, [Locale.objects.get(language_code="fr")])
    assert client.get("/fr/resources/a/").headers["Location"] == "/en/resources/a/?missing=fr"
    assert [one.title for one in client.get("/fr/resources/").context["listing"].resources] == ["A guide"]
    translate(topic, "fr")
    translate(page, "fr")
    french = ResourcePage.objects.get(slug="a", locale__language_code="fr")
    assert (french.kind, french.version, french.version_note) == ("recording", 2, "Nouvelles adresses")
    assert [(one.label, one.document_id) for one in french.downloads] == [("Le fichier", file.document_id)]
    assert [one.name for one in french.topics] == ["Sécurité"]
    assert [one.title for one in client.get("/fr/resources/").context["listing"].resources] == ["Un guide"]


def test_an_event_is_one_in_all_languages(lists, client):
    event = make_event()
    page = lists.add_event(slug="a", title="Evening", event=event)
    page.save_revision().publish()
    translate_object(EventPage.objects.get(pk=page.pk), [Locale.objects.get(language_code="fr")])
    assert client.get("/fr/events/a/").headers["Location"] == "/en/events/a/?missing=fr"
    translate(EventPage.objects.get(pk=page.pk), "fr")
    french = EventPage.objects.get(slug="a", locale__language_code="fr")
    assert french.event == event
    assert client.get("/fr/events/a/").status_code == 200
