"""What pages point at: ridings and members, recipients, the campaign, its letters, and staff.

Each function leaves rows alone that are there already, so that an editor's changes stay.
"""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Locale

from achk_site.demo.content import campaign, committee, letters, people, updates
from achk_site.demo.streams import Writer, demo_key
from actions.campaigns.models import BillStage, Campaign, Position
from actions.campaigns.positions import BillPosition
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.representatives.address_trouble import AddressTrouble
from actions.representatives.models import Recipient, Representative, Riding
from actions.representatives.postal_format import CompactTable
from actions.representatives.postal_sets import replace_table
from actions.representatives.records import ImportRun, PostalTable
from actions.subscribers.update_models import Update
from home.languages import SUFFIXES

SOURCE = "demo"


def load_ridings() -> None:
    for riding in people.RIDINGS:
        en, fr, zh = riding.name
        Riding.objects.get_or_create(
            fed_num=riding.number, defaults={"name_en": en, "name_fr": fr, "name_zh": zh, "province": riding.province}
        )
    if not PostalTable.objects.exists():
        replace_table(CompactTable.from_rows(people.POSTAL_CODES), streets=people.POSTAL_STREETS.items())


def load_members() -> None:
    """Invented members; a riding that has somebody already, real or not, keeps them."""
    for member in people.MEMBERS:
        Representative.objects.get_or_create(
            riding_id=member.riding,
            is_current=True,
            defaults={
                "first_name": member.first_name,
                "last_name": member.last_name,
                "honorific": member.honorific,
                "gender": member.gender,
                "party_name_en": member.party_en,
                "party_name_fr": member.party_fr,
                "email": member.email,
                "preferred_languages": list(member.languages),
                "offices": _offices(member),
                "source": SOURCE,
                "fetched_at": timezone.now(),
            },
        )
    _note_as_imported(len(people.MEMBERS))


def load_dead_address() -> None:
    now = timezone.now()
    AddressTrouble.objects.get_or_create(
        address=people.DEAD_ADDRESS,
        defaults={"status": "5.1.1", "count": 3, "opened_at": now, "first_seen_at": now, "last_seen_at": now},
    )


def _note_as_imported(rows: int) -> None:
    """Without an import on record, the admin of a new demo would open with "not brought up to date"."""
    if not ImportRun.objects.filter(source=ImportRun.Source.MEMBERS).exists():
        now = timezone.now()
        ImportRun.objects.create(
            source=ImportRun.Source.MEMBERS,
            outcome=ImportRun.Outcome.DONE,
            started_at=now,
            finished_at=now,
            rows=rows,
            summary=["Invented members of the demo."],
        )


def _offices(member: people.DemoMember) -> list[dict[str, str]]:
    # 555-01xx is kept for fiction: https://en.wikipedia.org/wiki/555_(telephone_number)
    return [
        {"type": "legislature", "postal": "House of Commons\nOttawa ON  K1A 0A6", "tel": "1 613 555-0100"},
        {"type": "constituency", "postal": f"100 Example Street\n{member.town}", "tel": "1 613 555-0101"},
    ]


def load_recipients() -> dict[str, Recipient]:
    """Return the recipients by address."""
    made = {}
    for person in people.RECIPIENTS:
        en, fr, zh = person.title
        made[person.email], _ = Recipient.objects.get_or_create(
            email=person.email,
            defaults={
                "name": person.name,
                "family_name": person.name.rpartition(" ")[2],
                "role": person.role,
                "honorific": "Hon." if person.role == "minister" else "",
                "gender": person.gender,
                "title_en": en,
                "title_fr": fr,
                "title_zh": zh,
                "party_name_en": person.party_en,
                "party_name_fr": person.party_fr,
                "preferred_language": person.language,
            },
        )
    return made


def load_campaign() -> Campaign:
    """The bill is invented, so there is no session and no link to Parliament's site."""
    en, fr, zh = campaign.BILL_TITLE
    made, _ = Campaign.objects.get_or_create(
        slug=campaign.SLUG,
        defaults={
            "name": campaign.TITLE.en,
            "bill_number": campaign.BILL_NUMBER,
            "bill_title_en": en,
            "bill_title_fr": fr,
            "bill_title_zh": zh,
            "stage": BillStage.FIRST_READING,
            "next_stage": BillStage.SECOND_READING,
            "next_on": timezone.localdate() + timedelta(days=campaign.NEXT_STAGE_IN_DAYS),
            "position": Position.SUPPORT,
        },
    )
    return made


def load_letter_campaign(goal: Campaign, *, recipients: dict[str, Recipient]) -> LetterCampaign:
    """Copies go to the government and the opposition alike; for a vacant seat one person of each of three parties."""
    made, is_new = LetterCampaign.objects.get_or_create(
        slug=campaign.SLUG,
        defaults={
            "name": campaign.TITLE.en,
            "campaign": goal,
            "stage": BillStage.SECOND_READING,
            "closes_at": timezone.now() + timedelta(days=campaign.CLOSES_IN_DAYS),
            "useless_after": timezone.now() + timedelta(days=campaign.NEXT_STAGE_IN_DAYS),
            "is_in_office_hours": False,
            "pace_per_hour": 3600,  # who tries the demo twice should not wait a minute for the second letter
        },
    )
    if is_new:
        LetterTarget.objects.create(letter_campaign=made, kind=LetterTarget.Kind.OWN_MP, sort_order=0)
        for number, (address, delivery) in enumerate(_targets(), start=1):
            LetterTarget.objects.create(
                letter_campaign=made,
                kind=LetterTarget.Kind.RECIPIENT,
                recipient=recipients[address],
                delivery=delivery,
                sort_order=number,
            )
    return made


def _targets() -> list[tuple[str, str]]:
    """The address and the kind of delivery of each named recipient."""
    stand_ins = [person.email for person in people.RECIPIENTS if person.stands_in]
    copies = [person.email for person in people.RECIPIENTS[:2]]
    return [
        *((address, LetterTarget.Delivery.COPY) for address in copies),
        *((address, LetterTarget.Delivery.FALLBACK) for address in stand_ins),
    ]


def load_positions(goal: Campaign) -> None:
    """Invented, for members of different parties; the sources lead nowhere."""
    for number, stand in people.POSITIONS:
        member = Representative.objects.filter(riding_id=number, is_current=True, source=SOURCE).first()
        if member is not None:
            BillPosition.objects.get_or_create(
                campaign=goal,
                representative=member,
                defaults={"stand": stand, "source_url": "https://news.example/invented-position"},
            )


def load_following_letter_campaign(goal: Campaign) -> LetterCampaign:
    """The letters for the bill's next stage; they open when the first ones have closed."""
    made, is_new = LetterCampaign.objects.get_or_create(
        slug=committee.SLUG,
        defaults={
            "name": committee.NAME,
            "campaign": goal,
            "stage": BillStage.COMMITTEE,
            "opens_at": timezone.now() + timedelta(days=committee.OPENS_IN_DAYS),
        },
    )
    if is_new:
        LetterTarget.objects.create(letter_campaign=made, kind=LetterTarget.Kind.OWN_MP, sort_order=0)
    return made


def load_wordings(
    letter_campaign: LetterCampaign, writers: dict[str, Writer], *, user: Any, texts: ModuleType = letters
) -> None:
    """One wording per language, published like an editor would, so that its version is frozen."""
    key = demo_key(texts.__name__.rpartition(".")[2])
    for language, writer in writers.items():
        locale = Locale.objects.get(language_code=language)
        wording, is_new = LetterWording.objects.get_or_create(
            letter_campaign=letter_campaign,
            locale=locale,
            defaults={"translation_key": key, "live": False, **_wording(writer, texts)},
        )
        if is_new:
            wording.save_revision(user=user).publish(user=user)


def _wording(writer: Writer, texts: ModuleType) -> dict[str, Any]:
    return {
        "title": writer.say(texts.TITLE),
        "introduction": writer.rich(texts.INTRODUCTION),
        "talking_points": "\n".join(map(writer.say, texts.TALKING_POINTS)),
        "letter_subjects": "\n".join(map(writer.say, texts.SUBJECTS)),
        "letter_body": writer.say(texts.BODY),
        "phone_script": writer.say(texts.PHONE_SCRIPT),
        "variants": [
            *(_another_text(writer, text) for text in texts.OTHER_TEXTS),
            *(_another_script(writer, script) for script in texts.OTHER_SCRIPTS),
        ],
        "thank_you": writer.rich(texts.THANK_YOU),
        "share_text": writer.say(texts.SHARE_TEXT),
    }


def _another_text(writer: Writer, text: letters.OtherText) -> dict[str, Any]:
    value = {"attribute": text.fits, "subjects": writer.say(text.subject), "body": writer.say(text.body)}
    return {"type": "another_text", "id": str(demo_key(f"letters/{text.fits}")), "value": value}


def _another_script(writer: Writer, script: letters.OtherScript) -> dict[str, Any]:
    value = {"attribute": script.fits, "script": writer.say(script.script)}
    return {"type": "another_script", "id": str(demo_key(f"letters/script/{script.fits}")), "value": value}


def load_update() -> None:
    """A draft of an update in three languages; nobody is on the list until somebody signs up."""
    texts = {
        f"{part}_{suffix}": text.say(code)
        for part, text in (("subject", updates.SUBJECT), ("body", updates.BODY))
        for code, suffix in SUFFIXES.items()
    }
    Update.objects.get_or_create(name=updates.NAME, defaults=texts)


def load_staff() -> Any:
    """Return the administrator; the passwords stand in the content, for everybody to read."""
    users = get_user_model()
    for person in people.STAFF:
        user, is_new = users.objects.get_or_create(
            username=person.username,
            defaults={"email": person.email, "is_staff": person.is_superuser, "is_superuser": person.is_superuser},
        )
        if is_new:
            user.set_password(person.password)
            user.save()
            user.groups.set(Group.objects.filter(name__in=person.groups))
    return users.objects.get(username=people.STAFF[0].username)
