"""The form token's address; the page's script asks it when a form is first touched."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from actions.protection.same_origin import is_same_origin
from actions.protection.stop_pages import stop_page
from actions.protection.tokens import ACTION, issue_token


@never_cache
@require_GET
def form_token(request: HttpRequest) -> HttpResponse:
    """Return ``{"token": …}`` for ``?action=…`` to our own pages only; stores nothing."""
    if not is_same_origin(request):
        return stop_page(request, status=403)
    action = request.GET.get("action", "")
    if not ACTION.fullmatch(action):
        return stop_page(request, status=400)
    return JsonResponse({"token": issue_token(action)})
