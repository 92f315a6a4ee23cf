"""The billing portal's page: monthly gifts, their card, and the end of them."""

from __future__ import annotations

from achk_site.demo.stripe.cards import CARDS
from achk_site.demo.stripe.pages.html import Page, button, choices, form, link, page, problem, redirect, text
from achk_site.demo.stripe.pages.texts import date, language_of, money, refusal_text, say
from achk_site.demo.stripe.portal import gifts_of, keep_gift, replace_card, stop_gift
from achk_site.demo.stripe.store import Json
from achk_site.demo.stripe.world import World


def show_portal(world: World, session: Json, query: dict[str, str]) -> Page:
    """Show the gifts, or the one thing that the link or the press before asked for."""
    language = _language(world, session)
    flow = session["flow"] or {}
    asked = "" if query.get("home") else flow.get("type", "")
    stop = query.get("stop", "") or (
        flow["subscription_cancel"]["subscription"] if asked == "subscription_cancel" else ""
    )
    gift = next((one for one in gifts_of(world, session) if one["id"] == stop), None)
    if gift is not None and not gift["cancel_at_period_end"]:
        return _sure(gift, language)
    if "card" in query or asked == "payment_method_update":
        return _card(language, [])
    return _home(world, session, language, notice=query.get("notice", ""))


def take_portal(world: World, session: Json, fields: dict[str, str]) -> Page:
    language, action = _language(world, session), fields.get("action", "")
    if action == "stop":
        stop_gift(world, session, fields.get("subscription", ""))
        return _after(session, "stopped")
    if action == "keep":
        keep_gift(world, session, fields.get("subscription", ""))
        return _after(session, "kept")
    card = fields.get("card", "")
    if card not in CARDS:
        return _card(language, [say(language, "need-card")], status=422)
    refusal = replace_card(world, session, card)
    if refusal is not None:
        return _card(language, [refusal_text(language, refusal)], status=402)
    return _after(session, "replaced")


def _language(world: World, session: Json) -> str:
    locales = (world.store.peek(session["customer"]) or {}).get("preferred_locales") or []
    wanted = session["locale"] if session["locale"] not in (None, "auto") else (locales[0] if locales else None)
    return language_of(wanted)


def _after(session: Json, notice: str) -> Page:
    after = (session["flow"] or {}).get("after_completion") or {}
    if after.get("type") == "redirect" and after.get("redirect"):
        return redirect(after["redirect"]["return_url"])
    return redirect(f"{session['url']}?home=1&notice={notice}")


def _home(world: World, session: Json, language: str, *, notice: str) -> Page:
    gifts = [_gift(world, gift, language) for gift in gifts_of(world, session)]
    known = notice if notice in ("stopped", "kept", "replaced") else ""
    back = session["return_url"]
    return page(
        language,
        say(language, "portal"),
        f'<div role="status">{text(say(language, known), "note")}</div>' if known else "",
        *(gifts or [text(say(language, "no-gifts"))]),
        link(say(language, "replace"), "?home=1&card=1", kind="button quiet") if gifts else "",
        _history(world, session, language),
        text("") if not back else link(say(language, "back"), back),
    )


def _gift(world: World, gift: Json, language: str) -> str:
    item = gift["items"]["data"][0]
    ends = gift["cancel_at_period_end"]
    when = say(language, "ends" if ends else "next", date=date(language, item["current_period_end"]))
    keep = form(button(say(language, "keep"), quiet=True), fields={"action": "keep", "subscription": gift["id"]})
    stop = link(say(language, "stop"), f"?home=1&stop={gift['id']}", kind="button quiet")
    return "".join(
        [
            '<section class="gift">',
            text(_amount(gift, language), "sum"),
            text(when),
            text(say(language, "overdue"), "bad") if gift["status"] == "past_due" else "",
            text(_method(world, gift, language)),
            keep if ends else stop,
            "</section>",
        ]
    )


def _amount(gift: Json, language: str) -> str:
    price = gift["items"]["data"][0]["price"]
    return say(language, price["recurring"]["interval"], amount=money(language, price["unit_amount"]))


def _method(world: World, gift: Json, language: str) -> str:
    method = world.store.get("payment_method", gift["default_payment_method"])
    details = method[method["type"]]
    if method["type"] != "card":
        return say(language, "with-bank", last4=details["last4"])
    expires = f"{details['exp_month']:02}/{details['exp_year']}"
    return say(language, "with-card", last4=details["last4"], expires=expires)


def _history(world: World, session: Json, language: str) -> str:
    invoices = world.store.oldest_first("invoice", customer=session["customer"], status="paid")
    rows = "".join(
        f"<li>{date(language, one['created'])}: {money(language, one['amount_paid'])}</li>"
        for one in reversed(invoices)
        if one["amount_paid"]
    )
    return f"<h2>{say(language, 'history')}</h2><ul>{rows}</ul>" if rows else ""


def _sure(gift: Json, language: str) -> Page:
    yes = form(button(say(language, "stop-yes")), fields={"action": "stop", "subscription": gift["id"]})
    no = link(say(language, "stop-no"), "?home=1", kind="button quiet")
    more = text(say(language, "stop-more", amount=_amount(gift, language)))
    return page(language, say(language, "stop-sure"), more, f'<div class="row">{yes}{no}</div>')


def _card(language: str, reasons: list[str], *, status: int = 200) -> Page:
    options = [(name, say(language, name)) for name, card in CARDS.items() if not card.slow]
    return page(
        language,
        say(language, "replace"),
        problem(language, reasons),
        form(
            choices(say(language, "card"), "card", options, "works"),
            button(say(language, "save")),
            fields={"action": "card"},
        ),
        link(say(language, "portal"), "?home=1"),
        status=status,
    )
