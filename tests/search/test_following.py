"""The index follows what editors do, without being told."""

from __future__ import annotations

import pytest
from wagtail.blocks import StreamValue
from wagtail.models import PageViewRestriction

from search.indexing import index_all
from search.models import SearchEntry
from tests.factories.letters import LetterCampaignFactory
from tests.factories.pages import StandardPageFactory
from tests.factories.petitions import PetitionFactory

pytestmark = pytest.mark.django_db(transaction=True)


def published(page):
    page.save_revision().publish()
    return page


def titles() -> set[str]:
    return set(SearchEntry.objects.values_list("title", flat=True))


def test_a_page_is_found_from_its_publication_until_it_is_taken_away(tree, look):
    page = published(StandardPageFactory(parent=tree["en"], title="Harbour"))
    assert look("en", "harbour") == ["Harbour"]
    page.title = "Lantern"
    page.save_revision()
    assert look("en", "lantern") == []
    page.save_revision().publish()
    assert (look("en", "lantern"), look("en", "harbour")) == (["Lantern"], [])
    page.unpublish()
    assert look("en", "lantern") == []
    published(page)
    page.delete()
    assert look("en", "lantern") == []


def test_a_moved_page_is_found_at_its_new_address(tree, client):
    above = published(StandardPageFactory(parent=tree["en"], slug="above"))
    page = published(StandardPageFactory(parent=tree["en"], title="Harbour", slug="harbour"))
    page.move(above, pos="last-child")
    assert 'href="/en/above/harbour/"' in client.get("/en/search/?q=harbour").content.decode()


def test_a_page_for_some_is_found_by_nobody(tree, look):
    above = published(StandardPageFactory(parent=tree["en"], slug="above"))
    page = published(StandardPageFactory(parent=above, title="Harbour"))
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    assert look("en", "harbour") == look("en", "harbour nonsense") == []  # before the nightly round
    index_all()
    assert page.title not in titles()


def test_an_action_is_found_by_its_text_at_its_own_address_until_it_stands_on_a_page(tree, client):
    petition = PetitionFactory(slug="door", texts=["en"])
    wording = petition.wordings.get()
    wording.text = "<p>Let the lanterns burn.</p>"
    wording.save_revision().publish()
    assert 'href="/en/act/petitions/door/"' in client.get("/en/search/?q=lantern").content.decode()
    page = StandardPageFactory(parent=tree["en"], title="The story", slug="story")
    page.body = StreamValue(page.body.stream_block, [("petition", {"petition": petition})])
    published(page)
    shown = client.get("/en/search/?q=lantern").content.decode()
    assert 'href="/en/story/"' in shown
    assert 'href="/en/act/petitions/door/"' not in shown
    wording.text = "<p>Let the harbour be.</p>"
    wording.save_revision().publish()
    assert 'href="/en/story/"' in client.get("/en/search/?q=harbour").content.decode()
    page.unpublish()
    assert 'href="/en/act/petitions/door/"' in client.get("/en/search/?q=harbour").content.decode()


@pytest.mark.parametrize(
    ("language", "query"), [("en", "petition"), ("en", "sign"), ("fr", "pétition"), ("zh-hant", "聯署")]
)
def test_a_petition_is_found_by_what_it_is_before_pages_that_name_it(tree, look, language, query):
    petition = PetitionFactory(slug="door", texts=[language])
    published(
        StandardPageFactory(parent=tree[language], language=language, title="Other", introduction=f"{query} " * 3)
    )
    wording = petition.wordings.get()
    wording.title, wording.text = "Lanterns", "<p>Let the lanterns burn.</p>"
    wording.save_revision().publish()
    assert look(language, query) == ["Lanterns", "Other"]


def test_what_is_written_to_some_members_is_found_by_nobody(tree, look, client):
    wording = LetterCampaignFactory(slug="letter", texts=["en"]).wordings.get()
    other = {"attribute": "position:opposes", "subjects": "Reconsider", "body": "Lanterns for those against."}
    wording.variants = StreamValue(wording.variants.stream_block, [("another_text", other)])
    wording.save_revision().publish()
    assert look("en", wording.title) == [wording.title]
    assert look("en", "lanterns") == look("en", "reconsider") == []


def test_an_excerpt_says_nothing_twice(tree, client):
    petition = PetitionFactory(slug="door", texts=["en"])
    page = StandardPageFactory(
        parent=tree["en"], title="Story", introduction="Of lanterns.", search_description="Of lanterns."
    )
    page.body = StreamValue(page.body.stream_block, [("petition", {"petition": petition})])
    published(page)
    result = client.get("/en/search/?q=lanterns").context["results"][0]
    assert "".join(piece.text for piece in result.pieces).count("Of lanterns.") == 1


def test_an_action_whose_text_or_address_is_gone_is_found_no_more(tree, look):
    petitions = [PetitionFactory(slug=slug, texts=["en"]) for slug in ("door", "gate")]
    index_all()
    assert len(look("en", "harbour")) == 2
    petitions[0].wordings.get().delete()
    assert len(look("en", "harbour")) == 1
    petitions[1].slug = "wall"
    petitions[1].save()
    index_all()
    assert list(SearchEntry.objects.filter(page=None).values_list("path", flat=True)) == ["/en/act/petitions/wall/"]


def test_the_nightly_round_mends_what_was_missed(tree):
    page = StandardPageFactory(parent=tree["en"], title="Harbour")
    SearchEntry.objects.all().delete()
    assert index_all() >= 1
    assert page.title in titles()
    type(page).objects.filter(pk=page.pk).update(live=False)
    index_all()
    assert page.title not in titles()
