"""Walks the admin as one role does: links, and the addresses in the menu, which a script draws."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.crawling import is_ours, links_of, local, text_of

ROLES = ("admin", "editor", "writer", "campaigner", "privacy", "finance", "translator")
IN_MENU = re.compile(r'"url": "(/[^"]*)"')
# Both would end the walk.
LEAVING = ("logout", "/admin/login/")
# A script writes into these which page was dragged, which rows were ticked; nobody opens them as they are.
UNFINISHED = ("/admin/pages/999999/", "/admin/bulk/")


@dataclass(frozen=True)
class Seen:
    """An address, the view behind it, where its link stands, and the answer."""

    path: str
    kind: str
    come_from: str
    response: HttpResponse

    @property
    def html(self) -> str:
        """A whole page, or nothing."""
        html = text_of(self.response) if self.response.status_code == 200 else ""
        return html if "<html" in html else ""

    @property
    def refused(self) -> bool:
        """Wagtail leads who may not open a page to its front page or log-in, Django what is missing to a language."""
        there = self.response.get("Location", "")
        return (
            self.response.status_code >= 400 or there == "/admin/" or there.startswith(("/admin/login/", "/en/admin/"))
        )


def walk(role: str, *, alike: int) -> list[Seen]:
    """Fetch what the role reaches from the front page, at most so many addresses of each view."""
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(username=role))
    waiting, known, kinds, seen = [("/admin/", "")], {"/admin/"}, Counter[str](), []
    while waiting:
        path, come_from = waiting.pop(0)
        seen.append(Seen(path, kind_of(path), come_from, client.get(path)))
        if not path.startswith("/admin/"):
            continue
        for link in sorted(leading_on(seen[-1]) - known):
            known.add(link)
            kinds[kind_of(link)] += 1
            if kinds[kind_of(link)] <= alike:
                waiting.append((link, path))
    return seen


def leading_on(seen: Seen) -> set[str]:
    """The addresses of ours on a page."""
    found = links_of(seen.response) | {seen.response.get("Location", seen.path)}
    found |= {link.encode().decode("unicode_escape") for link in IN_MENU.findall(seen.html)}
    links = {urljoin(seen.path, local(link)) for link in found}
    return {
        link for link in links if is_ours(link) and not any(one in link for one in (*LEAVING, *UNFINISHED, "/static/"))
    }


def kind_of(path: str) -> str:
    """The name of its view; an address that leads nowhere is a kind of its own."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return path
