"""Gathers the rooms' public URLs under /<language>/act/."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "actions"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("actions.confirmations.urls")),
    path("", include("actions.protection.urls")),
    path("", include("actions.sharing.page_cards")),
    path("donate/", include("actions.donations.urls")),
    path("events/", include("actions.events.urls")),
    path("letters/", include("actions.letters.urls")),
    path("petitions/", include("actions.petitions.urls")),
]
