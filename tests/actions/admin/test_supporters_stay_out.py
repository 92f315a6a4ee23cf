"""No page of the admin shows a supporter's name, address or words, and none of them is a record to browse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from actions.letters.models import Letter
from actions.letters.services import confirm
from actions.letters.states import HeldReason
from actions.privacy.models import PersonalModel
from tests.factories.letters import written_letter
from tests.factories.petitions import PetitionFactory, confirmed

CANARIES = ("Canary Writer", "canary@writer.example", "Canary Street", "canary words", "canary subject", "陳大文")
RECORDS = {
    "appeal", "appealwording", "billposition", "campaign", "event", "housepetition", "lettercampaign", "letterwording",
    "petition", "petitionwording", "representative", "riding", "recipient", "update",
}  # fmt: skip
# The first ends the session, the second is Wagtail's own trial of the error page.
NOT_ASKED = ("wagtailadmin_logout", "wagtailadmin_error_test")


def admin_names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from admin_names(entry, inner)
        elif isinstance(entry, URLPattern) and entry.name:
            yield namespace + entry.name


def admin_addresses() -> list[str]:
    found = {}
    for name in admin_names(get_resolver()):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if address.startswith("/admin/") and name not in NOT_ASKED:
            found[address] = name
    return sorted(found)


@pytest.fixture
def canary(letter_campaign, riding) -> Letter:
    letters = [
        written_letter(
            letter_campaign,
            riding=riding,
            name="Canary Writer",
            email=f"{tag}canary@writer.example",
            street_address="9 Canary Street",
            own_words="canary words",
            subject="canary subject",
            held_reason=reason,
        )
        for tag, reason in (("", ""), ("second-", HeldReason.LIMIT))
    ]
    confirm(letter_id=letters[0].pk)
    petition = PetitionFactory()
    for tag, reason in (("", ""), ("second-", "limit")):
        confirmed(
            petition, name="Canary Writer", email=f"{tag}canary@writer.example", show_name=True, held_reason=reason
        )
    letters[0].deliveries.update(state="uncertain")
    return letters[0]


@pytest.mark.parametrize(
    "who", ["editor", "moderator", "campaigner", "finance", "data_protection", "translator", "administrator"]
)
def test_no_page_of_the_admin_fails_or_shows_a_supporter(request, who, canary):
    client = request.getfixturevalue(who)
    addresses = admin_addresses()
    assert len(addresses) > 60
    seen = 0
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code < 500, address
        seen += answer.status_code == 200
        if not answer.streaming:
            text = answer.content.decode(errors="replace")
            assert not [canary for canary in CANARIES if canary in text], address
    assert seen > 5


@pytest.mark.parametrize("who", ["editor", "moderator", "superuser"])
def test_no_record_page_shows_a_supporter(request, who, canary):
    client = request.getfixturevalue(who)
    campaign = canary.letter_campaign
    records = [campaign, campaign.campaign, *campaign.wordings.all(), canary.riding]
    for record in records:
        for view in ("edit", "history", "usage", "delete"):
            name = f"wagtailsnippets_actions_{record._meta.model_name}:{view}"
            answer = client.get(reverse(name, args=[record.pk]))
            assert answer.status_code < 500, name
            assert not [canary for canary in CANARIES if canary in answer.content.decode()], name


def test_only_what_editors_write_is_a_snippet():
    ours = {model._meta.model_name for model in get_snippet_models() if model._meta.app_label == "actions"}
    assert ours == RECORDS


def test_supporters_rows_are_in_nobodys_reference_index(canary):
    personal = [model for model in apps.get_app_config("actions").get_models() if issubclass(model, PersonalModel)]
    assert personal
    for model in personal:
        assert not ReferenceIndex.model_is_indexable(model)
    assert not ReferenceIndex.objects.filter(base_content_type__model__in=["letter", "letterdelivery"]).exists()


@pytest.mark.parametrize("model", ["letter", "letterdelivery", "outboxmessage", "accesslog", "confirmation"])
def test_guessed_addresses_of_supporters_records_lead_nowhere(superuser, canary, model):
    for path in ("snippets/actions/{}/", "{}/", "snippets/choose/actions/{}/", "bulk/actions/{}/delete/"):
        answer = superuser.get("/admin/" + path.format(model), follow=True)
        assert answer.status_code in (403, 404), path
    localize = superuser.get(f"/admin/localize/api/snippets/actions/{model}/", follow=True)
    assert localize.status_code in (403, 404)
