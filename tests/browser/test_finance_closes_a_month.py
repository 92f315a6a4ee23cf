"""The finance role gives money back and compares a deposit with the bank's statement, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as project
from django.contrib.auth.models import Group, User
from django.db.models import Sum
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from actions.donations import processing
from actions.donations.models import Dispute, Donation, Payment, Payout, PayoutLine
from actions.donations.reconcile import reconcile
from actions.donations.states import Frequency
from tests.actions.donations.reading import paid, work
from tests.browser.test_staff_policy import LISTEN
from tests.browser.test_staff_sees_how_it_goes import look
from tests.factories.donations import AppealFactory
from tests.stubs.stripe_server import StripeStandIn, stripe_stand_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAYS = [{}, {"java_script_enabled": False}]


@pytest.fixture
def stripe(settings) -> Iterator[StripeStandIn]:
    with stripe_stand_in(seed="7") as stand_in:
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE = stand_in.key, stand_in.url
        processing.forget_rest()
        yield stand_in


@pytest.fixture
def page(browser: Browser, live_server, stripe, request) -> Iterator[Page]:
    user = User.objects.create_user("fina", "fina@staff.example", "secret")
    user.groups.set(Group.objects.filter(name="Finance"))
    client = Client()
    client.force_login(user)
    context = browser.new_context(
        viewport={"width": 1280, "height": 1000}, base_url=live_server.url, **getattr(request, "param", {})
    )
    session = client.cookies[project.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": project.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def hear() -> None:
    """No webhook comes: ask, as each hour does."""
    reconcile(timezone.now())
    work()


@pytest.mark.parametrize("page", WAYS, indirect=True)
def test_a_refund_is_asked_twice_and_the_deposit_adds_up(page, stripe):
    appeal = AppealFactory(slug="lights", name="Lights")
    first, second = paid(stripe, appeal), paid(stripe, appeal, amount_cents=99_99)
    hear()
    page.goto(f"/admin/donations/{first.pk}/")
    page.get_by_role("link", name="Give back").click()
    page.get_by_label("How much is given back?").fill("5")
    page.get_by_label("Why").fill("request of 3 May")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Type the amount once more").fill("50")
    page.get_by_role("button", name="Give CA$5 back").click()
    page.get_by_text("This is not the amount of the step before").wait_for()
    page.get_by_label("Type the amount once more").fill("5")
    page.get_by_role("button", name="Give CA$5 back").click()
    page.get_by_text("CA$5 was given back.").wait_for()
    stripe.payout()
    hear()
    payout = Payout.objects.get()
    page.goto(f"/admin/donations/deposits/?month={payout.arrives_on:%Y-%m}")
    row = page.locator("tbody tr").first.inner_text()
    cells = ("CA$124.99", "-CA$5.00", f"CA${payout.amount_cents / 100:.2f}", "CA$0.00")
    assert all(cell in row for cell in cells), row
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name=str(second.pk), exact=True).wait_for()
    assert Donation.objects.get(pk=first.pk).payments.get().refunded_cents == 500
    assert books() == stripe.state()["cents"]


def books() -> dict[str, int]:
    """Return our sums under the names that the stand-in gives to its own."""
    charged = Payment.objects.aggregate(charged=Sum("amount_cents"), refunded=Sum("refunded_cents"))
    booked = PayoutLine.objects.aggregate(fees=Sum("fee_cents"), net=Sum("net_cents"))
    disputed = Dispute.objects.aggregate(disputed=Sum("amount_cents", default=0))
    return {**charged, **booked, **disputed, **Payout.objects.aggregate(paid_out=Sum("amount_cents"))}


@pytest.mark.parametrize("page", WAYS, indirect=True)
def test_a_monthly_gift_is_ended_for_a_donor_who_telephones(page, stripe, request):
    gift = paid(stripe, AppealFactory(slug="lights", name="Lights"), frequency=Frequency.MONTHLY)
    hear()
    page.goto(f"/admin/donations/{gift.pk}/")
    look_at(page, request)
    page.get_by_role("link", name="End the monthly gift").click()
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("This field is required").wait_for()
    page.get_by_label("Why").fill("asked by telephone on 3 May")
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("End this monthly gift now?").wait_for()
    look_at(page, request)
    page.get_by_role("button", name="End it now").click()
    page.get_by_text("The monthly gift has ended.").wait_for()
    assert Donation.objects.get(pk=gift.pk).state == "cancelled"
    assert page.get_by_role("link", name="End the monthly gift").count() == 0


def look_at(page: Page, request) -> None:
    """Without barriers, where the script that looks can run."""
    if request.node.callspec.params["page"] == {}:
        look(page)


@pytest.mark.parametrize("width", [390, 1280])
def test_each_page_is_without_barriers(page, stripe, width):
    appeal = AppealFactory(slug="lights", name="Lights")
    gift, _other = paid(stripe, appeal), paid(stripe, appeal, amount_cents=200_00)
    stripe.dispute(gift.session_id)
    stripe.payout()
    hear()
    page.set_viewport_size({"width": width, "height": 900})
    payment = gift.payments.get().pk
    for path in (
        "", "all/", f"{gift.pk}/", "deposits/", f"deposits/{Payout.objects.get().pk}/", "enter/", "find/",
        f"payments/{payment}/give-back/",
    ):  # fmt: skip
        page.goto(f"/admin/donations/{path}")
        look(page)
