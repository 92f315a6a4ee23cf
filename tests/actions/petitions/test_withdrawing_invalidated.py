"""Withdrawing what staff have invalidated: the signer's data go, the decision and the number stay true."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from actions.petitions import services
from actions.petitions.invalidating import undo
from actions.petitions.models import Petition, Signature
from actions.petitions.signature_columns import state_of as state_of_row
from actions.petitions.states import SignatureState
from actions.petitions.tally import drift_of
from tests.actions.petitions.test_invalidating import FLOOD, crowd, numbers, of_domain, started, state_of, worked_off
from tests.factories.petitions import confirmed, signed
from tests.threads import at_once

pytestmark = pytest.mark.django_db


class TestWithdrawnSince:
    """A signer may take back what staff have invalidated: the data go, the decision stays known, the count is right."""

    def test_nothing_about_the_signer_stays_and_the_decision_does(self, petition):
        signature = confirmed(petition, email=f"a@{FLOOD}")
        services.invalidate(signature_id=signature.pk)
        decided_at = Signature.objects.get().ended_at
        services.withdraw(signature_id=signature.pk)
        services.withdraw(signature_id=signature.pk)
        signature.refresh_from_db()
        assert (signature.state, signature.invalidated_at) == (SignatureState.WITHDRAWN, decided_at)
        held = [getattr(signature, name) for name in ("name", "email", "contact", "email_fingerprint", "mailbox_key")]
        assert not any(held)
        assert state_of_row(signature) == "invalidated by staff, then withdrawn by the signer"
        assert services.release(signature_id=signature.pk) == SignatureState.WITHDRAWN
        assert services.confirm(signature_id=signature.pk) == SignatureState.WITHDRAWN
        assert (numbers()[0], drift_of(petition.pk)) == (0, 0)

    @pytest.mark.parametrize(("is_frozen", "expected"), [(False, 2), (True, 3)], ids=["open", "after the freeze"])
    def test_undoing_forgets_the_decision_and_counts_who_left_after_the_freeze(self, petition, is_frozen, expected):
        gone, *_others = crowd(petition, 3)
        assert numbers()[0] == 3
        if is_frozen:
            Petition.objects.update(closes_at=timezone.now() - timedelta(hours=26))
        run = started(of_domain(petition))
        worked_off()
        services.withdraw(signature_id=gone.pk)
        assert numbers()[0] == 0
        undo(invalidation_id=run.pk, user=None)
        worked_off()
        gone.refresh_from_db()
        assert (gone.state, gone.invalidated_at, gone.email_fingerprint) == (SignatureState.WITHDRAWN, None, "")
        assert (state_of(run), run.restored, numbers()[0]) == ("undone", 2, expected)

    def test_undoing_one_leaves_what_a_person_decided_anew(self, petition):
        signature = confirmed(petition, email=f"a@{FLOOD}")
        run = started(of_domain(petition))
        worked_off()
        services.release(signature_id=signature.pk)
        services.invalidate(signature_id=signature.pk)
        services.withdraw(signature_id=signature.pk)
        undo(invalidation_id=run.pk, user=None)
        worked_off()
        signature.refresh_from_db()
        assert signature.invalidated_at is not None
        assert (run.restored, numbers()[0]) == (0, 0)

    def test_the_link_of_a_repeated_one_takes_the_invalidated_one_out_too(self, petition):
        first = confirmed(petition, email=f"a@{FLOOD}")
        other = signed(petition, email=f"a2@{FLOOD}")
        Signature.objects.filter(pk=other.pk).update(
            state="repeated", email_fingerprint=first.email_fingerprint, name_fingerprint=first.name_fingerprint
        )
        services.invalidate(signature_id=first.pk)
        services.withdraw(signature_id=other.pk)
        first.refresh_from_db()
        assert (first.state, first.contact, first.email_fingerprint) == (SignatureState.WITHDRAWN, "", "")

    @pytest.mark.django_db(transaction=True)
    def test_undoing_and_withdrawing_at_once_end_in_one_truth(self, petition):
        crowd(petition, 8)
        run = started(of_domain(petition))
        worked_off()
        undo(invalidation_id=run.pk, user=None)
        acts = [partial(services.withdraw, signature_id=pk) for pk in Signature.objects.values_list("pk", flat=True)]
        acts.insert(4, worked_off)
        at_once(len(acts), lambda number: acts[number]())
        worked_off()
        assert set(Signature.objects.values_list("state", "invalidated_at")) == {("withdrawn", None)}
        assert (numbers()[0], drift_of(petition.pk)) == (0, 0)
