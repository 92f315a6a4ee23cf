"""How editors see ridings, members and other recipients. The lead menu takes ``VIEWSETS``."""

from __future__ import annotations

import django_filters  # type: ignore[import-untyped]
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from actions.representatives.admin_forms import RepresentativeForm, RidingForm
from actions.representatives.models import Recipient, Representative, Riding
from actions.representatives.provinces import Province


class RidingFilter(WagtailFilterSet):
    has_member = django_filters.BooleanFilter(label=_("Has a member"), method="with_member")

    class Meta:
        model = Riding
        fields = ["province"]

    def with_member(self, queryset: QuerySet[Riding], name: str, value: bool) -> QuerySet[Riding]:
        seated = Representative.objects.filter(is_current=True, riding__isnull=False).values("riding")
        return queryset.filter(Q(pk__in=seated) if value else ~Q(pk__in=seated))


class RepresentativeFilter(WagtailFilterSet):
    riding__province = django_filters.ChoiceFilter(label=_("Province or territory"), choices=Province.choices)
    party_name_en = django_filters.AllValuesFilter(label=_("Party"))
    has_email = django_filters.BooleanFilter(label=_("Has an e-mail"), method="with_email")

    class Meta:
        model = Representative
        fields = ["is_current", "locked_by_editor"]

    def with_email(self, queryset: QuerySet[Representative], name: str, value: bool) -> QuerySet[Representative]:
        return queryset.exclude(email="") if value else queryset.filter(email="")


class RecipientFilter(WagtailFilterSet):
    party_name_en = django_filters.AllValuesFilter(label=_("Party"))

    class Meta:
        model = Recipient
        fields = ["role", "province", "is_active"]


class RidingViewSet(SnippetViewSet):
    model = Riding
    icon = "site"
    menu_label = _("Ridings")
    list_display = ["name_en", "name_fr", "fed_num", "province", DateColumn("fetched_at", label=_("Last checked"))]
    filterset_class = RidingFilter
    search_fields = ["name_en", "name_fr", "name_zh"]
    ordering = ["name_en"]
    copy_view_enabled = False
    inspect_view_enabled = True  # editors look, moderators change
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_fr"), FieldPanel("name_zh")], heading=_("Name")),
            FieldPanel("aliases"),
            FieldRowPanel([FieldPanel("fed_num"), FieldPanel("province")]),
            FieldPanel("fetched_at", read_only=True),
        ],
        base_form_class=RidingForm,
    )


class RepresentativeViewSet(SnippetViewSet):
    model = Representative
    icon = "user"
    menu_label = _("Members of Parliament")
    list_display = [
        "__str__",  # only a plain name as the first column links to the form
        Column("riding", label=_("Riding"), sort_key="riding__name_en"),
        Column("party_name_en", label=_("Party"), sort_key="party_name_en"),
        Column("email", label=_("E-mail"), sort_key="email"),
        BooleanColumn("is_current", label=_("Sits now"), sort_key="is_current"),
        BooleanColumn("locked_by_editor", label=_("Kept by hand"), sort_key="locked_by_editor"),
        DateColumn("fetched_at", label=_("Last checked"), sort_key="fetched_at"),
    ]
    filterset_class = RepresentativeFilter
    search_fields = ["first_name", "last_name", "riding__name_en", "riding__name_fr", "email"]
    ordering = ["last_name", "first_name"]
    copy_view_enabled = False
    inspect_view_enabled = True  # editors look, moderators change
    edit_handler = ObjectList(
        [
            FieldPanel("locked_by_editor"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("first_name"), FieldPanel("last_name")]),
                    FieldRowPanel([FieldPanel("honorific"), FieldPanel("gender")]),
                    FieldRowPanel([FieldPanel("party_name_en"), FieldPanel("party_name_fr")]),
                    FieldPanel("photo"),
                ],
                heading=_("Person"),
            ),
            MultiFieldPanel([FieldPanel("riding"), FieldPanel("is_current")], heading=_("Seat")),
            MultiFieldPanel(
                [
                    FieldPanel("email"),
                    FieldPanel("letters_in"),
                    FieldRowPanel([FieldPanel("ottawa_phone"), FieldPanel("local_phone")]),
                ],
                heading=_("How to reach them"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("person_id"),
                    FieldPanel("source", read_only=True),
                    FieldPanel("fetched_at", read_only=True),
                ],
                heading=_("Where this comes from"),
            ),
        ],
        base_form_class=RepresentativeForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Representative]:
        return Representative.objects.select_related("riding")


class RecipientViewSet(SnippetViewSet):
    model = Recipient
    icon = "group"
    menu_label = _("Other recipients")
    list_display = [
        "name",
        Column("title_en", label=_("Office"), sort_key="title_en"),
        Column("role", label=_("Role"), accessor="get_role_display", sort_key="role"),
        Column("party_name_en", label=_("Party"), sort_key="party_name_en"),
        Column("email", label=_("E-mail"), sort_key="email"),
        BooleanColumn("is_active", label=_("In office"), sort_key="is_active"),
        DateColumn("updated_at", label=_("Last changed"), sort_key="updated_at"),
    ]
    filterset_class = RecipientFilter
    search_fields = ["name", "title_en", "title_fr", "email"]
    ordering = ["name"]
    inspect_view_enabled = True
    panels = [
        HelpPanel(_("Recipients are kept by hand: check after each cabinet shuffle whether they are still in office.")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("family_name")]),
                FieldRowPanel([FieldPanel("honorific"), FieldPanel("gender")]),
                FieldRowPanel([FieldPanel("party_name_en"), FieldPanel("party_name_fr")]),
            ],
            heading=_("Person"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("role"),
                FieldPanel("title_en"),
                FieldPanel("title_fr"),
                FieldPanel("title_zh"),
                FieldPanel("province"),
                FieldPanel("is_active"),
            ],
            heading=_("Office"),
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("preferred_language")], heading=_("How to reach them")),
    ]


VIEWSETS: list[type[SnippetViewSet]] = [RepresentativeViewSet, RidingViewSet, RecipientViewSet]
