"""Ridings, members and other people in office; every person is invented and lives at a reserved mail domain."""

from __future__ import annotations

import factory

from actions.representatives.models import Recipient, Representative, Riding
from actions.representatives.provinces import province_of


class RidingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Riding
        django_get_or_create = ("fed_num",)

    fed_num = factory.Sequence(lambda n: 35200 + n % 700)
    name_en = factory.LazyAttribute(lambda riding: f"Riding {riding.fed_num}")
    name_fr = factory.LazyAttribute(lambda riding: f"Circonscription {riding.fed_num}")
    province = factory.LazyAttribute(lambda riding: province_of(riding.fed_num))


class RepresentativeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Representative

    class Params:
        without_email = factory.Trait(email="")
        former = factory.Trait(is_current=False)
        locked = factory.Trait(locked_by_editor=True)
        francophone = factory.Trait(preferred_languages=["fr"])

    riding = factory.SubFactory(RidingFactory)
    person_id = factory.Sequence(lambda n: 900_000 + n)
    first_name = "Alex"
    last_name = factory.Sequence(lambda n: f"Sample{n}")
    party_name_en = "Independent"
    party_name_fr = "Indépendant"
    email = factory.LazyAttribute(lambda person: f"{person.last_name.lower()}@parl.example")
    preferred_languages = factory.LazyFunction(lambda: ["en"])
    offices = factory.LazyFunction(
        lambda: [
            {"type": "legislature", "tel": "1 613 555-0100", "postal": "House of Commons\nOttawa ON  K1A 0A6"},
            {"type": "constituency", "tel": "1 604 555-0100", "postal": "1 Invented Way"},
        ]
    )


class RecipientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recipient

    class Params:
        senator = factory.Trait(role=Recipient.Role.SENATOR, title_en="Senator", title_fr="Sénat")

    name = factory.Sequence(lambda n: f"Robin Example{n}")
    family_name = factory.LazyAttribute(lambda person: person.name.rpartition(" ")[2])
    role = Recipient.Role.MINISTER
    title_en = "Minister of Invented Affairs"
    title_fr = "ministre des Affaires inventées"
    title_zh = "虛構事務部長"
    party_name_en = "Independent"
    party_name_fr = "Indépendant"
    email = factory.Sequence(lambda n: f"recipient{n}@parl.example")
