"""Finding the page behind an address with one query for all of its parts and their translations.

Wagtail asks twice for each part of the path, then for the languages and for what is above the page. Semantics are
Wagtail's own but for one thing: a page in the middle of the path cannot claim what is below a page that exists.
"""

from __future__ import annotations

from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from home.languages import FALLBACKS, MISSING, current_language, in_other_language

DEEPEST = 20  # parts of a path; no tree of ours is as deep, and a stranger may send hundreds


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer as Wagtail does, with the page found here."""
    root = _root_path(request)
    if not root and (elsewhere := _in_another_language(request, path)):
        return HttpResponseRedirect(elsewhere)
    if root:
        try:
            request._wagtail_route_for_request = _route(request, root, path)  # type: ignore[attr-defined]
        except Http404:
            request._wagtail_route_for_request = None  # type: ignore[attr-defined]
            elsewhere = _in_another_language(request, path)
            if elsewhere:
                return HttpResponseRedirect(elsewhere)
    return views.serve(request, path)


def _root_path(request: HttpRequest) -> str:
    """The tree's path of the front page in the active language; blank where Wagtail had better decide."""
    site = Site.find_for_request(request)
    language = current_language()
    roots = Site.get_site_root_paths() if site else []
    return next((root.root_path for root in roots if (root.site_id, root.language_code) == (site.pk, language)), "")


def _in_another_language(request: HttpRequest, path: str) -> str:
    """The same page in the best language that has it, with a notice in the wanted one; blank where there is none.

    Addresses are the same in all languages but for the first part. One query.
    """
    wanted = current_language()
    site = Site.find_for_request(request)
    roots = {one.language_code: one for one in Site.get_site_root_paths() if site and one.site_id == site.pk}
    places = {f"{root.root_path}{path.strip('/')}/".replace("//", "/"): code for code, root in roots.items()}
    slug = path.strip("/").rpartition("/")[2]
    found = Page.objects.filter(live=True, url_path__in=places).values_list("url_path", flat=True)
    known = {places[place] for place in (found.filter(slug=slug) if slug else found)}
    best = next((code for code in FALLBACKS[wanted] if code in known and code != wanted), "")
    return f"{in_other_language(request.path, best)}?{MISSING}={wanted}" if best else ""


def _route(request: HttpRequest, root: str, path: str) -> RouteResult:
    parts = [part for part in path.split("/") if part]
    places = [root + "".join(f"{part}/" for part in parts[:number]) for number in range(min(len(parts), DEEPEST) + 1)]
    slugs = {place.rstrip("/").rpartition("/")[2] for place in places}  # the column that has an index
    keys = Page.objects.filter(slug__in=slugs, url_path__in=places).values("translation_key")
    restricted = Exists(PageViewRestriction.objects.filter(page=OuterRef("pk")))
    pages = Page.objects.filter(translation_key__in=keys).annotate(is_restricted=restricted)
    found = list(pages.select_related("locale").order_by("depth"))
    above = [page for page in found if page.url_path in places]
    if not above:
        raise Http404
    page = _whole(above[-1])
    page.locale = above[-1].locale
    if len(above) > 1:
        page._cached_parent_obj = above[-2]
    if not any(one.alias_of_id for one in above):
        page.get_view_restrictions = partial(_restrictions, above)
    request._pages_around = found  # type: ignore[attr-defined] # read by home.alternates
    return page.route(request, parts[places.index(page.url_path) :])


def _whole(found: Page) -> Page:
    """The page as its own type, with what the type says it always shows (``routed_with``)."""
    model = found.specific_class
    if model is None:
        return found
    return model._default_manager.select_related(*getattr(model, "routed_with", ())).get(pk=found.pk)


def _restrictions(above: list[Page]) -> QuerySet[PageViewRestriction]:
    """Wagtail reads the ancestors again for this; nothing is asked where none of the pages has a restriction."""
    if not any(page.is_restricted for page in above):
        return PageViewRestriction.objects.none()
    return PageViewRestriction.objects.filter(page__in=[page.pk for page in above])
