"""Appeals with their texts, and gifts; every donor is invented."""

from __future__ import annotations

import uuid

import factory
from wagtail.models import Locale

from actions.donations.models import Appeal, AppealWording, Donation
from actions.donations.services import Gift
from actions.donations.states import Frequency

TITLES = {"en": "Keep the lights on", "fr": "Gardons la lumière", "zh-hant": "守住燈火"}


class AppealWordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AppealWording

    class Params:
        language = "en"

    locale = factory.LazyAttribute(lambda o: Locale.objects.get_or_create(language_code=o.language)[0])
    title = factory.LazyAttribute(lambda o: TITLES[o.language])
    text = "<p>Your gift pays for an invented lighthouse.</p>"
    other_ways = "<p>By cheque to our invented address.</p>"
    thank_you = "<p>The light is on.</p>"


class AppealFactory(factory.django.DjangoModelFactory):
    """``AppealFactory()`` is open and has texts in all three languages; ``texts=[]`` for none."""

    class Meta:
        model = Appeal
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Lights {n}")
    slug = factory.Sequence(lambda n: f"lights-{n}")
    once_default = 50_00
    monthly_default = 20_00

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        first = None
        for language in extracted if extracted is not None else ("en", "fr", "zh-hant"):
            extra = {"translation_key": first.translation_key} if first else {}
            wording = AppealWordingFactory(appeal=self, language=language, **extra)
            first = first or wording


class DonationFactory(factory.django.DjangoModelFactory):
    """A gift that was started and not paid; nobody has asked Stripe for its page."""

    class Meta:
        model = Donation

    appeal = factory.SubFactory(AppealFactory)
    language = "en"
    amount_cents = 25_00
    attempt = factory.LazyFunction(uuid.uuid4)


def gift(**changes) -> Gift:
    """CA$25 once, in English."""
    return Gift(**{"amount_cents": 25_00, "frequency": Frequency.ONE_TIME, "language": "en", **changes})
