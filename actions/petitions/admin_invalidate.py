"""The admin's pages to invalidate many signatures: the condition with its dry run, and how an invalidation goes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from actions.petitions.admin_floods import INVALIDATE_URL, RUN_URL, PetitionPage, range_name, shown_key
from actions.petitions.conditions import look
from actions.petitions.domain_names import names_of
from actions.petitions.invalidating import UNDER_WAY, CannotInvalidate, cancel, start, undo
from actions.petitions.invalidation_forms import ConditionForm, ReasonForm, state_label
from actions.petitions.models import Invalidation, Petition
from actions.petitions.seen_conditions import read_seen, sign_seen
from actions.petitions.states import HeldReason
from actions.petitions.trends import Window, trends_of


class InvalidateView(PetitionPage, TemplateView):
    """GET chooses and counts, and changes nothing; POST starts what the page showed."""

    page_title = gettext_lazy("Invalidate signatures")
    header_icon = "bin"
    template_name = "actions/admin/invalidate.html"
    refusal = ""

    @cached_property
    def form(self) -> ConditionForm:
        given = self.request.GET if any(self.request.GET.values()) else None
        return ConditionForm(given, petition=self.petition, ranges=self.ranges())

    def ranges(self) -> list[tuple[str, str]]:
        """The address ranges that most signatures of the last two days came from, and the one that was asked for."""
        found = trends_of(self.petition, Window.ALL, timezone.now()).ranges
        choices = {one.key: f"{range_name(one.key)} ({one.count})" for one in found}
        asked = self.request.GET.get("address_key", "")
        if asked and len(asked) == 40:
            choices.setdefault(asked, range_name(asked))
        return list(choices.items())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form, found, seen = self.form, None, ""
        if form.is_bound and form.is_valid():
            found = look(form.condition)
            seen = sign_seen(form.condition, found)
        return {
            **super().get_context_data(**kwargs),
            "petition": self.petition,
            "form": form,
            "found": found,
            "seen": seen,
            "unnamed": shown_key(self.request.GET.get("mail_domain_key", "")),
            "reason_form": ReasonForm(self.request.POST or None),
            "refusal": self.refusal,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        seen = read_seen(request.POST.get("seen", ""))
        if seen is None or seen.condition.petition_id != self.petition.pk:
            raise BadRequest
        reason_form = ReasonForm(request.POST)
        if not reason_form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            made = start(
                condition=seen.condition,
                last_id=seen.last_id,
                expected=seen.expected,
                reason=reason_form.cleaned_data["reason"],
                user=request.user,
            )
        except CannotInvalidate as refusal:
            self.refusal = str(refusal)
            return self.render_to_response(self.get_context_data(), status=422)
        messages.success(request, _("It is under way. You can cancel it, and undo it at any time."))
        return HttpResponseRedirect(reverse(RUN_URL, args=[made.pk]))


class InvalidationView(PetitionPage, TemplateView):
    """How one invalidation goes; POST cancels or undoes it."""

    page_title = gettext_lazy("Invalidation")
    header_icon = "bin"
    template_name = "actions/admin/invalidation.html"
    invalidation: Invalidation

    def find(self, pk: int) -> Petition:
        rows = Invalidation.objects.select_related("petition", "riding", "started_by")
        self.invalidation = get_object_or_404(rows, pk=pk)
        return self.invalidation.petition

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.invalidation
        is_undoing = found.state in (Invalidation.State.UNDOING, Invalidation.State.UNDONE)
        return {
            **super().get_context_data(**kwargs),
            "invalidation": found,
            "condition": condition_in_words(found),
            "is_under_way": found.state in UNDER_WAY,
            "may_cancel": found.state == Invalidation.State.RUNNING,
            "may_undo": found.state in (Invalidation.State.DONE, Invalidation.State.CANCELLED) and found.changed,
            "is_undoing": is_undoing,
            "done": found.restored if is_undoing else found.changed,
            "in_all": found.changed if is_undoing else found.expected,
            "list_url": f"{reverse(INVALIDATE_URL, args=[found.petition_id])}?{urlencode(query_of(found))}",
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        intent = request.POST.get("intent", "")
        if intent == "cancel":
            done, words = cancel(invalidation_id=pk, user=request.user), _("Cancelled. You can undo what is done.")
        elif intent == "undo":
            done, words = undo(invalidation_id=pk, user=request.user), _("It is being undone.")
        else:
            raise BadRequest
        if done:
            messages.success(request, words)
        else:
            messages.warning(request, _("Nothing was changed: somebody did that already."))
        return HttpResponseRedirect(request.path)


def query_of(found: Invalidation) -> dict[str, str]:
    """The condition as the form of the dry run takes it."""
    parts = {
        "mail_domain_key": found.mail_domain_key,
        "address_key": found.address_key,
        "held_reason": found.held_reason,
        "signature_state": found.signature_state,
        "language": found.language,
        "riding": str(found.riding_id or ""),
        "since": found.since.isoformat() if found.since else "",
        "until": found.until.isoformat() if found.until else "",
    }
    return {name: value for name, value in parts.items() if value}


def condition_in_words(found: Invalidation) -> list[tuple[str, str]]:
    """Rows of (part, value) that narrow the petition's signatures down."""
    form, key = ConditionForm.base_fields, found.mail_domain_key
    domain = names_of(found.petition_id, [key]).get(key) or _("unnamed (%(key)s)") % {"key": shown_key(key)}
    parts = [
        ("mail_domain", domain if key else ""),
        ("address_key", range_name(found.address_key) if found.address_key else ""),
        ("held_reason", HeldReason(found.held_reason).label if found.held_reason else ""),
        ("signature_state", state_label(found.signature_state) if found.signature_state else ""),
        ("language", found.get_language_display()),
        ("riding", str(found.riding or "")),
        ("since", moment(found.since)),
        ("until", moment(found.until)),
    ]
    return [(str(form[name].label), str(value)) for name, value in parts if value]


def moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else ""


URLS: list[URLPattern] = [
    path("petitions/<int:pk>/invalidate/", InvalidateView.as_view(), name=INVALIDATE_URL),
    path("petitions/invalidations/<int:pk>/", InvalidationView.as_view(), name=RUN_URL),
]
