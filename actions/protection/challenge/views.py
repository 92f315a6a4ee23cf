"""Where a page's script gets a challenge."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from actions.protection.challenge.policy import level_of
from actions.protection.challenge.proof_of_work import new_challenge
from actions.protection.same_origin import is_same_origin
from actions.protection.stop_pages import stop_page
from actions.protection.tokens import ACTION


@never_cache
@require_GET
def challenge(request: HttpRequest) -> HttpResponse:
    """Return a challenge for ``?action=…`` to our own pages only, at the level that is needed now; stores nothing."""
    if not is_same_origin(request):
        return stop_page(request, status=403)
    action = request.GET.get("action", "")
    if not ACTION.fullmatch(action):
        return stop_page(request, status=400)
    return JsonResponse(new_challenge(action, level=level_of(action)))
