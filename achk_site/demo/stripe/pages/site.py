"""Finds the hosted page that an address leads to."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from achk_site.demo.stripe.errors import ApiError
from achk_site.demo.stripe.pages.checkout_page import show_checkout, take_checkout
from achk_site.demo.stripe.pages.desk_page import show_desk, take_desk
from achk_site.demo.stripe.pages.html import STYLE, Page, page, text
from achk_site.demo.stripe.pages.portal_page import show_portal, take_portal
from achk_site.demo.stripe.pages.texts import say
from achk_site.demo.stripe.portal import open_portal
from achk_site.demo.stripe.world import World

_CHECKOUT = re.compile(r"/c/pay/(cs_test_[A-Za-z0-9]+)")
_PORTAL = re.compile(r"/p/session/(bps_[A-Za-z0-9]+)/(test_[A-Za-z0-9]+)")


class Pages:
    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, method: str, target: str, body: str) -> Page:
        parts = urlsplit(target)
        if parts.path == "/style.css":
            return Page(STYLE, kind="text/css")
        with self._world.store.lock:
            try:
                return self._hosted(method, parts.path, dict(parse_qsl(parts.query)), dict(parse_qsl(body)))
            except ApiError:
                return page("en", say("en", "missing"), status=404)
            finally:
                self._world.store.write_down()

    def _hosted(self, method: str, path: str, query: dict[str, str], fields: dict[str, str]) -> Page:
        if path == "/":
            return self._front(method, fields)
        if match := _CHECKOUT.fullmatch(path):
            session = self._world.store.get("checkout.session", match[1])
            if method == "POST":
                return take_checkout(self._world, session, fields)
            return show_checkout(self._world, session)
        if match := _PORTAL.fullmatch(path):
            session = open_portal(self._world, match[1], match[2])
            if method == "POST":
                return take_portal(self._world, session, fields)
            return show_portal(self._world, session, query)
        return page("en", say("en", "missing"), status=404)

    def _front(self, method: str, fields: dict[str, str]) -> Page:
        if not self._world.settings.desk:
            return page("en", "Stand-in for Stripe", text("Its pages are reached from the site."))
        return take_desk(self._world, fields) if method == "POST" else show_desk(self._world)
