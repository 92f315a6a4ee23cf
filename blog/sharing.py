"""How an article is shown elsewhere: its preview, its links to pass it on, and what it says to search engines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from actions.sharing.links import ShareKit
from actions.sharing.page_cards import card_address
from home.alternates import full_address
from home.languages import html_language
from home.site_settings import SiteSettings
from home.structured_data import CONTEXT, organisation

if TYPE_CHECKING:
    from blog.articles import NewsPage

# https://developers.facebook.com/docs/sharing/webmasters/images/
SHARE_FILTER = "fill-1200x630|format-jpeg|jpegquality-80"


@dataclass(frozen=True)
class SharePicture:
    """What chats show beside the link; ``url`` is absolute."""

    url: str
    alt: str
    mime_type: str


def share_context(article: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the templates need beyond the article itself; an article without an address has no links."""
    parts = article.get_url_parts(request)
    if not parts or not parts[2]:
        return {"share_picture": None, "kit": None, "json_ld": None}
    address, picture = full_address(parts[2]), share_picture(article)
    return {
        "share_picture": picture,
        "kit": ShareKit(url=address, text=article.title),
        "json_ld": as_news_article(article, address, picture, SiteSettings.current(request)),
    }


def share_picture(article: NewsPage) -> SharePicture | None:
    """The picture at the top, cut to the networks' shape; without one the article has a card as every page."""
    if article.lead_image:
        try:
            cut = article.lead_image.get_rendition(SHARE_FILTER)
        except (SourceImageIOError, InvalidFilterSpecError):
            pass  # the file is gone or broken: the title will do
        else:
            return SharePicture(cut.full_url, article.lead_alt, "image/jpeg")
    return None


def as_news_article(
    article: NewsPage, address: str, picture: SharePicture | None, site: SiteSettings
) -> dict[str, Any]:
    """Return https://developers.google.com/search/docs/appearance/structured-data/article as a dictionary."""
    publisher = organisation(site)
    changed = article.last_published_at or article.published_at
    return {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.search_description or article.introduction,
        "datePublished": article.published_at.isoformat(),
        "dateModified": max(changed, article.published_at).isoformat(),
        "inLanguage": html_language(article.locale.language_code),
        "mainEntityOfPage": address,
        "image": [picture.url if picture else card_address(article)],
        "author": [{"@type": "Person", "name": name} for name in article.author_names] or [publisher],
        "publisher": publisher,
    }
