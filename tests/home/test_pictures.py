"""The sizes of a picture stand ready before anybody looks at a page with it."""

from __future__ import annotations

import logging

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.images import get_image_model

from actions import registry
from home import pictures
from tests.factories.pages import make_image
from tests.factories.representatives import RepresentativeFactory

Image = get_image_model()
Rendition = get_image_model().get_rendition_model()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_the_worker_looks_every_minute():
    job = next(one for one in registry.jobs() if one.name == "home.make_pictures")
    assert (job.run, job.every.total_seconds()) == (pictures.make_ahead, 60)


def test_every_size_is_made_once(django_assert_num_queries):
    picture = make_image()
    pictures.make_ahead(timezone.now())
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == set(pictures.sizes())
    with django_assert_num_queries(1):
        pictures.make_ahead(timezone.now())


def test_the_face_of_a_member_is_ready_too():
    member = RepresentativeFactory(photo=make_image())
    pictures.make_ahead(timezone.now())
    ready = member.photo.renditions.count()
    html = render_to_string("actions/letters/includes/mp_card.html", {"mp": member, "riding": member.riding})
    assert ".fill-128x128.format-webp" in html
    assert member.photo.renditions.count() == ready


def test_what_is_missing_is_made_anew():
    picture = make_image()
    pictures.make_ahead(timezone.now())
    picture.renditions.first().delete()
    pictures.make_ahead(timezone.now())
    assert picture.renditions.count() == len(pictures.sizes())


def test_a_lost_file_is_passed_over_and_named(caplog):
    before, lost = make_image(), make_image()
    lost.file.storage.delete(lost.file.name)
    with caplog.at_level(logging.WARNING, logger="home.pictures"):
        pictures.make_ahead(timezone.now())
    assert (before.renditions.count(), lost.renditions.count()) == (len(pictures.sizes()), 0)
    assert f"picture {lost.pk} " in caplog.text


def test_a_picture_that_is_replaced_meanwhile_keeps_no_size_of_the_old_one(monkeypatch):
    picture = make_image()
    make = Image.get_renditions

    def slowly(self, *sizes):
        made = make(self, *sizes)
        Image.objects.filter(pk=self.pk).update(file="original_images/another.jpg")
        return made

    monkeypatch.setattr(Image, "get_renditions", slowly)
    pictures.make_ahead(timezone.now())
    assert not picture.renditions.exists()


def test_the_mails_wait_a_few_seconds_at_most():
    old, new = make_image(), make_image()
    pictures.make_ahead(timezone.now(), seconds=0)
    assert (old.renditions.count(), new.renditions.count()) == (0, len(pictures.sizes()))
    pictures.make_ahead(timezone.now(), seconds=0)
    assert old.renditions.exists()
