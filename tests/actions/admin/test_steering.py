"""Editors steer whom letters reach and with which text, and are told when only one party would hear."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from actions.campaigns.positions import BillPosition
from actions.letters.balance import warnings_about
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.wordings.models import WordingVersion
from tests.actions.admin.test_letter_texts import TEXTS, add, rich, text_form
from tests.actions.admin.test_records import LETTER_CAMPAIGNS, new_letter_campaign
from tests.factories.letters import CampaignFactory, LetterCampaignFactory
from tests.factories.representatives import RecipientFactory, RepresentativeFactory

POSITIONS = "wagtailsnippets_actions_billposition"
OWN_MP = {"kind": "own_mp", "delivery": "to"}


def named(person, delivery: str) -> dict[str, object]:
    return {"kind": "recipient", "recipient": person.pk, "delivery": delivery}


@pytest.fixture
def liberal(db):
    return RecipientFactory(name="Lib One", party_name_en="Liberal")


@pytest.fixture
def conservative(db):
    return RecipientFactory(name="Con One", party_name_en="Conservative")


@pytest.mark.parametrize(
    ("delivery", "words"),
    [
        ("to", "All persons named as addressees belong to one party: Liberal."),
        ("copy", "All copies go to one party: Liberal."),
        ("fallback", "All who stand in for an MP belong to one party: Liberal."),
    ],
)
def test_one_party_alone_is_warned_about_after_saving_and_on_the_form(editor, liberal, conservative, delivery, words):
    form = new_letter_campaign(CampaignFactory(), OWN_MP, named(liberal, delivery))
    saved = editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), form, follow=True)
    assert words in saved.content.decode()
    assert "Con One (Conservative)" in saved.content.decode()
    made = LetterCampaign.objects.get()  # a warning blocks nothing
    edit = editor.get(reverse(f"{LETTER_CAMPAIGNS}:edit", args=[made.pk])).content.decode()
    assert words in edit


def test_two_parties_in_a_group_are_nobodys_trouble(editor, liberal, conservative):
    form = new_letter_campaign(CampaignFactory(), OWN_MP, named(liberal, "copy"), named(conservative, "copy"))
    saved = editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), form, follow=True)
    assert saved.status_code == 200
    assert "one party" not in saved.content.decode()


@pytest.mark.parametrize("party", ["", "Independent"])
def test_people_of_no_party_are_one_sided_in_nothing(party):
    senator = RecipientFactory(senator=True, party_name_en=party)
    assert warnings_about(LetterCampaignFactory(copies=[senator])) == []


def test_where_nobody_of_another_party_is_on_record_the_parties_of_the_house_are_named(liberal, riding):
    RepresentativeFactory(party_name_en="NDP")
    assert "in the House sit: NDP." in warnings_about(LetterCampaignFactory(copies=[liberal]))[0]


def test_stand_ins_that_can_never_be_needed_and_a_switch_to_nobody_are_said(liberal, conservative):
    campaign = LetterCampaignFactory(when_dissolved="switch")
    assert "nobody stands in for the MP" in warnings_about(campaign)[0]
    for person in (liberal, conservative):
        LetterTarget.objects.create(letter_campaign=campaign, kind="recipient", recipient=person, delivery="fallback")
    assert warnings_about(campaign) == []
    LetterTarget.objects.filter(letter_campaign=campaign, kind="own_mp").delete()
    assert "never written to" in warnings_about(campaign)[0]


def test_an_editor_makes_a_rule_with_a_way_on(editor, letter_campaign):
    rule = {
        "exclusions-TOTAL_FORMS": 1, "exclusions-0-attribute": "position:supports", "exclusions-0-ORDER": 1,
        "exclusions-0-instead": letter_campaign.pk,
    }  # fmt: skip
    form = new_letter_campaign(letter_campaign.campaign, **rule)
    assert editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), form).status_code == 302
    made = LetterCampaign.objects.get(slug="third-reading")
    assert [(one.attribute, one.instead) for one in made.exclusions.all()] == [("position:supports", letter_campaign)]
    page = editor.get(reverse(f"{LETTER_CAMPAIGNS}:edit", args=[made.pk])).content.decode()
    assert '<option value="position:supports" selected>' in page
    assert '<option value="party:Independent">' in page


def test_a_rule_about_nothing_known_is_refused(editor, letter_campaign):
    rule = {"exclusions-TOTAL_FORMS": 1, "exclusions-0-attribute": "everybody", "exclusions-0-ORDER": 1}
    answer = editor.post(reverse(f"{LETTER_CAMPAIGNS}:add"), new_letter_campaign(letter_campaign.campaign, **rule))
    assert answer.status_code == 200
    assert "Choose one from the list." in answer.content.decode()


def position(campaign, **changes) -> dict[str, object]:
    form = {"campaign": campaign.pk, "stand": "undecided", "source_url": "https://news.example/vote"}
    return {**form, "noted_on": "2026-03-01", "representative": "", "recipient": "", **changes}


def test_editors_keep_positions_with_their_source(editor, letter_campaign, riding):
    member = riding.representatives.get()
    form = position(letter_campaign.campaign, representative=member.pk)
    assert editor.post(reverse(f"{POSITIONS}:add"), form).status_code == 302
    noted = BillPosition.objects.get()
    assert str(noted) == "Jordan Lee: is undecided"
    assert "Jordan Lee" in editor.get(reverse(f"{POSITIONS}:list")).content.decode()
    changed = position(letter_campaign.campaign, representative=member.pk, stand="opposes")
    assert editor.post(reverse(f"{POSITIONS}:edit", args=[noted.pk]), changed).status_code == 302
    assert BillPosition.objects.get().stand == "opposes"
    assert editor.post(reverse(f"{POSITIONS}:delete", args=[noted.pk])).status_code in (302, 403)
    assert BillPosition.objects.exists()


@pytest.mark.parametrize("changes", [{}, {"source_url": ""}, {"source_url": "javascript:alert(1)"}])
def test_a_position_of_nobody_or_without_a_source_is_refused(editor, letter_campaign, riding, changes):
    who = {} if not changes else {"representative": riding.representatives.get().pk}
    answer = editor.post(reverse(f"{POSITIONS}:add"), position(letter_campaign.campaign, **who, **changes))
    assert answer.status_code == 200
    assert not BillPosition.objects.exists()


def variant(number: int, kind: str, **values) -> dict[str, object]:
    form = {f"variants-{number}-{name}": value for name, value in values.items()}
    head = {"type": kind, "order": number, "deleted": "", "id": ""}
    fields = {f"variants-{number}-{name}": value for name, value in head.items()}
    return {**fields, **{key.replace(f"{number}-", f"{number}-value-", 1): value for key, value in form.items()}}


def thanks(number: int = 0, **changes) -> dict[str, object]:
    values = {"attribute": "position:supports", "subjects": "Thank you", "body": "Thank you.\n\nFrom {riding}."}
    return variant(number, "another_text", **{**values, **changes})


@pytest.fixture
def empty_campaign(riding, locales):
    return LetterCampaignFactory(slug="second-reading", texts=[])


def published(record, *blocks: dict[str, object]) -> dict[str, object]:
    form = text_form(record, **{"action-publish": "1", "variants-count": len(blocks)})
    for block in blocks:
        form |= block
    return form


def test_an_editor_writes_another_text_and_a_message(moderator, empty_campaign):
    message = variant(1, "message", attribute="party:Independent", text=rich("They are with us."))
    assert add(moderator, published(empty_campaign, thanks(), message)).status_code == 302
    frozen = WordingVersion.objects.get().content["variants"]
    assert frozen[0]["value"]["body"].splitlines() == ["Thank you.", "", "From {riding}."]
    assert (frozen[1]["type"], frozen[1]["value"]["attribute"]) == ("message", "party:Independent")
    wording = LetterWording.objects.get()
    page = moderator.get(reverse(f"{TEXTS}:edit", args=[wording.pk]))
    assert page.status_code == 200
    preview = reverse(f"{TEXTS}:preview_on_edit", args=[wording.pk])
    assert moderator.post(preview, published(empty_campaign, thanks(), message)).json()["is_valid"]
    shown = moderator.get(preview).content.decode()
    assert "Another text: supports the bill" in shown
    assert "They are with us." in shown


def test_an_editor_writes_another_phone_script(moderator, empty_campaign):
    script = variant(1, "another_script", attribute="position:supports", script="Thank you, {mp_name}.")
    assert add(moderator, published(empty_campaign, thanks(), script)).status_code == 302
    assert LetterWording.objects.get().variants[1].value["script"] == "Thank you, {mp_name}."
    preview = reverse(f"{TEXTS}:preview_on_edit", args=[LetterWording.objects.get().pk])
    moderator.post(preview, published(empty_campaign, thanks(), script))
    shown = moderator.get(preview).content.decode()
    assert "Another phone script: supports the bill" in shown
    assert "Thank you, {mp_name}." in shown


def scripted(number: int = 0, script: str = "Thank you.") -> dict[str, object]:
    return variant(number, "another_script", attribute="position:supports", script=script)


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([scripted(script="Call {nobody}.")], "Unknown field: {nobody}"),
        ([scripted(), scripted(1)], "There is one for this above"),
        ([thanks(body="Dear {mp}")], "Unknown field: {mp}"),
        ([thanks(subjects="Bill {bill}")], "Unknown field: {bill}"),
        ([thanks(subjects="\n".join("abcdef"))], "one to five subject lines"),
        ([thanks(attribute="")], "This field is required."),
        ([thanks(), thanks(1)], "There is one for this above"),
    ],
)
def test_another_text_that_cannot_be_sent_is_refused_with_a_reason(moderator, empty_campaign, blocks, complaint):
    answer = add(moderator, published(empty_campaign, *blocks))
    assert answer.status_code == 200
    assert complaint in answer.content.decode()
    assert not LetterWording.objects.exists()


def test_another_text_is_translated_line_by_line_and_keeps_whom_it_is_for(
    moderator, empty_campaign, django_capture_on_commit_callbacks
):
    add(moderator, published(empty_campaign, thanks()))
    wording = LetterWording.objects.get()
    button = reverse("wagtail_localize:submit_snippet_translation", args=["actions", "letterwording", wording.pk])
    moderator.post(button, {"locales": [Locale.objects.get(language_code="fr").pk]})
    translation = Translation.objects.get()
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"FR {segment.string.data}",
        )
    edit = reverse(f"{TEXTS}:edit", args=[LetterWording.objects.get(locale__language_code="fr").pk])
    page = moderator.get(edit)
    assert page.status_code == 200
    assert "&lt;br" not in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        moderator.post(edit, {"action": "publish"})
    french = WordingVersion.objects.get(language="fr").content["variants"][0]
    assert french["value"]["attribute"] == "position:supports"
    assert french["value"]["subjects"] == "FR Thank you"
    assert french["value"]["body"] == "FR Thank you.\n\nFR From {riding}."


def test_a_translation_with_an_unknown_field_is_not_published(moderator, empty_campaign):
    add(moderator, published(empty_campaign, thanks()))
    wording = LetterWording.objects.get()
    french = wording.copy_for_translation(Locale.objects.get(language_code="fr"))
    french.variants[0].value["body"] = "De {circonscription}."
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="circonscription"):
        french.full_clean()
