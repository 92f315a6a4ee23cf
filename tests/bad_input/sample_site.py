"""One of everything that has a public address, all by the name "sample", and what stands in the addresses."""

from __future__ import annotations

from actions.confirmations import services as confirmations
from actions.donations.mailing import DONOR_PURPOSE
from actions.subscribers.leaving import leave_token, list_key
from actions.wordings.services import current_version
from tests.factories.donations import AppealFactory, DonationFactory
from tests.factories.events import asked, make_event
from tests.factories.house import HousePetitionFactory
from tests.factories.letters import LetterCampaignFactory, written_letter
from tests.factories.pages import SiteTree
from tests.factories.petitions import PetitionFactory, signed
from tests.factories.postal import load_postal_codes
from tests.factories.representatives import RepresentativeFactory, RidingFactory
from tests.factories.subscribers import known_sender, signed_up, subscribed

CANARY = {"name": "Kanarienvogel", "email": "canary@kanari.example"}


def make_sample_site() -> dict[str, str]:
    """Return what ``addresses.ADDRESSES`` leaves open: a page, a text, and a token of each mailed link."""
    tree = SiteTree()
    tree.add_page()
    known_sender()
    riding = RidingFactory(fed_num=35079)
    load_postal_codes(("K1A0A6", 35079, 10))
    RepresentativeFactory(riding=riding, email="jordan.lee@parl.example")
    campaign = LetterCampaignFactory(slug="sample")
    petition = PetitionFactory(slug="sample")
    HousePetitionFactory(petition=petition)
    event = make_event(slug="sample")
    donation = DonationFactory(
        appeal=AppealFactory(slug="sample"), session_id="cs_sample", email=CANARY["email"], name=CANARY["name"]
    )
    waiting = {
        "letter": written_letter(campaign, riding=riding, **CANARY),
        "petition": signed(petition, **CANARY),
        "event": asked(event, **CANARY),
        "subscribe": signed_up(**CANARY),
        DONOR_PURPOSE: donation,
    }
    tokens = {name: confirmations.issue(purpose=name, object_id=row.pk) for name, row in waiting.items()}
    return {
        **tokens,
        "donor": tokens[DONOR_PURPOSE],
        "leave": leave_token(subscribed(email="reader@kanari.example").row_key, key=list_key()),
        "page": str(tree["en"].pk),
        "attempt": str(donation.attempt),
        "text": str(current_version(campaign.wordings.get(locale__language_code="en")).number),
    }
