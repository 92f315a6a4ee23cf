"""Gathers the rooms' public URLs under /<language>/act/."""

from django.urls import URLPattern, URLResolver

app_name = "actions"
urlpatterns: list[URLPattern | URLResolver] = []
