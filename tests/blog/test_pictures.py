"""No page of news makes a picture while a visitor waits: the worker has made all the sizes that templates ask for."""

from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model

from actions.representatives.registration import PHOTO_SIZE
from home import pictures
from tests.factories.pages import make_image

Rendition = get_image_model().get_rendition_model()
PATHS = ("/en/", "/en/news/", "/en/news/a/", "/en/news/b/", "/en/news/feed/", "/en/news/feed/atom/")


@pytest.fixture
def _two_articles(news) -> None:
    image = make_image()
    for slug in "ab":
        article = news.add(slug=slug, lead_image=image, lead_alt="A harbour")
        picture = {"image": {"image": image.pk, "decorative": True, "alt_text": ""}, "caption": ""}
        block = article.body.stream_block
        article.body = StreamValue(block, [{"type": "image", "value": picture}], is_lazy=True)
        article.save()


@pytest.mark.usefixtures("_two_articles")
def test_no_visitor_waits_for_a_size(client):
    pictures.make_ahead(timezone.now())
    ready = set(Rendition.objects.values_list("pk", flat=True))
    pages = [client.get(path) for path in PATHS]
    assert [page.status_code for page in pages] == [200] * len(PATHS)
    assert set(Rendition.objects.values_list("pk", flat=True)) == ready


@pytest.mark.usefixtures("_two_articles")
def test_without_the_worker_each_size_is_asked_for_by_some_page(client):
    """What nobody shows is not made ahead either; this also proves that the pages above do ask for pictures."""
    for path in PATHS:
        client.get(path)
    asked = set(Rendition.objects.values_list("filter_spec", flat=True))
    assert asked == set(pictures.sizes()) - {PHOTO_SIZE}
