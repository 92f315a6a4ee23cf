"""Under /act/petitions/: what is the same in every language."""

from django.urls import path

from actions.petitions import house_views, views

urlpatterns = [
    path("<slug:slug>/count.json", views.count, name="petition_count"),
    path("<slug:slug>/house-<slug:language>.pdf", house_views.sheet, name="petition_house_sheet"),
]
