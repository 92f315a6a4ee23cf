"""What the admin's pages about one letter campaign share: who may open them, and where they stand."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions.letters.models import LetterCampaign


class CampaignPage(WagtailAdminTemplateMixin):
    """A page below the list of letter campaigns; stands before a view class and finds ``letter_campaign``."""

    letter_campaign: LetterCampaign

    def may_open(self, user: Any) -> bool:
        """Return whether the user may see the page and use it."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        campaigns = LetterCampaign.objects.select_related("campaign")
        self.letter_campaign = get_object_or_404(campaigns, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.letter_campaign)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse(LetterCampaign.snippet_viewset.get_url_name("list"))
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": index, "label": _("Letter campaigns")}, here]
