"""Campaigns, letter campaigns with their texts, and letters; every person is invented."""

from __future__ import annotations

import json
import uuid

import factory
from wagtail.models import Locale

from actions.campaigns.models import BillStage, Campaign, Position
from actions.campaigns.positions import BillPosition
from actions.letters.compose import Addressee, LetterText, addressee
from actions.letters.models import Letter, LetterCampaign, LetterDelivery, LetterTarget, LetterWording
from actions.letters.queueing import text_hash
from actions.letters.services import Submission, confirm, write
from actions.letters.whom import whom
from actions.outbox.messages import new_message_id
from actions.outbox.models import OutboxMessage
from actions.representatives.models import Recipient
from actions.wordings.services import current_version

TITLES = {"en": "A safe harbour", "fr": "Un refuge sûr", "zh-hant": "安全港"}
SUBJECTS = {"en": "Please support {bill_number}", "fr": "Appuyez {bill_number}", "zh-hant": "請支持 {bill_number}"}
BODIES = {
    "en": "As one of your constituents in {riding} I ask you to vote for {bill_number}.",
    "fr": "Je vous demande de voter pour le projet de loi {bill_number}.",
    "zh-hant": "本人懇請閣下支持 {bill_number} 號法案。",
}


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Safe harbour {n}")
    slug = factory.Sequence(lambda n: f"safe-harbour-{n}")
    bill_number = "C-400"
    bill_title_en = "An Act respecting an invented harbour"
    bill_title_fr = "Loi concernant un refuge inventé"
    parliament_session = "45-1"
    stage = BillStage.SECOND_READING
    position = Position.SUPPORT


class LetterWordingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LetterWording

    class Params:
        language = "en"

    locale = factory.LazyAttribute(lambda o: Locale.objects.get_or_create(language_code=o.language)[0])
    title = factory.LazyAttribute(lambda o: TITLES[o.language])
    introduction = "<p>What is happening.</p>"
    talking_points = "Why it matters to you\nWhom you know"
    letter_subjects = factory.LazyAttribute(lambda o: SUBJECTS[o.language])
    letter_body = factory.LazyAttribute(lambda o: BODIES[o.language])
    thank_you = "<p>Well done.</p>"


class LetterCampaignFactory(factory.django.DjangoModelFactory):
    """``LetterCampaignFactory()`` writes to the writer's own MP and has texts in all three languages."""

    class Meta:
        model = LetterCampaign
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Second reading {n}")
    slug = factory.Sequence(lambda n: f"second-reading-{n}")
    campaign = factory.SubFactory(CampaignFactory)
    pace_per_hour = 3600
    is_in_office_hours = False  # tests run at any hour

    @factory.post_generation
    def recipients(self, create, extracted, **kwargs):
        """``recipients=[…]`` are addressees besides (``copies=`` instead of) the own MP."""
        LetterTarget.objects.create(letter_campaign=self, kind=LetterTarget.Kind.OWN_MP)
        for person in extracted or []:
            LetterTarget.objects.create(letter_campaign=self, kind=LetterTarget.Kind.RECIPIENT, recipient=person)

    @factory.post_generation
    def copies(self, create, extracted, **kwargs):
        for person in extracted or []:
            LetterTarget.objects.create(
                letter_campaign=self, kind=LetterTarget.Kind.RECIPIENT, recipient=person, delivery="copy"
            )

    @factory.post_generation
    def stand_ins(self, create, extracted, **kwargs):
        """Persons who stand in for the MP."""
        for person in extracted or []:
            LetterTarget.objects.create(
                letter_campaign=self, kind=LetterTarget.Kind.RECIPIENT, recipient=person, delivery="fallback"
            )

    @factory.post_generation
    def texts(self, create, extracted, **kwargs):
        first = None
        for language in extracted if extracted is not None else ("en", "fr", "zh-hant"):
            extra = {"translation_key": first.translation_key} if first else {}
            wording = LetterWordingFactory(letter_campaign=self, language=language, **extra)
            first = first or wording


def another_text(attribute: str, *, subjects: str, body: str) -> dict:
    value = {"attribute": attribute, "subjects": subjects, "body": body}
    return {"type": "another_text", "id": str(uuid.uuid4()), "value": value}


def another_script(attribute: str, script: str) -> dict:
    return {"type": "another_script", "id": str(uuid.uuid4()), "value": {"attribute": attribute, "script": script}}


def message_instead(attribute: str, text: str) -> dict:
    return {"type": "message", "id": str(uuid.uuid4()), "value": {"attribute": attribute, "text": text}}


def with_variants(letter_campaign: LetterCampaign, blocks: list[dict], *, language: str = "en") -> LetterWording:
    """Give the campaign's text in one language these other texts and messages, and publish it."""
    wording = letter_campaign.wordings.get(locale__language_code=language)
    wording.variants = json.dumps(blocks)
    wording.save_revision().publish()
    return LetterWording.objects.get(pk=wording.pk)


def note_position(letter_campaign: LetterCampaign, person, stand: str) -> BillPosition:
    who = "recipient" if isinstance(person, Recipient) else "representative"
    return BillPosition.objects.create(
        campaign=letter_campaign.campaign, stand=stand, source_url="https://news.example/vote", **{who: person}
    )


def submission(**changes) -> Submission:
    """A valid submission of 陳大文 in English."""
    text = {
        "name": "陳大文",
        "postal_code": "K1A0A6",
        "street_address": "1 Invented Street",
        "own_words": "我的家人在香港。",
        "body": "Please vote for it.",
    }
    text.update({name: changes.pop(name) for name in list(changes) if name in text})
    values = {
        "email": "tai-man@writer.example",
        "subject": "Please support C-400",
        "riding": None,
        "language": "en",
        "letter_language": "en",
        "wants_copy": False,
    }
    return Submission(text=LetterText(**text), **{**values, **changes})


def addressees(letter_campaign: LetterCampaign, *, riding, language: str = "en") -> list[Addressee]:
    """Everybody whom a letter from the riding goes to, all with its first text."""
    return [addressee(meant, language=language) for meant in whom(letter_campaign, riding).people]


def written_letter(letter_campaign: LetterCampaign, *, riding, **changes) -> Letter | None:
    """Write a letter through the service, as the last POST does."""
    sent = submission(riding=riding, **changes)
    wording = letter_campaign.wordings.get(locale__language_code=sent.letter_language)
    return write(
        letter_campaign=letter_campaign,
        wording_version=current_version(wording),
        people=addressees(letter_campaign, riding=riding, language=sent.letter_language),
        submission=sent,
    )


def confirmed_letters(letter_campaign: LetterCampaign, *, ridings: list, count: int, **changes) -> None:
    """Confirmed letters by the thousand, spread over the ridings; their confirmation mails are not kept.

    One for each riding goes through the services. The others are copies of it by other writers, encrypted and hashed
    one by one as the services do, because going through all of them takes fifteen times as long.
    """
    written = [written_letter(letter_campaign, riding=riding, email=address(0), **changes) for riding in ridings]
    for letter in written:
        confirm(letter_id=letter.pk)
    OutboxMessage.objects.all().delete()
    first = list(LetterDelivery.objects.filter(letter__in=written).select_related("letter").order_by("pk"))
    for start in range(len(first), count, 500):
        copies = [copied(first[number % len(first)], number) for number in range(start, min(start + 500, count))]
        Letter.objects.bulk_create([delivery.letter for delivery in copies])
        LetterDelivery.objects.bulk_create(copies)


def address(number: int) -> str:
    return f"writer{number}@writer.example"


def copied(delivery: LetterDelivery, number: int) -> LetterDelivery:
    """Return the same letter, not yet saved, as another writer's."""
    letter = Letter(**plain_values(delivery.letter, "row_key"), row_key=uuid.uuid4())
    letter.email, letter.email_fingerprint = address(number), f"copy {number}"
    copy = LetterDelivery(**plain_values(delivery, "letter_id"), letter=letter)
    copy.message_id, copy.dedupe_key = new_message_id(), f"copy {number}"
    copy.text_sha256 = text_hash(letter, copy)
    return copy


def plain_values(row, *left_out: str) -> dict:
    names = [field.attname for field in row._meta.concrete_fields]
    return {name: getattr(row, name) for name in names if name not in ("id", *left_out)}
