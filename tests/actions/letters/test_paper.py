"""The PDF of a letter: the same fields as for the mail, nothing stored, nothing spent, for everybody on the Hill."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest

from actions.letters import paper_views
from actions.letters.models import Letter, LetterTarget
from actions.letters.paper import letter_date
from actions.letters.pdf import PdfUnavailable
from actions.outbox.models import OutboxMessage
from actions.protection.limits import Limit
from actions.protection.models import SpentToken
from actions.protection.tokens import issue_token
from tests.actions.letters.reading import ORIGIN, URL, WRITER, form_fields, post, words_of
from tests.factories.letters import LetterCampaignFactory
from tests.factories.representatives import RecipientFactory, RidingFactory

PDF = f"{URL}pdf/"
WITHOUT_MAIL = {name: value for name, value in WRITER.items() if name != "email"}


def pages_of(response) -> list[str]:
    assert response.status_code == 200, words_of(response.content.decode())[:500]
    assert response["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(response.content))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.fixture
def unlisted(letter_campaign, member):
    member.email = ""
    member.save()
    return member


def test_the_check_step_offers_the_letter_on_paper(client, letter_campaign):
    page = post(client, f"{URL}write/", {**WRITER, "intent": "check"}).content.decode()
    assert f'formaction="{PDF}"' in page
    assert "No stamp needed to Parliament Hill" in page
    (text,) = pages_of(post(client, PDF, form_fields(page)))
    order = [
        "陳大文", "1 Invented Street", "K1A 0A6", "Jordan Lee, M.P. House of Commons Ottawa ON K1A 0A6",
        "Please support C-400", "Dear Jordan Lee,", "I live in the riding of Ottawa Centre (K1A 0A6).",
        "我的家人在香港。", "Please vote for C-400.", "Sincerely, 陳大文",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "tai-man@writer.example" not in text
    assert "was sent through" not in text


def test_nothing_is_stored_and_nothing_spent(client, letter_campaign):
    token = issue_token("letter")
    response = post(client, PDF, {**WRITER, "form_token": token})
    assert len(pages_of(response)) == 1
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert not response.cookies
    assert [model.objects.count() for model in (Letter, OutboxMessage, SpentToken)] == [0, 0, 0]


def test_who_cannot_be_mailed_is_written_to_on_paper(client, unlisted):
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", "own_words": "Mine"}).content.decode()
    assert "This MP has no published e-mail address." in page
    assert f'action="{PDF}"' in page
    assert "PDF to print and post" in page
    assert 'name="email"' not in page
    fields = {**form_fields(page), "name": "陳大文", "street_address": "1 Invented Street"}
    (text,) = pages_of(post(client, PDF, fields))
    assert "Jordan Lee, M.P. House of Commons" in text
    assert "As one of your constituents in Ottawa Centre I ask you to vote for C-400." in text
    assert "Mine" in text


def test_a_french_letter_has_french_forms_and_a_french_date(client, letter_campaign, member):
    member.gender = "F"
    member.save()
    response = post(client, PDF, {**WRITER, "letter_language": "fr", "subject": "L’été", "body": "Texte."})
    (text,) = pages_of(response)
    assert response["Content-Disposition"] == 'attachment; filename="lettre.pdf"'
    assert "Jordan Lee, députée Chambre des communes Ottawa (Ontario) K1A 0A6" in text
    assert "Madame la Députée," in text
    assert "J’habite dans la circonscription fédérale suivante" in text
    assert "l’expression de ma considération distinguée." in text
    assert letter_date(date.today(), language="fr") in text


@pytest.mark.parametrize(
    ("day", "language", "expected"),
    [
        (date(2026, 11, 25), "en", "November 25, 2026"),
        (date(2026, 11, 25), "fr", "25 novembre 2026"),
        (date(2026, 8, 1), "fr", "1er août 2026"),
    ],
)
def test_dates_follow_the_letters_language(day, language, expected):
    assert letter_date(day, language=language) == expected


def test_everybody_on_the_hill_gets_a_letter_of_their_own(client, member):
    campaign = LetterCampaignFactory(
        slug="several",
        recipients=[
            RecipientFactory(senator=True, name="Ada Upper", family_name="Upper"),
            RecipientFactory(senator=True, name="Bea Upper", family_name="Upper", email=""),
            RecipientFactory(role="other", name="Cy Elsewhere"),
            RecipientFactory(senator=True, name="Dee Gone", is_active=False),
        ],
        copies=[RecipientFactory(name="Eve Minister"), RecipientFactory(role="other", name="Flo Elsewhere")],
    )
    pages = pages_of(post(client, f"/en/act/letters/{campaign.slug}/pdf/", WRITER))
    assert len(pages) == 4
    greetings = [
        "Dear Jordan Lee,",
        "Dear Senator Upper:",
        "Dear Senator Upper:",
        "Dear Jordan Lee,",
    ]  # a copy is a copy
    assert all(greeting in page for greeting, page in zip(greetings, pages, strict=True))
    assert all("Copy: The Honourable Eve Minister" in page for page in pages)
    assert not any(name in page for name in ("Elsewhere", "Gone") for page in pages)


def test_who_stands_in_for_the_mp_without_an_address_is_left_out(client, letter_campaign):
    stand_in = RecipientFactory(senator=True, name="Stan Din", email="")
    LetterTarget.objects.create(
        letter_campaign=letter_campaign, kind="recipient", recipient=stand_in, delivery=LetterTarget.Delivery.FALLBACK
    )
    assert len(pages_of(post(client, PDF, WRITER))) == 1


def test_where_only_a_copy_could_be_posted_there_is_no_button(client, member):
    LetterCampaignFactory(slug="second-reading", copies=[RecipientFactory(name="Eve Minister")])
    member.is_current = False
    member.save()
    assert "pdf/" not in post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert post(client, PDF, WRITER).status_code == 422


def test_where_nobody_is_on_the_hill_there_is_no_button(client, letter_campaign, member):
    member.is_current = False
    member.save()
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6"}).content.decode()
    assert "Nobody sits for Ottawa Centre" in page
    assert "pdf/" not in page
    assert "No stamp" not in page
    assert post(client, PDF, WRITER).status_code == 422


@pytest.mark.parametrize("field", ["name", "subject", "body", "postal_code"])
def test_a_missing_field_is_named_and_what_was_typed_is_kept(client, unlisted, field):
    response = post(client, PDF, {**WITHOUT_MAIL, field: ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert "no-store" in response["Cache-Control"]
    assert "我的家人在香港。" in page
    assert "1 Invented Street" in page
    assert 'role="alert"' in page or "notice--wrong" in page


def test_errors_of_a_mailed_letter_show_its_own_step(client, letter_campaign):
    response = post(client, PDF, {**WRITER, "name": ""})
    assert response.status_code == 422
    assert 'name="email"' in response.content.decode()


@pytest.mark.parametrize("changes", [{"riding": ""}, {"riding": "99999"}, {"riding": "9" * 400}, {"riding": "x"}])
def test_a_riding_that_is_none_is_asked_for(client, letter_campaign, changes):
    response = post(client, PDF, {**WRITER, **changes})
    assert response.status_code == 422
    assert "Choose your riding." in response.content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "x" * 151}, {"own_words": "x" * 2_001}, {"body": "x" * 10_001}, {"name": "https://evil.example"},
        {"street_address": "x" * 201}, {"letter_language": "zz", "name": ""}, {"postal_code": "90210"},
    ],
)  # fmt: skip
def test_what_is_too_long_or_wrong_is_a_clear_error(client, letter_campaign, changes):
    assert post(client, PDF, {**WRITER, **changes}).status_code == 422


def test_other_broken_requests_never_fail_loudly(client, letter_campaign):
    assert post(client, PDF, {}).status_code == 422
    assert post(client, PDF, {**WRITER, "wording": "9" * 30, "riding": "35079"}).status_code == 200
    assert post(client, PDF, {**WRITER, "name": "A\x00B"}).status_code == 400
    broken = client.post(PDF, b"name=%ED%A0%80", content_type="application/x-www-form-urlencoded", **ORIGIN)
    assert broken.status_code == 400
    assert client.post(PDF, WRITER).status_code == 403
    assert post(client, "/en/act/letters/no-such/pdf/", WRITER).status_code == 404


def test_an_address_typed_by_hand_leads_to_the_action(client, letter_campaign):
    for response in (client.get(PDF), client.head(PDF)):
        assert (response.status_code, response["Location"]) == (302, URL)
    assert client.put(PDF).status_code == 405


def test_a_closed_action_says_so_and_gives_the_text_back(client, letter_campaign):
    letter_campaign.is_paused = True
    letter_campaign.save()
    response = post(client, PDF, WRITER)
    assert response.status_code == 409
    assert "我的家人在香港。" in response.content.decode()


def test_where_editors_keep_the_text_what_was_posted_does_not_count(client, letter_campaign):
    letter_campaign.may_edit_text = False
    letter_campaign.save()
    (text,) = pages_of(post(client, PDF, {**WRITER, "body": "Something else", "subject": "Other"}))
    assert "Something else" not in text
    assert "Please support C-400" in text
    assert "As one of your constituents in Ottawa Centre" in text


def test_many_pdfs_from_one_address_are_refused_for_a_while(client, letter_campaign, settings):
    settings.PROTECTION_LIMITS = {"paper": Limit(2, 3600)}
    answers = [post(client, PDF, WRITER) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "3600"
    sent = post(client, f"{URL}write/", {**WRITER, "intent": "send"})
    assert sent.status_code == 303
    assert Letter.objects.get().held_reason == ""  # PDFs do not count toward letters


def test_a_pdf_that_cannot_be_made_keeps_what_was_typed(client, unlisted, monkeypatch):
    def broken(*_args, **_kwargs):
        raise PdfUnavailable("x")

    monkeypatch.setattr(paper_views, "paper_pdf", broken)
    response = post(client, PDF, WITHOUT_MAIL)
    page = response.content.decode()
    assert response.status_code == 503
    assert "We could not make the PDF just now." in page
    assert "我的家人在香港。" in page


def test_the_language_of_the_paper_can_be_changed(client, unlisted):
    page = post(client, f"{URL}find/", {"postal_code": "K1A 0A6", "own_words": "Mine"}).content.decode()
    fields = {**form_fields(page), "name": "陳大文"}
    french = post(client, f"{URL}write/", {**fields, "intent": "language-fr"}).content.decode()
    assert "Je vous demande de voter pour le projet de loi C-400." in french
    assert 'value="陳大文"' in french
    assert ">Mine</textarea>" in french.replace(">\n", ">")


def test_a_campaign_for_a_senator_without_an_address_goes_on_paper_too(client, db):
    riding = RidingFactory(fed_num=35079)
    campaign = LetterCampaignFactory(slug="upper", recipients=[RecipientFactory(senator=True, email="")])
    campaign.targets.filter(kind="own_mp").delete()
    url = f"/en/act/letters/{campaign.slug}/"
    page = post(client, f"{url}find/", {"postal_code": "K1A 0A6", "riding": str(riding.pk)}).content.decode()
    assert f'action="{url}pdf/"' in page
    assert "Dear Senator Example" in page
    assert "They have no published e-mail address." in page
    (text,) = pages_of(post(client, f"{url}pdf/", {**form_fields(page), "name": "A Writer"}))
    assert "Senate of Canada Ottawa ON K1A 0A4" in text
