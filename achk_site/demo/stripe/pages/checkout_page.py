"""Checkout's hosted page: who gives, with what, and what came of it."""

from __future__ import annotations

import re

from achk_site.demo.stripe.cards import CARDS
from achk_site.demo.stripe.pages.html import (
    Page,
    button,
    choices,
    form,
    link,
    page,
    problem,
    redirect,
    text,
    text_field,
)
from achk_site.demo.stripe.pages.texts import date, language_of, money, refusal_text, say
from achk_site.demo.stripe.paying import Donor, pay_session
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


def show_checkout(world: World, session: Json) -> Page:
    return _closed(session) or _form(world, session, Donor(card="works"), [])


def take_checkout(world: World, session: Json, fields: dict[str, str]) -> Page:
    """Take the filled form: on to the site when it is paid, the form again with the reason when not."""
    closed = _closed(session)
    if closed is not None:
        return closed
    language = language_of(session["locale"])
    given = Donor(**{name: fields.get(name, "").strip() for name in ("card", "email", "name")})
    reasons = [say(language, reason) for reason in _missing(world, session, given)]
    if reasons:
        return _form(world, session, given, reasons, status=422)
    refusal = pay_session(world, session["id"], given)
    if refusal is not None:
        return _form(world, session, given, [refusal_text(language, refusal)], status=402)
    return redirect(_success_url(session))


def _missing(world: World, session: Json, given: Donor) -> list[str]:
    reasons = [] if _known_email(world, session) or _EMAIL.fullmatch(given.email) else ["need-email"]
    reasons += [] if given.name else ["need-name"]
    return reasons + ([] if given.card in CARDS else ["need-card"])


def _known_email(world: World, session: Json) -> str:
    customer = world.store.peek(session["customer"] or "") or {}
    return str(session["customer_email"] or customer.get("email") or "")


def _form(world: World, session: Json, given: Donor, reasons: list[str], *, status: int = 200) -> Page:
    language, known = language_of(session["locale"]), _known_email(world, session)
    wording = session["custom_text"]["submit"]
    label = session["submit_type"] if session["submit_type"] in ("pay", "donate") else None
    label = label or ("subscribe" if session["mode"] == "subscription" else "pay")
    amount = _price(world, session, language)
    return page(
        language,
        world.store.notes(session)["lines"][0]["description"],
        problem(language, reasons),
        *_sums(world, session, language),
        form(
            text_field(
                say(language, "email"), "email", known or given.email, kind="email", hint="email", fixed=bool(known)
            ),
            text_field(say(language, "name"), "name", given.name, hint="cc-name"),
            choices(say(language, "card"), "card", [(name, say(language, name)) for name in CARDS], given.card),
            text(wording["message"]) if wording else "",
            button(say(language, label, amount=amount)),
        ),
        link(say(language, "cancel"), session["cancel_url"]) if session["cancel_url"] else "",
        status=status,
    )


def _price(world: World, session: Json, language: str) -> str:
    line = world.store.notes(session)["lines"][0]
    if session["mode"] == "payment":
        return money(language, session["amount_total"])
    return say(language, line["price"]["recurring"]["interval"], amount=money(language, line["amount_total"]))


def _sums(world: World, session: Json, language: str) -> list[str]:
    sums = [text(_price(world, session, language), "sum")]
    start = world.store.notes(session)["start"]
    if start and start["kind"] != "now":
        sums.append(text(say(language, "today", amount=money(language, session["amount_total"]))))
        sums.append(text(say(language, "from", date=date(language, start["at"]))))
    return sums


def _closed(session: Json) -> Page | None:
    language = language_of(session["locale"])
    if session["status"] == "complete":
        on = link(say(language, "continue"), _success_url(session), kind="button")
        return page(language, say(language, "done"), text(say(language, "done-more")), on)
    if session["status"] == "expired":
        back = session["cancel_url"] or ""
        on = link(say(language, "back"), back, kind="button") if back else ""
        return page(language, say(language, "expired"), text(say(language, "expired-more")), on, status=410)
    return None


def _success_url(session: Json) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])
