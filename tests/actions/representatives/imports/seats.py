"""Who sits where after an import of members."""

from __future__ import annotations

from actions.representatives.models import Representative


def sitting(fed_num: int) -> Representative:
    return Representative.objects.get(riding_id=fed_num, is_current=True)


def seats() -> dict[int, str]:
    """Return the e-mail of whoever sits, by the riding's federal number."""
    return dict(Representative.objects.filter(is_current=True).values_list("riding_id", "email"))
