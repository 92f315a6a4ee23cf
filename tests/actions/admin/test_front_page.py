"""The admin's front page has one button to start, says what waits for a person, and leads each role to its pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from actions.donations.models import Dispute, Payment
from actions.letters.models import LetterDelivery
from actions.letters.states import HeldReason
from actions.outbox.models import WorkerBeat
from actions.outbox.states import NOT_WANTED, DispatchState
from actions.representatives.records import ImportRun
from home.models import HomePage
from home.translations.waiting import translations_waiting
from tests.factories.donations import DonationFactory
from tests.factories.letters import written_letter
from tests.factories.outbox import queued_mail
from tests.factories.petitions import PetitionFactory


def front_page(client) -> str:
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    return answer.content.decode()


def other_page(client) -> str:
    return client.get(reverse("wagtailadmin_account")).content.decode()


@pytest.fixture
def home(locales) -> HomePage:
    root = Page.objects.get(depth=1)
    return root.add_child(instance=HomePage(title="Home", slug="front", mission="M", locale=locales["en"]))


def test_one_button_starts_an_action(editor):
    shown = front_page(editor)
    assert shown.count(f'href="{reverse("desk_start")}"') == 1
    assert "Step by step" not in shown


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        ("campaigner", ["petitions_trends", "wagtailsnippets_actions_update:add"]),
        ("data_protection", ["petitions_find", "privacy_erase", "privacy_access_log", "exports"]),
        ("finance", ["donations_overview", "exports"]),
    ],
)
def test_each_role_that_starts_nothing_finds_its_own_pages(request, riding, role, pages):
    petition, client = PetitionFactory(slug="door"), request.getfixturevalue(role)
    shown = front_page(client)
    addresses = [reverse(page, args=[petition.pk] if page == "petitions_trends" else []) for page in pages]
    assert [f'href="{address}"' in shown for address in addresses] == [True] * len(pages)
    assert {client.get(address).status_code for address in addresses} == {200}
    assert 'id="your-work-section"' in shown


def test_who_may_start_an_action_is_not_shown_the_pages_once_more(editor):
    assert 'id="your-work-section"' not in front_page(editor)


def test_somebody_without_rights_starts_nothing(editor):
    editor.user.groups.first().permissions.exclude(codename="access_admin").delete()
    assert reverse("desk_start") not in front_page(editor)


def test_pages_and_texts_that_wait_for_translation_are_counted_and_lead_to_the_list(editor, campaigner, home):
    home.save_revision().publish()
    PetitionFactory(texts=["en"])
    shown = front_page(editor)
    assert f"{len(translations_waiting(editor.user))} translations are missing." in shown
    missing = f"{reverse('translations_list')}?state=missing"
    assert f'href="{missing}"' in shown
    listed = editor.get(missing).content.decode()
    assert "Home" in listed
    assert "translations are missing" not in front_page(campaigner)


def test_a_silent_worker_is_told_on_the_front_page_and_in_every_menu(editor):
    WorkerBeat.objects.create(seen_at=timezone.now() - timedelta(minutes=6))
    queued_mail(next_attempt_at=timezone.now() - timedelta(hours=2))
    shown = front_page(editor)
    assert "was last seen 6" in shown
    assert "1 mail has been waiting for 2" in shown
    assert "worker-silent" in other_page(editor)


def test_a_worker_that_never_ran_is_told(editor):
    assert "has never been started" in front_page(editor)


def test_while_a_worker_runs_nothing_is_said(editor):
    WorkerBeat.objects.create(seen_at=timezone.now() - timedelta(minutes=4))
    assert "No mail leaves" not in front_page(editor)
    assert "worker-silent" not in other_page(editor)


@pytest.fixture
def trouble(letter_campaign, riding):
    written_letter(letter_campaign, riding=riding, held_reason=HeldReason.LIMIT)
    letter = written_letter(letter_campaign, riding=riding, email="second@writer.example")
    for number, state in enumerate((DispatchState.UNCERTAIN, DispatchState.HELD, DispatchState.FAILED)):
        LetterDelivery.objects.create(
            letter=letter, letter_campaign=letter_campaign, recipient_name="Jordan Lee",
            recipient_email="jordan.lee@parl.example", state=state, message_id=f"<{number}@mail.example>",
            dedupe_key=str(number), settled_at=timezone.now(),
        )  # fmt: skip


def test_a_moderator_sees_what_waits(moderator, trouble):
    shown = front_page(moderator)
    for text in (
        "1 letter is held.",
        "1 delivery is uncertain.",
        "1 delivery is held.",
        "1 delivery failed in the last 7 days.",
    ):
        assert text in shown
    assert reverse("letters_to_decide") + "?show=uncertain" in shown


def test_a_moderator_sees_mails_to_supporters_that_wait_or_failed(moderator, editor):
    now = timezone.now()
    for state in (DispatchState.HELD, DispatchState.UNCERTAIN, DispatchState.QUEUED, DispatchState.SENT):
        queued_mail(state=state)
    queued_mail(state=DispatchState.FAILED, settled_at=now)
    queued_mail(state=DispatchState.FAILED, settled_at=now, held_reason=NOT_WANTED)
    queued_mail(state=DispatchState.FAILED, settled_at=now - timedelta(days=8))
    shown = front_page(moderator)
    assert "2 mails to supporters are held or uncertain." in shown
    assert "1 mail to a supporter failed in the last 7 days." in shown
    assert reverse("letters_to_decide") + "?show=mails" in shown
    assert "to supporters" not in front_page(editor)


def dispute(number: int, *, days: int, status: str = "needs_response") -> Dispute:
    gift = DonationFactory(state="disputed", source="cheque")
    payment = Payment.objects.create(donation=gift, source="cheque", amount_cents=25_00, paid_at=timezone.now())
    return Dispute.objects.create(
        payment=payment, dispute_id=f"dp_{number}", amount_cents=25_00, status=status, created_at=timezone.now(),
        evidence_due_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip


def test_finance_alone_sees_until_when_disputes_have_to_be_answered(finance, moderator):
    dispute(0, days=3, status="under_review")  # answered already
    shown = front_page(finance)
    assert "1 payment is disputed." in shown
    assert "Answer by" not in shown
    day = date_format(timezone.localtime(dispute(1, days=9).evidence_due_at))
    assert f"2 payments are disputed. Answer by {day}." in front_page(finance)
    assert reverse("donations_overview") in shown
    assert "disputed" not in front_page(moderator)


def test_old_failures_do_not_stay_on_the_front_page(moderator, trouble):
    LetterDelivery.objects.update(settled_at=timezone.now() - timedelta(days=8))
    assert "failed in the last" not in front_page(moderator)


def test_an_editor_does_not_see_what_only_moderators_decide(editor, trouble):
    assert "is held" not in front_page(editor)


def test_old_addresses_of_members_are_told_until_a_good_import(moderator):
    stale = "was not brought up to date"
    assert stale in front_page(moderator)
    now = timezone.now()
    ImportRun.objects.create(source="members", outcome="done", started_at=now, finished_at=now)
    assert stale not in front_page(moderator)
