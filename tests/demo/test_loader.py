"""Loading the demo: complete, linked across languages, harmless when run again."""

from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, Site

from achk_site.demo.content import committee, events, people
from achk_site.demo.content.news import ARTICLES
from achk_site.demo.content.resources import RESOURCES
from achk_site.demo.loader import load_demo, point_site_at
from achk_site.demo.texts import LANGUAGES
from actions.campaigns.models import Campaign
from actions.donations.models import Appeal, AppealWording
from actions.letters.balance import warnings_about
from actions.letters.campaign_models import Availability
from actions.letters.models import LetterCampaign, LetterTarget, LetterWording
from actions.letters.succession import next_step
from actions.petitions.house_checks import warnings_about as warnings_about_sheet
from actions.petitions.models import HousePetition, Petition, PetitionWording, Tally
from actions.petitions.tally import drift_of
from actions.representatives.imports.members import members_are_stale
from actions.representatives.lookup import LookupStatus, find_ridings
from actions.representatives.models import Recipient, Representative, Riding
from actions.wordings.models import WordingVersion
from blog.models import NewsPage, Topic
from home.pages import HomePage

MADE = (
    Page, Site, Appeal, AppealWording, Campaign, HousePetition, LetterCampaign, LetterTarget, LetterWording, NewsPage,
    Petition, PetitionWording, Recipient, Representative, Riding, Topic,
)  # fmt: skip
SLUGS = (
    "take-action", "take-action/safe-harbour", "take-action/keep-the-door-open", "take-action/donate", "mission",
    "principles", "join", "contact", "privacy", "news", "news/topic/parliament", "news/feed",
    *(f"news/{one.slug}" for one in ARTICLES),
    "resources", "events", f"events/{events.SLUG}", *(f"resources/{one.slug}" for one in RESOURCES),
)  # fmt: skip


def row_counts():
    # Search index and sessions aside, nothing at all may grow.
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in ("wagtailsearch", "sessions")
    }


@pytest.mark.usefixtures("demo_site")
class TestLoadedDemo:
    def test_loading_again_adds_nothing(self):
        before = row_counts()
        load_demo()
        assert row_counts() == before

    def test_loading_again_keeps_what_an_editor_changed(self):
        page = Page.objects.get(slug="mission", locale__language_code="fr").specific
        page.introduction = "Changed by an editor."
        page.save_revision().publish()
        load_demo()
        assert Page.objects.get(pk=page.pk).specific.introduction == "Changed by an editor."

    def test_every_page_answers_in_every_language(self, client):
        point_site_at("http://testserver")
        for language, slug in product(LANGUAGES, ("", *SLUGS)):
            address = f"/{language}/{slug}/".replace("//", "/")
            assert client.get(address).status_code == 200, address

    def test_the_petition_can_go_to_the_house(self, client):
        house = HousePetition.objects.get()
        assert warnings_about_sheet(house) == []
        assert client.get("/act/petitions/keep-the-door-open/house-fr.pdf").content.startswith(b"%PDF")
        assert not house.e_petition_number

    def test_every_page_has_its_two_translations(self):
        for page in Page.objects.filter(depth__gt=1):
            assert page.live
            assert page.get_translations(inclusive=True).count() == 3

    def test_every_row_would_pass_the_editors_form(self):
        for model in MADE:
            rows = list(Page.objects.filter(depth__gt=1).specific() if model is Page else model.objects.all())
            assert rows
            for row in rows:
                row.full_clean()

    def test_every_block_passes_the_editors_form_and_has_an_id(self):
        for page in Page.objects.filter(depth__gt=1).specific():
            for field in ("body", "principles"):
                if stream := getattr(page, field, None):
                    stream.stream_block.clean(stream)
                    assert missing_ids(list(stream.raw_data)) == []

    def test_the_news_are_of_every_kind_and_say_the_same_in_three_languages(self):
        for language in LANGUAGES:
            articles = NewsPage.objects.live().filter(locale__language_code=language)
            assert articles.count() == len(ARTICLES) == 8
            assert set(articles.values_list("kind", flat=True)) == {"news", "statement", "press-release"}
            assert {topic.locale_id for article in articles for topic in article.topics} == {articles[0].locale_id}
            assert all(article.topics for article in articles)

    def test_the_petition_counts_its_signatures(self):
        petition = Petition.objects.get(slug="keep-the-door-open")
        assert Tally.objects.get(petition=petition).confirmed > petition.goal
        assert drift_of(petition.pk) == 0
        assert petition.accepts(timezone.now())

    def test_one_petition_is_open_one_is_won_and_one_opens_later(self):
        now = timezone.now()
        states = {petition.campaign.slug: petition.state(now) for petition in Petition.objects.all()}
        assert states == {"safe-harbour": "open", "finish-the-year": "won", "one-place-to-report": "not-yet"}
        assert PetitionWording.objects.filter(live=True).count() == 9

    def test_wagtails_welcome_page_is_gone(self):
        assert isinstance(Site.objects.get(is_default_site=True).root_page.specific, HomePage)
        assert HomePage.objects.count() == Page.objects.filter(depth=2).count() == 3

    def test_the_letters_are_published_and_frozen_in_each_language(self):
        assert LetterWording.objects.filter(live=True).count() == 3 * LetterCampaign.objects.count() == 6
        assert set(WordingVersion.objects.values_list("language", flat=True)) == set(LANGUAGES)

    def test_copies_and_stand_ins_are_of_several_parties(self):
        assert warnings_about(LetterCampaign.objects.get(slug="safe-harbour")) == []
        targets = LetterTarget.objects.exclude(recipient=None)
        parties = {
            delivery: set(targets.filter(delivery=delivery).values_list("recipient__party_name_en", flat=True))
            for delivery in ("copy", "fallback")
        }
        assert {delivery: len(found) for delivery, found in parties.items()} == {"copy": 2, "fallback": 3}

    def test_a_supporting_mp_is_thanked_and_a_vacant_seat_has_stand_ins(self, client):
        point_site_at("http://testserver")
        for code, words in (("T2P 2M5", "Thank you for saying in public"), ("V7A 5J9", "Nobody sits for")):
            address = "/en/act/letters/safe-harbour/find/"
            page = client.post(address, {"postal_code": code}, HTTP_ORIGIN="http://testserver")
            assert f"{words}" in page.content.decode().split('<textarea name="body"')[1]

    def test_the_next_stage_is_announced_and_not_open_yet(self, client):
        following = LetterCampaign.objects.get(slug=committee.SLUG)
        assert following.availability(timezone.now()) == Availability.NOT_YET
        first = LetterCampaign.objects.exclude(pk=following.pk).get()
        assert following.opens_at > first.closes_at
        assert next_step(first, "en").ask.letter_campaign == following

    def test_postal_codes_answer_as_the_content_says(self):
        for code, status, has_email in (
            ("K1A 0A6", LookupStatus.FOUND_ONE, True),
            ("K1A 0A1", LookupStatus.FOUND_MANY, True),
            ("V7A 5J9", LookupStatus.FOUND_ONE, False),
            ("M5V 2T6", LookupStatus.FOUND_ONE, False),
            ("H4L 1A1", LookupStatus.FOUND_ONE, True),
            ("T2P 2M5", LookupStatus.FOUND_ONE, False),
        ):
            result = find_ridings(code)
            assert (result.status, result.matches[0].has_email) == (status, has_email), code

    def test_staff_can_log_in_and_only_the_administrator_is_a_superuser(self, client):
        for person in people.STAFF:
            assert client.login(username=person.username, password=person.password)
        assert [user.username for user in get_user_model().objects.filter(is_superuser=True)] == ["admin"]

    def test_the_writer_submits_and_the_editor_publishes(self):
        users = get_user_model().objects
        front = HomePage.objects.get(locale__language_code="en")
        may_publish = {
            name: front.permissions_for_user(users.get(username=name)).can_publish() for name in ("writer", "editor")
        }
        assert may_publish == {"writer": False, "editor": True}
        assert front.permissions_for_user(users.get(username="writer")).can_edit()

    def test_a_new_demo_does_not_say_that_its_members_are_out_of_date(self):
        assert not members_are_stale(timezone.now())

    def test_the_site_can_be_pointed_at_another_port(self):
        point_site_at("http://127.0.0.1:9000")
        assert Site.objects.get().root_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("command", ["load_demo", "demo"])
def test_the_demo_is_refused_where_demo_is_off(command):
    with pytest.raises(CommandError, match=r"settings\.dev"):
        call_command(command)


def missing_ids(value):
    """Return the typed children, at any depth, that have no id."""
    if isinstance(value, dict):
        own = [value] if "type" in value and not value.get("id") else []
        return own + [child for part in value.values() for child in missing_ids(part)]
    return [child for part in value for child in missing_ids(part)] if isinstance(value, list) else []
