"""What the representatives room hands in when the app is ready."""

from __future__ import annotations

from datetime import timedelta

PHOTO_SIZE = "fill-128x128|format-webp"  # templates/actions/letters/includes/mp_card.html


def register() -> None:
    from actions import registry
    from actions.representatives.lookup import forget_old_answers
    from actions.representatives.permissions import register_policies
    from home import pictures

    register_policies()
    registry.register_job(registry.PeriodicJob(name="postal-answers", every=timedelta(days=1), run=forget_old_answers))
    pictures.show_in(PHOTO_SIZE)
