"""The demo's pages: first all of them as drafts, so that they can link to each other, then their words."""

from __future__ import annotations

from typing import Any

from wagtail.models import Locale, Page

from achk_site.demo.content import appeal, campaign, events, home, join, pages, petition, privacy
from achk_site.demo.content.news import ARTICLES, NEWS_INDEX
from achk_site.demo.content.resources import RESOURCE_INDEX, RESOURCES
from achk_site.demo.content.shapes import PageContent
from achk_site.demo.streams import Writer, demo_key
from achk_site.demo.texts import LANGUAGES
from actions.campaigns.models import Campaign
from actions.events.models import Event
from actions.pages import ActionIndexPage, ActionPage
from blog.models import NewsIndexPage, NewsPage
from home.pages import HomePage, StandardPage
from resources.models import EventIndexPage, EventPage, ResourceIndexPage, ResourcePage

HOME = "home"
STANDARD_PAGES = (pages.MISSION, pages.PRINCIPLES_PAGE, join.JOIN, pages.CONTACT, privacy.PRIVACY)
ACTIONS = (campaign.ACTION, petition.ACTION, appeal.ACTION)
WRITTEN_APART = (*ARTICLES, *RESOURCES, events.EVENT)

# Page ids by slug; the front page is HOME.
Ids = dict[str, int]


def load_locales() -> None:
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)


def make_pages(language: str, *, event: Event) -> tuple[Ids, set[str]]:
    """Return all ids of the language, and the slugs of the pages that were missing and are drafts now."""
    front, is_new = _front_page(language)
    ids, made = {HOME: front.pk}, {HOME} if is_new else set()
    index = _add(front, ActionIndexPage, campaign.ACTION_INDEX, language, ids, made)
    for action in ACTIONS:
        _add(index, ActionPage, action, language, ids, made)
    news = _add(front, NewsIndexPage, NEWS_INDEX, language, ids, made)
    for article in ARTICLES:
        _add(news, NewsPage, article, language, ids, made)
    library = _add(front, ResourceIndexPage, RESOURCE_INDEX, language, ids, made)
    for resource in RESOURCES:
        _add(library, ResourcePage, resource, language, ids, made)
    gatherings = _add(front, EventIndexPage, events.EVENT_INDEX, language, ids, made)
    _add(gatherings, EventPage, events.EVENT, language, ids, made, event=event)
    for content in STANDARD_PAGES:
        _add(front, StandardPage, content, language, ids, made)
    return ids, made


def _front_page(language: str) -> tuple[Page, bool]:
    locale = Locale.objects.get(language_code=language)
    found = HomePage.objects.filter(locale=locale, depth=2).first()
    if found:
        return found, False
    slug = HOME if language == LANGUAGES[0] else f"{HOME}-{language}"
    page = HomePage(
        title=home.TITLE.say(language), slug=f"demo-{slug}", locale=locale, translation_key=demo_key(HOME), live=False,
        mission=home.MISSION.say(language),
    )  # fmt: skip
    return Page.get_first_root_node().add_child(instance=page), True


def _add(
    parent: Page, kind: type[Page], content: PageContent, language: str, ids: Ids, made: set[str], **values: Any
) -> Page:
    found = parent.get_children().filter(slug=content.slug).first()
    if found is None:
        found = parent.add_child(
            instance=kind(
                title=content.title.say(language),
                slug=content.slug,
                introduction=content.summary.say(language),
                search_description=content.summary.say(language),
                locale=parent.locale,
                translation_key=demo_key(content.slug),
                live=False,
                **values,
            )
        )
        made.add(content.slug)
    ids[content.slug] = found.pk
    return found


def write_pages(writer: Writer, made: set[str], *, goal: Campaign, user: Any) -> None:
    """Fill and publish the pages that were just made but for WRITTEN_APART; nobody's own page is touched."""
    contents = {content.slug: content for content in (*STANDARD_PAGES, *ACTIONS)}
    for slug in made - {content.slug for content in WRITTEN_APART}:
        page = Page.objects.get(pk=writer.pages[slug]).specific
        if isinstance(page, HomePage):
            _write_front_page(page, writer)
        elif slug in contents:
            page.body = writer.stream(contents[slug].pieces, within=slug)
        if isinstance(page, ActionPage) and slug != appeal.ACTION.slug:
            page.campaign = goal
        page.save_revision(user=user).publish(user=user)


def _write_front_page(page: HomePage, writer: Writer) -> None:
    page.introduction = page.search_description = writer.say(home.INTRODUCTION)
    page.featured_page_id = writer.pages[campaign.SLUG]
    page.featured_button = writer.say(home.ACT_LABEL)
    page.featured_note = writer.say(home.ACT_NOTE)
    page.principles = [
        {
            "type": "principle",
            "id": str(demo_key(f"{HOME}/principles/{number}")),
            "value": {"title": writer.say(name), "text": writer.say(sentence)},
        }
        for number, (name, sentence) in enumerate(home.PRINCIPLES)
    ]
    page.join_heading = writer.say(home.JOIN_HEADING)
    page.join_text = writer.say(home.JOIN_TEXT)
    page.join_button = writer.say(home.JOIN_LABEL)
    page.join_page_id = writer.pages[join.JOIN.slug]
