"""Pages in a tree: ``SiteTree()`` makes a front page in each language, and the default site points at them."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

import factory
from django.core.files.images import ImageFile
from django.db import connection
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site

from home.models import HomePage, StandardPage

CODES = ("en", "fr", "zh-hant")
MISSIONS = {"en": "Canada can stand with Hong Kong.", "fr": "Avec Hong Kong.", "zh-hant": "加拿大與香港同行。"}


class PageFactory(factory.django.DjangoModelFactory):
    """``parent`` is where the page hangs; ``language`` and ``translation_key`` make it one of a set of translations."""

    class Meta:
        abstract = True

    class Params:
        language = "en"

    parent: Any = None
    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.Sequence(lambda n: f"page-{n}")
    translation_key = factory.LazyFunction(uuid.uuid4)
    locale = factory.LazyAttribute(lambda o: Locale.objects.get_or_create(language_code=o.language)[0])

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, parent: Page, **kwargs: Any) -> Page:
        page = model_class(**kwargs)
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        return page


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    parent = factory.LazyFunction(Page.get_first_root_node)
    title = "Alliance Canada Hong Kong"
    slug = factory.LazyAttribute(lambda o: f"home-{o.language}")
    mission = factory.LazyAttribute(lambda o: MISSIONS[o.language])
    introduction = "Local groups, one voice."
    principles = [("principle", {"title": "Solidarity", "text": "We stand beside others."})]


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    introduction = "What this page says."


class SiteTree:
    """The front page of each language, as ``tree["fr"]``."""

    def __init__(self) -> None:
        key = uuid.uuid4()
        self.homes = {code: HomePageFactory(language=code, translation_key=key) for code in CODES}
        self.site = Site.objects.get(is_default_site=True)
        welcome = self.site.root_page
        self.site.root_page = self.homes["en"]
        self.site.save()
        welcome.delete()

    def __getitem__(self, code: str) -> HomePage:
        return self.homes[code]

    def add_page(self, codes: tuple[str, ...] = CODES, **kwargs: Any) -> dict[str, StandardPage]:
        """One page in each of ``codes``, under the front pages or, with ``under``, under another such set."""
        under = kwargs.pop("under", self.homes)
        kwargs = {"slug": "about", "translation_key": uuid.uuid4(), **kwargs}
        titles = kwargs.pop("titles", {})
        return {
            code: StandardPageFactory(
                parent=under[code], language=code, title=titles.get(code, f"About {code}"), **kwargs
            )
            for code in codes
        }


def make_image(title: str = "Harbour") -> Any:
    """A small stored picture."""
    buffer = BytesIO()
    Picture.new("RGB", (8, 6), "#ffcf1a").save(buffer, "PNG")
    return get_image_model().objects.create(title=title, file=ImageFile(BytesIO(buffer.getvalue()), name="harbour.png"))


def insert_pages(pages: list[Any]) -> None:
    """Both tables of one type, a statement each: Django has no bulk_create for a model of two."""
    base = [
        Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}) for page in pages
    ]
    Page.objects.bulk_create(base)
    model = type(pages[0])
    fields = model._meta.local_concrete_fields
    for page, row in zip(
        pages, Page.objects.filter(path__in=[page.path for page in pages]).order_by("path"), strict=True
    ):
        page.pk = page.page_ptr_id = row.pk
    columns, marks = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    rows = [[field.get_db_prep_save(getattr(page, field.attname), connection) for field in fields] for page in pages]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", rows)
