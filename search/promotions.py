"""Results that editors put first for a query, through Wagtail's own admin pages. What visitors type is not stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string


@dataclass(frozen=True)
class Promoted:
    title: str
    url: str
    text: str


def promoted_for(query: str, request: HttpRequest) -> list[Promoted]:
    """Return the promotions of the query whose page everybody may see; in the visitor's language where there is one."""
    chosen = SearchPromotion.objects.filter(query__query_string=normalise_query_string(query)).select_related("page")
    return [promoted for one in chosen if (promoted := _shown(one, request))]


def _shown(promotion: SearchPromotion, request: HttpRequest) -> Promoted | None:
    page: Page | None = promotion.page.localized if promotion.page_id else None
    if page is not None:
        is_public = page.live and not page.get_view_restrictions().exists()
        url = page.get_url(request) if is_public else None
        return Promoted(page.title, url, promotion.description) if url else None
    link = promotion.external_link_url
    return Promoted(promotion.external_link_text or link, link, promotion.description) if link else None
