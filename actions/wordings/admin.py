"""What wagtail-localize's editor would publish half translated is refused, with the reason, before it gets there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from wagtail.admin import messages

from actions.wordings.models import Wording
from actions.wordings.untranslated import missing_entries, refusal


def refuse_half_translated(request: HttpRequest, instance: Any) -> HttpResponseBase | None:
    """Wagtail's hook before a snippet is edited. The model refuses too, but there the editor says "publish again"."""
    is_publishing = request.method == "POST" and request.POST.get("action") == "publish"
    if not is_publishing or not isinstance(instance, Wording) or not (count := missing_entries(instance)):
        return None
    messages.error(request, refusal(count))
    return HttpResponseRedirect(request.get_full_path())
