"""What visitors are told: that a text follows a former one, that it changed, and what it said before."""

from __future__ import annotations

import pytest

from achk_site.middleware.public_cache import SHARED
from actions.letters import services as letters
from actions.pages import ActionIndexPage, ActionPage
from actions.petitions.models import Petition, PetitionWording, Tally
from actions.wordings.keeping import keep
from actions.wordings.states import Change
from tests.actions.petitions.reading import mailed_link, post
from tests.actions.wordings.changing import changed, drafted, text_in
from tests.factories.letters import another_text, with_variants, written_letter
from tests.factories.pages import SiteTree
from tests.factories.petitions import confirmed, signed

PETITION, LETTER = "/en/act/petitions/open-door/", "/en/act/letters/second-reading/"
NEW = "<p>We ask for a lighthouse.</p>"
CHANGED = {
    "en": "The text of this petition changed on",
    "fr": "Le texte de cette pétition a changé",
    "zh-hant": "聯署內容已於",
}
BEHIND = {"fr": "Ce texte est en cours de mise à jour", "zh-hant": "這段文字正在更新"}
CURRENT = {"fr": "Le texte actuel est en anglais.", "zh-hant": "現行版本是英文版。"}


def in_language(url: str, code: str) -> str:
    return url.replace("/en/", f"/{code}/")


def read(client, url: str, code: str = "en") -> str:
    answer = client.get(in_language(url, code))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def changed_petition(petition) -> Petition:
    confirmed(petition)
    changed(petition, text=NEW)
    return petition


def test_the_page_says_that_the_text_changed_and_links_to_the_former_one(client, changed_petition):
    page = read(client, PETITION)
    assert CHANGED["en"] in page
    assert f'href="{PETITION}text/1/"' in page
    assert "lighthouse" in page
    assert "is being updated" not in page


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_the_other_languages_say_that_they_follow_a_former_text(client, changed_petition, code):
    page = read(client, PETITION, code)
    assert BEHIND[code] in page
    assert f'<a href="{PETITION}">{CURRENT[code]}</a>' in page
    assert CHANGED[code] not in page
    assert 'data-action="petition"' in page  # one can still sign it


@pytest.mark.parametrize("code", ["fr", "zh-hant"])
def test_a_language_that_has_followed_tells_of_the_change_itself(client, changed_petition, code):
    changed(changed_petition, code, text=f"<p>{code}</p>")
    page = read(client, PETITION, code)
    assert BEHIND[code] not in page
    assert CHANGED[code] in page
    assert in_language(f"{PETITION}text/1/", code) in page
    assert "invented harbour" in read(client, f"{PETITION}text/1/", code)


def test_a_kept_text_says_nothing(client, changed_petition):
    demand = text_in(changed_petition).demand
    keep(wording=text_in(changed_petition, "fr"), seen_demand=demand, reason="Same.", user=None)
    page = read(client, PETITION, "fr")
    assert BEHIND["fr"] not in page
    assert CHANGED["fr"] not in page


def test_a_visitor_without_a_text_of_their_own_reads_about_the_one_that_is_shown(client, changed_petition):
    PetitionWording.objects.filter(locale__language_code="zh-hant").delete()
    page = read(client, PETITION, "zh-hant")
    assert CHANGED["zh-hant"] in page
    assert BEHIND["zh-hant"] not in page
    assert 'lang="en-CA"' in read(client, f"{PETITION}text/1/", "zh-hant")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "Signatures from before that day are under an earlier text."),
        (9, "Signatures from before that day are under an earlier text."),
        (10, "At least 10 people signed an earlier text."),
        (99, "At least 90 people signed an earlier text."),
        (1234, "At least 1,230 people signed an earlier text."),
    ],
)
def test_how_many_signed_an_earlier_text_points_at_nobody(client, changed_petition, number, told):
    Tally.objects.update_or_create(petition=changed_petition, defaults={"confirmed": number + 7})
    PetitionWording.objects.filter(petition=changed_petition).update(acted_before=number)
    assert told in read(client, PETITION)


def test_the_pages_cost_no_query_more(client, petition, django_assert_num_queries):
    confirmed(petition)
    client.get(PETITION)
    with django_assert_num_queries(5):
        client.get(PETITION)
    changed(petition, text=NEW)
    for code in ("en", "fr", "zh-hant"):
        client.get(in_language(PETITION, code))
        with django_assert_num_queries(5):
            client.get(in_language(PETITION, code))


def test_the_former_text_has_a_page_that_may_be_kept_and_is_not_to_be_found(
    client, changed_petition, django_assert_num_queries
):
    client.get(f"{PETITION}text/1/")
    with django_assert_num_queries(6):
        answer = client.get(f"{PETITION}text/1/")
    page = answer.content.decode()
    assert answer["Cache-Control"] == SHARED
    assert not answer.cookies
    assert '<meta name="robots" content="noindex">' in page
    assert "invented harbour" in page
    assert "lighthouse" not in page
    assert 'data-action="petition"' not in page
    assert client.post(f"{PETITION}text/1/").status_code == 405
    assert "text/1" not in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize("number", ["0", "2", "3", "99", "9" * 400])
def test_other_numbers_are_no_pages(client, changed_petition, number):
    assert client.get(f"{PETITION}text/{number}/").status_code == 404


def test_typos_unused_texts_and_drafts_have_no_page(client, petition):
    confirmed(petition)
    changed(petition, said=Change.TYPO, text="<p>We ask for an invented harbor.</p>")
    changed(petition, text="<p>Published by mistake.</p>")
    changed(petition, text=NEW)
    drafted(petition, text="<p>A draft.</p>")
    found = [number for number in range(1, 7) if client.get(f"{PETITION}text/{number}/").status_code == 200]
    assert found == [2]
    assert f"{PETITION}text/2/" in read(client, PETITION)


def test_several_former_texts_lead_to_each_other(client, changed_petition):
    confirmed(changed_petition, email="b@signer.example", name="Bea")
    changed(changed_petition, text="<p>We ask for a bridge.</p>")
    assert f'href="{PETITION}text/1/"' in read(client, f"{PETITION}text/2/")
    assert f'href="{PETITION}text/2/"' in read(client, f"{PETITION}text/1/")


def test_a_petition_whose_texts_were_taken_down_shows_no_former_one(client, changed_petition):
    PetitionWording.objects.update(live=False)
    assert client.get(f"{PETITION}text/1/").status_code == 404
    assert "What it said before" not in read(client, PETITION)


def test_a_block_says_it_too(client, changed_petition, letter_campaign, riding):
    letters.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    changed(letter_campaign, letter_body="Other words.")
    tree = SiteTree()
    for code in ("en", "fr"):
        listing = ActionIndexPage(title="Actions", slug="actions", locale=tree[code].locale)
        tree[code].add_child(instance=listing)
        body = [
            ("petition", {"petition": changed_petition, "heading": ""}),
            ("letter", {"letter_campaign": letter_campaign, "heading": ""}),
        ]
        page = ActionPage(title="Act", slug="sign", introduction="Now.", body=body, locale=tree[code].locale)
        listing.add_child(instance=page)
    english, french = read(client, "/en/actions/sign/"), read(client, "/en/actions/sign/", "fr")
    assert CHANGED["en"] in english
    assert "The text of this letter changed on" in english
    assert french.count(BEHIND["fr"]) == 2


def test_who_waits_to_confirm_sees_the_text_they_signed_and_still_counts(client, petition):
    post(client)
    link = mailed_link()
    before = client.get(link).content.decode()
    assert "invented harbour" in before
    assert "has changed since" not in before
    changed(petition, text=NEW)
    after = client.get(link).content.decode()
    assert "invented harbour" in after
    assert "lighthouse" not in after
    assert "Yours stays the one below, and it counts." in after
    client.post(link, HTTP_ORIGIN="http://testserver")
    assert petition.signatures.get().state == "confirmed"
    assert petition.signatures.get().wording_version.number == 1


def test_signing_keeps_the_text_that_was_on_the_page(client, petition):
    version = signed(petition, email="x@signer.example", name="X").wording_version
    changed(petition, text=NEW)
    post(client, wording=str(version.pk))
    assert petition.signatures.order_by("-pk")[0].wording_version == version


@pytest.fixture
def changed_letter(letter_campaign, riding):
    with_variants(letter_campaign, [another_text("supports", subjects="Thank you", body="Thank you, {mp_name}.")])
    letters.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    changed(letter_campaign, letter_body="I ask you to vote against {bill_number}.")
    return letter_campaign


def test_letters_say_it_and_show_the_former_letter(client, changed_letter):
    page = read(client, LETTER)
    assert "The text of this letter changed on" in page
    assert f'href="{LETTER}text/1/"' in page
    former = read(client, f"{LETTER}text/1/")
    assert "As one of your constituents in [the riding] I ask you" in former
    assert "Thank you, [the name of the writer&#x27;s MP]." in former
    assert '<meta name="robots" content="noindex">' in former
    assert client.get(f"{LETTER}text/2/").status_code == 404
    for code in ("fr", "zh-hant"):
        assert BEHIND[code] in read(client, LETTER, code)
        assert client.get(in_language(f"{LETTER}text/1/", code)).status_code == 404


def test_letters_cost_no_query_more(client, letter_campaign, riding, django_assert_num_queries):
    letters.confirm(letter_id=written_letter(letter_campaign, riding=riding).pk)
    client.get(LETTER)
    with django_assert_num_queries(6):
        client.get(LETTER)
    changed(letter_campaign, letter_body="Other words.")
    client.get(in_language(LETTER, "fr"))
    with django_assert_num_queries(6):
        client.get(in_language(LETTER, "fr"))
    client.get(f"{LETTER}text/1/")
    with django_assert_num_queries(6):
        client.get(f"{LETTER}text/1/")


def test_who_writes_a_letter_that_follows_a_former_text_is_told_beside_it(client, changed_letter):
    def found(code: str) -> str:
        url = in_language(f"{LETTER}find/", code)
        typed = {"postal_code": "K1A 0A6", "letter_language": code[:2]}
        return client.post(url, typed, HTTP_ORIGIN="http://testserver").content.decode()

    told = "A text on this page is being updated"
    assert told not in found("en")
    assert "Un texte de cette page est en cours de mise à jour" in found("fr")
    assert "本頁有文字正在更新" in found("zh-hant")
