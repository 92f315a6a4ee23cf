"""Petitions with their texts, and signatures; every person is invented."""

from __future__ import annotations

import factory
from wagtail.models import Locale

from actions.petitions.models import Petition, PetitionWording, Signature
from actions.petitions.services import Submission, confirm, sign
from actions.wordings.services import current_version
from tests.factories.letters import CampaignFactory

TITLES = {"en": "Keep the door open", "fr": "Gardons la porte ouverte", "zh-hant": "大門不可關"}


class PetitionWordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PetitionWording

    class Params:
        language = "en"

    locale = factory.LazyAttribute(lambda o: Locale.objects.get_or_create(language_code=o.language)[0])
    title = factory.LazyAttribute(lambda o: TITLES[o.language])
    target = "The Minister of Invented Affairs"
    text = "<p>We ask for an invented harbour.</p>"
    background = "<p>How it came to this.</p>"
    at_the_goal = "Then we hand it over."
    thank_you = "<p>Well done.</p>"


class PetitionFactory(factory.django.DjangoModelFactory):
    """``PetitionFactory()`` is open and has texts in all three languages; ``texts=[]`` for none."""

    class Meta:
        model = Petition
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Open door {n}")
    slug = factory.Sequence(lambda n: f"open-door-{n}")
    campaign = factory.SubFactory(CampaignFactory)

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        first = None
        for language in extracted if extracted is not None else ("en", "fr", "zh-hant"):
            extra = {"translation_key": first.translation_key} if first else {}
            wording = PetitionWordingFactory(petition=self, language=language, **extra)
            first = first or wording


def submission(**changes) -> Submission:
    """A valid submission of 陳大文 in English."""
    values = {
        "name": "陳大文",
        "email": "tai-man@signer.example",
        "postal_code": "K1A0A6",
        "language": "en",
        **changes,
    }
    return Submission(**values)


def signed(petition: Petition, **changes) -> Signature:
    """Sign through the service, as the POST does."""
    sent = submission(**changes)
    wording = petition.wordings.get(locale__language_code=sent.language)
    signature = sign(petition=petition, wording_version=current_version(wording), submission=sent)
    assert signature is not None
    return signature


def confirmed(petition: Petition, **changes) -> Signature:
    signature = signed(petition, **changes)
    confirm(signature_id=signature.pk)
    return Signature.objects.get(pk=signature.pk)


def undecided(petition: Petition, **changes) -> Signature:
    """A signature that was held for a doubt and whose signer has pressed the button."""
    return confirmed(petition, **{"held_reason": "limit", **changes})


def many_signatures(petition: Petition, number: int, **columns) -> list[Signature]:
    """Rows as they are long after confirming: nothing about anybody; by hundreds in one statement."""
    model = confirmed(petition, email="model@signer.example", name="Model Signer")
    made = []
    for at in range(number):
        row = Signature(
            petition=petition, wording_version=model.wording_version, language="en", state="confirmed", place="riding",
            riding=model.riding, email_fingerprint=f"{at:064d}", name_fingerprint=f"{at:064d}", mail_domain_key="d",
            rules_version=1, slot=1, confirmed_at=model.confirmed_at,
        )  # fmt: skip
        for name, value in columns.items():
            setattr(row, name, value)
        made.append(row)
    model.delete()
    return Signature.objects.bulk_create(made, batch_size=500)
