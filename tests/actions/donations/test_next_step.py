"""After a gift there is one thing to do next; and while cards cannot be taken, the other ways are said."""

from __future__ import annotations

import re

import pytest
from wagtail.models import Site

from actions.donations.models import Donation
from actions.donations.states import Frequency
from home.site_settings import SiteSettings
from tests.actions.donations.reading import URL, hear, hidden, paid, text_of
from tests.actions.donations.reading import post as give
from tests.factories.letters import CampaignFactory
from tests.factories.petitions import PetitionFactory

MONTHLY = {"amount_cents": 10_00, "frequency": Frequency.MONTHLY}


def thanks(client, donation: Donation, language: str = "en"):
    return client.get(f"/{language}/act/donate/lights/thanks/?session_id={donation.session_id}")


def other_ways(**texts: str) -> None:
    settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    for name, text in texts.items():
        setattr(settings, f"other_ways_to_give_{name}", text)
    settings.save()


@pytest.fixture
def petition(appeal):
    appeal.campaign = CampaignFactory()
    appeal.save()
    return PetitionFactory(campaign=appeal.campaign, slug="doors")


def test_an_open_petition_of_the_same_campaign_is_the_next_step(client, appeal, petition, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    page = thanks(client, donation)
    assert 'href="/en/act/petitions/doors/"' in page.content.decode()
    assert page.content.decode().count('class="next-step"') == 1


def test_what_is_paused_or_of_another_campaign_is_no_next_step(client, appeal, petition, stripe):
    PetitionFactory(campaign=CampaignFactory(), slug="other")
    type(petition).objects.filter(pk=petition.pk).update(is_paused=True)
    donation = paid(stripe, appeal)
    hear(client, stripe)
    assert "Now tell one friend" in text_of(thanks(client, donation))


def test_a_monthly_gift_is_suggested_only_where_the_appeal_says_so_and_begins_next_month(client, appeal, stripe):
    donation = paid(stripe, appeal)
    hear(client, stripe)
    assert "starts=next-month" not in thanks(client, donation).content.decode()
    appeal.suggests_monthly = True
    appeal.save()
    assert "starts=next-month" in thanks(client, donation).content.decode()
    form = client.get(f"{URL}?frequency=monthly&starts=next-month")
    assert hidden(form, "starts") == "next-month"
    give(client, amount_monthly="10", amount=None, frequency="monthly", starts="next-month")
    monthly = Donation.objects.get(frequency="monthly")
    stripe.pay(monthly.session_id)
    hear(client, stripe)
    assert not monthly.payments.exists()
    assert "begins in 30 days" in text_of(thanks(client, monthly))
    assert "starts=next-month" not in thanks(client, monthly).content.decode()


def test_while_cards_are_off_the_sites_own_ways_to_give_are_said_in_each_language(client, appeal, settings):
    settings.STRIPE_SECRET_KEY = ""
    appeal.wordings.update(other_ways="")
    other_ways(en="<p>By cheque</p>", fr="<p>Par chèque</p>", zh="<p>支票</p>")
    for language, words in (("en", "By cheque"), ("fr", "Par chèque"), ("zh-hant", "支票")):
        assert words in text_of(client.get(f"/{language}/act/donate/lights/"))


def test_an_appeals_own_ways_come_before_the_sites(client, appeal, with_key):
    other_ways(en="<p>By pigeon</p>")
    assert "By pigeon" not in text_of(client.get(URL))
    appeal.wordings.update(other_ways="")
    assert "By pigeon" in text_of(client.get(URL))


def test_ways_in_another_language_say_in_which(client, appeal, settings):
    settings.STRIPE_SECRET_KEY = ""
    appeal.wordings.update(other_ways="")
    other_ways(en="<p>By cheque</p>", zh="<p>支票</p>")
    shown = {code: client.get(f"/{code}/act/donate/lights/").content.decode() for code in ("en", "fr", "zh-hant")}
    assert re.search(r'<div class="story" lang="en(-CA)?">\s*<p[^>]*>By cheque', shown["fr"])
    assert re.search(r'<div class="story">\s*<p[^>]*>By cheque', shown["en"])
    assert re.search(r'<div class="story">\s*<p[^>]*>支票', shown["zh-hant"])


def test_so_do_an_appeals_own_ones(client, appeal, with_key):
    appeal.wordings.exclude(locale__language_code="en").delete()
    shown = client.get("/fr/act/donate/lights/").content.decode()
    assert re.search(r'<div lang="en(-CA)?">\s*<p[^>]*>By cheque to our invented', shown)
