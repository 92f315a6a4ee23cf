"""The admin's guided way to a new action: three short steps, without script and without anything kept between them.

Every page carries what was typed on the others along in hidden fields, so that "Back" and a mistake lose nothing, and
two tabs never mix.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from actions.desk.may_start import START_URL, kinds_for, list_to_make, may_start, places_for
from actions.desk.start_forms import STEPS, StepForm
from actions.desk.starting import Made, Plan, start

LAST = len(STEPS) - 1


class StartView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the first step; each POST checks the steps up to the one that was filled in and shows the next."""

    page_title = gettext_lazy("Start a new action")
    header_icon = "plus"
    template_name = "actions/admin/start_action.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_start(cast(User, request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.shown(0, [self.unbound(number) for number in range(len(STEPS))])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        filled = min(int(request.POST["step"]), LAST) if request.POST.get("step") in ("0", "1", "2") else 0
        forms = [self.bound(number) if number <= filled else self.carried(number) for number in range(len(STEPS))]
        if "back" in request.POST:
            return self.shown(max(0, filled - 1), self.all_carried())
        wrong = next((number for number in range(filled + 1) if not forms[number].is_valid()), None)
        if wrong is not None:
            return self.shown(wrong, forms, status=422)
        if filled < LAST:
            return self.shown(filled + 1, forms)
        return self.made(forms)

    @property
    def kinds(self) -> list[str]:
        """The kinds that were ticked and that the user may make."""
        allowed = kinds_for(cast(User, self.request.user))
        return [kind.value for kind in allowed if kind.value in self.request.POST.getlist("kinds")]

    def unbound(self, number: int, initial: dict[str, Any] | None = None) -> StepForm:
        return STEPS[number](user=self.request.user, chosen=self.kinds, initial=initial or {})

    def bound(self, number: int) -> StepForm:
        return STEPS[number](self.request.POST, user=self.request.user, chosen=self.kinds)

    def carried(self, number: int) -> StepForm:
        """A step that shows what was typed, without being told off for what was not."""
        form = self.unbound(number)
        for name, field in form.fields.items():
            if name in self.request.POST:
                form.initial[name] = field.widget.value_from_datadict(self.request.POST, {}, name)
        return form

    def all_carried(self) -> list[StepForm]:
        return [self.carried(number) for number in range(len(STEPS))]

    def shown(self, step: int, forms: list[StepForm], *, status: int = 200) -> HttpResponse:
        user = cast(User, self.request.user)
        has_place = bool(places_for(user))
        others = [form for number, form in enumerate(forms) if number != step]
        context = self.get_context_data(
            step=step,
            form=forms[step],
            steps=[form.heading for form in forms],
            hidden=[pair for form in others for pair in self.typed(form)],
            is_last=step == LAST,
            has_place=has_place,
            list_to_make="" if has_place else list_to_make(user),
        )
        return self.render_to_response(context, status=status)

    def typed(self, form: StepForm) -> list[tuple[str, str]]:
        """What was typed on a step that is not shown, as it was typed; fields of other kinds go along as well."""
        names = list(type(form).base_fields)
        return [(name, value) for name in names for value in self.request.POST.getlist(name)]

    def made(self, forms: list[StepForm]) -> HttpResponse:
        purpose, page, words = (form.cleaned_data for form in forms)
        plan = Plan(
            kinds=purpose["kinds"],
            campaign=purpose["campaign"],
            new_campaign=(purpose.get("new_campaign") or "").strip(),
            words=words,
            **page,
        )
        try:
            made = start(plan=plan, user=self.request.user)
        except (IntegrityError, ValidationError):  # a second click at the same moment
            forms[1].add_error("slug", _("Another action has this short name already. Please choose another."))
            return self.shown(1, forms, status=422)
        self.tell(made)
        return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[made.page.pk]))

    def tell(self, made: Made) -> None:
        """What was made and where it goes on: the page is open, its texts are a click away."""
        words = _("Made as drafts: the page, and its texts. Nothing is public before they are published.")
        buttons = [
            messages.button(reverse(text.snippet_viewset.get_url_name("edit"), args=[text.pk]), label_of(text))
            for text in made.texts
        ]
        messages.success(self.request, words, buttons=buttons)


def label_of(text: Any) -> str:
    """What kind of text it is, on the button that leads to it."""
    return str(text._meta.verbose_name).capitalize()


URLS: list[URLPattern] = [path("start/", StartView.as_view(), name=START_URL)]
