"""Loads the whole demo in one transaction; what is there already stays as it is, so it may run again at any time."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from achk_site.demo.appeal_records import load_appeal, load_appeal_wordings
from achk_site.demo.content import appeal, committee, home, organisation, privacy
from achk_site.demo.news_records import load_pictures, load_topics, write_articles
from achk_site.demo.other_petition_records import load_other_petitions
from achk_site.demo.petition_records import load_petition, load_petition_wordings
from achk_site.demo.picture import harbour_picture
from achk_site.demo.records import (
    load_campaign,
    load_dead_address,
    load_following_letter_campaign,
    load_letter_campaign,
    load_members,
    load_positions,
    load_recipients,
    load_ridings,
    load_staff,
    load_update,
    load_wordings,
)
from achk_site.demo.resource_records import load_event, write_event, write_resources
from achk_site.demo.streams import Writer, demo_key
from achk_site.demo.texts import LANGUAGES
from achk_site.demo.tree import HOME, Ids, load_locales, make_pages, write_pages
from home.navigation import NavigationSettings
from home.site_settings import SiteSettings

PICTURE_TITLE = "Harbour and mountains (demo)"


@transaction.atomic
def load_demo() -> None:
    """Put people, records, pages, settings and staff into the database; adds only what is missing."""
    load_locales()
    user = load_staff()
    load_ridings()
    load_members()
    load_dead_address()
    recipients = load_recipients()
    goal = load_campaign()
    letter_campaign = load_letter_campaign(goal, recipients=recipients)
    load_positions(goal)
    petition = load_petition(goal)
    given_to = load_appeal()
    load_update()
    picture = _picture()
    event = load_event()
    made = {language: make_pages(language, event=event) for language in LANGUAGES}
    writers = {
        language: Writer(language, ids, picture, letter_campaign.pk, petition.pk, given_to.pk)
        for language, (ids, _slugs) in made.items()
    }
    load_wordings(letter_campaign, writers, user=user)
    load_wordings(load_following_letter_campaign(goal), writers, user=user, texts=committee)
    load_petition_wordings(petition, writers, user=user)
    load_other_petitions(writers, user=user)
    load_appeal_wordings(given_to, writers, user=user)
    for language, (_ids, slugs) in made.items():
        write_pages(writers[language], slugs, goal=goal, user=user)
    load_topics(writers)
    pictures = load_pictures(picture)
    for language, (_ids, slugs) in made.items():
        write_articles(writers[language], slugs, pictures=pictures, user=user)
        write_resources(writers[language], slugs, user=user)
        write_event(writers[language], slugs, event=event, user=user)
    _load_site(made["en"][0])


def point_site_at(address: str) -> None:
    """Let the site's own links begin with ``address``, such as ``http://127.0.0.1:8000``."""
    parts = urlsplit(address)
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.port = parts.hostname or "localhost", parts.port or 80
    site.save()


def _picture() -> int:
    images = get_image_model().objects
    found = images.filter(title=PICTURE_TITLE).first()
    if found is None:
        found = images.create(title=PICTURE_TITLE, file=harbour_picture(), description=home.PICTURE_ALT.say("en"))
    return found.pk


def _load_site(ids: Ids) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    root = Page.objects.get(pk=ids[HOME])
    if site is None:
        site = Site.objects.create(hostname="localhost", port=80, is_default_site=True, root_page=root)
    elif _is_welcome_page(site.root_page):
        # The page that a new Wagtail brings along; the site moves first, because it would go with the page.
        welcome, site.root_page = site.root_page, root
        site.save()
        Page.objects.get(pk=welcome.pk).delete()
    if not SiteSettings.objects.filter(site=site).exists():
        _site_settings(site).save()
    if not NavigationSettings.objects.filter(site=site).exists():
        _navigation(site, ids).save()


def _is_welcome_page(page: Page) -> bool:
    return page.specific_class is Page and page.depth == 2


def _site_settings(site: Site) -> SiteSettings:
    texts = {
        f"{field}_{suffix}": text.say(language)
        for field, text in (
            ("organisation_name", home.TITLE),
            ("privacy_officer_title", organisation.OFFICER_TITLE),
            ("notice", organisation.DEMO_NOTICE),
        )
        for suffix, language in zip(("en", "fr", "zh"), LANGUAGES, strict=True)
    }
    return SiteSettings(
        site=site,
        sender_name=home.TITLE.en,
        postal_address=organisation.POSTAL_ADDRESS,
        contact_email=organisation.CONTACT_EMAIL,
        privacy_officer_name=organisation.OFFICER_NAME,
        privacy_officer_email=organisation.PRIVACY_EMAIL,
        notice_shown=True,
        **texts,
    )


def _navigation(site: Site, ids: Ids) -> NavigationSettings:
    def links(menu: tuple[tuple[str, home.Text], ...], place: str) -> list[dict[str, object]]:
        return [
            {
                "type": "link",
                "id": str(demo_key(f"{place}/{slug}")),
                "value": {
                    "page": ids[slug],
                    "label_en": label.say("en"),
                    "label_fr": label.say("fr"),
                    "label_zh": label.zh,
                },
            }
            for slug, label in menu
        ]

    return NavigationSettings(
        site=site,
        header_links=links(home.MENU, "header"),
        footer_links=links(home.FOOTER_MENU, "footer"),
        privacy_page_id=ids[privacy.PRIVACY.slug],
        donate_page_id=ids[appeal.ACTION.slug],
    )
