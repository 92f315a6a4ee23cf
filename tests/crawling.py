"""Walks all that a stranger reaches on a site: every link, sitemap entry, feed and picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs

from django.conf import settings
from django.http import HttpResponse

from tests.home.reading import Reading

# What Django's test client asks without being told: no page is reached by them alone.
START = ("/", "/en/", "/fr/", "/zh-hant/", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/healthz")
IN_XML = re.compile(r"<(?:loc|link|id)>([^<]+)<|href=\"([^\"]+)\"")
FILTERS = {"kind", "topic", "language", "page"}
LINKING = {"a": "href", "link": "href", "img": "src", "script": "src", "source": "src"}


def crawl(get: Callable[[str], HttpResponse], start: Iterable[str] = START) -> dict[str, HttpResponse]:
    """Fetch the addresses and all that they lead to on our own host; redirects count as links.

    Lists filtered by several things at once are passed over: there are hundreds, and each filter alone is seen.
    """
    pages: dict[str, HttpResponse] = {}
    waiting = list(dict.fromkeys(start))
    while waiting:
        path = waiting.pop()
        pages[path] = response = get(path)
        found = {local(link) for link in (*links_of(response), response.get("Location", ""))}
        new = {one for one in found if is_ours(one) and not is_of_several_filters(one)}
        waiting += sorted(new - pages.keys() - set(waiting))
    return pages


def is_of_several_filters(link: str) -> bool:
    names = set(parse_qs(link.partition("?")[2], keep_blank_values=True))
    return len(names) > 1 and names <= FILTERS


def links_of(response: HttpResponse) -> set[str]:
    kind = response.get("Content-Type", "")
    if "xml" in kind:
        return {one or other for one, other in IN_XML.findall(text_of(response))}
    if "html" not in kind:
        return set()
    reading = Reading(text_of(response))
    return {element[name] for tag, name in LINKING.items() for element in reading.all(tag) if name in element}


def is_ours(link: str) -> bool:
    """Editors' uploads are served by the web server, not by us."""
    return link.startswith("/") and not link.startswith(("//", settings.MEDIA_URL))


def local(link: str) -> str:
    return link.removeprefix(settings.SITE_URL).partition("#")[0]


def text_of(response: HttpResponse) -> str:
    """The body as text, pictures too, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.streaming:
        response.streaming_content = [body]
    return body.decode(errors="replace")
