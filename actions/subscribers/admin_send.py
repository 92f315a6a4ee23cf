"""The admin's page of one update: whom it reaches, how it looks, the test, the button, how it goes, and the stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from actions.subscribers.audience import reach
from actions.subscribers.composing import previews, texts_of
from actions.subscribers.progress import run_numbers
from actions.subscribers.seen import sign_seen
from actions.subscribers.sending import CannotSend, give_up_held, resume, retry_held, start, stop
from actions.subscribers.update_models import Missing, RunState, Update, UpdateRun
from actions.subscribers.update_trial import NoTrial, send_trial
from home.languages import html_language, own_name
from home.site_settings import SiteSettings

URL_NAME = "subscribers_send"
PERMISSION = "actions.send_update"


def may_write(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Update).user_has_permission(user, "change"))


class SendView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows, POST does one thing: ``test-<language>`` for whoever writes; the rest needs its own permission."""

    page_title = gettext_lazy("Preview and send")
    header_icon = "mail"
    template_name = "actions/admin/update_send.html"
    update: Update

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (may_write(request.user) or request.user.has_perm(PERMISSION)):
            raise PermissionDenied
        self.update = get_object_or_404(Update.objects.select_related("campaign", "riding"), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.update)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = reverse(Update.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": index, "label": _("Updates")}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = UpdateRun.objects.filter(pk=self.update.pk).first()
        numbers = reach(self.update.audience, texts_of(self.update))
        return {
            **super().get_context_data(**kwargs),
            "update": self.update,
            "may_send": self.request.user.has_perm(PERMISSION),
            "previews": [
                (code, own_name(code), html_language(code), mail) for code, mail in previews(self.update).items()
            ],
            "run": run,
            "numbers": run_numbers(run) if run else None,
            "reach": numbers,
            "seen": sign_seen(self.update, numbers),
            "by_language": [(own_name(code), count) for code, count in numbers.by_language.items()],
            "choices": Missing.choices,
            "address": cast("AbstractUser", self.request.user).email,
            "is_sending": run is not None and run.state == RunState.SENDING,
            "is_stopped": run is not None and run.state == RunState.STOPPED,
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        intent = request.POST.get("intent", "")
        if intent.startswith("test-"):
            self.test(intent.removeprefix("test-"))
        elif intent in ("send", "stop", "resume", "retry", "give-up"):
            if not request.user.has_perm(PERMISSION):
                raise PermissionDenied
            self.act(intent)
        else:
            raise BadRequest
        return HttpResponseRedirect(request.path)

    def test(self, language: str) -> None:
        try:
            address = send_trial(self.update, language=language, user=cast("AbstractUser", self.request.user))
        except NoTrial as refusal:
            self.refuse(refusal)
        else:
            messages.success(self.request, _("A test is on its way to %(address)s.") % {"address": address})

    def act(self, intent: str) -> None:
        user, pk = self.request.user, self.update.pk
        try:
            if intent == "send":
                done, words = self.send(), _("The update is on its way. The first mails leave within a minute.")
            elif intent == "retry":
                done, words = bool(retry_held(update_id=pk, user=user)), _("The held mails are in the queue again.")
            elif intent == "give-up":
                done, words = bool(give_up_held(update_id=pk, user=user)), _("The held mails count as failed now.")
            elif intent == "stop":
                done, words = stop(update_id=pk, user=user), _("Stopped. No further mail leaves until you resume.")
            else:
                done, words = resume(update_id=pk, user=user), _("The update goes on where it was.")
        except CannotSend as refusal:
            self.refuse(refusal)
            return
        if done:
            messages.success(self.request, words)
        else:
            messages.warning(self.request, _("Nothing was changed: somebody did that already."))

    def refuse(self, refusal: Exception) -> None:
        """Say why, and lead whoever may fill in our addresses to where they are missing."""
        buttons = []
        if not SiteSettings.current().can_be_reached and self.request.user.has_perm("home.change_sitesettings"):
            url = reverse("wagtailsettings:edit", args=["home", "sitesettings"])
            buttons.append(messages.button(url, SiteSettings._meta.verbose_name))
        messages.error(self.request, str(refusal), buttons=buttons)

    def send(self) -> bool:
        """Whoever sends chooses what becomes of those without a text; where there is no one, it does not matter."""
        missing, seen = self.request.POST.get("missing", ""), self.request.POST.get("seen", "")
        if missing not in Missing.values:
            if reach(self.update.audience, texts_of(self.update)).others:
                raise CannotSend(_("Choose what becomes of those in whose language there is no text."))
            missing = Missing.LEAVE_OUT
        return start(update_id=self.update.pk, missing=Missing(missing), seen=seen, user=self.request.user)


def listing_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """The way to the page, in the "…" menu of each update."""
    if isinstance(snippet, Update) and (may_write(user) or user.has_perm(PERMISSION)):
        yield Button(SendView.page_title, reverse(URL_NAME, args=[snippet.pk]), icon_name="mail", priority=5)


URLS: list[URLPattern] = [path("updates/<int:pk>/send/", SendView.as_view(), name=URL_NAME)]
